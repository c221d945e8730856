// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What requests and answers look like, as data. ferry-gen writes these tables (mock_server/generated) from
// the OpenAPI descriptions; validate.cpp holds requests against them as the services' framework does,
// conformance.cpp as the description itself reads.
//
// The form of the tables, for whoever generates them:
//
//   * `generated/<api>_tables.hpp` declares `std::span<route const> <api>_routes() noexcept` in namespace
//     ferry::mock::generated; `generated/<api>_tables.cpp` defines it over a constant array. Nothing runs
//     before main.
//   * A schema is a named constant (`constexpr schema text{.kind = rule::text};`). Schemas refer to each
//     other by address, so a recursive one is first declared: `extern schema const node_itself;`.
//   * An object's `fields`, a union's `arms` and a literal's `values` are constant arrays of their own, named
//     after their owner.
//   * "T or null" is not a union: it is T with `.nullable = true`. Arms of a union carry the word that stands
//     for them in an error's location (`.word`: str, int, float, bool, list[str], dict[str,any], or the name
//     of the model).
//   * Routes stand in the order of the description; the first whose path and method fit wins. `operation` is
//     the dotted name under which hand-written behaviour is bound ("files.create").

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ferry::mock {

enum class rule : std::uint8_t {
    any,      ///< anything, or an object without declared fields inside `item`
    boolean,  ///< in query and form also true/false/1/0/yes/no/on/off/t/f/y/n
    integer,
    number,
    text,
    uuid,
    date_time,
    uri,
    binary,   ///< an uploaded file
    literal,  ///< one of `values`
    object,   ///< `fields`, and further members of `item`; none are declared where it is null
    list,     ///< of `item`
    map,      ///< text to `item`; a free-form object when `item` is null
    any_of,   ///< `arms`
};

struct field;

struct schema {
    rule kind = rule::any;
    bool nullable = false;
    std::optional<std::int64_t> minimum{};  ///< integer, number: value; text: characters; list: items
    std::optional<std::int64_t> maximum{};
    std::span<std::string_view const> values{};
    schema const* item = nullptr;
    std::span<field const> fields{};
    std::span<schema const* const> arms{};
    std::string_view name{};  ///< under which the description lists it among its components
    std::string_view word{};
};

struct field {
    std::string_view name;
    schema const* type;
    bool required = false;
};

enum class place : std::uint8_t { path, query, header, cookie };

struct parameter {
    std::string_view name;
    place in;
    schema const* type;
    bool required = false;
};

enum class body_kind : std::uint8_t {
    none,
    json,
    form,  ///< multipart/form-data or application/x-www-form-urlencoded; the schema is an object of parts
};

/// A place where an operation looks for a key or a token.
struct credential {
    std::string_view name;
    place in;
};

/// One form in which an answer's body comes.
struct media {
    std::string_view type;  ///< `application/json`, `image/*`
    schema const* body;
};

struct answer {
    int status;                                   ///< 404; 5 stands for every 5xx, 0 for all others
    std::span<media const> content{};             ///< empty: no body
    std::span<std::string_view const> headers{};  ///< those that are always there
};

struct route {
    std::string_view operation;
    std::string_view method;
    std::string_view path;  ///< with `{name}` for a parameter, which matches one segment
    std::span<parameter const> parameters{};
    body_kind body = body_kind::none;
    std::string_view body_type{};  ///< `multipart/form-data`; empty where the description has no body
    schema const* body_schema = nullptr;
    bool body_required = false;
    bool open = false;  ///< needs no credentials
    std::span<credential const> credentials{};
    int success = 200;
    std::span<answer const> answers{};
};

}  // namespace ferry::mock
