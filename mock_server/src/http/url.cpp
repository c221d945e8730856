// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/url.hpp"

#include "http/text.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace ferry::mock {
namespace {

unsigned value_of_hex(char c) noexcept {
    return static_cast<unsigned>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
}

std::string decode_bytes(std::string_view text, bool plus_is_blank) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2])) {
            result += static_cast<char>(value_of_hex(text[i + 1]) * 16 + value_of_hex(text[i + 2]));
            i += 2;
            continue;
        }
        result += plus_is_blank && text[i] == '+' ? ' ' : text[i];
    }
    return is_utf8(result) ? result : repair_utf8(result);
}

/// Length of the UTF-8 sequence at the start of `text`, 0 when it is malformed (overlong and surrogates
/// included).
std::size_t sequence_length(std::string_view text) noexcept {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    unsigned char const lead = byte(0);
    if (lead < 0x80) return 1;
    std::size_t const length = lead >= 0xC2 && lead < 0xE0   ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;
    if (lead == 0xED && byte(1) > 0x9F) return 0;
    if (lead == 0xF0 && byte(1) < 0x90) return 0;
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;
    return length;
}

bool is_reg_name(std::string_view text) noexcept {
    static constexpr std::string_view marks = "-._~!$&'()*+,;=";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_letter(text[i]) || is_digit(text[i]) || marks.find(text[i]) != std::string_view::npos)
            continue;
        bool const escape =
            text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2]);
        if (!escape) return false;
        i += 2;
    }
    return !text.empty();
}

std::optional<in6_addr> parse_ipv6(std::string const& text) {
    in6_addr address{};
    return ::inet_pton(AF_INET6, text.c_str(), &address) == 1 ? std::optional(address) : std::nullopt;
}

}  // namespace

std::optional<authority> parse_authority(std::string_view text) {
    bool const bracketed = text.starts_with('[');
    auto const end = bracketed ? text.find(']') : text.find(':');
    if (bracketed && end == std::string_view::npos) return std::nullopt;
    authority result{lower_case(bracketed ? text.substr(1, end - 1) : text.substr(0, end))};
    if (bracketed ? !parse_ipv6(result.host) : !is_reg_name(result.host)) return std::nullopt;
    std::string_view rest = end == std::string_view::npos ? std::string_view{} : text.substr(end);
    if (bracketed) rest.remove_prefix(1);
    if (rest.empty() || rest == ":") return result;
    bool const digits = std::all_of(rest.begin() + 1, rest.end(), is_digit);
    if (rest.front() == ':' && digits) result.port = whole_number<std::uint16_t>(rest.substr(1));
    return result.port ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<std::string_view> authority_of(std::string_view target) noexcept {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        return target.substr(0, target.find_first_of("/?#"));
    }
    return std::nullopt;
}

bool is_loopback(std::string const& host) {
    if (equal_ignoring_case(host, "localhost") || equal_ignoring_case(host, "localhost.")) return true;
    in_addr v4{};
    if (::inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24U) == 127;
    std::optional<in6_addr> const v6 = parse_ipv6(host);
    return v6 && (IN6_IS_ADDR_LOOPBACK(&*v6) || (IN6_IS_ADDR_V4MAPPED(&*v6) && v6->s6_addr[12] == 127));
}

std::string percent_decode(std::string_view text) {
    return decode_bytes(text, false);
}

std::string percent_encode(std::string_view text) {
    std::string result;
    for (char const c : text) {
        if (is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~')
            result += c;
        else
            append_hex(result += '%', c, "0123456789ABCDEF");
    }
    return result;
}

string_pairs parse_query(std::string_view text) {
    string_pairs result;
    for (std::string_view const item : split(text, '&')) {
        if (item.empty()) continue;
        auto const equals = item.find('=');
        std::string_view const value =
            equals == std::string_view::npos ? std::string_view{} : item.substr(equals + 1);
        result.emplace_back(decode_bytes(item.substr(0, equals), true), decode_bytes(value, true));
    }
    return result;
}

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string repair_utf8(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        if (length == 0) {
            result += "\xEF\xBF\xBD";
            text.remove_prefix(1);
        } else {
            result += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return result;
}

std::size_t code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    while (!text.empty()) {
        std::size_t const length = sequence_length(text);
        text.remove_prefix(length == 0 ? 1 : length);
        ++count;
    }
    return count;
}

}  // namespace ferry::mock
