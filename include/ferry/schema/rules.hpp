// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/schema/keyword.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// \file
/// A schema as constant data: the list of its keywords. The generator writes it into clients and into the
/// tables of the mock server, and makes the same of a document that it reads; `schema::find_misfits` holds
/// values against it.
///
/// ```cpp
/// inline constexpr rule file_name_rules[] = {{keyword::type, types::string}, {keyword::max_length, 80U}};
/// inline constexpr rules file_name{file_name_rules};
/// ```

namespace ferry::inline FERRY_ABI::schema {

/// The types of JSON Schema, as bits.
namespace types {
inline constexpr std::uint64_t null = 1;
inline constexpr std::uint64_t boolean = 2;
inline constexpr std::uint64_t integer = 4;  ///< numbers without a fraction, however they are written
inline constexpr std::uint64_t number = 8;
inline constexpr std::uint64_t string = 16;
inline constexpr std::uint64_t array = 32;
inline constexpr std::uint64_t object = 64;
inline constexpr std::uint64_t any = 127;
}  // namespace types

class rule;

/// What one schema asks. Without rules it allows everything.
///
/// \par Lifetime
/// Refers to everything, as do the rules; in generated code all of it has static storage.
struct rules {
    std::span<rule const> all{};
    /// Where the description has it, as a JSON pointer (`/components/schemas/file`), where the schema can be
    /// referred to; else empty.
    std::string_view place{};

    /// The rule of a keyword, or null.
    constexpr rule const* find(keyword word) const noexcept;
};

/// A schema by name: a property, a pattern of names, a value of a tag.
struct member {
    std::string_view name;
    rules const* that = nullptr;  ///< not null
};

/// Members that have to be there where another one is.
struct dependency {
    std::string_view name;
    std::span<std::string_view const> needs;
};

/// A JSON value that is allowed.
struct literal {
    std::uint64_t type = types::null;  ///< the only bit; `number` for every number
    std::string_view text{};           ///< of a string its characters, of others their canonical JSON
};

/// The member that says which of several schemas holds.
struct tag {
    std::string_view property;
    /// Values and their schemas; where a schema is a branch of the union, it is the same object.
    std::span<member const> values{};
};

/// One keyword with its value.
class rule {
public:
    /// For flags.
    constexpr rule(keyword word) noexcept : size_(1), word_(word) {}
    /// \param n types, a size, or a count; a template, so that 0 is no pointer
    template <std::unsigned_integral Number>
    constexpr rule(keyword word, Number n) noexcept : size_(n), word_(word) {}
    /// \param text a decimal number, a regular expression, or the name of a format
    constexpr rule(keyword word, std::string_view text) noexcept
        : data_(text.data()), size_(text.size()), word_(word) {}
    constexpr rule(keyword word, rules const* that) noexcept : data_(that), word_(word) {}
    constexpr rule(keyword word, tag const* told) noexcept : data_(told), word_(word) {}
    constexpr rule(keyword word, std::span<rules const* const> list) noexcept
        : data_(list.data()), size_(list.size()), word_(word) {}
    constexpr rule(keyword word, std::span<member const> list) noexcept
        : data_(list.data()), size_(list.size()), word_(word) {}
    constexpr rule(keyword word, std::span<dependency const> list) noexcept
        : data_(list.data()), size_(list.size()), word_(word) {}
    constexpr rule(keyword word, std::span<std::string_view const> list) noexcept
        : data_(list.data()), size_(list.size()), word_(word) {}
    constexpr rule(keyword word, std::span<literal const> list) noexcept
        : data_(list.data()), size_(list.size()), word_(word) {}

    constexpr keyword word() const noexcept { return word_; }

    // What the keyword has as its value. \pre it was made from one of that kind

    constexpr std::uint64_t number() const noexcept { return size_; }
    std::string_view text() const noexcept { return {static_cast<char const*>(data_), size()}; }
    rules const& that() const noexcept { return *static_cast<rules const*>(data_); }
    schema::tag const& told() const noexcept { return *static_cast<schema::tag const*>(data_); }
    std::span<rules const* const> list() const noexcept { return list_of<rules const*>(); }
    std::span<member const> members() const noexcept { return list_of<member>(); }
    std::span<dependency const> dependencies() const noexcept { return list_of<dependency>(); }
    std::span<std::string_view const> names() const noexcept { return list_of<std::string_view>(); }
    std::span<literal const> literals() const noexcept { return list_of<literal>(); }

private:
    std::size_t size() const noexcept { return static_cast<std::size_t>(size_); }
    template <class T>
    std::span<T const> list_of() const noexcept {
        return {static_cast<T const*>(data_), size()};
    }

    void const* data_ = nullptr;
    std::uint64_t size_ = 0;
    keyword word_;
};

constexpr rule const* rules::find(keyword word) const noexcept {
    for (auto const& one : all)
        if (one.word() == word) return &one;
    return nullptr;
}

/// Specialise with `static rules const& get() noexcept` to make a type one that `validate` takes.
template <class T>
struct constrain;

/// For types of which nothing is asked.
struct unconstrained {
    static rules const& get() noexcept {
        static constexpr rules none{};
        return none;
    }
};

}  // namespace ferry::schema
