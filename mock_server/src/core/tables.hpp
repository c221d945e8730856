// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the requests and answers of a service look like, as data. `ferry-gen --server-tables` writes such
// tables from an OpenAPI description; the mock holds requests against them as the services' framework does,
// and answers as the description itself reads.
//
// The form of the tables, for whoever generates them:
//
//   * `<api>_tables.hpp` declares `std::span<route const> <api>_routes() noexcept` in namespace
//     ferry::mock::generated; `<api>_tables.cpp` defines it over a constant array. Nothing runs before main.
//   * Schemas are the constants of ferry/schema/rules.hpp; those with a name have their place.
//   * Routes stand in the order of the description; the first whose path and method fit wins.

#include "ferry/schema/rules.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace ferry::mock {

/// Where in a request a parameter or a credential is.
enum class place : std::uint8_t { path, query, header, cookie };

/// A value that an operation takes outside its body.
struct parameter {
    /// Of a header field in any case.
    std::string_view name;
    place in;

    /// Never null. A list is a parameter that may come several times.
    schema::rules const* type;

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
    schema::rules const* body;
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
    schema::rules const* body_schema = nullptr;

    /// The parts of a form that are files.
    std::span<std::string_view const> files{};
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
