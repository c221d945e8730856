// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/failure.hpp"
#include "ferry/json/type_desc.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

/// JSON (RFC 8259) by the tables of type_desc.hpp.
namespace ferry::inline FERRY_ABI::json {

/// What a document may cost.
struct limits {
    std::size_t max_depth = 64;               ///< levels of nested objects and arrays
    std::size_t max_size = 64 * 1024 * 1024;  ///< bytes of the document
};

/// Reads one JSON document, piece by piece as it arrives, into a described value.
///
/// * Absent and unknown: members without a field are skipped; a missing required member is a failure; `null`
/// counts as
///   absent where the member is optional; `nullable` keeps the difference.
/// * Numbers: an integer member takes any spelling of a whole number that is exact (`1.0`, `1e3`) and nothing
/// outside
///   of 64 bits; doubles are rounded correctly, and a failure where they overflow.
/// * Of members that occur twice the last one counts. Strings must be valid UTF-8, surrogates must pair.
/// * Unions: see `variant_of`. Where several arms fit, the one that has all its required members and most of
/// the
///   members present wins, then the first.
///
/// Not thread-safe; one object reads one document.
class reader {
public:
    /// \param out a value of the described type: it is reset first, must outlive the reader, and its content
    /// is
    ///     unspecified until `finish` returned true.
    FERRY_DECL reader(type_desc const& type, void* out, limits const& bounds = {});
    FERRY_DECL ~reader();
    FERRY_DECL reader(reader&&) noexcept;
    FERRY_DECL reader& operator=(reader&&) noexcept;

    /// Reads the next piece, of any size. \returns false, with `why` filled in, when the document is refused;
    /// every
    ///     later call then returns the same.
    [[nodiscard]] FERRY_DECL bool write_some(std::string_view piece, failure& why);

    /// Says that the document ends here. \returns whether it was complete and fits the type
    [[nodiscard]] FERRY_DECL bool finish(failure& why);

private:
    class state;
    std::unique_ptr<state> state_;
};

/// Reads a whole document; see `reader`.
[[nodiscard]] FERRY_DECL bool decode(type_desc const& type, void* out, std::string_view document,
                                     failure& why, limits const& bounds = {});

}  // namespace ferry::json

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/reader.ipp"
#endif
