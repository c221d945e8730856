// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/file_types.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/expectations.hpp"
#include "ferry/engine/detail/resume.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace ferry::inline FERRY_ABI::detail {

// ---- ranges

/// `bytes=first-last`, `bytes=first-` or `bytes=-size`.
struct asked_range {
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> last;  ///< Without `first`: how many bytes from the end.
};

/// Nothing where it is something else: several ranges, another unit.
inline std::optional<asked_range> parse_range(std::string_view text) {
    constexpr std::string_view unit = "bytes=";
    text = trim(text);
    if (!iequals(text.substr(0, unit.size()), unit)) return std::nullopt;
    text.remove_prefix(unit.size());
    auto const dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto const number = [](std::string_view digits) {
        std::optional<std::uint64_t> value(0);
        auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), *value);
        if (failed != std::errc() || end != digits.data() + digits.size()) value.reset();
        return value;
    };
    asked_range out{number(text.substr(0, dash)), number(text.substr(dash + 1))};
    bool const good = (out.first || dash == 0) && (out.last || dash + 1 == text.size());
    return good && (out.first || out.last) ? std::optional(out) : std::nullopt;
}

inline bool fits(content_range const& got, asked_range const& asked) {
    auto const total = got.total;
    bool const at_end = !total || got.last + 1 == *total;
    if (!asked.first) {
        auto const size = total ? (std::min)(*asked.last, *total) : *asked.last;
        return at_end && got.last - got.first + 1 == size;
    }
    if (got.first != *asked.first) return false;
    if (!asked.last) return at_end;
    return got.last == *asked.last || (got.last < *asked.last && at_end);
}

FERRY_DECL result<std::optional<std::uint64_t>> check_part(int status, header_fields const& headers,
                                                           std::string_view range, bool is_conditional) {
    auto const refuse = [](std::string const& why) { return error(error_kind::protocol, why); };
    auto const asked = range.empty() ? std::optional(asked_range{0, std::nullopt}) : parse_range(range);
    if (status != 206) {
        bool const whole = !asked || is_conditional || (asked->first == 0U && !asked->last);
        if (status != 200 || whole) return std::optional<std::uint64_t>();
        return refuse("only '" + std::string(range) + "' was asked for, and the service sends everything");
    }
    auto const text = headers.find("content-range");
    auto const got = text ? parse_content_range(*text) : std::nullopt;
    bool const silent = !text && !range.empty();  // several ranges have theirs in the content
    bool const right = silent || (got && (!asked || fits(*got, *asked)));
    if (!right || (range.empty() && !got->total))
        return refuse("the service sends a part (206, Content-Range '" + std::string(text.value_or("")) +
                      "'), " +
                      (range.empty() ? "and everything was asked for"
                                     : "and '" + std::string(range) + "' was asked for"));
    return got ? std::optional(got->last - got->first + 1) : std::nullopt;
}

// ---- types

inline content_class class_of_type(std::string_view essence) {
    if (essence == "text/html" || essence == "application/xhtml+xml") return content_class::html;
    if (essence == "application/json" || essence == "text/json" || essence.ends_with("+json"))
        return content_class::json;
    if (essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml"))
        return content_class::xml;
    return content_class::unknown;
}

/// Whether what looks like a page or a service's words may be a file of that name.
inline bool may_be_called(std::string_view essence, std::string_view name) {
    auto const type = class_of_type(essence);
    auto const named = file_type_of(name).as;
    if (type == content_class::unknown || named == content_class::unknown || type == named) return true;
    return type != content_class::html && named != content_class::other;
}

/// Whether a media type is one, or within a range such as `image/*`. Types that say nothing of the content
/// are.
inline bool is_type(std::string_view essence, std::string_view expected) {
    bool const silent = essence.empty() || essence == "application/octet-stream" ||
                        essence == "binary/octet-stream" || essence == "application/x-octet-stream";
    if (silent || expected == "*/*" || essence == expected) return true;
    return expected.ends_with("/*") && essence.starts_with(expected.substr(0, expected.size() - 1));
}

FERRY_DECL result<void> check_type(header_fields const& headers, request_options const& options) {
    if (options.expected_type.empty() && options.expected_name.empty()) return {};
    auto const essence_of = [](std::string_view type) { return lower(trim(type.substr(0, type.find(';')))); };
    auto const got = essence_of(headers.find("content-type").value_or(""));
    auto const expected = essence_of(options.expected_type);
    if (!expected.empty() && !is_type(got, expected))
        return error(error_kind::decoding, "the answer is " + got + ", expected was " + expected);
    if (!options.expected_name.empty() && !may_be_called(got, options.expected_name))
        return error(error_kind::decoding,
                     "the answer is " + got + ", which is no file called '" + options.expected_name + "'");
    return {};
}

FERRY_DECL result<void> check_size(std::uint64_t size, request_options const& options) {
    if (!options.expected_size || size == *options.expected_size) return {};
    return error(error_kind::decoding, "the answer has " + std::to_string(size) + " bytes, expected were " +
                                           std::to_string(*options.expected_size));
}

}  // namespace ferry::detail
