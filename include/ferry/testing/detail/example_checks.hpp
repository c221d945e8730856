// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/reader.hpp"
#include "ferry/json/writer.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What is found out about an example. Inline even with FERRY_SEPARATE_COMPILATION: it needs Boost.JSON's
/// library, which ferry's must not.

namespace ferry::inline FERRY_ABI::testing::detail {

using json_pointers = std::initializer_list<std::string_view>;

/// One pass over two documents.
class json_comparison {
    using value = boost::json::value;

public:
    explicit json_comparison(json_pointers may_drop) : may_drop_(may_drop) {}

    void compare(std::string const& pointer, value const& expected, value const& got) {
        if (expected.is_number() && got.is_number()) {
            if (!same_number(expected, got))
                say(pointer, "expected " + shown(expected) + ", got " + shown(got));
        } else if (expected.is_object() && got.is_object()) {
            compare_members(pointer, expected.get_object(), got.get_object());
        } else if (expected.is_array() && got.is_array() &&
                   expected.get_array().size() == got.get_array().size()) {
            for (std::size_t i = 0; i < expected.get_array().size(); ++i)
                compare(pointer + "/" + std::to_string(i), expected.get_array()[i], got.get_array()[i]);
        } else if (expected != got) {
            say(pointer, "expected " + shown(expected) + ", got " + shown(got));
        }
    }

    std::vector<std::string> take_lines() { return std::move(lines_); }

private:
    void say(std::string const& pointer, std::string const& what) {
        lines_.push_back((pointer.empty() ? "the document" : pointer) + ": " + what);
    }

    static std::string shown(value const& v) {
        auto text = boost::json::serialize(v);
        if (text.size() > 80) text = text.substr(0, 77) + "...";
        return text;
    }

    bool may_drop(std::string const& pointer) const {
        for (auto const known : may_drop_)
            if (known == pointer) return true;
        return false;
    }

    static std::string step(std::string_view key) {
        std::string made = "/";
        for (char const c : key) made += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        return made;
    }

    static bool same_number(value const& a, value const& b) {
        if (a.is_double() || b.is_double()) {
            double const x = a.to_number<double>();
            double const y = b.to_number<double>();
            // The parser may miss the nearest double by a little.
            return x == y || std::abs(x - y) <= 1e-14 * (std::abs(x) + std::abs(y));
        }
        return a == b;
    }

    void compare_members(std::string const& pointer, boost::json::object const& expected,
                         boost::json::object const& got) {
        for (auto const& [key, one] : expected) {
            auto const here = pointer + step(key);
            if (auto const* other = got.if_contains(key); other != nullptr)
                compare(here, one, *other);
            else if (!one.is_null() && !may_drop(here))
                say(here, "is missing; expected " + shown(one));
        }
        for (auto const& [key, one] : got)
            if (!expected.contains(key)) say(pointer + step(key), "is too much: " + shown(one));
    }

    json_pointers may_drop_;
    std::vector<std::string> lines_;
};

inline boost::json::value parse_json(std::string_view text, boost::json::error_code& ec) {
    boost::json::parse_options options;
    options.max_depth = 200;
    return boost::json::parse({text.data(), text.size()}, ec, {}, options);
}

/// Where `got` differs from an example, both as text.
inline std::vector<std::string> text_differences(std::string_view example, std::string_view got,
                                                 json_pointers may_drop) {
    boost::json::error_code ec;
    auto const expected = parse_json(example, ec);
    if (ec) return {"the example is no JSON: " + ec.message()};
    auto const there = parse_json(got, ec);
    if (ec) return {"what was written is no JSON: " + ec.message() + ": " + std::string(got)};
    json_comparison comparison(may_drop);
    comparison.compare({}, expected, there);
    return comparison.take_lines();
}

/// What goes wrong when an example is read into `value` and written, and that is read into `again` and
/// written.
inline std::vector<std::string> round_trip_failures(json::type_desc const& type, void* value, void* again,
                                                    std::string_view example, json_pointers may_drop) {
    json::failure why;
    if (!json::decode(type, value, example, why)) return {"not read: " + why.to_string()};
    std::string written;
    if (!json::encode(type, value, written, why)) return {"not written: " + why.to_string()};
    auto failures = text_differences(example, written, may_drop);
    // What was written is read again, as it would arrive over a slow connection.
    json::reader pieces(type, again);
    for (std::size_t at = 0; at < written.size(); at += 7)
        if (!pieces.write_some(std::string_view(written).substr(at, 7), why)) break;
    std::string rewritten;
    if (!pieces.finish(why))
        failures.push_back("what was written is not read: " + why.to_string());
    else if (!json::encode(type, again, rewritten, why) || rewritten != written)
        failures.push_back("written the second time it is different: " + rewritten + " was " + written);
    return failures;
}

/// What goes wrong when an example is read into a union, which must become that alternative.
inline std::vector<std::string> arm_failures(json::type_desc const& type, void* value,
                                             std::string_view example, std::size_t alternative) {
    json::failure why;
    if (!json::decode(type, value, example, why)) return {"not read: " + why.to_string()};
    auto const became = type.arm(value);
    if (became == alternative) return {};
    return {"became alternative " + std::to_string(became) + ", must become " + std::to_string(alternative)};
}

}  // namespace ferry::testing::detail
