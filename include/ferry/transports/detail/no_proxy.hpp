// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/core/transport.hpp"

#include <boost/asio/ip/address.hpp>

#include <arpa/inet.h>
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// Addresses that begin with the same bits. IPv4 stands in it as IPv6 has it (`::ffff:10.0.0.1`), so that
/// however an address is written it is the same.
class address_range {
public:
    using bytes = boost::asio::ip::address_v6::bytes_type;

    /// `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`, `[::1]`.
    static std::optional<address_range> parse(std::string_view text) {
        auto const slash = (std::min)(text.find('/'), text.size());
        auto address = text.substr(0, slash);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        boost::system::error_code ec;
        auto const read = boost::asio::ip::make_address(std::string(address), ec);
        if (ec) return std::nullopt;
        unsigned const before = read.is_v4() ? v4_prefix : 0;
        unsigned bits = all_bits - before;
        if (slash < text.size()) {
            auto const digits = text.substr(slash + 1);
            unsigned given = 0;
            auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), given);
            if (failed != std::errc() || end != digits.data() + digits.size() || given > bits)
                return std::nullopt;
            bits = given;
        }
        return address_range(to_bytes(read), before + bits);
    }

    /// The address that a host is, as the system's resolver reads it: also `127.1` and `0x7f000001`.
    static std::optional<bytes> address_of(std::string const& host) {
        if (host.empty()) return std::nullopt;
        boost::system::error_code ec;
        auto const read = boost::asio::ip::make_address(host, ec);
        if (!ec) return to_bytes(read);
        ::in_addr old{};
        if (host.front() < '0' || host.front() > '9' || ::inet_aton(host.c_str(), &old) == 0)
            return std::nullopt;
        return to_bytes(boost::asio::ip::address_v4(ntohl(old.s_addr)));
    }

    bool holds(bytes const& address) const noexcept {
        if (bits_ < v4_prefix && is_v4(address)) return false;  // `::/0` is all of IPv6
        unsigned const whole = bits_ / 8;
        if (!std::equal(start_.begin(), start_.begin() + whole, address.begin())) return false;
        unsigned const rest = bits_ % 8;
        return rest == 0 || (start_[whole] ^ address[whole]) >> (8 - rest) == 0;
    }

private:
    static constexpr unsigned all_bits = 128;
    static constexpr unsigned v4_prefix = 96;

    address_range(bytes const& start, unsigned bits) noexcept : start_(start), bits_(bits) {}

    static bytes to_bytes(boost::asio::ip::address const& from) {
        using namespace boost::asio::ip;
        return (from.is_v4() ? make_address_v6(v4_mapped, from.to_v4()) : from.to_v6()).to_bytes();
    }
    static bool is_v4(bytes const& address) noexcept {
        constexpr unsigned char mark[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        return std::equal(std::begin(mark), std::end(mark), address.begin());
    }

    bytes start_;
    unsigned bits_;
};

/// Who is reached without a proxy, in the forms that curl, Python's urllib, requests and httpx read; each
/// with or without a port. Anything else covers nobody.
class no_proxy_list {
public:
    no_proxy_list() = default;
    explicit no_proxy_list(std::string_view list) {
        constexpr std::string_view between = ", \t\r\n";
        while (!list.empty()) {
            auto const end = (std::min)(list.find_first_of(between), list.size());
            add(list.substr(0, end));
            list.remove_prefix((std::min)(end + 1, list.size()));
        }
    }

    bool covers(origin const& target) const {
        if (entries_.empty()) return false;
        std::string_view host = target.host;
        if (host.ends_with('.')) host.remove_suffix(1);
        auto const address = address_range::address_of(std::string(host));
        return std::any_of(entries_.begin(), entries_.end(), [&](entry const& one) {
            if (!one.scheme.empty() && one.scheme != target.scheme) return false;
            if (one.port && *one.port != target.port) return false;
            if (one.addresses) return address && one.addresses->holds(*address);
            if (one.name == "*" || iequals(host, one.name)) return true;
            return !address && is_below(host, one.name);
        });
    }

private:
    struct entry {
        std::string scheme;  ///< Empty: any.
        std::optional<address_range> addresses;
        std::string name;  ///< `*`: any; a domain, with all below it.
        std::optional<std::uint16_t> port;
    };

    static bool is_below(std::string_view host, std::string_view domain) noexcept {
        if (host.size() <= domain.size()) return false;
        auto const dot = host.size() - domain.size() - 1;
        return host[dot] == '.' && iequals(host.substr(dot + 1), domain);
    }

    void add(std::string_view text) {
        entry made;
        if (auto const at = text.find("://"); at != std::string_view::npos) {  // as httpx has it
            made.scheme = lower(text.substr(0, at));
            if (made.scheme == "all") made.scheme.clear();
            text.remove_prefix(at + 3);
        }
        if (text.ends_with('/')) text.remove_suffix(1);
        made.addresses = address_range::parse(text);
        if (auto const colon = text.rfind(':'); !made.addresses && colon != std::string_view::npos) {
            made.port = parse_port(text.substr(colon + 1));
            if (!made.port) return;
            text = text.substr(0, colon);
            made.addresses = address_range::parse(text);
        }
        if (text.starts_with("*.")) text.remove_prefix(1);
        while (text.starts_with('.')) text.remove_prefix(1);
        if (text.ends_with('.')) text.remove_suffix(1);
        made.name = text;
        if (!text.empty()) entries_.push_back(std::move(made));
    }

    static std::optional<std::uint16_t> parse_port(std::string_view digits) noexcept {
        std::uint16_t port = 0;
        auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        bool const good = failed == std::errc() && end == digits.data() + digits.size() && port > 0;
        return good ? std::optional(port) : std::nullopt;
    }

    std::vector<entry> entries_;
};

}  // namespace ferry::detail
