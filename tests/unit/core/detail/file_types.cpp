// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

#include "ferry/core/detail/file_types.hpp"

#include "support/catch2.hpp"

#include <string>
#include <utility>

using ferry::detail::content_class;
using ferry::detail::file_type_of;

TEST_CASE("an extension says what media type a file has") {
    std::pair<char const*, char const*> const all[] = {
        {"a.pdf", "application/pdf"},
        {"A.PDF", "application/pdf"},
        {"a b.tar.gz", "application/gzip"},
        {"2026/may.txt", "text/plain"},
        {"x.csv", "text/csv"},
        {"x.md", "text/markdown"},
        {"x.html", "text/html"},
        {"x.json", "application/json"},
        {"x.svg", "image/svg+xml"},
        {"x.png", "image/png"},
        {"x.JPeG", "image/jpeg"},
        {"x.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"x.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"x.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
        {"x.zip", "application/zip"},
        // What says nothing, or too much.
        {"", ""},
        {"pdf", ""},
        {"a.", ""},
        {"a.pdf ", ""},
        {"a.pdf docx", ""},
        {"a. ", ""},
        {"a.pdf/b", ""},
        {"a.pd", ""},
        {"a.pdfx", ""},
        {"private.key", ""},
        {"x.bin", ""},
    };
    for (auto const& [name, type] : all) {
        INFO(name);
        CHECK(file_type_of(name).media_type == type);
    }
}

TEST_CASE("an extension says what kind of content a file has") {
    CHECK(file_type_of("x.htm").as == content_class::html);
    CHECK(file_type_of("x.ipynb").as == content_class::json);
    CHECK(file_type_of("x.svg").as == content_class::xml);
    CHECK(file_type_of("x.toml").as == content_class::text);
    CHECK(file_type_of("x.key").as == content_class::other);
    CHECK(file_type_of("x").as == content_class::unknown);
}
