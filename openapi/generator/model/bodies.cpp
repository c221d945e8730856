// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/bodies.hpp"

#include "model/parameters.hpp"
#include "model/schema.hpp"
#include "words/media.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <string_view>

namespace ferry::gen {

namespace {

constexpr char const* unreadable = "any JSON is accepted as body";

void read_unknown_body(reading const& with, operation& made) {
    made.body.kind = body_kind::json;
    made.body.use = {&with.schemas.basic(type_kind::raw)};
    made.body.whole = true;
}

/// How a member of a form is written: `contentType`, or `style` and `explode` as for query parameters.
void read_encoding(reading const& with, body_member& member, node const& at) {
    if (is_json(at.text("contentType"))) {
        member.as_json = true;
        member.style = value_style::json;
    } else if (at.find("style") != nullptr || at.find("explode") != nullptr) {
        parameter like;
        read_style(with, like, at);
        member.style = like.style;
        member.explode = like.explode;
    }
}

/// Whether a form of this media type has a part that is a file, or a list of files.
bool has_file(reading const& with, node const& media) {
    auto const* given = media.find("schema");
    if (given == nullptr) return true;
    node const& schema = with.from.follow(*given);
    auto const* members = properties(with.from, schema);
    if (members == nullptr) return schema.find("allOf") != nullptr;
    return std::any_of(members->children.begin(), members->children.end(), [&](auto const& member) {
        node const* part = &with.from.follow(*member);
        if (auto const* items = part->find("items"); items != nullptr) part = &with.from.follow(*items);
        return part->text("format") == "binary" || part->find("contentMediaType") != nullptr;
    });
}

/// A body that is neither JSON nor a form: a text, or bytes that are streamed.
void read_plain_body(reading const& with, operation& made, node const& media) {
    auto const* schema = media.find("schema");
    bool const bytes = schema != nullptr && with.from.follow(*schema).text("format") == "binary" &&
                       !media.key.starts_with("application/x-www-form-urlencoded");
    bool const text = !bytes && (is_text(media.key) || is_structured_text(media.key));
    made.body.kind = text ? body_kind::text : body_kind::file;
    made.body.use = {&with.schemas.basic(text ? type_kind::text : type_kind::bytes)};
    made.body.media = media.key;
    made.body.whole = true;
    made.body.members.clear();
    if (made.body.docs.empty()) made.body.docs = "The body: `" + media.key + "`.";
}

}  // namespace

void read_body(reading const& with, operation& made, std::string const& hint) {
    auto const* given = made.at->find("requestBody");
    if (given == nullptr) return;
    auto const* body = with.follow(*given, unreadable);
    if (body == nullptr) return read_unknown_body(with, made);
    auto const* content = body->find("content");
    if (content != nullptr && !content->is_map()) {
        with.to.notes.add(*content, std::string("content must be an object by media type; ") + unreadable);
        return read_unknown_body(with, made);
    }
    if (content == nullptr || content->children.empty()) return;
    node const* media = nullptr;
    auto const choose = [&](body_kind kind, auto const& matches) {
        for (auto const& entry : content->children) {
            if (media != nullptr || !matches(std::string_view(entry->key))) continue;
            media = entry.get();
            made.body.kind = kind;
        }
    };
    bool const has_json = std::any_of(content->children.begin(), content->children.end(),
                                      [](auto const& entry) { return is_json(entry->key); });
    // Where JSON will do, parts are for files only.
    choose(body_kind::multipart, [&](auto type) {
        return type.starts_with("multipart/form-data") && (!has_json || has_file(with, *content->find(type)));
    });
    choose(body_kind::json, [](auto type) { return essence(type) == "application/json"; });
    choose(body_kind::json, is_json);
    choose(body_kind::form, [](auto type) { return type.starts_with("application/x-www-form-urlencoded"); });
    made.body.required = body->flag("required");
    made.body.docs = first_line(body->text("description"));
    made.body.given = body->find("x-ferry-name");
    made.body.at = media != nullptr ? media : content->children[0].get();
    if (media == nullptr) return read_plain_body(with, made, *content->children[0]);
    auto const* schema = media->find("schema");
    made.body.use = schema != nullptr ? with.schemas.read(*schema, hint + "_body")
                                      : type_use{&with.schemas.basic(type_kind::raw)};
    if (made.body.kind == body_kind::json && is_named_json(media->key)) made.body.media = essence(media->key);
    auto const kind = real(*made.body.use.of).kind;
    made.body.whole = kind != type_kind::object;
    bool const has_members = !made.body.whole || kind == type_kind::map || kind == type_kind::one_of;
    if (made.body.kind == body_kind::form && !has_members) {
        with.to.notes.add(*media, "a form must be an object; its text is given as a whole");
        return read_plain_body(with, made, *media);
    }
    if (made.body.kind == body_kind::multipart && made.body.whole) {
        with.to.notes.add(*media,
                          "a multipart body must be an object with properties; its bytes are given as a "
                          "whole, and their boundary in content_type()");
        return read_plain_body(with, made, *media);
    }
    if (made.body.whole) return;
    auto const* encoding = media->find("encoding");
    for (auto const& p : real(*made.body.use.of).properties) {
        body_member member;
        if (auto const* how = encoding != nullptr ? encoding->find(p.wire) : nullptr; how != nullptr)
            read_encoding(with, member, *how);
        made.body.members.push_back(member);
    }
}

}  // namespace ferry::gen
