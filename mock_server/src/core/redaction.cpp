// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/redaction.hpp"

#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace ferry::mock {
namespace {

constexpr std::string_view mask = "***";
constexpr std::size_t shortest_repeated = 6;  // shorter texts occur by chance

constexpr std::array<std::string_view, 8> telling{"authorization", "apikey",    "cookie",     "password",
                                                  "secret",        "signature", "credential", "token"};
/// Names that only sound like it: cursors of lists and the kind of a token.
constexpr std::array<std::string_view, 3> harmless{"pagetoken", "nextpagetoken", "tokentype"};

bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

using secrets = std::vector<std::string>;

void remember(secrets& found, std::string_view value) {
    if (value.size() >= shortest_repeated && value != mask) found.emplace_back(value);
}

/// `Bearer abc` → `Bearer ***`: a missing scheme is worth seeing.
void mask_credentials(std::string& value, secrets& found) {
    auto const blank = value.find(' ');
    std::size_t const begin = blank == std::string::npos ? 0 : blank + 1;
    remember(found, trim(std::string_view(value).substr(begin)));
    value.replace(begin, std::string::npos, mask);
}

void mask_cookies(std::string& value, secrets& found) {
    for (std::string_view const item : split(value, ';')) {
        auto const equals = item.find('=');
        if (equals != std::string_view::npos) remember(found, trim(item.substr(equals + 1)));
    }
    value = mask;
}

void mask_fields(journal_entry::pairs& fields, secrets& found) {
    for (auto& [name, value] : fields) {
        if (!names_secret(name)) continue;
        std::string const lower = lower_case(name);
        if (lower.find("cookie") != std::string::npos)
            mask_cookies(value, found);
        else
            mask_credentials(value, found);
    }
}

void mask_target(std::string& target, secrets& found) {
    auto const mark = target.find('?');
    if (mark == std::string::npos) return;
    std::string masked = target.substr(0, mark);
    char separator = '?';
    for (std::string_view const item : split(std::string_view(target).substr(mark + 1), '&')) {
        masked += std::exchange(separator, '&');
        auto const equals = item.find('=');
        if (equals != std::string_view::npos && names_secret(percent_decode(item.substr(0, equals)))) {
            remember(found, item.substr(equals + 1));
            (masked += item.substr(0, equals + 1)) += mask;
        } else {
            masked += item;
        }
    }
    target = std::move(masked);
}

/// Where the value of the name that ends before `at` stands, in JSON, in a form or in a multipart body; an
/// empty range when there is none. The text may be cut off anywhere.
std::pair<std::size_t, std::size_t> value_after(std::string_view text, std::size_t begin, std::size_t at) {
    auto const up_to = [&](std::size_t from, std::size_t end) {
        return std::pair(from, end == std::string_view::npos ? text.size() : end);
    };
    if (at < text.size() && text[at] == '=')
        return up_to(at + 1, text.find_first_of("&\"'<> \t\r\n", at + 1));
    if (at >= text.size() || text[at] != '"' || begin == 0 || text[begin - 1] != '"') return {0, 0};
    if (text.substr(0, begin).ends_with("name=\"")) {
        auto const head_end = text.find("\r\n\r\n", at);
        if (head_end == std::string_view::npos) return {0, 0};
        return up_to(head_end + 4, text.find("\r\n--", head_end + 4));
    }
    std::size_t next = text.find_first_not_of(" \t\r\n", at + 1);
    if (next == std::string_view::npos || text[next] != ':') return {0, 0};
    next = text.find_first_not_of(" \t\r\n", next + 1);
    if (next == std::string_view::npos || text[next] != '"') return {0, 0};
    std::size_t end = next + 1;
    while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
    return {next + 1, (std::min)(end, text.size())};
}

void mask_text(std::string& text, secrets& found) {
    std::string masked;
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_word(text[at])) {
            ++at;
            continue;
        }
        std::size_t const begin = at;
        while (at < text.size() && is_word(text[at])) ++at;
        if (!names_secret(std::string_view(text).substr(begin, at - begin))) continue;
        auto const [from, to] = value_after(text, begin, at);
        if (from >= to) continue;
        remember(found, std::string_view(text).substr(from, to - from));
        masked.append(text, copied, from - copied) += mask;
        copied = at = to;
    }
    if (copied != 0) text = masked.append(text, copied);
}

void mask_repeated(std::string& text, std::string const& secret) {
    for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + mask.size())) {
        text.replace(at, secret.size(), mask);
    }
}

void mask_repeated(journal_entry& entry, std::string const& secret) {
    for (std::string* const text :
         {&entry.target, &entry.path, &entry.body.text, &entry.response_body.text, &entry.hint}) {
        mask_repeated(*text, secret);
    }
    for (auto* const fields : {&entry.query, &entry.headers, &entry.response_headers}) {
        for (auto& [name, value] : *fields) mask_repeated(value, secret);
    }
    for (journal_part& part : entry.parts) mask_repeated(part.filename, secret);
}

}  // namespace

bool names_secret(std::string_view name) {
    std::string plain;
    for (char const c : lower_case(name)) {
        if (c != '_' && c != '-') plain += c;
    }
    if (std::find(harmless.begin(), harmless.end(), plain) != harmless.end()) return false;
    return std::any_of(telling.begin(), telling.end(),
                       [&](std::string_view word) { return plain.find(word) != std::string::npos; });
}

void redact(journal_entry& entry) {
    secrets found;
    mask_target(entry.target, found);
    mask_fields(entry.query, found);
    mask_fields(entry.headers, found);
    mask_fields(entry.response_headers, found);
    mask_text(entry.body.text, found);
    mask_text(entry.response_body.text, found);
    // The longest first: one secret may be the beginning of another.
    std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
    for (std::string const& secret : found) mask_repeated(entry, secret);
}

}  // namespace ferry::mock
