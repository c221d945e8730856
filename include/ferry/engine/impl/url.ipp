// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline result<parsed_url> to_parsed_url(boost::urls::url_view const& url, std::string_view what) {
    auto const refuse = [&](std::string_view why) {
        return error(error_kind::invalid_argument, std::string(what) + " " + std::string(why) +
                                                       "; it should look like https://host[:port][/path]");
    };
    parsed_url out;
    out.origin.scheme = lower(std::string_view(url.scheme().data(), url.scheme().size()));
    if (out.origin.scheme != "http" && out.origin.scheme != "https")
        return refuse("is not an http or https URL");
    if (url.encoded_host().empty()) return refuse("has no host");
    if (url.host_type() == boost::urls::host_type::ipvfuture) return refuse("has an unknown kind of address");
    // Decoded, it could end the host where this URL does not; and no resolver reads it otherwise.
    if (url.encoded_host().find('%') != boost::core::string_view::npos)
        return refuse("has a percent-encoded host");
    if (url.has_userinfo()) return refuse("must not carry a user name or password");
    bool const has_port = url.has_port() && !url.port().empty();  // `https://host:` means the default
    std::uint16_t port = default_port(out.origin.scheme);
    if (has_port) {
        // Not port_number(), which wraps where the number is too large.
        auto const digits = url.port();
        auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (read.ec != std::errc() || port == 0) return refuse("has no usable port");
    }

    out.origin.host =
        lower(url.host_type() == boost::urls::host_type::ipv6 ? url.host_address() : url.host());
    out.origin.port = port;
    auto const path = url.encoded_path();
    // Boost takes what follows the digits of a port for a path.
    if (!path.empty() && path.front() != '/') return refuse("has no usable port");
    out.path.assign(path.data(), path.size());
    auto const query = url.encoded_query();
    out.query.assign(query.data(), query.size());
    return out;
}

FERRY_DECL result<parsed_url> parse_url(std::string_view text, std::string_view what) {
    auto parsed = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
    if (!parsed)
        return error(
            error_kind::invalid_argument,
            std::string(what) + " is not an absolute URL; it should look like https://host[:port][/path]");
    return to_parsed_url(*parsed, what);
}

/// A reference in its five parts but for the fragment, which is never sent (RFC 3986, appendix B).
struct url_parts {
    std::string_view scheme;
    std::string_view authority;
    std::string_view path;
    std::string_view query;  ///< With `?`.
    bool has_authority = false;

    explicit url_parts(std::string_view text) {
        auto const colon = text.find_first_of(":/?");
        if (colon != std::string_view::npos && text[colon] == ':' && is_scheme(text.substr(0, colon))) {
            scheme = text.substr(0, colon);
            text.remove_prefix(colon + 1);
        }
        has_authority = text.starts_with("//");
        if (has_authority) {
            auto const end = (std::min)(text.find_first_of("/?", 2), text.size());
            authority = text.substr(2, end - 2);
            text.remove_prefix(end);
        }
        path = text.substr(0, text.find('?'));
        query = text.substr(path.size());
    }

private:
    static bool is_scheme(std::string_view text) noexcept {
        if (text.empty() || lower(text.front()) < 'a' || lower(text.front()) > 'z') return false;
        return std::all_of(text.begin(), text.end(),
                           [](char c) { return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.'; });
    }
};

/// As browsers read what is not quite a URL: no white space around it, no line breaks in it, and `/` for a
/// backslash.
inline std::string tidied(std::string_view text) {
    auto const is_blank = [](char c) { return c == ' ' || is_control(c); };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    std::string out;
    bool in_query = false;
    for (char const c : text.substr(0, text.find('#'))) {
        if (c == '\t' || c == '\r' || c == '\n') continue;
        in_query = in_query || c == '?';
        out += c == '\\' && !in_query ? '/' : c;
    }
    return out;
}

/// \param besides what is percent-encoded but for what never stands in a request line
inline void append_encoded(std::string& out, std::string_view text, std::string_view besides) {
    for (char const c : text) {
        if (c > ' ' && c < 0x7f && besides.find(c) == std::string_view::npos)
            out += c;
        else
            out += percent_encoded({&c, 1}, {});
    }
}

/// Path and query for a request line.
inline std::string foreign_target(std::string_view path, std::string_view query) {
    std::string out;
    append_encoded(out, path.empty() ? "/" : path, "\"<>^`{}");
    append_encoded(out, query, "\"<>");
    return out;
}

/// RFC 3986, section 5.2.4. Escaped dots are no dots. \pre `path` starts with `/`
inline std::string without_dot_segments(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        auto const end = (std::min)(path.find('/', 1), path.size());
        auto const segment = path.substr(0, end);
        path.remove_prefix(end);
        bool const up = segment == "/..";
        if (up) out.resize(out.empty() ? 0 : out.rfind('/'));
        if (!up && segment != "/.")
            out += segment;
        else if (path.empty())
            out += '/';
    }
    return out;
}

/// The origin alone is understood, and so must be as strictly as that of a base URL.
inline result<origin> foreign_origin(std::string_view scheme, url_parts const& parts, std::string_view what) {
    auto const is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::all_of(parts.authority.begin(), parts.authority.end(), is_ascii))
        return error(error_kind::invalid_argument,
                     std::string(what) + " has a host that is not ASCII; it should be written as xn--…");
    auto text = std::string(scheme) + (parts.has_authority ? "://" : ":");
    auto const at = parse_url(text.append(parts.authority), what);
    if (!at) return at.error();
    return at->origin;
}

FERRY_DECL result<foreign_url> parse_foreign_url(std::string_view text, std::string_view what) {
    auto const tidy = tidied(text);
    url_parts const parts(tidy);
    auto at = foreign_origin(parts.scheme, parts, what);
    if (!at) return at.error();
    return foreign_url{std::move(*at), foreign_target(parts.path, parts.query)};
}

FERRY_DECL result<foreign_url> resolve_reference(foreign_url const& from, std::string_view reference) {
    auto const tidy = tidied(reference);
    url_parts const parts(tidy);
    bool const absolute = !parts.scheme.empty();
    auto at = absolute || parts.has_authority
                  ? foreign_origin(absolute ? parts.scheme : std::string_view(from.origin.scheme), parts,
                                   "the redirect's Location")
                  : result<origin>(from.origin);
    if (!at) return at.error();
    foreign_url to{std::move(*at), {}};

    auto const question = (std::min)(from.target.find('?'), from.target.size());
    auto const base = std::string_view(from.target).substr(0, question);
    if (absolute || parts.has_authority || parts.path.starts_with('/')) {
        to.target = foreign_target(without_dot_segments(parts.path), parts.query);
    } else if (!parts.path.empty()) {
        auto const joined = std::string(base.substr(0, base.rfind('/') + 1)).append(parts.path);
        to.target = foreign_target(without_dot_segments(joined), parts.query);
    } else {
        auto const query = parts.query.empty() ? std::string_view(from.target).substr(question) : parts.query;
        to.target = foreign_target(base, query);
    }
    return to;
}

FERRY_DECL std::string parsed_url::to_string() const {
    return detail::to_string(origin) + target();
}

FERRY_DECL std::string encode_path_segment(std::string_view text) {
    return percent_encoded(text, "-._~!$&'()*+,;=:@");
}

FERRY_DECL std::string encode_query_text(std::string_view text) {
    return percent_encoded(text, "-._~");
}

FERRY_DECL std::string encode_reserved_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const one = text.substr(i, 1);
        out += is_escape(text, i) ? std::string(one) : percent_encoded(one, "-._~:/?@!$'()*,;=");
    }
    return out;
}

FERRY_DECL std::string hide_query_value(std::string_view target, std::string_view name) {
    return hide_query_values(target, [&](std::string_view key) { return key == name; });
}

FERRY_DECL std::string redact(origin const& from, std::string_view target,
                              std::span<std::string_view const> loggable) {
    return to_string(from) + hide_query_values(target, [&](std::string_view key) {
               return std::find(loggable.begin(), loggable.end(), key) == loggable.end();
           });
}

}  // namespace ferry::detail
