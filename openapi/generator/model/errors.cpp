// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/errors.hpp"

#include "words/media.hpp"
#include "words/names.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

bool is_error(std::string const& status) {
    return status.starts_with('4') || status.starts_with('5') || status == "default";
}

node const* json_schema(node const& response) {
    auto const* content = response.find("content");
    if (content == nullptr || !content->is_map()) return nullptr;
    for (auto const& media : content->children)
        if (is_json(media->key)) return media->find("schema");
    return nullptr;
}

}  // namespace

void read_errors(reading const& with, operation& made, std::string const& hint) {
    auto const* responses = made.at->find("responses");
    if (responses == nullptr || !responses->is_map()) return;
    bool const has_success = std::any_of(responses->children.begin(), responses->children.end(),
                                         [](auto const& entry) { return entry->key.starts_with('2'); });
    for (auto const& entry : responses->children) {
        // Without a success of its own, `default` is what every status answers.
        if (!is_error(entry->key) || (entry->key == "default" && !has_success)) continue;
        auto const* response = with.follow(*entry, "the error's body is not described");
        auto const* schema = response != nullptr ? json_schema(*response) : nullptr;
        if (schema == nullptr) continue;
        // What several operations share is called by its own name.
        bool const shared = response != entry.get();
        auto const name = shared ? snake(response->key) + "_error" : hint + "_error_" + snake(entry->key);
        auto const use = with.schemas.read(*schema, name);
        if (real(*use.of).kind != type_kind::raw)
            made.errors.push_back({entry->key == "default" ? "others" : entry->key, use});
    }
}

}  // namespace ferry::gen
