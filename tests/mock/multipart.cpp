// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include <memory>

#include "../support/catch2.hpp"
#include "http/multipart.hpp"

using namespace ferry::mock;

namespace {

using outcome = std::variant<std::vector<form_part>, form_error>;

outcome parse(std::string const& body, std::string const& type = "multipart/form-data; boundary=B") {
    return parse_form(type, blob::of(body));
}

std::vector<form_part> parts(std::string const& body,
                             std::string const& type = "multipart/form-data; boundary=B") {
    outcome result = parse(body, type);
    REQUIRE(std::holds_alternative<std::vector<form_part>>(result));
    return std::get<std::vector<form_part>>(std::move(result));
}

std::string file_with(std::string const& disposition, std::string const& content) {
    return "--B\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n--B--\r\n";
}

}  // namespace

TEST_CASE("multipart: content is exact, whatever looks like a boundary", "[multipart]") {
    for (std::string const& content :
         {std::string(), std::string("\r\n"), std::string("--B"), std::string("\r\n--"),
          std::string("x\r\n--b--\r\n"), std::string("\r\r\n\r\n-\r\n--C"), std::string("\0a\0", 3),
          std::string("\r\n--\r\n--")}) {
        std::vector<form_part> const found = parts(file_with("name=\"f\"; filename=\"n\"", content));
        REQUIRE(found.size() == 1);
        CHECK(found[0].content.text() == content);
    }
}

TEST_CASE("multipart: a delimiter may lie across any block boundary", "[multipart]") {
    for (std::size_t size = 65536 - 100; size < 65536 + 4; ++size) {
        std::string const content(size, 'x');
        std::string const body = file_with("name=\"f\"; filename=\"n\"", content);
        std::vector<form_part> const found = parts(body);
        REQUIRE(found.size() == 1);
        REQUIRE(found[0].content.size() == size);
    }
}

TEST_CASE("multipart: names", "[multipart]") {
    auto const name = [](std::string const& disposition) {
        return parts(file_with("name=\"f\"; " + disposition, "x")).at(0).filename;
    };
    CHECK(name("filename=\"a b.txt\"") == "a b.txt");
    CHECK(name("filename=plain.txt") == "plain.txt");
    CHECK(name("filename=\"a\\\"b\"") == "a\"b");
    CHECK(name("filename=\"a;b=c\"") == "a;b=c");
    CHECK(name("filename=\"a%22b\"") == "a%22b");
    CHECK(name("filename=\"C:\\dir\\a.txt\"") == "a.txt");
    CHECK(name("filename=\"\\\\host\\a.txt\"") == "a.txt");
    CHECK(name("filename=\"back\\\\slash \\\"quoted\\\".txt\"") == "back\\slash \"quoted\".txt");
    CHECK(name("filename=\"caf\xE9\"") == "café");  // not UTF-8: taken for latin-1
    CHECK(name("filename=\"龙\"") == "龙");
    CHECK_FALSE(parts(file_with("name=\"f\"; filename*=UTF-8''a", "x")).at(0).is_file);
    CHECK(parts(file_with("name=\"f\"; filename=\"\"", "x")).at(0).is_file);
}

TEST_CASE("multipart: errors and odd ends", "[multipart]") {
    auto const error = [](std::string const& body,
                          std::string const& type = "multipart/form-data; boundary=B") {
        outcome const result = parse(body, type);
        form_error const* const found = std::get_if<form_error>(&result);
        return found == nullptr ? std::string("none") : found->message;
    };
    CHECK(error("x", "multipart/form-data") == "Missing boundary in multipart.");
    CHECK(error("preamble\r\n--B--") == "There was an error parsing the body");
    CHECK(error("--B\r\nno colon\r\n\r\nx\r\n--B--") == "There was an error parsing the body");
    CHECK(error("--Bx\r\n") == "There was an error parsing the body");
    CHECK(error(file_with("name=\"f\"", std::string(1024 * 1024 + 1, 'x'))) ==
          "Part exceeded maximum size of 1024KB.");
    auto const many = [](int count, std::string const& disposition) {
        std::string body;
        for (int i = 0; i < count; ++i)
            body += "--B\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\nx\r\n";
        return body + "--B--";
    };
    CHECK(error(many(1000, "name=a; filename=b") + "\r\n") == "none");
    CHECK(error(many(1001, "name=a; filename=b")) == "Too many files. Maximum number of files is 1000.");
    CHECK(error(many(1000, "name=a")) == "none");
    CHECK(error(many(1001, "name=a")) == "Too many fields. Maximum number of fields is 1000.");
    CHECK(parts("").empty());
    CHECK(parts("--B--").empty());
    CHECK(parts("--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n\"\r\n\r\ncut off").empty());
    CHECK(parts("\r\n" + file_with("name=\"f\"", "x") + "epilogue").size() == 1);
    CHECK(parts("x", "application/json").empty());
}

TEST_CASE("forms: URL-encoded fields", "[multipart]") {
    std::vector<form_part> const found =
        parts("a=1+2&b=%C3%A9&c", "application/x-www-form-urlencoded; charset=utf-8");
    REQUIRE(found.size() == 3);
    CHECK(found[0].text == "1 2");
    CHECK(found[1].text == "é");
    CHECK(found[2].text.empty());
}

TEST_CASE("blobs: slices and concatenations over memory and disk", "[spool]") {
    auto const scratch = std::make_shared<scratch_directory>();
    auto large = std::make_shared<spool>(scratch);
    std::string expected;
    for (int i = 0; i < 3000; ++i) {
        std::string const piece(50, static_cast<char>('a' + i % 26));
        large->append(piece);
        expected += piece;
    }
    large->seal();
    CHECK(large->on_disk());
    blob const stored(large);
    CHECK(stored.text() == expected);
    CHECK(stored.slice(49, 3).text() == expected.substr(49, 3));
    blob const joined = stored.slice(10, 90).followed_by(blob::of("tail")).followed_by(stored);
    CHECK(joined.text() == expected.substr(10, 90) + "tail" + expected);
    CHECK(joined.slice(88, 8).text() == expected.substr(98, 2) + "tail" + expected.substr(0, 2));
    std::filesystem::path const file = large->file();
    CHECK(std::filesystem::exists(file));
}
