// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/type_desc.hpp"
#include "ferry/testing/detail/example_checks.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <exception>
#include <initializer_list>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What the tests that `ferry-gen --tests` writes from a description's examples are made of. It changes with
/// the generator; tests of one's own are better made of `ferry/testing.hpp`.
///
/// Needs the tables of the models (`ferry/<api>/description.hpp`) and the library Boost.JSON: link it, or
/// include `<boost/json/src.hpp>` in one source file.

namespace ferry::inline FERRY_ABI::testing {

/// Where two JSON documents differ, one line for each place: `/items/0/size: expected 5, got 6`. Members have
/// no order, and numbers compare by value.
///
/// Integers compare exactly, doubles up to a relative difference of 1e-14. A member that is null in what is
/// expected may be absent in what is there, not the other way round. Values are quoted up to 80 characters.
class json_difference {
public:
    /// \param may_drop JSON pointers (RFC 6901) of what `got` may lack: what the description's schema does
    /// not know
    json_difference(boost::json::value const& expected, boost::json::value const& got,
                    std::initializer_list<std::string_view> may_drop = {}) {
        detail::json_comparison comparison(may_drop);
        comparison.compare({}, expected, got);
        lines_ = comparison.take_lines();
    }

    /// Empty where there is none.
    std::vector<std::string> const& lines() const noexcept { return lines_; }

private:
    std::vector<std::string> lines_;
};

/// Runs the tests, counts what they found, and says it.
///
/// \par Errors
/// A test that fails says so and the others go on; finish() returns what the program should. Nothing is
/// thrown, but for memory that runs out.
///
/// \par Thread safety
/// Not synchronised: one thread at a time.
///
/// \par Example
/// ```cpp
/// int main() {
///     ferry::testing::example_tests tests;
///     tests.round_trip<models::file>("File/example", R"({"id":"1","name":"a.pdf"})");
///     tests.run("files.get", [](ferry::testing::example_tests& in) { /* an example_call */ });
///     return tests.finish();
/// }
/// ```
class example_tests {
public:
    /// \param to gets one line for each difference, and the sums at the end; must outlive this object
    explicit example_tests(std::ostream& to = std::cout) : out_(to) {}

    /// Reads an example into a model and writes it back: the same JSON must come out. What was written is
    /// then read in pieces and written once more: it must be the same text.
    /// \tparam Model a generated model
    /// \param place where the example stands in the description, for messages
    /// \param json the example
    /// \param may_drop see json_difference
    template <class Model>
    void round_trip(std::string_view place, std::string_view json,
                    std::initializer_list<std::string_view> may_drop = {}) {
        Model value{};
        Model again{};
        ++round_trips_;
        fail_each(place, detail::round_trip_failures(ferry::json::describe<Model>::get(), &value, &again,
                                                     json, may_drop));
    }

    /// Reads an example of a union: it must become a certain alternative.
    /// \tparam Union a generated model that is a union
    /// \param place where the example stands in the description, for messages
    /// \param json the example, which fits that alternative only
    /// \param alternative the index that `Union::index()` must have
    template <class Union>
    void lands_in(std::string_view place, std::string_view json, std::size_t alternative) {
        Union value{};
        fail_each(place,
                  detail::arm_failures(ferry::json::describe<Union>::get(), &value, json, alternative));
    }

    /// An example that was left out when the tests were written, and why. Counted, and no failure.
    void skip(std::string_view place, std::string_view why) {
        ++skipped_[std::string(why)];
        if (says_skipped_) out_ << "skipped " << place << ": " << why << '\n';
    }

    /// Whether each skipped example gets a line of its own. Default: only their number is told, by reason.
    void say_skipped(bool on) noexcept { says_skipped_ = on; }

    /// Runs one test. An exception that derives from `std::exception` is a failure; others pass through.
    /// \param name of the test, for messages
    /// \param test is called with this object
    template <class Test>
    void run(std::string_view name, Test const& test) {
        try {
            test(*this);
        } catch (std::exception const& e) {
            fail(name, e.what());
        }
    }

    /// Counts one call for the sums; every example_call does.
    void count_call() noexcept { ++calls_; }

    /// Counts a failure and writes a line: `FAILED what: why`.
    void fail(std::string_view what, std::string_view why) {
        ++failures_;
        out_ << "FAILED " << what << ": " << why << '\n';
    }

    /// Says where `got` differs; each difference is a failure.
    /// \param text is JSON, as `got` is; what is not is a failure itself
    /// \param may_drop see json_difference
    void compare(std::string_view what, std::string_view text, std::string_view got,
                 std::initializer_list<std::string_view> may_drop = {}) {
        fail_each(what, detail::text_differences(text, got, may_drop));
    }

    /// Writes the sums. \returns what main() returns: 0 where nothing failed, else 1
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
    void fail_each(std::string_view what, std::vector<std::string> const& found) {
        for (auto const& line : found) fail(what, line);
    }

    std::ostream& out_;
    bool says_skipped_ = false;
    std::size_t round_trips_ = 0;
    std::size_t calls_ = 0;
    std::size_t failures_ = 0;
    std::map<std::string, std::size_t> skipped_;
};

}  // namespace ferry::testing
