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

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// An HTTP proxy.
struct proxy_server {
    origin at;
    std::string authorization;  ///< The value of `Proxy-Authorization`, or empty.

    /// What a request to it has beside the fields of others, each line with CRLF.
    std::string header_lines() const {
        return authorization.empty() ? std::string() : "Proxy-Authorization: " + authorization + "\r\n";
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

/// Reads `[http://][user:password@]host[:port][/]`. The port defaults to 1080, as with curl.
/// \param from which setting it is, for messages
inline result<proxy_server> parse_proxy(std::string_view text, std::string const& from = "the proxy") {
    // The text may hold a password, so messages never quote it.
    auto const bad = [&from](char const* what) {
        return error(error_kind::invalid_argument,
                     from + " " + what + "; expected http://[user:password@]host:port");
    };
    if (auto const at = text.find("://"); at != std::string_view::npos) {
        if (!iequals(text.substr(0, at), "http")) return bad("names a scheme that is not supported");
        text.remove_prefix(at + 3);
    }
    text = text.substr(0, text.find('/'));
    proxy_server proxy;
    if (auto const at = text.rfind('@'); at != std::string_view::npos) {
        proxy.authorization = "Basic " + base64(percent_decoded(text.substr(0, at)));
        text.remove_prefix(at + 1);
    }
    auto host = text;
    std::string_view port;
    if (auto const close = text.find(']'); text.starts_with('[') && close != std::string_view::npos) {
        host = text.substr(1, close - 1);
        text.remove_prefix(close + 1);
        if (!text.empty() && text.front() != ':') return bad("holds an address that cannot be read");
        if (!text.empty()) port = text.substr(1);
    } else if (auto const colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
    }
    if (host.empty()) return bad("has no host");
    if (has_space_or_control(host)) return bad("holds a space or a control character");
    proxy.at.scheme = "http";
    proxy.at.host = lower(host);
    proxy.at.port = 1080;
    if (!port.empty()) {
        auto const end = port.data() + port.size();
        auto const read = std::from_chars(port.data(), end, proxy.at.port);
        if (read.ec != std::errc{} || read.ptr != end || proxy.at.port == 0) return bad("holds a bad port");
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
        // HTTP_PROXY in capitals is not read: a CGI program's clients could set it (httpoxy).
        https_ = from_environment({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
        http_ = from_environment({"http_proxy", "all_proxy", "ALL_PROXY"});
        if (auto const* list = first_of({"no_proxy", "NO_PROXY"}).second) read_exceptions(list);
    }

    /// Nothing: connect directly. An error: the setting cannot be read.
    std::optional<result<proxy_server>> const& find(origin const& target) const {
        if (excepted(target)) return none_;
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
        return parse_proxy(value, std::string("the proxy of the environment variable ") + name);
    }

    void read_exceptions(std::string const& list) {
        std::string item;
        for (char c : list + ',') {
            if (c != ',' && c != ' ') {
                item += lower(c);
                continue;
            }
            while (item.starts_with('.')) item.erase(0, 1);
            if (!item.empty()) exceptions_.push_back(item);
            item.clear();
        }
    }

    // As curl: `*`, a host, a domain with everything below it, each with or without a port.
    bool excepted(origin const& target) const {
        return std::any_of(exceptions_.begin(), exceptions_.end(), [&](std::string const& item) {
            auto const covers = [&](std::string_view name) {
                std::string_view const host = target.host;
                return host == name || (host.size() > name.size() && host.ends_with(name) &&
                                        host[host.size() - name.size() - 1] == '.');
            };
            if (item == "*" || covers(item) || item == bracketed(target.host)) return true;
            auto const port = ':' + std::to_string(target.port);
            return item == authority(target) || (item.ends_with(port) && covers(std::string_view(item).substr(
                                                                             0, item.size() - port.size())));
        });
    }

    std::optional<result<proxy_server>> const none_;
    std::optional<result<proxy_server>> https_;
    std::optional<result<proxy_server>> http_;
    std::vector<std::string> exceptions_;
};

}  // namespace ferry::detail
