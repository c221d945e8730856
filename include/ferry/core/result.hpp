// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/exceptions.hpp"

#include <boost/system/result.hpp>

#include <iosfwd>
#include <type_traits>

namespace ferry::inline FERRY_ABI {

namespace detail {

/// Whether a type is the verdict of a testing library's assertion; `ferry/testing/gtest.hpp` says so of
/// GoogleTest's.
template <class T>
inline constexpr bool is_assertion_result = false;

}  // namespace detail

/// What a call yields: a `T`, or why there is none.
///
/// A `boost::system::result` with all its members:
///
/// * `if (r)`, has_value() and has_error() ask;
/// * `*r` and `r->` are the value, where there is one (precondition);
/// * error() says why not; where there is a value, it is a default-constructed error;
/// * value() is the value, or throws.
///
/// A function of your own that returns a result returns either a value or an error.
///
/// \par Errors
/// value() throws the exception that belongs to the error: an api_exception, see exceptions.hpp.
///
/// \par Lifetime
/// Owns its value. `std::move(r).value()` and `*std::move(r)` give it away.
///
/// \par Thread safety
/// As a `T`.
///
/// \par Example
/// ```cpp
/// ferry::result<std::string> name_of(ferry::llamacloud::client const& cloud, std::string id) {
///     auto file = cloud.files.get(std::move(id)).send();
///     if (!file) return file.error();
///     return file->name;
/// }
/// ```
///
/// \tparam T what a success brings; `void` where nothing
template <class T>
class [[nodiscard]] result : public boost::system::result<T, error> {
public:
    using boost::system::result<T, error>::result;

    /// The verdict of GoogleTest's `EXPECT_TRUE(r)`: that there is a value, or else the error. Needs
    /// `#include <ferry/testing/gtest.hpp>`.
    template <class Verdict>
        requires detail::is_assertion_result<Verdict>
    operator Verdict() const {
        Verdict verdict(this->has_value());
        if (!*this) verdict << this->error();
        return verdict;
    }
};

/// Writes the error; or the value, where it can be written, and `a value` where it cannot.
template <class Traits, class T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, result<T> const& what) {
    if (!what) return to << what.error();
    if constexpr (!std::is_void_v<T>)
        if constexpr (requires { to << *what; }) return to << *what;
    return to << "a value";
}

}  // namespace ferry
