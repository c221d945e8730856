// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Reads JSON that a user wrote by hand: seeds, faults, clock settings. Every complaint says where (a JSON
// pointer), what is wrong and what would be right.

#include "core/json.hpp"
#include "http/spool.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

/// what() is `POINTER: what is wrong`, without the pointer where that is empty.
class document_error : public std::invalid_argument {
public:
    document_error(std::string pointer, std::string const& problem)
        : std::invalid_argument(pointer.empty() ? problem : pointer + ": " + problem),
          pointer_(std::move(pointer)) {}

    /// RFC 6901; empty for the whole document.
    [[nodiscard]] std::string const& pointer() const noexcept { return pointer_; }

private:
    std::string pointer_;
};

/// The members of one object. Ask for each member once, then call finish(), which refuses those that nobody
/// asked for. A member that is null counts as absent. Refers to the value: keep that alive.
class document {
public:
    /// \throws document_error when `value` is not an object
    explicit document(json::value const& value, std::string pointer = {});

    /// \throws document_error for an absent member or one of another type
    [[nodiscard]] std::string text(std::string_view name);

    // These throw document_error for a member of another type.
    [[nodiscard]] std::optional<std::string> text_if(std::string_view name);
    [[nodiscard]] std::optional<bool> flag_if(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> integer_if(std::string_view name);
    /// Not negative.
    [[nodiscard]] std::optional<std::uint64_t> count_if(std::string_view name);
    /// Microseconds since 1970, from an ISO 8601 text.
    [[nodiscard]] std::optional<std::int64_t> time_if(std::string_view name);
    [[nodiscard]] std::optional<json::object> object_if(std::string_view name);
    /// The items of an array of objects; none when the member is absent.
    [[nodiscard]] std::vector<document> list(std::string_view name);
    /// Any value; nullptr when it is absent.
    [[nodiscard]] json::value const* any(std::string_view name);

    /// JSON pointers: of the object, of a member.
    [[nodiscard]] std::string const& where() const noexcept { return pointer_; }
    [[nodiscard]] std::string where(std::string_view name) const;
    /// \throws document_error about that member
    [[noreturn]] void refuse(std::string_view name, std::string const& problem) const;

    /// \throws document_error when there are members that were not asked for
    void finish() const;

private:
    json::object const* object_;
    std::string pointer_;
    std::vector<std::string_view> known_;
};

/// Parses a whole document.
/// \throws document_error where it is not JSON
[[nodiscard]] json::value parse_document(std::string_view text);

/// Bytes in a document: `{"size", "sha256", "text" or "base64"}`. More than `largest` bytes are described by
/// size and hash only.
[[nodiscard]] json::object content_to_json(blob const& content, std::uint64_t largest);
/// Reads `text` or `base64`, checks `size` and `sha256` where they are given. Calls finish().
[[nodiscard]] blob content_from_json(document& members, std::shared_ptr<scratch_directory const> home);

}  // namespace ferry::mock
