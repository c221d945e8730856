// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/events.hpp"

#include "model/operation_names.hpp"
#include "words/lists.hpp"
#include "words/media.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

namespace ferry::gen {

namespace {

constexpr char const* left_out = "the event is left out";

/// The schema of what is sent: of the JSON, else of the first form.
node const* body_schema(reading const& with, node const& operation) {
    auto const* given = operation.find("requestBody");
    auto const* body = given != nullptr ? with.follow(*given, left_out) : nullptr;
    auto const* content = body != nullptr ? body->find("content") : nullptr;
    if (content == nullptr || !content->is_map() || content->children.empty()) return nullptr;
    for (auto const& media : content->children)
        if (is_json(media->key)) return media->find("schema");
    return content->children.front()->find("schema");
}

/// One model for each method that the service may use. \param name of the model \param docs which event it is
std::vector<type*> read_event(reading const& with, node const& item, std::string const& name,
                              std::string const& docs) {
    std::vector<type*> made;
    auto const* at = with.follow(item, left_out);
    if (at == nullptr || !at->is_map()) return made;
    for (auto const& method : methods_of(*at, &with.to.notes)) {
        auto const* given = with.follow(*method.at, left_out);
        if (given == nullptr || !given->is_map()) continue;
        if (given->find("parameters") != nullptr)
            with.to.notes.add(
                *given->find("parameters"),
                "nothing is made of the parameters of what the service sends; only of its body");
        auto const* schema = body_schema(with, *given);
        if (schema == nullptr) {
            if (given->find("requestBody") == nullptr)
                with.to.notes.add(*given, "what the service sends has no body; there is no model of it");
            continue;
        }
        auto text = given->text("summary");
        if (text.empty()) text = first_line(given->text("description"));
        made.push_back(&with.schemas.event(*schema, name, paragraphs(docs, sentence(text))));
    }
    return made;
}

/// The schemas of streams among the forms of a body or an answer.
void add_streams(reading const& with, operation& made, node const* content, std::string const& hint,
                 bool sent) {
    if (content == nullptr || !content->is_map()) return;
    for (auto const& media : content->children) {
        if (!is_event_stream(media->key) && !is_json_lines(media->key)) continue;
        auto const* schema = media->find("itemSchema");
        if (schema == nullptr) schema = media->find("schema");
        if (schema == nullptr) continue;
        auto const use = with.schemas.read(*schema, hint + (sent ? "_body_item" : "_item"));
        // Some describe one piece, some all of them.
        type* of = use.of;
        while (real(*of).kind == type_kind::list && !of->is_named()) of = real(*of).inner.of;
        stream const one{media->key, of, sent};
        if (of->is_named() && !contains(made.streams, one)) made.streams.push_back(one);
    }
}

}  // namespace

void read_streams(reading const& with, operation& made, std::string const& hint) {
    auto const content_of = [&](node const& given) -> node const* {
        auto const* at = with.follow(given, "what it streams is left out");
        return at != nullptr ? at->find("content") : nullptr;
    };
    if (auto const* body = made.at->find("requestBody"); body != nullptr)
        add_streams(with, made, content_of(*body), hint, true);
    auto const* responses = made.at->find("responses");
    if (responses == nullptr || !responses->is_map()) return;
    for (auto const& response : responses->children)
        if (response->key.starts_with('2') || response->key == "default")
            add_streams(with, made, content_of(*response), hint, false);
}

void read_webhooks(reading const& with) {
    auto const* webhooks = with.from.root().find("webhooks");
    if (webhooks == nullptr) return;
    if (!webhooks->is_map())
        return with.to.notes.add(*webhooks, "webhooks must be an object by name; they are left out");
    for (auto const& one : webhooks->children) {
        auto const made = read_event(with, *one, snake(one->key) + "_webhook",
                                     "What the service sends as webhook `" + one->key + "`.");
        with.to.webhooks.insert(with.to.webhooks.end(), made.begin(), made.end());
    }
}

void read_callbacks(reading const& with, operation& made, std::string const& hint) {
    auto const* callbacks = made.at->find("callbacks");
    if (callbacks == nullptr || !callbacks->is_map()) return;
    for (auto const& named : callbacks->children) {
        auto const* callback = with.follow(*named, left_out);
        if (callback == nullptr || !callback->is_map()) continue;
        for (auto const& url : callback->children) {
            auto const models = read_event(
                with, *url, hint + "_" + snake(named->key) + "_callback",
                "What the service sends as callback `" + named->key + "` of `" + made.full_name() + "`.");
            made.callbacks.insert(made.callbacks.end(), models.begin(), models.end());
        }
    }
}

}  // namespace ferry::gen
