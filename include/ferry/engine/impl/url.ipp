// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <algorithm>
#include <charconv>

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

FERRY_DECL result<parsed_url> resolve_reference(parsed_url const& base, std::string_view reference) {
    std::string const base_text = base.to_string();  // the parsed views below point into it
    auto const from = boost::urls::parse_uri(base_text);
    auto const to =
        boost::urls::parse_uri_reference(boost::core::string_view(reference.data(), reference.size()));
    boost::urls::url joined;
    if (!from || !to || !boost::urls::resolve(*from, *to, joined))
        return error(error_kind::protocol, "the service redirected to something that is not a URL");
    return to_parsed_url(joined, "the redirect's Location");
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
