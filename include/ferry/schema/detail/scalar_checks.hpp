// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/schema/detail/formats.hpp"
#include "ferry/schema/detail/number.hpp"
#include "ferry/schema/detail/pattern.hpp"
#include "ferry/schema/detail/reporter.hpp"
#include "ferry/schema/detail/wording.hpp"
#include "ferry/schema/rules.hpp"
#include "ferry/schema/value.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::schema::detail {

/// The pattern of a table, read when it is first needed; null where it cannot be matched here.
inline pattern const* known_pattern(std::string_view text) {
    static std::mutex mutex;
    static std::map<std::string, std::optional<pattern>, std::less<>> known;
    std::lock_guard const lock(mutex);
    auto found = known.find(text);
    if (found == known.end()) found = known.emplace(std::string(text), pattern::read(text)).first;
    return found->second ? &*found->second : nullptr;
}

/// Every type that the value is of.
inline std::uint64_t types_of(value const& of) {
    if (of.type != types::number) return of.type;
    if (of.text.find_first_of(".eE") == of.text.npos) return types::number | types::integer;
    auto const exact = number::read(of.text);
    return exact && exact->is_whole() ? types::number | types::integer : types::number;
}

inline std::uint64_t code_points(std::string_view text) {
    auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

/// The keywords about values by themselves.
class scalar_checks : protected reporter {
public:
    using reporter::reporter;

protected:
    static bool is(literal const& one, value const& of, std::string& spelled) {
        if (one.type != of.type) return false;
        if (one.type == types::string) return one.text == of.text;
        if (spelled.empty()) spelled = canonical(of);
        return one.text == spelled;
    }

    bool listed(rule const& one, value const& of) {
        auto const& allowed = one.literals();
        std::string spelled;
        for (auto const& value : allowed)
            if (is(value, of, spelled)) return true;
        return report(one.word(), of, [&] { return unlisted(one, of); });
    }

    static std::string unlisted(rule const& one, value const& of) {
        auto const& allowed = one.literals();
        constexpr std::size_t longest_list = 12;
        // What differs from a constant may be a password.
        bool const constant = one.word() == keyword::constant;
        bool const scalar = of.type != types::array && of.type != types::object;
        auto message = constant ? std::string("must be ")
                                : "is " + (scalar ? scalar_text(of) : words_of(of.type)) + ", must be ";
        if (allowed.empty()) message += "nothing: no value is allowed";
        if (allowed.size() > 1) message += "one of ";
        for (std::size_t i = 0; i < allowed.size() && i < longest_list; ++i)
            message += (i == 0 ? "" : ", ") + shown(allowed[i]);
        if (allowed.size() > longest_list) message += ", … (" + std::to_string(allowed.size()) + " in all)";
        return message;
    }

    static std::string scalar_text(value const& of) {
        return of.type == types::string ? shown(of.text) : canonical(of);
    }

    bool bounded(rule const& one, value const& of) {
        auto const n = number::read(of.text);
        auto const limit = number::read(one.text());
        if (!n || !limit) return true;
        auto const tell = [&](char const* words) {
            return report(one.word(), of,
                          [&] { return "is " + of.text + ", must be " + words + std::string(one.text()); });
        };
        switch (one.word()) {
            case keyword::minimum:
                return *n >= *limit || tell("at least ");
            case keyword::maximum:
                return *n <= *limit || tell("at most ");
            case keyword::exclusive_minimum:
                return *n > *limit || tell("more than ");
            case keyword::exclusive_maximum:
                return *n < *limit || tell("less than ");
            default:
                return n->is_multiple_of(*limit) || tell("a multiple of ");
        }
    }

    bool at_most(rule const& one, std::uint64_t size, std::string_view unit, value const& of) {
        return size <= one.number() || report(one.word(), of, [&] {
                   return "has " + counted(size, unit) + ", must have at most " +
                          std::to_string(one.number());
               });
    }
    bool at_least(rule const& one, std::uint64_t size, std::string_view unit, value const& of) {
        return size >= one.number() || report(one.word(), of, [&] {
                   return "has " + counted(size, unit) + ", must have at least " +
                          std::to_string(one.number());
               });
    }

    /// The text is not part of the message: passwords have patterns, too.
    bool matched(rule const& one, value const& of) {
        auto const* const expression = known_pattern(one.text());
        if (expression == nullptr) return true;
        try {
            return expression->is_in(of.text) ||
                   report(keyword::pattern, of, [&] { return "must match " + std::string(one.text()); });
        } catch (std::runtime_error const&) {
            return report(keyword::pattern, of,
                          [&] { return "takes too long to match " + std::string(one.text()); });
        }
    }

    bool formatted(rule const& one, value const& of) {
        if (of.type == types::string) {
            auto const* const format = find_format(text_formats, one.text());
            auto const tell = [&](std::string const& words) {
                return report(keyword::format, of,
                              [&] { return "is " + shown(of.text) + ", must be " + words; });
            };
            if (format != nullptr) return format->fits(of.text) || tell(std::string(format->words));
            return how_.fits_format == nullptr || how_.fits_format(one.text(), of.text) ||
                   tell(shown(one.text()));
        }
        auto const* const format = find_format(number_formats, one.text());
        if (of.type != types::number || format == nullptr) return true;
        auto const n = number::read(of.text);
        return !n || (*n >= *number::read(format->least) && *n <= *number::read(format->most)) ||
               report(keyword::format, of,
                      [&] { return "is " + of.text + ", must be " + std::string(format->words); });
    }
};

}  // namespace ferry::schema::detail
