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

/// Path and query of a target in any of its forms; nothing when it has none of them.
std::optional<std::string_view> path_of(std::string_view target) {
    if (target == "*" || target.starts_with('/')) return target;
    std::optional<std::string_view> const named = authority_of(target);
    if (!named || named->empty() || !parse_authority(*named)) return std::nullopt;
    target.remove_prefix(static_cast<std::size_t>(named->data() + named->size() - target.data()));
    if (target.empty()) return "/";
    // A query without a path would be legal, but whoever takes what follows the next slash for the path asks
    // for something else than we do.
    return target.front() == '/' ? std::optional(target) : std::nullopt;
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
    auto const splits = [](char c) { return c == ' ' || c == '\t' || is_control(c); };
    if (!is_token(request.method) || std::any_of(request.target.begin(), request.target.end(), splits))
        return false;
    std::optional<std::string_view> const target = path_of(request.target);
    if (!target) return false;
    auto const mark = target->find('?');
    request.path = percent_decode(target->substr(0, mark));
    if (mark != std::string_view::npos) request.query = parse_query(target->substr(mark + 1));
    return true;
}

/// One, where HTTP/1.1 wants it, and only what names a host: two readers of the request must not come to
/// different ones.
bool names_one_host(http_request const& request) {
    int count = 0;
    for (auto const& [name, value] : request.headers) {
        if (!equal_ignoring_case(name, "host")) continue;
        if (++count > 1 || (!value.empty() && !parse_authority(value))) return false;
    }
    return count == 1 || request.http_1_0;
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

bool is_field(std::string_view line) noexcept {
    auto const colon = line.find(':');
    return colon != std::string_view::npos && is_token(line.substr(0, colon)) &&
           std::none_of(line.begin() + static_cast<std::ptrdiff_t>(colon), line.end(), is_control);
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
        if (!is_field(line)) return std::nullopt;
        auto const colon = line.find(':');
        request.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    if (first || !names_one_host(request)) return std::nullopt;
    read_connection_options(request);
    return request;
}

}  // namespace ferry::mock
