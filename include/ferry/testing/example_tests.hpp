// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/reader.hpp"
#include "ferry/json/writer.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <cstddef>
#include <exception>
#include <initializer_list>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What the tests that `ferry-gen --tests` writes from a description's examples are made of.

namespace ferry::inline FERRY_ABI::testing {

/// Where two JSON documents differ, one line for each place: `/items/0/size: expected 5, got 6`. Members have
/// no order, and numbers compare by value.
class json_difference {
public:
    /// \param may_drop JSON pointers of what `got` may lack: what the description's schema does not know.
    ///     A member that is null may be absent too.
    json_difference(boost::json::value const& expected, boost::json::value const& got,
                    std::initializer_list<std::string_view> may_drop = {})
        : may_drop_(may_drop) {
        compare({}, expected, got);
    }

    /// Empty where there is none.
    std::vector<std::string> const& lines() const noexcept { return lines_; }

private:
    using value = boost::json::value;

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

    std::vector<std::string_view> may_drop_;
    std::vector<std::string> lines_;
};

/// Runs the tests, counts what they found, and says it.
class example_tests {
public:
    /// \param to gets one line for each difference, and the sums at the end
    explicit example_tests(std::ostream& to = std::cout) : out_(to) {}

    /// Reads an example into a model and writes it back: the same JSON must come out. \tparam Model a
    /// generated model. \param place where the example stands in the description. \param may_drop see
    /// json_difference
    template <class Model>
    void round_trip(std::string_view place, std::string_view json,
                    std::initializer_list<std::string_view> may_drop = {}) {
        Model value{};
        Model again{};
        ++round_trips_;
        run_round_trip(ferry::json::describe<Model>::get(), &value, &again, place, json, may_drop);
    }

    /// An example that was left out when the tests were written, and why.
    void skip(std::string_view place, std::string_view why) {
        ++skipped_[std::string(why)];
        if (says_skipped_) out_ << "skipped " << place << ": " << why << '\n';
    }

    /// Whether each skipped example gets a line of its own.
    void say_skipped(bool on) noexcept { says_skipped_ = on; }

    /// Runs one test. An exception is a failure.
    template <class Test>
    void run(std::string_view name, Test const& test) {
        try {
            test(*this);
        } catch (std::exception const& e) {
            fail(name, e.what());
        }
    }

    void count_call() noexcept { ++calls_; }

    void fail(std::string_view what, std::string_view why) {
        ++failures_;
        out_ << "FAILED " << what << ": " << why << '\n';
    }

    /// Says where `got` differs. \param text is JSON, as `got` is; what is not is a failure itself
    void compare(std::string_view what, std::string_view text, std::string_view got,
                 std::initializer_list<std::string_view> may_drop = {}) {
        boost::json::error_code ec;
        auto const expected_value = parse(text, ec);
        if (ec) return fail(what, "the example is no JSON: " + ec.message());
        auto const got_value = parse(got, ec);
        if (ec) return fail(what, "what was written is no JSON: " + ec.message() + ": " + std::string(got));
        json_difference const found(expected_value, got_value, may_drop);
        for (auto const& line : found.lines()) fail(what, line);
    }

    /// Writes the sums. \returns what main() returns: 0 where nothing failed
    int finish() {
        std::size_t skipped = 0;
        for (auto const& [why, count] : skipped_) {
            out_ << "skipped " << count << ": " << why << '\n';
            skipped += count;
        }
        out_ << round_trips_ << " round trips, " << calls_ << " calls, " << skipped << " skipped, "
             << failures_ << " failures\n";
        return failures_ == 0 ? 0 : 1;
    }

private:
    static boost::json::value parse(std::string_view text, boost::json::error_code& ec) {
        boost::json::parse_options options;
        options.max_depth = 200;
        return boost::json::parse({text.data(), text.size()}, ec, {}, options);
    }

    void run_round_trip(ferry::json::type_desc const& type, void* value, void* again, std::string_view place,
                        std::string_view json, std::initializer_list<std::string_view> may_drop) {
        ferry::json::failure why;
        if (!ferry::json::decode(type, value, json, why)) return fail(place, "not read: " + why.to_string());
        std::string written;
        if (!ferry::json::encode(type, value, written, why))
            return fail(place, "not written: " + why.to_string());
        compare(place, json, written, may_drop);
        // What was written is read again, as it would arrive over a slow connection.
        ferry::json::reader pieces(type, again);
        for (std::size_t at = 0; at < written.size(); at += 7)
            if (!pieces.write_some(std::string_view(written).substr(at, 7), why)) break;
        std::string rewritten;
        if (!pieces.finish(why)) return fail(place, "what was written is not read: " + why.to_string());
        if (!ferry::json::encode(type, again, rewritten, why) || rewritten != written)
            fail(place, "written the second time it is different: " + rewritten + " was " + written);
    }

    std::ostream& out_;
    bool says_skipped_ = false;
    std::size_t round_trips_ = 0;
    std::size_t calls_ = 0;
    std::size_t failures_ = 0;
    std::map<std::string, std::size_t> skipped_;
};

}  // namespace ferry::testing
