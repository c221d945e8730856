// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// \file
/// What the requests and answers of a service look like, as data. `ferry-gen --server-tables` writes such
/// tables from an OpenAPI description; the mock holds requests against them as the services' framework does,
/// and answers as the description itself reads. Nothing here is needed to use the mock.
///
/// The form of the tables, for whoever generates them:
///
///   * `<api>_tables.hpp` declares `std::span<route const> <api>_routes() noexcept` in namespace
///   ferry::mock::generated;
///     `<api>_tables.cpp` defines it over a constant array. Nothing runs before main.
///   * A schema is a named constant (`constexpr schema text{.kind = rule::text};`). Schemas refer to each
///   other by address,
///     so a recursive one is first declared: `extern schema const node_itself;`.
///   * An object's `fields`, a union's `arms` and a literal's `values` are constant arrays of their own,
///   named after their
///     owner.
///   * "T or null" is not a union: it is T with `.nullable = true`.
///   * Routes stand in the order of the description; the first whose path and method fit wins.

namespace ferry::mock {

/// What a schema asks of a value.
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

/// What a value may be.
struct schema {
    /// Which of the members below count depends on it.
    rule kind = rule::any;

    /// Null will do, too.
    bool nullable = false;

    /// Inclusive bounds. Of an integer or number: its value; of a text: its characters; of a list: its items.
    std::optional<std::int64_t> minimum{};
    std::optional<std::int64_t> maximum{};

    /// Of a literal.
    std::span<std::string_view const> values{};

    /// Of a list, a map, or the undeclared members of an object.
    schema const* item = nullptr;

    /// Of an object.
    std::span<field const> fields{};

    /// Of a union.
    std::span<schema const* const> arms{};

    /// Under which the description lists it among its components; empty for one without a name.
    std::string_view name{};

    /// What stands for it in the location of an error when it is an arm of a union: `str`, `int`, `float`,
    /// `bool`, `list[str]`, `dict[str,any]`, or the name of the model.
    std::string_view word{};
};

/// A member of an object, or a part of a form.
struct field {
    std::string_view name;

    /// Never null.
    schema const* type;

    /// It has to be there; null will do only where the type takes it.
    bool required = false;
};

/// Where in a request a parameter or a credential is.
enum class place : std::uint8_t { path, query, header, cookie };

/// A value that an operation takes outside its body.
struct parameter {
    /// Of a header field in any case.
    std::string_view name;
    place in;

    /// Never null. A list is a parameter that may come several times.
    schema const* type;

    /// It has to be there; one in the path always is.
    bool required = false;
};

/// How an operation reads its body.
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
    /// `application/json`, `image/*`
    std::string_view type;

    /// Never null.
    schema const* body;
};

/// What an operation may answer with a status.
struct answer {
    /// 404; 5 stands for every 5xx, 0 for all others.
    int status;

    /// One of these; empty: no body.
    std::span<media const> content{};

    /// The fields that are always there.
    std::span<std::string_view const> headers{};
};

/// One operation.
struct route {
    /// The dotted name under which behaviour is bound to it: `files.create`.
    std::string_view operation;
    std::string_view method;

    /// With `{name}` for a parameter, which matches one segment.
    std::string_view path;
    std::span<parameter const> parameters{};
    body_kind body = body_kind::none;

    /// `multipart/form-data`; empty where the description has no body.
    std::string_view body_type{};

    /// Null where the description says nothing of the body.
    schema const* body_schema = nullptr;
    bool body_required = false;

    /// It needs no credentials.
    bool open = false;

    /// Where it looks for them; any of these will do.
    std::span<credential const> credentials{};

    /// The status of its success.
    int success = 200;

    /// Empty for a route that no description has: nothing is said of its answers.
    std::span<answer const> answers{};
};

}  // namespace ferry::mock
