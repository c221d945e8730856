// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/reader.hpp"
#include "ferry/json/writer.hpp"

#include "../../support/catch2.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// Models of every kind, described as the generator describes them, and the helpers that read and write them
/// in tests.

namespace sample {

struct color : ferry::open_enum<color> {
    enum known : std::uint16_t { red, green };
    static constexpr std::string_view names[] = {"red", "green"};
    color() = default;
    color(known value) : open_enum(static_cast<std::size_t>(value)) {}
    explicit color(std::string text) : open_enum(std::move(text)) {}
};

struct everything {
    bool flag = false;
    std::int64_t count = 0;
    double ratio = 0;
    std::string name;
    color shade;
    ferry::timestamp at;
    std::vector<std::int64_t> list;
    std::vector<bool> flags;
    std::map<std::string, double> map;
    ferry::raw_json raw;
    std::monostate nothing;
    std::optional<std::string> note;
    std::optional<color> maybe_shade;
    ferry::nullable<std::string> tri;
    ferry::nullable<ferry::timestamp> tri_at;
};

struct leaf {
    std::string id;
    std::optional<std::string> note;
};

struct page {
    std::vector<leaf> items;
};

/// Contains itself in each way in which a model can.
struct node {
    std::string name;
    std::optional<ferry::box<node>> child;
    std::vector<node> children;
    std::map<std::string, node> named;
};

struct open_object {
    std::string id;
    std::map<std::string, ferry::raw_json> rest;
};

struct empty {};

struct nulls {
    std::optional<std::string> required_note;
    ferry::nullable<std::string> required_tri;
};

struct cat {
    std::string type;
    std::int64_t lives = 0;
};
struct dog {
    std::string type;
    std::string breed;
};
struct pet : std::variant<cat, dog, ferry::raw_json> {
    using variant::variant;
};
struct strict_pet : std::variant<cat, dog> {
    using variant::variant;
};

struct by_id {
    std::string id;
};
struct by_name {
    std::string name;
    std::optional<std::int64_t> version;
};
struct by_name_and_owner {
    std::string name;
    std::string owner;
};
using lookup = std::variant<by_id, by_name, by_name_and_owner>;

/// Told apart by a member of any JSON type.
template <int>
struct version {
    ferry::raw_json v;
    std::string x;
};
struct counted : std::variant<version<0>, version<1>, version<2>, ferry::raw_json> {
    using variant::variant;
};

/// Three of them have the same tag.
struct made {
    std::string name;
    std::string data;
};
struct gone {
    std::string name;
    std::string data;
};
struct numbered {
    std::int64_t name = 7;
    std::string data;
};
struct ping {
    std::string type;
};
struct event : std::variant<made, gone, numbered, ping, ferry::raw_json> {
    using variant::variant;
};

struct round_shape {
    std::string form;
};
struct square_shape {
    std::string form;
};

/// 70 fields: more than fit into one word of flags.
struct wide {
    std::int64_t values[70] = {};
};

/// A union that holds itself in two arms that look the same from outside: the worst case for telling them
/// apart.
struct maze;
struct left {
    std::optional<ferry::box<maze>> next;
};
struct right {
    std::optional<ferry::box<maze>> next;
};
struct maze : std::variant<left, right> {
    using variant::variant;
};

}  // namespace sample

namespace ferry::inline FERRY_ABI::json {

template <>
struct describe<sample::everything> {
    static type_desc const& get() noexcept {
        using sample::everything;
        static constexpr field fields[] = {
            optional<&everything::flag>("flag"),
            optional<&everything::count>("count"),
            optional<&everything::ratio>("ratio"),
            optional<&everything::name>("name"),
            optional<&everything::shade>("shade"),
            optional<&everything::at>("at"),
            optional<&everything::list>("list"),
            optional<&everything::flags>("flags"),
            optional<&everything::map>("map"),
            optional<&everything::raw>("raw"),
            optional<&everything::nothing>("nothing"),
            optional<&everything::note>("note"),
            optional<&everything::maybe_shade>("maybe_shade"),
            optional<&everything::tri>("tri"),
            optional<&everything::tri_at>("tri_at"),
        };
        static constexpr type_desc type = object_of<everything>(fields);
        return type;
    }
};

template <>
struct describe<sample::leaf> {
    static type_desc const& get() noexcept {
        using sample::leaf;
        static constexpr field fields[] = {required<&leaf::id>("id"), optional<&leaf::note>("note")};
        static constexpr type_desc type = object_of<leaf>(fields);
        return type;
    }
};

template <>
struct describe<sample::page> {
    static type_desc const& get() noexcept {
        using sample::page;
        static constexpr field fields[] = {required<&page::items>("items")};
        static constexpr type_desc type = object_of<page>(fields);
        return type;
    }
};

template <>
struct describe<sample::node> {
    static type_desc const& get() noexcept;
};
inline type_desc const& describe<sample::node>::get() noexcept {
    using sample::node;
    static constexpr field fields[] = {
        required<&node::name>("name"),
        optional<&node::child>("child"),
        optional<&node::children>("children"),
        optional<&node::named>("named"),
    };
    static constexpr type_desc type = object_of<node>(fields);
    return type;
}

template <>
struct describe<sample::open_object> {
    static type_desc const& get() noexcept {
        using sample::open_object;
        static constexpr field fields[] = {required<&open_object::id>("id")};
        static constexpr field rest = optional<&open_object::rest>("");
        static constexpr type_desc type = object_of<open_object>(fields, &rest);
        return type;
    }
};

template <>
struct describe<sample::empty> {
    static type_desc const& get() noexcept {
        static constexpr type_desc type = object_of<sample::empty>();
        return type;
    }
};

template <>
struct describe<sample::nulls> {
    static type_desc const& get() noexcept {
        using sample::nulls;
        static constexpr field fields[] = {required<&nulls::required_note>("required_note"),
                                           required<&nulls::required_tri>("required_tri")};
        static constexpr type_desc type = object_of<nulls>(fields);
        return type;
    }
};

template <>
struct describe<sample::cat> {
    static type_desc const& get() noexcept {
        using sample::cat;
        static constexpr field fields[] = {required<&cat::type>("type"), required<&cat::lives>("lives")};
        static constexpr type_desc type = object_of<cat>(fields);
        return type;
    }
};

template <>
struct describe<sample::dog> {
    static type_desc const& get() noexcept {
        using sample::dog;
        static constexpr field fields[] = {required<&dog::type>("type"), required<&dog::breed>("breed")};
        static constexpr type_desc type = object_of<dog>(fields);
        return type;
    }
};

template <>
struct describe<sample::pet> {
    static type_desc const& get() noexcept {
        static constexpr tag_value tags[] = {{"cat", 0}, {"kitten", 0}, {"dog", 1}};
        static constexpr type_desc type = variant_of<sample::pet>("type", tags);
        return type;
    }
};

template <>
struct describe<sample::strict_pet> {
    static type_desc const& get() noexcept {
        static constexpr tag_value tags[] = {{"cat", 0}, {"dog", 1}};
        static constexpr type_desc type = variant_of<sample::strict_pet>("type", tags);
        return type;
    }
};

template <>
struct describe<sample::by_id> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&sample::by_id::id>("id")};
        static constexpr type_desc type = object_of<sample::by_id>(fields);
        return type;
    }
};

template <>
struct describe<sample::by_name> {
    static type_desc const& get() noexcept {
        using sample::by_name;
        static constexpr field fields[] = {required<&by_name::name>("name"),
                                           optional<&by_name::version>("version")};
        static constexpr type_desc type = object_of<by_name>(fields);
        return type;
    }
};

template <>
struct describe<sample::by_name_and_owner> {
    static type_desc const& get() noexcept {
        using sample::by_name_and_owner;
        static constexpr field fields[] = {required<&by_name_and_owner::name>("name"),
                                           required<&by_name_and_owner::owner>("owner")};
        static constexpr type_desc type = object_of<by_name_and_owner>(fields);
        return type;
    }
};

template <int N>
struct describe<sample::version<N>> {
    static type_desc const& get() noexcept {
        using model = sample::version<N>;
        static constexpr field fields[] = {required<&model::v>("v"), required<&model::x>("x")};
        static constexpr type_desc type = object_of<model>(fields);
        return type;
    }
};

template <>
struct describe<sample::counted> {
    static type_desc const& get() noexcept {
        static constexpr tag_value tags[] = {{number("1"), 0}, {true, 1}, {"1", 2}};
        static constexpr type_desc type = variant_of<sample::counted>("v", tags);
        return type;
    }
};

/// With `name`, which has the values.
template <class T>
type_desc const& named(scalar_value const (&values)[1]) noexcept {
    static field const fields[] = {required<&T::name>("name", values), required<&T::data>("data")};
    static type_desc const type = object_of<T>(fields);
    return type;
}

template <>
struct describe<sample::made> {
    static type_desc const& get() noexcept {
        static constexpr scalar_value values[] = {"made"};
        return named<sample::made>(values);
    }
};
template <>
struct describe<sample::gone> {
    static type_desc const& get() noexcept {
        static constexpr scalar_value values[] = {"gone"};
        return named<sample::gone>(values);
    }
};
template <>
struct describe<sample::numbered> {
    static type_desc const& get() noexcept {
        static constexpr scalar_value values[] = {number("7")};
        return named<sample::numbered>(values);
    }
};
template <>
struct describe<sample::ping> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&sample::ping::type>("type")};
        static constexpr type_desc type = object_of<sample::ping>(fields);
        return type;
    }
};
template <>
struct describe<sample::event> {
    static type_desc const& get() noexcept {
        static constexpr tag_value tags[] = {{"sync", 0}, {"sync", 1}, {"sync", 2}, {"ping", 3}};
        static constexpr type_desc type = variant_of<sample::event>("type", tags);
        return type;
    }
};

template <>
struct describe<sample::round_shape> {
    static type_desc const& get() noexcept {
        static constexpr scalar_value values[] = {"circle", "oval"};
        static constexpr field fields[] = {required<&sample::round_shape::form>("form", values)};
        static constexpr type_desc type = object_of<sample::round_shape>(fields);
        return type;
    }
};
template <>
struct describe<sample::square_shape> {
    static type_desc const& get() noexcept {
        static constexpr scalar_value values[] = {"square", "rectangle"};
        static constexpr field fields[] = {required<&sample::square_shape::form>("form", values)};
        static constexpr type_desc type = object_of<sample::square_shape>(fields);
        return type;
    }
};

template <>
struct describe<sample::wide> {
    template <std::size_t I>
    static void* at(void* object) {
        return &static_cast<sample::wide*>(object)->values[I];
    }
    static std::string_view name(std::size_t i) {
        static std::vector<std::string> const names = [] {
            std::vector<std::string> all;
            for (int n = 0; n < 70; ++n) all.push_back("f" + std::to_string(n));
            return all;
        }();
        return names[i];
    }
    template <std::size_t... I>
    static type_desc make(std::index_sequence<I...>) {
        static field const fields[] = {{name(I), &describe<std::int64_t>::get, &at<I>, true}...};
        return object_of<sample::wide>(fields);
    }
    static type_desc const& get() noexcept {
        static type_desc const type = make(std::make_index_sequence<70>());
        return type;
    }
};

template <>
struct describe<sample::maze> {
    static type_desc const& get() noexcept;
};
template <>
struct describe<sample::left> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {optional<&sample::left::next>("next")};
        static constexpr type_desc type = object_of<sample::left>(fields);
        return type;
    }
};
template <>
struct describe<sample::right> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {optional<&sample::right::next>("next")};
        static constexpr type_desc type = object_of<sample::right>(fields);
        return type;
    }
};
inline type_desc const& describe<sample::maze>::get() noexcept {
    static constexpr type_desc type = variant_of<sample::maze>();
    return type;
}

}  // namespace ferry::json

namespace sample {

template <class T>
T read(std::string_view document) {
    T value;
    ferry::json::failure why;
    bool const accepted = ferry::json::decode(ferry::json::describe<T>::get(), &value, document, why);
    INFO(document << " refused: " << why.to_string());
    REQUIRE(accepted);
    return value;
}

/// What the reader says about a document that it must refuse: `/pointer: message`.
template <class T>
std::string refusal(std::string_view document, ferry::json::limits const& bounds = {}) {
    T value;
    ferry::json::failure why;
    if (ferry::json::decode(ferry::json::describe<T>::get(), &value, document, why, bounds))
        return "accepted";
    CHECK(why.offset <= document.size());
    return why.pointer + ": " + why.message;
}

template <class T>
std::string write(T const& value) {
    std::string out;
    ferry::json::failure why;
    bool const written = ferry::json::encode(ferry::json::describe<T>::get(), &value, out, why);
    INFO(why.to_string());
    REQUIRE(written);
    return out;
}

template <class T>
std::string round_trip(std::string_view document) {
    return write(read<T>(document));
}

}  // namespace sample
