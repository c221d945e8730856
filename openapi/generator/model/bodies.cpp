// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/bodies.hpp"

#include "model/parameters.hpp"
#include "model/schema.hpp"
#include "schema/shape.hpp"
#include "words/media.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace ferry::gen {

namespace {

constexpr char const* unreadable = "any JSON is accepted as body";

void read_unknown_body(reading const& with, operation& made) {
    made.body.kind = body_kind::json;
    made.body.use = {&with.schemas.basic(type_kind::raw)};
    made.body.whole = true;
}

/// A media type whose content is a file rather than a text.
bool is_file_media(std::string_view media) {
    auto const first = media.substr(0, media.find(','));
    return !trimmed(first).empty() && !is_json(first) && !is_text(first) && !is_structured_text(first);
}

/// What a part without a type may be: anything, or a list of anything.
bool is_untyped(type const& t) {
    auto const& at = real(t);
    return at.kind == type_kind::raw ||
           (at.kind == type_kind::list && real(*at.inner.of).kind == type_kind::raw);
}

/// `style`, `explode` and `allowReserved`, as for parameters of a query.
void read_encoding_style(reading const& with, body_member& member, node const& at) {
    parameter like;
    read_style(with, like, at);
    member.style = like.style;
    member.explode = like.explode;
    member.reserved = at.flag("allowReserved");
}

/// The media type of a part. What is no text becomes JSON, whatever is said of it.
void read_part_media(reading const& with, body_member& member, std::string const& media, node const& at) {
    auto const& use = *member.of->use.of;
    member.as_file = is_untyped(use) && is_file_media(media);
    bool const structured = !member.as_json && !member.as_file && !member.style &&
                            (real(use).is_class() || real(use).kind == type_kind::map) &&
                            real(use).kind != type_kind::open_enum;
    if (structured)
        with.to.notes.add(at, "an object becomes JSON; its part is called application/json instead");
    else if (lower(trimmed(media)) != "application/json")
        member.media = trimmed(media);
}

/// How a member of a form is written: `contentType`, or `style` and `explode` as for query parameters.
void read_encoding(reading const& with, body_kind kind, body_member& member, node const& at) {
    auto const media = at.text("contentType");
    if (std::ranges::any_of(media, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        fail(at, "contentType is no media type; the usual one is sent");
    if (at.find("headers") != nullptr)
        with.to.notes.add(*at.find("headers"),
                          "header fields of a part are not sent, but for its media type");
    if (is_json(media)) {
        member.as_json = true;
        member.style = value_style::json;
    } else if (at.find("style") != nullptr || at.find("explode") != nullptr || at.flag("allowReserved")) {
        bool const counts = kind == body_kind::form || !with.from.root().text("openapi").starts_with("3.0");
        if (counts)
            read_encoding_style(with, member, at);
        else
            with.to.notes.add(
                at,
                "style, explode and allowReserved count for parts from OpenAPI 3.1 on; the part "
                "is written as usual");
    }
    if (kind == body_kind::multipart && !media.empty()) read_part_media(with, member, media, at);
}

/// Looks for files in schemas, in each of them once, since they may lead in circles.
class file_finder {
public:
    explicit file_finder(reading const& with) : with_(with) {}

    /// Whether a part is a file, or a list or map of files.
    bool is_file(node const& given, node const* encoding) {
        node const& part = with_.from.follow(given);
        if (!seen_.insert(&part).second) return false;
        if (part.text("format") == "binary" || part.text("contentEncoding") == "binary") return true;
        if (part.find("contentMediaType") != nullptr && part.find("contentEncoding") == nullptr) return true;
        if (encoding != nullptr && !is_telling(with_.to.schemas->of(part)) &&
            is_file_media(encoding->text("contentType")))
            return true;
        for (auto const* inside : {part.find("items"), part.find("additionalProperties")})
            if (inside != nullptr && inside->is_map() && is_file(*inside, encoding)) return true;
        auto const* all = part.find("allOf");
        return all != nullptr &&
               std::ranges::any_of(all->children, [&](auto const& one) { return is_file(*one, encoding); });
    }

    /// Whether an object has a member that is a file, in whichever part of an `allOf`.
    bool has_file(node const& given, node const* encoding) {
        node const& schema = with_.from.follow(given);
        if (!objects_.insert(&schema).second) return false;
        auto const* members = properties(with_.from, schema);
        if (members != nullptr)
            for (auto const& member : members->children)
                if (is_file_member(*member, encoding)) return true;
        auto const* rest = schema.find("additionalProperties");
        if (rest != nullptr && rest->is_map() && is_file_member(*rest, nullptr)) return true;
        auto const* all = schema.find("allOf");
        return all != nullptr &&
               std::ranges::any_of(all->children, [&](auto const& one) { return has_file(*one, encoding); });
    }

private:
    bool is_file_member(node const& member, node const* encoding) {
        seen_.clear();
        return is_file(member, encoding != nullptr ? encoding->find(member.key) : nullptr);
    }

    reading const& with_;
    std::set<node const*> seen_;  ///< within one member
    std::set<node const*> objects_;
};

/// Whether a form of this media type has a part that is a file, or a list of files.
bool has_file(reading const& with, node const& media) {
    auto const* given = media.find("schema");
    if (given == nullptr) return true;
    node const& schema = with.from.follow(*given);
    if (properties(with.from, schema) == nullptr && schema.find("allOf") == nullptr &&
        schema.find("additionalProperties") == nullptr)
        return false;
    return file_finder(with).has_file(schema, media.find("encoding"));
}

/// The only value of a required member, where that stands behind a reference.
node const* only_value(reading const& with, property const& p) {
    if (!p.required || !p.initial.empty() || p.schema == nullptr || is_nullable(p.use)) return nullptr;
    auto const kind = real(*p.use.of).kind;
    auto const& schema = with.from.follow(*p.schema);
    auto const* only = schema.is_map() ? constant(schema) : nullptr;
    bool const text = kind == type_kind::text || kind == type_kind::open_enum;
    return only != nullptr && only->is_text() && text ? only : nullptr;
}

/// A body that is neither JSON nor a form: a text, or bytes that are streamed.
void read_plain_body(reading const& with, operation& made, node const& media) {
    auto const* schema = media.find("schema");
    bool const bytes =
        schema != nullptr && with.from.follow(*schema).text("format") == "binary" && !is_form(media.key);
    bool const text = !bytes && (is_text(media.key) || is_structured_text(media.key));
    made.body.kind = text ? body_kind::text : body_kind::file;
    made.body.use = {&with.schemas.basic(text ? type_kind::text : type_kind::bytes)};
    made.body.media = media.key;
    made.body.whole = true;
    made.body.members.clear();
    if (made.body.docs.empty()) made.body.docs = "The body: `" + media.key + "`.";
}

bool is_map_of_files(type const& t) {
    auto const& at = real(t);
    return at.kind == type_kind::map && real(*at.inner.of).kind == type_kind::bytes;
}

/// The object whose members are the files of a map.
type& object_around(reading const& with, type_use map) {
    auto& made = with.to.make(type_kind::object);
    property rest;
    rest.name = "files";
    rest.use = {map.of};
    rest.docs = "Files by the names of their parts.";
    made.rest = std::move(rest);
    return made;
}

/// A body that is spread: each member is given by itself.
void read_members(reading const& with, operation& made, node const& media) {
    auto const* encoding = media.find("encoding");
    if (encoding != nullptr && !encoding->is_map()) {
        with.to.notes.add(*encoding, "encoding must be an object by member; it is left out");
        encoding = nullptr;
    }
    for (auto const& p : real(*made.body.use.of).properties) {
        body_member member{&p};
        member.fixed = only_value(with, p);
        auto const* how = encoding != nullptr ? encoding->find(p.wire) : nullptr;
        try {
            if (how != nullptr) read_encoding(with, made.body.kind, member, *how);
        } catch (failure const& e) {
            with.to.notes.add(e, "the member is written as usual");
        }
        made.body.members.push_back(member);
    }
    auto const& rest = real(*made.body.use.of).rest;
    if (made.body.kind == body_kind::multipart && rest && is_map_of_files(*rest->use.of))
        made.body.members.push_back({&*rest});
    if (encoding == nullptr) return;
    for (auto const& how : encoding->children)
        if (std::ranges::none_of(made.body.members, [&](auto const& m) { return m.of->wire == how->key; }))
            with.to.notes.add(*how,
                              "the body has no member " + how->key + "; its encoding counts for nothing");
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
        return is_multipart(type) && (!has_json || has_file(with, *content->find(type)));
    });
    choose(body_kind::json, [](auto type) { return essence(type) == "application/json"; });
    choose(body_kind::json, is_json);
    choose(body_kind::form, is_form);
    made.body.required = body->flag("required");
    made.body.docs = first_line(body->text("description"));
    made.body.given = body->find("x-ferry-name");
    made.body.at = media != nullptr ? media : content->children[0].get();
    if (media == nullptr) return read_plain_body(with, made, *content->children[0]);
    auto const* schema = media->find("schema");
    made.body.use = schema != nullptr ? with.schemas.read(*schema, hint + "_body")
                                      : type_use{&with.schemas.basic(type_kind::raw)};
    if (made.body.kind == body_kind::json) made.body.media = sent_json(media->key);
    auto const kind = real(*made.body.use.of).kind;
    made.body.whole = kind != type_kind::object;
    bool const has_members = !made.body.whole || kind == type_kind::map || kind == type_kind::one_of;
    if (made.body.kind == body_kind::form && !has_members) {
        with.to.notes.add(*media, "a form must be an object; its text is given as a whole");
        return read_plain_body(with, made, *media);
    }
    if (made.body.kind == body_kind::multipart && is_map_of_files(*made.body.use.of)) {
        made.body.use = {&object_around(with, made.body.use)};
        made.body.whole = false;
    }
    if (made.body.kind == body_kind::multipart && made.body.whole) {
        with.to.notes.add(*media,
                          "a multipart body must be an object with properties; its bytes are given as a "
                          "whole, and their boundary in content_type()");
        return read_plain_body(with, made, *media);
    }
    if (made.body.whole) return;
    read_members(with, made, *media);
}

}  // namespace ferry::gen
