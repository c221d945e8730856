// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/message.hpp"

#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || is_letter(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool parse_request_line(std::string_view line, http_request& request) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return false;
    std::string_view const version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return false;
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    request.http_1_0 = version == "HTTP/1.0";
    request.keep_alive = !request.http_1_0;
    if (!is_token(request.method) || request.target.find(' ') != std::string::npos) return false;
    std::string_view target = request.target;
    if (auto const scheme = target.find("://"); scheme != std::string_view::npos && target.front() != '/') {
        auto const slash = target.find('/', scheme + 3);  // the absolute form that proxies receive
        target = slash == std::string_view::npos ? "/" : target.substr(slash);
    }
    if (target.empty() || (target.front() != '/' && target != "*")) return false;
    auto const mark = target.find('?');
    request.path = percent_decode(target.substr(0, mark));
    if (mark != std::string_view::npos) request.query = parse_query(target.substr(mark + 1));
    return true;
}

/// `Connection` is a list; `close` wins.
void read_connection_options(http_request& request) {
    bool close = false;
    for (auto const& [name, value] : request.headers) {
        if (!equal_ignoring_case(name, "connection")) continue;
        for (std::string_view const item : split(value, ',')) {
            std::string_view const option = trim(item);
            close = close || equal_ignoring_case(option, "close");
            if (equal_ignoring_case(option, "keep-alive")) request.keep_alive = true;
        }
    }
    if (close) request.keep_alive = false;
}

}  // namespace

std::string const* find_header(string_pairs const& headers, std::string_view name) noexcept {
    for (auto const& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return &value;
    }
    return nullptr;
}

std::string const* last_value(string_pairs const& pairs, std::string_view name) noexcept {
    std::string const* found = nullptr;
    for (auto const& [key, value] : pairs) {
        if (key == name) found = &value;
    }
    return found;
}

std::string_view http_request::header_or_empty(std::string_view name) const noexcept {
    std::string const* const value = header(name);
    return value == nullptr ? std::string_view{} : std::string_view{*value};
}

string_pairs http_request::cookies() const {
    string_pairs cookies;
    for (std::string_view const piece : split(header_or_empty("cookie"), ';')) {
        std::string_view const item = trim(piece);
        auto const equals = item.find('=');
        if (equals != std::string_view::npos)
            cookies.emplace_back(item.substr(0, equals), item.substr(equals + 1));
    }
    return cookies;
}

std::string http_request::origin() const {
    return (over_tls ? "https://" : "http://") + std::string(header_or_empty("host"));
}

std::optional<http_request> parse_head(std::string_view head) {
    http_request request;
    bool first = true;
    while (!head.empty()) {
        auto const end = head.find("\r\n");
        if (end == std::string_view::npos) return std::nullopt;
        std::string_view const line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (first) {
            if (!parse_request_line(line, request)) return std::nullopt;
            first = false;
            continue;
        }
        if (line.empty()) break;
        auto const colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return std::nullopt;
        std::string_view const value = trim(line.substr(colon + 1));
        if (value.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos) return std::nullopt;
        request.headers.emplace_back(line.substr(0, colon), value);
    }
    if (first) return std::nullopt;
    read_connection_options(request);
    if (!request.http_1_0 && request.header("host") == nullptr) return std::nullopt;
    return request;
}

}  // namespace ferry::mock
