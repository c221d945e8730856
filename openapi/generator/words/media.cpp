// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/media.hpp"

#include "words/text.hpp"

#include <algorithm>
#include <array>

namespace ferry::gen {

std::string essence(std::string_view media) {
    return lower(trimmed(media.substr(0, media.find(';'))));
}

bool is_json(std::string_view media) {
    auto const name = essence(media);
    return name == "application/json" || name == "text/json" || name == "*/*" || name == "application/*" ||
           (name.ends_with("+json") && !is_json_lines(name));
}

bool is_named_json(std::string_view media) {
    return is_json(media) && essence(media) != "application/json" && media.find('*') == media.npos;
}

std::string sent_json(std::string_view media) {
    bool const plain = lower(trimmed(media)) == "application/json";
    return plain || media.find('*') != media.npos ? std::string() : std::string(trimmed(media));
}

bool is_multipart(std::string_view media) {
    return essence(media) == "multipart/form-data";
}

bool is_form(std::string_view media) {
    return essence(media) == "application/x-www-form-urlencoded";
}

bool is_event_stream(std::string_view media) {
    return essence(media) == "text/event-stream";
}

bool is_json_lines(std::string_view media) {
    constexpr std::array names = {
        "application/x-ndjson",    "application/ndjson",       "application/jsonl",
        "application/x-jsonl",     "application/json-lines",   "application/jsonlines",
        "application/x-jsonlines", "application/x-json-lines", "application/stream+json",
        "application/json-seq",    "application/json+stream",  "text/x-ndjson"};
    auto const name = essence(media);
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_text(std::string_view media) {
    return essence(media).starts_with("text/") && !is_event_stream(media);
}

bool is_structured_text(std::string_view media) {
    auto const essential = essence(media);
    std::string_view name = essential;
    if (!name.starts_with("application/")) return false;
    constexpr std::array words = {"xml",  "yaml", "x-yaml", "javascript", "graphql",
                                  "toml", "sql",  "jwt",    "x-sh",       "x-www-form-urlencoded"};
    name.remove_prefix(name.find('/') + 1);
    return is_json_lines(media) || name.ends_with("+xml") || name.ends_with("+yaml") ||
           std::find(words.begin(), words.end(), name) != words.end();
}

}  // namespace ferry::gen
