// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "answers.hpp"

#include "media.hpp"
#include "text.hpp"

#include <vector>

namespace ferry::gen {

namespace {

constexpr char const* unreadable = "the answer is taken as any JSON";

bool is_binary(reading const& with, node const& media) {
    auto const* given = media.find("schema");
    if (given == nullptr) return !is_json(media.key) || media.key.ends_with("/*");
    if (with.from.follow(*given).find("$ref") != nullptr) return false;
    auto const& schema = with.from.follow(*given);
    if (is_json(media.key)) return schema.text("format") == "binary";
    return schema.children.empty() || schema.text("format") == "binary" ||
           schema.find("contentMediaType") != nullptr || schema.text("type") == "string";
}

void read_unknown_answer(reading const& with, operation& made) {
    made.answer = answer_kind::json;
    made.answer_type = {&with.schemas.basic(type_kind::raw)};
}

bool has_content(node const& response) {
    auto const* content = response.find("content");
    return content != nullptr && !content->children.empty();
}

/// The first success with content, else the first success, else what is said for every status. Null where
/// there is none; `broken` says whether one leads nowhere.
node const* success(reading const& with, node const& responses, bool& broken) {
    node const* first = nullptr;
    for (auto const& entry : responses.children) {
        if (!entry->key.starts_with('2')) continue;
        auto const* response = with.follow(*entry, unreadable);
        broken = broken || response == nullptr;
        if (response == nullptr) continue;
        if (has_content(*response)) return response;
        if (first == nullptr) first = response;
    }
    auto const* rest = responses.find("default");
    if (first != nullptr || broken || rest == nullptr) return first;
    auto const* response = with.follow(*rest, unreadable);
    broken = response == nullptr;
    return response;
}

}  // namespace

void read_answer(reading const& with, operation& made, std::string const& hint) {
    auto const* responses = made.at->find("responses");
    if (responses == nullptr) return;
    if (!responses->is_map()) {
        with.to.notes.add(*responses, std::string("responses must be an object by status; ") + unreadable);
        return read_unknown_answer(with, made);
    }
    bool broken = false;
    auto const* chosen = success(with, *responses, broken);
    if (chosen == nullptr && broken) return read_unknown_answer(with, made);
    auto const* content = chosen != nullptr ? chosen->find("content") : nullptr;
    if (content == nullptr || content->children.empty()) return;
    if (!content->is_map()) {
        with.to.notes.add(*content, std::string("content must be an object by media type; ") + unreadable);
        return read_unknown_answer(with, made);
    }
    node const* json = nullptr;
    node const* text = nullptr;
    node const* binary = nullptr;
    for (auto const& entry : content->children) {
        // Events are a second form of an answer that there is as a whole, too.
        if (entry->key.starts_with("text/event-stream") && content->children.size() > 1) continue;
        auto*& slot = is_json(entry->key) && !is_binary(with, *entry) ? json
                      : is_text(entry->key)                           ? text
                                                                      : binary;
        if (slot == nullptr) slot = entry.get();
    }
    std::vector<std::string> accepted;
    for (auto const& entry : content->children) accepted.push_back(entry->key);
    made.accept = join(accepted, ", ");
    if (binary != nullptr && (json == nullptr || is_binary(with, *binary))) {
        made.answer = answer_kind::bytes;
    } else if (json != nullptr) {
        made.answer = answer_kind::json;
        made.accept = json->key == "*/*" ? "application/json" : json->key;
        auto const* schema = json->find("schema");
        made.answer_type = schema != nullptr ? with.schemas.read(*schema, hint + "_response")
                                             : type_use{&with.schemas.basic(type_kind::raw)};
    } else {
        made.answer = text != nullptr ? answer_kind::text : answer_kind::bytes;
    }
}

}  // namespace ferry::gen
