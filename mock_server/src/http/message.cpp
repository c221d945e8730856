// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "message.hpp"

#include <algorithm>

#include "url.hpp"

namespace ferry::mock {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
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
        for (std::string_view rest = value; !rest.empty();) {
            auto const comma = rest.find(',');
            std::string_view const option = trim(rest.substr(0, comma));
            rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
            close = close || equal_ignoring_case(option, "close");
            if (equal_ignoring_case(option, "keep-alive")) request.keep_alive = true;
        }
    }
    if (close) request.keep_alive = false;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::string_view trim(std::string_view text) noexcept {
    auto const blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string const* http_request::header(std::string_view name) const noexcept {
    for (auto const& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return &value;
    }
    return nullptr;
}

std::string_view http_request::header_or_empty(std::string_view name) const noexcept {
    std::string const* const value = header(name);
    return value == nullptr ? std::string_view{} : std::string_view{*value};
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
