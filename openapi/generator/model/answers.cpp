// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/answers.hpp"

#include "words/lists.hpp"
#include "words/media.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <string>
#include <utility>
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

/// What is said about one status.
struct answered {
    int status = 0;
    answer_kind kind = answer_kind::none;
    type_use use = {};
    std::string accept = {};
    std::vector<std::string> others = {};  ///< media types that say something else
    node const* at = nullptr;              ///< the media type that is read
};

answered any_json(reading const& with) {
    return {0, answer_kind::json, {&with.schemas.basic(type_kind::raw)}};
}

/// 200, or 2 for `2XX`.
int status_of(std::string const& key) {
    if (key.size() != 3 || key[0] != '2') return 0;
    bool const number = key.find_first_not_of("0123456789") == key.npos;
    return number ? std::stoi(key) : key[1] == 'X' || key[1] == 'x' ? 2 : 0;
}

bool is_class_or_list(type const& t) {
    auto const& at = real(t);
    return at.is_class() || at.kind == type_kind::list || at.kind == type_kind::map;
}

/// Media types that a program may want instead of the JSON; not other spellings of the same JSON.
std::vector<std::string> others_than(node const& json, node const& content) {
    std::vector<std::string> made;
    auto const* schema = json.find("schema");
    for (auto const& entry : content.children) {
        auto const* own = entry->find("schema");
        bool const same = schema != nullptr && own != nullptr && schema->find("$ref") != nullptr &&
                          schema->text("$ref") == own->text("$ref");
        bool const respelled = is_json(entry->key) || essence(entry->key) == "text/plain";
        if (entry.get() != &json && !(same && respelled) && entry->key != "*/*") made.push_back(entry->key);
    }
    return made;
}

answered read_content(reading const& with, node const& response, std::string const& hint) {
    auto const* content = response.find("content");
    if (content == nullptr || content->children.empty()) return {};
    if (!content->is_map()) {
        with.to.notes.add(*content, std::string("content must be an object by media type; ") + unreadable);
        return any_json(with);
    }
    node const* json = nullptr;
    node const* text = nullptr;
    node const* binary = nullptr;
    for (auto const& entry : content->children) {
        // Events are a second form of an answer that there is as a whole, too.
        if (is_event_stream(entry->key) && content->children.size() > 1) continue;
        auto*& slot = is_json(entry->key) && !is_binary(with, *entry) ? json
                      : is_text(entry->key)                           ? text
                                                                      : binary;
        if (slot == nullptr) slot = entry.get();
    }
    answered made;
    if (json != nullptr) {
        auto const* schema = json->find("schema");
        made.use = schema != nullptr ? with.schemas.read(*schema, hint)
                                     : type_use{&with.schemas.basic(type_kind::raw)};
    }
    // Frameworks promise free-form JSON beside every file.
    bool const file = binary != nullptr && is_binary(with, *binary);
    if (json != nullptr && (!file || is_class_or_list(*made.use.of))) {
        made.kind = answer_kind::json;
        made.at = json;
        made.accept = json->key == "*/*" ? "application/json" : json->key;
        made.others = others_than(*json, *content);
        return made;
    }
    made.accept = join(mapped(content->children, [](auto const& entry) { return entry->key; }), ", ");
    made.kind = binary == nullptr && text != nullptr ? answer_kind::text : answer_kind::bytes;
    made.at = binary != nullptr ? binary : text;
    made.use = {&with.schemas.basic(type_kind::text)};
    return made;
}

/// All successes, the one with content that stands first in front. \param hint what its schema is called; the
/// others are called after their status as well
std::vector<answered> read_successes(reading const& with, node const& responses, std::string const& hint) {
    std::vector<std::pair<int, node const*>> found;
    bool broken = false;
    auto const add = [&](int status, node const& entry) {
        auto const* response = with.follow(entry, unreadable);
        if (response != nullptr) found.emplace_back(status, response);
        broken = broken || response == nullptr;
    };
    for (auto const& entry : responses.children)
        if (auto const status = status_of(entry->key); status != 0) add(status, *entry);
    if (auto const* rest = responses.find("default"); found.empty() && !broken && rest != nullptr)
        add(2, *rest);
    if (found.empty() && broken) return {any_json(with)};
    std::stable_partition(found.begin(), found.end(), [](auto const& one) {
        auto const* content = one.second->find("content");
        return content != nullptr && !content->children.empty();
    });
    std::vector<answered> made;
    for (auto const& [status, response] : found) {
        auto const name = hint + "_response" + (made.empty() ? "" : "_" + std::to_string(status));
        made.push_back(read_content(with, *response, name));
        made.back().status = status;
    }
    return made;
}

/// One type for answers of several: a union of what differs, and nothing where the content may be missing.
void combine(reading const& with, operation& made, std::vector<answered> const& all,
             std::string const& name) {
    std::vector<type_use> uses;
    std::vector<std::string> accepted;
    bool nullable = false;
    for (auto const& one : all) {
        made.answers.push_back({one.status, one.kind, one.use, one.at});
        nullable = nullable || one.kind == answer_kind::none || is_nullable(one.use);
        if (one.kind == answer_kind::none) continue;
        uses.push_back({one.use.of});
        if (!contains(accepted, one.accept)) accepted.push_back(one.accept);
    }
    made.accept = join(accepted, ", ");
    bool const alike =
        std::ranges::all_of(uses, [&](auto const& use) { return &real(*use.of) == &real(*uses[0].of); });
    if (!alike) {
        type& both = with.schemas.union_of(uses, *made.at->find("responses"), name);
        std::vector<std::string> statuses;
        for (auto const& one : all)
            if (one.kind != answer_kind::none)
                statuses.push_back(one.status == 2 ? "others" : std::to_string(one.status));
        both.docs = "What `" + made.full_name() + "` answers, by status: " + join(statuses, ", ") + ".";
        made.answer_type = {&both};
    }
    made.answer_type.nullable = nullable;
}

}  // namespace

void read_answer(reading const& with, operation& made, std::string const& hint) {
    auto const* responses = made.at->find("responses");
    if (responses == nullptr) return;
    std::vector<answered> all;
    if (responses->is_map()) {
        all = read_successes(with, *responses, hint);
    } else {
        with.to.notes.add(*responses, std::string("responses must be an object by status; ") + unreadable);
        all = {any_json(with)};
    }
    if (all.empty()) return;
    auto const& first = all.front();
    made.answer = first.kind;
    made.answer_at = first.at;
    made.accept = first.accept;
    if (first.kind != answer_kind::json) return;
    made.answer_type = first.use;
    made.other_media = first.others;
    bool const one_type =
        made.at->find("x-ferry-paging") != nullptr || made.at->find("x-ferry-download") != nullptr;
    bool const alike = std::all_of(all.begin(), all.end(), [&](answered const& one) {
        return one.kind == first.kind && one.use.of == first.use.of && one.use.nullable == first.use.nullable;
    });
    if (!one_type && !alike) combine(with, made, all, hint + "_answer");
}

}  // namespace ferry::gen
