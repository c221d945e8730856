// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/media.hpp"

#include "words/text.hpp"

#include <algorithm>
#include <array>

namespace ferry::gen {

std::string_view essence(std::string_view media) {
    return trimmed(media.substr(0, media.find(';')));
}

bool is_json(std::string_view media) {
    media = essence(media);
    return media == "application/json" || media == "text/json" || media.ends_with("+json") ||
           media == "*/*" || media == "application/*";
}

bool is_named_json(std::string_view media) {
    return is_json(media) && essence(media) != "application/json" && media.find('*') == media.npos;
}

bool is_text(std::string_view media) {
    return media.starts_with("text/") && !media.starts_with("text/event-stream");
}

bool is_structured_text(std::string_view media) {
    media = essence(media);
    if (!media.starts_with("application/")) return false;
    constexpr std::array words = {"xml",
                                  "yaml",
                                  "x-yaml",
                                  "javascript",
                                  "graphql",
                                  "x-ndjson",
                                  "ndjson",
                                  "jsonl",
                                  "toml",
                                  "sql",
                                  "jwt",
                                  "x-sh",
                                  "x-www-form-urlencoded",
                                  "x-jsonlines"};
    auto const name = media.substr(media.find('/') + 1);
    return name.ends_with("+xml") || name.ends_with("+yaml") ||
           std::find(words.begin(), words.end(), name) != words.end();
}

}  // namespace ferry::gen
