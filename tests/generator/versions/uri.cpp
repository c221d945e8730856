// What references are seen from: RFC 3986, and the paths of files.
#include "support/catch2.hpp"

#include <document/uri.hpp>
#include <string>

using ferry::gen::has_scheme;
using ferry::gen::resolve_uri;

TEST_CASE("references are resolved as RFC 3986, section 5.4, says") {
    auto const from = [](char const* reference) { return resolve_uri("http://a/b/c/d;p?q", reference); };
    CHECK(from("g") == "http://a/b/c/g");
    CHECK(from("./g") == "http://a/b/c/g");
    CHECK(from("g/") == "http://a/b/c/g/");
    CHECK(from("/g") == "http://a/g");
    CHECK(from("//g") == "http://g");
    CHECK(from("?y") == "http://a/b/c/d;p?y");
    CHECK(from("g?y/./x") == "http://a/b/c/g?y/./x");
    CHECK(from(";x") == "http://a/b/c/;x");
    CHECK(from("") == "http://a/b/c/d;p?q");
    CHECK(from(".") == "http://a/b/c/");
    CHECK(from("..") == "http://a/b/");
    CHECK(from("../g") == "http://a/b/g");
    CHECK(from("../..") == "http://a/");
    CHECK(from("../../g") == "http://a/g");
    CHECK(from("../../../g") == "http://a/g");
    CHECK(from("/../g") == "http://a/g");
    CHECK(from("g..") == "http://a/b/c/g..");
    CHECK(from("./g/.") == "http://a/b/c/g/");
    CHECK(from("g/../h") == "http://a/b/c/h");
    CHECK(from("https://h/x") == "https://h/x");
    CHECK(resolve_uri("http://a", "g") == "http://a/g");
    CHECK(resolve_uri("urn:example:a", "") == "urn:example:a");
}

TEST_CASE("the paths of files are resolved in the same way") {
    CHECK(resolve_uri("parts/pet.yaml", "owner.yaml") == "parts/owner.yaml");
    CHECK(resolve_uri("pet.yaml", "../owner.yaml") == "../owner.yaml");
    CHECK(resolve_uri("parts/pet.yaml", "../../owner.yaml") == "../owner.yaml");
    CHECK(resolve_uri("/parts/pet.yaml", "../owner.yaml") == "/owner.yaml");
    CHECK_FALSE(has_scheme("C:/pet.yaml"));
    CHECK_FALSE(has_scheme("pets/a:b.yaml"));
    CHECK(has_scheme("urn:example:pet"));
}
