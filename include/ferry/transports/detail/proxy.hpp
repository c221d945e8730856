// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/base64.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/core/result.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/transports/detail/no_proxy.hpp"

#include <boost/asio/ip/address_v6.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// An HTTP proxy.
struct proxy_server {
    origin at;
    std::string authorization;  ///< The value of `Proxy-Authorization`, or empty.
    std::string from;           ///< Which setting says so: "the environment variable https_proxy".

    /// For messages, without credentials: who reads them may not know that there is one.
    std::string name() const {
        auto text = "the proxy " + at.scheme + "://" + authority(at);
        return from.empty() ? text : text + " (from " + from + ")";
    }
    /// What a request to it has beside the fields of others, each line with CRLF.
    std::string header_lines() const {
        return authorization.empty() ? std::string() : "Proxy-Authorization: " + authorization + "\r\n";
    }
    /// What to do about 407.
    std::string about_credentials() const {
        return authorization.empty() ? "it wants a user and a password, which belong into its URL: "
                                       "http://user:password@host:port"
                                     : "it does not take the user and password of its URL";
    }
};

/// How a request is written, and which connections are good for it.
struct routed_request {
    std::string target;
    std::string extra_lines;
    origin pool_key;
};

/// \param proxy null: directly. An `https` request goes through a tunnel, which makes no difference to it.
inline routed_request route(http_request const& request, proxy_server const* proxy) {
    routed_request routed{request.target, {}, request.origin};
    if (!proxy || request.origin.scheme == "https") return routed;
    routed.target.insert(0, "http://" + host_field(request.origin));
    routed.extra_lines = proxy->header_lines();
    // One connection to a proxy serves all plain origins.
    routed.pool_key = {"proxy", proxy->at.host, proxy->at.port};
    return routed;
}

/// Whether it may be a host: anything else would be part of a password that was not percent-encoded.
inline bool is_proxy_host(std::string_view host, bool in_brackets) {
    auto const belongs = [](char c) {
        return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    if (!in_brackets) return !host.empty() && std::all_of(host.begin(), host.end(), belongs);
    boost::system::error_code ec;
    boost::asio::ip::make_address_v6(std::string(host), ec);
    return !ec;
}

/// Reads `[http://][user:password@]host[:port][/]`. The port defaults to 1080, as with curl.
/// \param setting which one it is, for messages
inline result<proxy_server> parse_proxy(std::string_view text, std::string const& setting = "the proxy") {
    // The text may hold a password, so messages never quote it.
    auto const bad = [&setting](char const* what) {
        return error(error_kind::invalid_argument,
                     setting + " " + what +
                         "; it should be http://[user:password@]host[:port], or empty for no proxy");
    };
    proxy_server proxy;
    proxy.from = setting;
    text = trim(text);
    if (auto const at = text.find("://"); at != std::string_view::npos) {
        if (!iequals(text.substr(0, at), "http")) return bad("names a scheme that is not supported");
        text.remove_prefix(at + 3);
    }
    auto const slash = (std::min)(text.find('/'), text.size());
    if (text.find('@', slash) != std::string_view::npos)
        return bad("has a '/' in user or password, where it is written %2F");
    text = text.substr(0, slash);
    if (auto const at = text.rfind('@'); at != std::string_view::npos) {
        auto const user = text.substr(0, at);
        bool const has_password = user.find(':') != std::string_view::npos;
        if (!user.empty())
            proxy.authorization = "Basic " + base64(percent_decoded(user) + (has_password ? "" : ":"));
        text.remove_prefix(at + 1);
    }
    auto host = text;
    std::string_view port;
    bool const in_brackets = text.starts_with('[') && text.find(']') != std::string_view::npos;
    if (in_brackets) {
        auto const close = text.find(']');
        host = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
        if (!text.empty() && text.front() != ':') return bad("holds an address that cannot be read");
        if (!text.empty()) port = text.substr(1);
    } else if (auto const colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
    }
    if (host.empty()) return bad("has no host");
    if (!is_proxy_host(host, in_brackets)) return bad("has a host that cannot be read");
    proxy.at.scheme = "http";
    proxy.at.host = lower(host);
    proxy.at.port = 1080;
    if (!port.empty()) {
        auto const end = port.data() + port.size();
        auto const read = std::from_chars(port.data(), end, proxy.at.port);
        if (read.ec != std::errc{} || read.ptr != end || proxy.at.port == 0)
            return bad("has a port that cannot be read");
    }
    return proxy;
}

/// Which exchanges go through which proxy, from client_options::proxy or the environment.
class proxy_settings {
public:
    /// `option`: a proxy for everything, an empty text for none at all, nothing for the environment's
    /// variables.
    explicit proxy_settings(std::optional<std::string> const& option) {
        if (option) {
            if (!option->empty()) https_ = http_ = parse_proxy(*option, "client_options::proxy");
            return;
        }
        // HTTP_PROXY in capitals is not read: a CGI program's clients could set it (httpoxy). The others are,
        // in lower case first.
        https_ = from_environment({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
        http_ = from_environment({"http_proxy", "all_proxy", "ALL_PROXY"});
        if (auto const* list = first_of({"no_proxy", "NO_PROXY"}).second) exceptions_ = no_proxy_list(list);
    }

    /// Nothing: connect directly. An error: the setting cannot be read.
    std::optional<result<proxy_server>> const& find(origin const& target) const {
        if (exceptions_.covers(target)) return none_;
        return target.scheme == "https" ? https_ : http_;
    }

private:
    /// The first of the variables that is set: its name and value. Null: none is.
    static std::pair<char const*, char const*> first_of(std::initializer_list<char const*> names) {
        for (auto const* name : names)
            if (auto const* value = std::getenv(name); value && *value) return {name, value};
        return {};
    }

    static std::optional<result<proxy_server>> from_environment(std::initializer_list<char const*> names) {
        auto const [name, value] = first_of(names);
        if (!value) return std::nullopt;
        return parse_proxy(value, std::string("the environment variable ") + name);
    }

    std::optional<result<proxy_server>> const none_;
    std::optional<result<proxy_server>> https_;
    std::optional<result<proxy_server>> http_;
    no_proxy_list exceptions_;
};

}  // namespace ferry::detail
