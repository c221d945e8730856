// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/header_text.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/credentials.hpp"
#include "ferry/engine/detail/prepare.hpp"
#include "ferry/engine/detail/random.hpp"
#include "ferry/engine/detail/url.hpp"
#include "ferry/engine/detail/value_text.hpp"
#include "ferry/json/reader.hpp"
#include "ferry/json/writer.hpp"

#include <algorithm>

namespace ferry::inline FERRY_ABI::detail {

/// The template with each `{name}` replaced by its value, which is encoded already.
inline result<std::string> expand_path(std::string_view operation, std::string_view path,
                                       text_pairs const& values) {
    std::string expanded;
    bool in_query = false;
    while (true) {
        auto const open = path.find('{');
        expanded += path.substr(0, open);
        in_query = in_query || path.substr(0, open).find('?') != std::string_view::npos;
        if (open == std::string_view::npos) return expanded;
        auto const close = path.find('}', open);
        auto const name = path.substr(open + 1, close - open - 1);
        auto const found =
            std::find_if(values.begin(), values.end(), [&](auto const& pair) { return pair.first == name; });
        std::string_view const value =
            found == values.end() ? std::string_view() : std::string_view(found->second);
        if (value.empty()) return refused(operation, std::string(name) + " must not be empty");
        if (!in_query && (value == "." || value == ".."))
            return refused(operation, std::string(name) + " must not be '" + std::string(value) +
                                          "', which would change the path");
        expanded += value;
        path.remove_prefix(close + 1);
    }
}

/// Builders come from generated headers and tables are compiled once: they may be of different versions.
inline error stale_tables(std::string_view operation, std::string_view missing) {
    return refused(operation, "the compiled tables do not know " + std::string(missing) +
                                  "; compile all of the program with the same generated headers");
}

/// The values that are taken apart now, each where it goes, and encoded for that.
struct taken_apart {
    text_pairs path;
    text_pairs query;
    text_pairs headers;
    text_pairs cookies;
};

/// Whether a parameter of the path stands behind its `?`.
inline bool is_in_query(std::string_view path, std::string_view name) {
    auto const question = path.find('?');
    return question != std::string_view::npos &&
           path.find("{" + std::string(name) + "}", question) != std::string_view::npos;
}

/// What cannot be told apart, or written.
inline error unwritable(operation const& shape, typed_parameter const& as) {
    bool const delimited = as.style == value_style::space || as.style == value_style::pipe;
    return refused(shape.name,
                   std::string(as.name) + (delimited ? " has a value with a space or a bar in it, which its "
                                                       "style uses to tell values apart, or it is not UTF-8"
                                                     : " is not UTF-8, or has a member twice"));
}

inline result<taken_apart> take_apart(operation const& shape, call_state const& call) {
    taken_apart out;
    for (auto const& entry : call.path)
        out.path.emplace_back(entry.name, is_in_query(shape.path, entry.name)
                                              ? encode_query_text(entry.value)
                                              : encode_path_segment(entry.value));
    for (auto const& entry : call.values) {
        auto const found =
            std::find_if(shape.typed_parameters.begin(), shape.typed_parameters.end(),
                         [&](auto const& one) { return one.in == entry.in && one.name == entry.name; });
        if (found == shape.typed_parameters.end()) return stale_tables(shape.name, entry.name);
        auto const& as = *found;
        auto const add = [&](text_pairs& to, auto&& text) {
            if (text && !text->empty()) to.emplace_back(as.name, std::move(*text));
            return text.has_value();
        };
        bool good = false;
        if (as.in == value_place::path) {
            good = add(out.path, to_path_text(as, entry.value.get()));
        } else if (as.in == value_place::header) {
            good = add(out.headers, to_header_text(as, entry.value.get()));
        } else if (auto pairs = to_pairs(as, entry.value.get())) {
            auto& to = as.in == value_place::cookie ? out.cookies : out.query;
            std::move(pairs->begin(), pairs->end(), std::back_inserter(to));
            good = true;
        }
        if (!good) return unwritable(shape, as);
    }
    return out;
}

/// As usual, or as the description says of this parameter.
inline std::string query_text(operation const& shape, parameter const& entry) {
    bool const reserved =
        std::any_of(shape.typed_parameters.begin(), shape.typed_parameters.end(), [&](auto const& one) {
            return one.reserved && one.in == value_place::query && one.name == entry.name;
        });
    return reserved ? encode_reserved_text(entry.value) : encode_query_text(entry.value);
}

/// What an unlisted call looks like as an operation.
inline operation shape_of(unlisted_operation const& call) {
    bool const safe_to_repeat = call.method != "POST" && call.method != "PATCH";
    return {.name = "call",
            .method = call.method,
            .path = call.path,
            .idempotent = safe_to_repeat,
            .answer = answer_format::bytes,
            .accept = "*/*"};
}

/// Replaces fields by those of the same names in `stronger`, duplicates and all.
inline void override_headers(header_fields& headers, header_fields const& stronger) {
    for (auto const& field : stronger) headers.erase(field.first);
    for (auto const& [name, value] : stronger) headers.add(name, value);
}

/// Said, because without a word any coding may come (RFC 9110, section 12.5.3), and lengths and checksums are
/// to be those of what is stored.
inline constexpr std::string_view accepted_coding = "identity";

/// In rising order: ferry's own, the client's, the body's (there already), the call's, and the key last of
/// all, where none of them brought one.
inline result<void> add_headers(settings const& with, call_state const& call, operation const& shape,
                                taken_apart const& values, http_request& request) {
    header_fields headers;
    headers.set("User-Agent", with.user_agent);
    headers.set("Accept", std::string(shape.accept));
    headers.set("Accept-Encoding", std::string(accepted_coding));
    override_headers(headers, with.options.headers);
    override_headers(headers, request.headers);
    for (auto const& entry : call.headers) headers.set(std::string(entry.name), entry.value);
    for (auto const& [name, text] : values.headers) headers.set(name, text);
    override_headers(headers, call.options.headers);
    request.headers = std::move(headers);

    std::vector<std::string> cookies;
    if (auto const line = request.headers.find("Cookie")) cookies.emplace_back(*line);
    if (auto added = add_credentials(with, shape, request, cookies); !added) return added;
    for (auto const& entry : call.cookies)
        cookies.push_back(encode_cookie_name(entry.name) + "=" + encode_cookie_value(entry.value));
    for (auto const& [name, text] : values.cookies) cookies.push_back(name + "=" + text);
    if (!cookies.empty()) {
        std::string line;
        for (auto const& cookie : cookies) line += (line.empty() ? "" : "; ") + cookie;
        request.headers.set("Cookie", line);
    }
    for (auto const& [name, value] : request.headers)
        if (auto const why = header_fault(name, value)) return refused(shape.name, *why);
    return {};
}

/// \pre `name` and `text` are encoded
inline void append_form_pair(std::string& out, std::string_view name, std::string_view text) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(text);
}

inline result<std::string> json_text(std::string_view operation, json::type_desc const& type,
                                     void const* value) {
    std::string out;
    json::failure why;
    if (!json::encode(type, value, out, why))
        return refused(operation, "the body cannot be sent: " + why.to_string());
    return out;
}

/// \param body null: only the extra members
inline result<std::string> json_body(operation const& shape, call_state const& call, void const* body) {
    auto out = body ? json_text(shape.name, shape.body_type(), body) : result<std::string>("{}");
    if (!out || call.options.body.empty()) return out;
    if (out->empty() || out->back() != '}')
        return refused(shape.name, "extra_body needs a JSON object as body");
    out->pop_back();
    for (auto const& [name, text] : call.options.body) {
        if (out->size() > 1) *out += ',';
        if (!json::append_quoted(name, *out))
            return refused(shape.name, "the name of an extra member is not UTF-8");
        *out += ":" + text;
    }
    *out += '}';
    return out;
}

/// Extra members must be JSON before they become part of a body.
inline result<void> check_extra_body(operation const& shape, call_state const& call) {
    if (call.options.body.empty()) return {};
    if (shape.body == body_format::none || shape.body == body_format::text || shape.body == body_format::file)
        return refused(shape.name, "extra_body needs a call with a body that has members");
    for (auto const& [name, text] : call.options.body) {
        raw_json ignored;
        json::failure why;
        if (!json::decode(json::describe<raw_json>::get(), &ignored, text, why, {.strict = true}))
            return refused(shape.name, "extra_body '" + name + "' is not JSON: " + why.to_string());
    }
    return {};
}

/// An extra member of a body that is not JSON: a JSON string stands for its characters, the rest for its
/// text.
inline std::string plain_text(std::string const& json) {
    std::string text;
    json::failure ignored;
    return json::decode(json::describe<std::string>::get(), &text, json, ignored) ? text : json;
}

/// \param body null: only the extra members
inline result<std::string> form_body(operation const& shape, call_state const& call, void const* body) {
    std::string out;
    if (body != nullptr) {
        auto const pairs = to_form(shape.body_type(), body, shape.typed_parameters);
        if (!pairs)
            return refused(
                shape.name,
                "the body cannot be sent as a form: it is no object, not UTF-8, or has a member twice");
        for (auto const& [name, text] : *pairs) append_form_pair(out, name, text);
    }
    for (auto const& [name, text] : call.options.body)
        append_form_pair(out, encode_query_text(name), encode_query_text(plain_text(text)));
    return out;
}

/// The caller's; of those that the description allows the one that the file's name says, else the first.
inline std::string part_media(std::string_view allowed, upload_source const& file) {
    auto const own = file.content_type();
    if (file.has_content_type()) return own;
    std::string first;
    while (!allowed.empty()) {
        auto const one = trim(allowed.substr(0, allowed.find(',')));
        allowed.remove_prefix((std::min)(allowed.find(','), allowed.size() - 1) + 1);
        bool const range = one.ends_with('*');
        bool const fits = range ? own.starts_with(one.substr(0, one.size() - 1)) || one.starts_with('*')
                                : iequals(one.substr(0, one.find(';')), own);
        if (fits) return range ? own : std::string(one);
        if (first.empty() && !range) first = one;
    }
    return first.empty() ? own : first;
}

inline result<void> add_file_part(operation const& shape, body_part const& part, std::string_view media,
                                  multipart_source& to) {
    auto const& file = *part.file;
    auto const name = part.key.empty() ? part.name : std::string_view(part.key);
    if (name.empty() || has_line_break(name))
        return refused(shape.name, "a file's key is empty, or contains CR, LF or NUL");
    if (file.file_name().empty())
        return refused(shape.name, std::string(name) + " has no file name; set upload_source::file_name");
    auto const type = part_media(media, file);
    if (has_line_break(file.file_name()) || has_line_break(type))
        return refused(shape.name,
                       "the file name or media type of " + std::string(name) + " contains CR, LF or NUL");
    if (auto const fault = value_fault(type))
        return refused(shape.name, "the media type of " + std::string(name) + " " + *fault);
    to.add_file(name, file, type);
    return {};
}

/// A value that becomes JSON, or text as its style says.
inline result<void> add_value_part(operation const& shape, body_part const& part, form_part const& as,
                                   multipart_source& to) {
    if (as.style == value_style::json) {
        auto text = json_text(shape.name, as.type(), part.value.get());
        if (!text) return text.error();
        to.add_text(part.name, std::move(*text), as.media.empty() ? "application/json" : as.media);
        return {};
    }
    typed_parameter const like{part.name, value_place::part, as.style, as.explode, as.type};
    auto pairs = to_pairs(like, part.value.get());
    if (!pairs) return unwritable(shape, like);
    for (auto& [name, text] : *pairs) {
        if (has_line_break(name))
            return refused(shape.name, "a key in " + std::string(part.name) + " contains CR, LF or NUL");
        to.add_text(name, std::move(text), as.media);
    }
    return {};
}

inline result<std::unique_ptr<multipart_source>> multipart_body(operation const& shape,
                                                                call_state const& call) {
    // No boundary of ours meets itself in a file by accident, nor can a file be made to hold it.
    auto body = std::make_unique<multipart_source>("ferry-" + random_name());
    for (auto const& part : call.parts) {
        auto const known = std::find_if(shape.parts.begin(), shape.parts.end(),
                                        [&](form_part const& one) { return one.name == part.name; });
        auto const as = known == shape.parts.end() ? form_part{part.name, nullptr} : *known;
        if (part.file) {
            if (auto added = add_file_part(shape, part, as.media, *body); !added) return added.error();
        } else if (part.value) {
            if (as.type == nullptr) return stale_tables(shape.name, part.name);
            if (auto added = add_value_part(shape, part, as, *body); !added) return added.error();
        } else {
            body->add_text(part.name, part.text, as.media);
        }
    }
    for (auto const& [name, text] : call.options.body) {
        if (has_line_break(name))
            return refused(shape.name, "the name of an extra part contains CR, LF or NUL");
        body->add_text(name, plain_text(text));
    }
    return body;
}

/// The caller's, else the description's, unless that leaves it open.
inline std::string media_type(operation const& shape, upload_source const& file) {
    bool const open = shape.body_media.empty() || shape.body_media.find('*') != std::string_view::npos;
    return open || file.has_content_type() ? file.content_type() : std::string(shape.body_media);
}

inline result<void> add_body(call_state const& call, void const* body, prepared_request& out) {
    auto& request = out.request;
    if (auto const checked = check_extra_body(out.shape, call); !checked) return checked;
    if (call.unlisted) {
        if (!call.unlisted->content) return {};
        request.content = *call.unlisted->content;
        request.headers.set("Content-Type", call.unlisted->content_type);
        return {};
    }
    switch (out.shape.body) {
        case body_format::none:
            return {};
        case body_format::json:
        case body_format::form: {
            if (body == nullptr && call.options.body.empty())
                return {};  // an optional body that was not given
            bool const form = out.shape.body == body_format::form;
            auto text = form ? form_body(out.shape, call, body) : json_body(out.shape, call, body);
            if (!text) return text.error();
            request.content = std::move(*text);
            std::string const given(out.shape.body_media);
            request.headers.set("Content-Type", form            ? "application/x-www-form-urlencoded"
                                                : given.empty() ? "application/json"
                                                                : given);
            return {};
        }
        case body_format::multipart: {
            auto parts = multipart_body(out.shape, call);
            if (!parts) return parts.error();
            request.headers.set("Content-Type", (*parts)->content_type());
            out.preview = (*parts)->preview();
            out.stream = std::move(*parts);
            return {};
        }
        case body_format::text:
            if (body == nullptr) return {};
            request.content = *static_cast<std::string const*>(body);
            request.headers.set("Content-Type", std::string(out.shape.body_media));
            return {};
        case body_format::file: {
            if (body == nullptr) return {};
            auto const& file = *static_cast<upload_source const*>(body);
            request.headers.set("Content-Type", media_type(out.shape, file));
            auto reader = std::make_unique<file_reader>(file);
            out.preview = reader->preview();
            out.stream = std::move(reader);
            return {};
        }
    }
    return {};
}

FERRY_DECL result<prepared_request> prepare(settings const& with, call_state const& call, void const* body) {
    auto const described = with.operations.find(call.operation);
    if (!call.unlisted && described == with.operations.end())
        return stale_tables(call.operation, "this operation");
    prepared_request out;
    out.shape = call.unlisted ? shape_of(*call.unlisted) : *described->second;
    auto const& base = out.shape.server.empty() ? with.base : with.servers.at(out.shape.server);
    if (!base) return base.error();
    out.name = out.shape.name;
    if (!call.media_type.empty()) {
        out.shape.answer = answer_format::bytes;
        out.shape.answer_type = nullptr;
        out.shape.answers = {};
        out.shape.signed_url = nullptr;
        out.shape.accept = call.media_type;
    }
    out.request.method = std::string(out.shape.method);
    out.request.origin = base->origin;
    out.request.idempotent = out.shape.idempotent || with.options.retry_non_idempotent;
    if (!is_token(out.request.method))
        return refused(out.name, "'" + out.request.method + "' is not a method");

    auto const values = take_apart(out.shape, call);
    if (!values) return values.error();
    if (call.unlisted) {
        // Only a path: credentials must not follow a caller's URL to another origin.
        auto const& path = call.unlisted->path;
        bool const is_encoded =
            std::all_of(path.begin(), path.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
        if (path.empty() || path.front() != '/' || !is_encoded)
            return refused(out.name, "the path must start with '/' and be percent-encoded");
        out.request.target = base->path + call.unlisted->path;
    } else {
        auto path = expand_path(out.name, out.shape.path, values->path);
        if (!path) return path.error();
        out.request.target = base->path + *path;
    }
    if (!base->query.empty()) append_pairs(out.request.target, base->query);
    for (auto const& entry : call.query)
        append_pairs(out.request.target, encode_query_text(entry.name) + "=" + query_text(out.shape, entry));
    for (auto const& [name, text] : values->query) append_pairs(out.request.target, name + "=" + text);
    for (auto const& [name, value] : call.options.query) append_query(out.request.target, name, value);

    if (auto added = add_body(call, body, out); !added) return added.error();
    if (auto added = add_headers(with, call, out.shape, *values, out.request); !added) return added.error();
    return out;
}

FERRY_DECL result<request_preview> preview(settings const& with, call_state const& call, void const* body) {
    auto prepared = prepare(with, call, body);
    if (!prepared) return prepared.error();
    auto const& credentials = with.description->credentials;
    request_preview shown;
    shown.method = prepared->request.method;
    auto target = prepared->request.target;
    for (auto const& one : credentials)
        if (one.in == key_location::query) target = hide_query_value(target, one.name);
    shown.url = to_string(prepared->request.origin) + target;
    shown.content = shown_content(*prepared, prepared->request);
    for (auto const& field : prepared->request.headers) {
        auto const& name = field.first;
        bool const secret = iequals(name, "authorization") || iequals(name, "cookie") ||
                            iequals(name, "proxy-authorization") ||
                            std::any_of(credentials.begin(), credentials.end(), [&](auto const& one) {
                                return one.in == key_location::header && iequals(name, one.name);
                            });
        shown.headers.add(name, secret ? "***" : field.second);
    }
    return shown;
}

FERRY_DECL http_request prepare_foreign(settings const& with, foreign_url url) {
    http_request request;
    request.method = "GET";
    request.idempotent = true;
    request.origin = std::move(url.origin);
    request.target = std::move(url.target);
    request.headers.set("User-Agent", with.user_agent);
    request.headers.set("Accept", "*/*");
    request.headers.set("Accept-Encoding", std::string(accepted_coding));
    return request;
}

}  // namespace ferry::detail
