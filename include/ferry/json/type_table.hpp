// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// \file
/// What the JSON reader and writer know about a C++ type: one constant table per type, made of function
/// pointers, so that one reader and one writer serve every model. How tables are made, and those of the
/// types that models consist of, is in type_desc.hpp.
///
/// Function pointers are null where a type's kind has no use for them; the groups in type_desc say which
/// kinds have. Pointers to values are `void*` to exactly the C++ type that a table describes: nothing checks
/// that.

namespace ferry::inline FERRY_ABI::json {

/// What a type is to JSON, and how its values are reached.
enum class kind : std::uint8_t {
    null,       ///< `std::monostate`
    boolean,    ///< `bool`
    int64,      ///< `std::int64_t`, and open integers, which are one
    uint64,     ///< `std::uint64_t`
    number,     ///< `double`
    decimal,    ///< `ferry::decimal`
    text,       ///< `std::string`
    open_text,  ///< read from and written as text: open enums, `timestamp`
    object,     ///< a struct with fields
    list,       ///< `std::vector`
    map,        ///< `std::map<std::string, T>`
    optional,   ///< `std::optional`: absent or a value
    nullable,   ///< `ferry::nullable`: absent, null or a value
    box,        ///< `ferry::box`
    variant,    ///< `std::variant` or a class derived from one
    raw,        ///< `ferry::raw_json`
};

struct type_desc;

/// Tables name other types by function, so that recursion needs no order of definition.
using type_ref = type_desc const& (*)() noexcept;

/// Specialise with `static type_desc const& get() noexcept` to make a type readable and writable.
///
/// What `get` returns must have static storage: readers keep references into it.
template <class T>
struct describe;

/// A scalar that a description gives: the value of a discriminator, or one that a member may have.
///
/// \par Lifetime
/// Refers to its text, which must have static storage.
class scalar_value {
public:
    enum class form : std::uint8_t { text, boolean, number };

    constexpr scalar_value(std::string_view text) noexcept : text_(text) {}
    constexpr scalar_value(char const* text) noexcept : text_(text) {}
    template <std::same_as<bool> Flag>
    constexpr scalar_value(Flag flag) noexcept : text_(flag ? "true" : "false"), form_(form::boolean) {}
    /// \param digits as JSON writes it; numbers are compared by value
    static constexpr scalar_value number(std::string_view digits) noexcept {
        scalar_value made(digits);
        made.form_ = form::number;
        return made;
    }

    constexpr form is() const noexcept { return form_; }
    /// A text without quotes; what is none, as JSON writes it.
    constexpr std::string_view text() const noexcept { return text_; }

private:
    std::string_view text_;
    form form_ = form::text;
};

/// One member of an object.
struct field {
    std::string_view name;         ///< as on the wire
    type_ref type = nullptr;       ///< of the member
    void* (*at)(void*) = nullptr;  ///< the member in the object; computes an address and nothing else
    /// Reading: it must be there. Writing: `null` where it is empty; otherwise empty members are left out.
    bool required = false;
    /// Sets a member that is text, optional or not, in one call; null for other members. A shortcut: most of
    /// what services send is text, and finding it through `type` costs a quarter of the reading time.
    void (*put_text)(void*, std::string_view) = nullptr;
    /// The values that the description gives, where they tell arms of unions apart; `value_count` of them.
    /// One alone is a constant.
    scalar_value const* values = nullptr;
    std::uint16_t value_count = 0;
};

/// A value of a union's discriminator and an arm that it stands for: several values may name one arm, and
/// one value several arms.
struct tag_value {
    scalar_value value;     ///< as on the wire: `1`, `true` and `"1"` differ
    std::uint16_t arm = 0;  ///< index of the alternative in the variant
};

/// Receives the elements of a list (empty key) or map. Returns false to stop.
///
/// \par Lifetime
/// Key and element are valid during the call only.
using element_visitor = bool (*)(void* context, std::string_view key, void const* element);

/// The table of one type.
///
/// \par Thread safety
/// Tables are constants. What their functions do to a value is not synchronised.
///
/// \par Source
/// JSON is that of RFC 8259; discriminators and alternatives are those of OpenAPI 3, section Discriminator
/// Object.
struct type_desc {
    /// Says which of the groups below are filled in.
    kind k;
    /// Sets the value to `T()`.
    void (*reset)(void*) = nullptr;

    /// list, map, optional, nullable, box: the type of what is inside.
    type_ref inner = nullptr;
    /// list, map, optional, nullable, box: makes room for a value and returns its address. Appends to a list;
    /// inserts, or replaces by `T()`, in a map; engages a holder. Only maps look at `key`.
    void* (*add)(void*, std::string_view key) = nullptr;
    /// list, map, box: how many bytes `add` takes, roughly.
    std::uint32_t element_size = 0;
    /// list, map: calls the visitor for each element until it returns false, and returns what it returned
    /// last; true where there are no elements.
    bool (*each)(void const*, void* context, element_visitor) = nullptr;
    /// optional, nullable, box, variant: the value inside, null where there is none.
    void const* (*peek)(void const*) = nullptr;
    /// nullable: becomes null.
    void (*set_null)(void*) = nullptr;
    /// nullable: whether it is null, which an unset one is not.
    bool (*is_null)(void const*) = nullptr;

    /// open_text: takes any text, known or not.
    void (*assign)(void*, std::string_view) = nullptr;
    /// open_text: the text as on the wire; the view lives as long as the value is not changed.
    std::string_view (*text)(void const*) = nullptr;

    /// boolean: sets a flag that is no `bool` by itself, as in `std::vector<bool>`; null for `bool`.
    void (*set_flag)(void*, bool) = nullptr;

    /// object: its members, in the order in which they are written; `field_count` of them.
    field const* fields = nullptr;
    std::uint16_t field_count = 0;
    std::uint16_t required_count = 0;  ///< object: how many of the fields are required
    /// object: the map that takes members without a field; null: they are skipped.
    field const* rest = nullptr;

    /// variant: the type of each alternative, by its index; `arm_count` of them.
    type_ref const* arms = nullptr;
    std::uint16_t arm_count = 0;
    std::uint16_t tag_count = 0;  ///< variant: how many `tags` there are
    /// variant: the property that tells the arms apart; empty: they are told apart by JSON type and by their
    /// members.
    std::string_view tag{};
    /// variant: the values of `tag`; `tag_count` of them.
    tag_value const* tags = nullptr;
    /// variant: makes an arm the current one, default-constructed, and returns its address.
    void* (*pick)(void*, std::size_t arm) = nullptr;
    /// variant: the index of the current arm.
    std::size_t (*arm)(void const*) = nullptr;
};

}  // namespace ferry::json
