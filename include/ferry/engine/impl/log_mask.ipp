// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/base64.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/log_mask.hpp"
#include "ferry/engine/detail/url.hpp"

#include <algorithm>
#include <iterator>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL log_level level_of(std::string_view what) noexcept {
    auto const known = std::find_if(std::begin(log_event_types), std::end(log_event_types),
                                    [&](auto const& one) { return one.what == what; });
    return known == std::end(log_event_types) ? log_level::info : known->level;
}

FERRY_DECL header_fields masked_headers(header_fields const& headers, log_options const& shown) {
    static constexpr std::string_view harmless[] = {"accept",
                                                    "accept-encoding",
                                                    "accept-ranges",
                                                    "allow",
                                                    "cache-control",
                                                    "connection",
                                                    "content-encoding",
                                                    "content-length",
                                                    "content-range",
                                                    "content-type",
                                                    "date",
                                                    "etag",
                                                    "if-range",
                                                    "last-modified",
                                                    "range",
                                                    "retry-after",
                                                    "retry-after-ms",
                                                    "server",
                                                    "user-agent",
                                                    "vary",
                                                    "x-request-id",
                                                    "x-correlation-id",
                                                    "x-amz-request-id",
                                                    "x-amzn-requestid",
                                                    "x-ms-request-id",
                                                    "x-should-retry"};
    header_fields masked;
    for (auto const& field : headers) {
        auto const is_name = [&](std::string_view known) { return iequals(known, field.first); };
        bool const visible = std::any_of(std::begin(harmless), std::end(harmless), is_name) ||
                             std::any_of(shown.visible_headers.begin(), shown.visible_headers.end(), is_name);
        masked.add(field.first, visible ? field.second : "***");
    }
    return masked;
}

inline bool is_named_like_a_secret(std::string_view name) {
    static constexpr std::string_view words[] = {
        "password", "passwd", "secret",  "token",      "authorization", "credential", "signature",
        "api_key",  "apikey", "api-key", "access_key", "private_key",   "cookie"};
    auto const text = lower(name);
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

FERRY_DECL void add_secret(std::vector<std::string>& to, std::string_view secret) {
    constexpr std::size_t shortest = 4;
    auto const add = [&](std::string text) {
        auto const is_longer = [](auto const& a, auto const& b) { return a.size() > b.size(); };
        if (text.size() >= shortest && std::find(to.begin(), to.end(), text) == to.end())
            to.insert(std::upper_bound(to.begin(), to.end(), text, is_longer), std::move(text));
    };
    for (std::string_view const scheme : {"Bearer ", "Basic "})
        if (secret.starts_with(scheme)) secret.remove_prefix(scheme.size());
    add(std::string(secret));
    add(encode_query_text(secret));
    add(encode_path_segment(secret));
    auto const colon = secret.find(':');
    if (colon == std::string_view::npos) return;
    add(std::string(secret.substr(colon + 1)));
    add(base64(secret));
}

FERRY_DECL void add_secrets(std::vector<std::string>& to, header_fields const& headers) {
    for (auto const& [name, value] : headers)
        if (is_named_like_a_secret(name)) add_secret(to, value);
}

FERRY_DECL void add_secrets(std::vector<std::string>& to, call_state const& call) {
    auto const look_at = [&](std::string_view name, std::string_view value) {
        bool const of_page = lower(name).find("page") != std::string::npos;  // page_token: short, and none
        if (is_named_like_a_secret(name) && !of_page) add_secret(to, value);
    };
    for (auto const* list : {&call.path, &call.query, &call.headers, &call.cookies})
        for (auto const& one : *list) look_at(one.name, one.value);
    for (auto const& part : call.parts) look_at(part.name, part.text);
    for (auto const& [name, value] : call.options.query) look_at(name, value);
    add_secrets(to, call.options.headers);
}

inline std::string masked_form(std::string_view body) {
    auto const target = hide_query_values("?" + std::string(body), is_named_like_a_secret);
    return target.substr(1);
}

/// Goes through JSON text, which may be cut off anywhere, and writes it again without its secrets.
class json_mask {
public:
    static std::string of(std::string_view text) {
        json_mask mask(text);
        while (!mask.rest_.empty()) mask.step();
        return std::move(mask.out_);
    }

private:
    explicit json_mask(std::string_view text) : rest_(text) {}

    void step() {
        char const c = rest_.front();
        if (c == '"') return take_text();
        if (secret_ && is_scalar(c)) return take_scalar();
        if (c == '[' && secret_) list_ = true;
        if (c == ']' || c == '}' || c == '{') secret_ = list_ = false;
        if (c == '{') about_secret_ = false;
        if (c == ',' && !list_) secret_ = false;
        out_ += c;
        rest_.remove_prefix(1);
    }

    static bool is_scalar(char c) noexcept {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
    }

    void take_scalar() {
        auto const end = (std::min)(rest_.find_first_of(",]} \t\r\n"), rest_.size());
        rest_.remove_prefix(end);
        out_ += "***";
    }

    void take_text() {
        std::size_t end = 1;
        while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
        end = (std::min)(end, rest_.size());
        auto const text = rest_.substr(1, end - 1);
        bool const closed = end < rest_.size();
        rest_.remove_prefix(closed ? end + 1 : end);
        auto const next = rest_.find_first_not_of(" \t\r\n");
        bool const is_name = next != std::string_view::npos && rest_[next] == ':';
        out_ += '"';
        out_ += is_name ? std::string(text) : value_of(text);
        if (closed) out_ += '"';
        bool const like_a_secret = is_named_like_a_secret(text);
        // FastAPI sends back what it did not like: {"loc":["body","password"],…,"input":"hunter2"}.
        if (is_name) secret_ = like_a_secret || (about_secret_ && text == "input");
        if (!is_name && like_a_secret) about_secret_ = true;
    }

    std::string value_of(std::string_view text) const {
        if (secret_) return "***";
        bool const url = text.starts_with("http://") || text.starts_with("https://");
        return url ? hide_query_values(text, [](std::string_view) { return true; }) : std::string(text);
    }

    std::string_view rest_;
    std::string out_;
    bool secret_ = false;        ///< The value to come is one.
    bool list_ = false;          ///< And is a list.
    bool about_secret_ = false;  ///< A text of this object is the name of one.
};

FERRY_DECL std::string masked_json(std::string_view json) {
    return json_mask::of(json);
}

FERRY_DECL std::string masked_text(std::string text, std::span<std::string const> secrets) {
    for (std::string_view const secret : secrets)
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + 3))
            text.replace(at, secret.size(), "***");
    return text;
}

FERRY_DECL std::string masked_body(std::string_view body, std::string_view media_type,
                                   std::span<std::string const> secrets, log_options const& shown) {
    // What is cut off could be half of a secret, which is not found then: look at a little more first.
    constexpr std::size_t margin = 1024;
    bool const form = media_type.find("x-www-form-urlencoded") != std::string_view::npos;
    auto const looked_at = body.substr(0, shown.body_limit + margin);
    auto text = masked_text(form ? masked_form(looked_at) : masked_json(looked_at), secrets);
    if (text.size() > shown.body_limit) text.resize(shown.body_limit);
    return text;
}

}  // namespace ferry::detail
