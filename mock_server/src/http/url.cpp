// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/url.hpp"

#include "http/text.hpp"

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

}  // namespace

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
