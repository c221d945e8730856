// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/failure.hpp"
#include "ferry/json/limits.hpp"
#include "ferry/json/type_desc.hpp"

#include <memory>
#include <string>
#include <string_view>

/// JSON (RFC 8259) by the tables of type_desc.hpp.
namespace ferry::inline FERRY_ABI::json {

/// Reads one JSON document, piece by piece as it arrives, into a described value.
///
/// * Absent and unknown: members without a field are skipped; a missing required member is a failure; `null`
///   counts as absent where the member is optional; `nullable` keeps the difference.
/// * Numbers: an integer member takes any spelling of a whole number that is exact (`1.0`, `1e3`) and nothing
///   outside of 64 bits; doubles are rounded correctly, and a failure where they overflow; a `decimal` keeps
///   what is there.
/// * Of members that occur twice the last one counts.
/// * What is skipped is not judged: brackets, commas and colons must be right there, strings and words must
///   end, and that is all. `NaN`, `1e999` or an escape that JSON does not have do no harm.
/// * What is read must be JSON, but for what many writers get wrong and readers mend: half of a surrogate
/// pair
///   (`\ud800`), and each sequence of bytes that is no UTF-8, becomes U+FFFD, the replacement character; in a
///   `raw_json`, `NaN`, `Infinity` and `-Infinity` become `null`; a byte order mark in front of the document
///   is skipped. With limits::strict each of these is a failure.
/// * Unions: see variant_of(). Where several arms fit, the one that has all its required members and most of
///   the members present wins, then the first.
///
/// One object reads one document, while it arrives: only values of unions and `raw_json` are kept as text.
///
/// \par Errors
/// Whatever is wrong with a document (syntax, a bound, a type, a missing member) is a `failure`; the first
/// one stays. No document makes it throw, but memory that runs out does (`std::bad_alloc`).
///
/// \par Lifetime
/// Table and value are referred to and must outlive the reader. One that was moved from may only be assigned
/// to or destroyed.
///
/// \par Thread safety
/// Not synchronised: one thread at a time. Several readers are independent.
///
/// \par Example
/// ```cpp
/// model value;
/// ferry::json::failure why;
/// ferry::json::reader pieces(ferry::json::describe<model>::get(), &value);
/// bool good = true;
/// for (std::string line; good && std::getline(file, line);) good = pieces.write_some(line, why);
/// if (!pieces.finish(why)) std::cerr << why.to_string() << '\n';
/// ```
///
/// \par Source
/// RFC 8259; comments and trailing commas are refused.
class reader {
public:
    /// \param type the table of the value's type
    /// \param out points to exactly that type. The value is reset at once; its content is unspecified until
    /// finish() returned true
    FERRY_DECL reader(type_desc const& type, void* out, limits const& bounds = {});
    FERRY_DECL ~reader();
    FERRY_DECL reader(reader&&) noexcept;
    FERRY_DECL reader& operator=(reader&&) noexcept;

    /// Reads the next piece, of any size: it may end within a name, a number or a character. The piece is not
    /// needed afterwards.
    /// \returns false, with `why` filled in, when the document is refused; every later call then returns the
    /// same, and so does finish()
    [[nodiscard]] FERRY_DECL bool write_some(std::string_view piece, failure& why);

    /// Says that the document ends here. A document of no bytes, or of white space, is not complete.
    /// \param why changed only where false is returned
    /// \returns whether it was complete and fits the type
    [[nodiscard]] FERRY_DECL bool finish(failure& why);

private:
    class state;
    std::unique_ptr<state> state_;
};

/// Reads a whole document; see `reader`. `ferry::from_json<T>(text)` in `ferry/json.hpp` does that in one
/// line.
/// \param out points to exactly the described type; reset first, and unspecified where false is returned
/// \param why changed only where false is returned
/// \returns whether the document was complete and fits the type
[[nodiscard]] FERRY_DECL bool decode(type_desc const& type, void* out, std::string_view document,
                                     failure& why, limits const& bounds = {});

}  // namespace ferry::json

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/reader.ipp"
#endif
