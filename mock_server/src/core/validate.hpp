// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Holds a request against its route's tables and words what is wrong as FastAPI does.

#include "core/json.hpp"
#include "core/tables.hpp"
#include "http/message.hpp"
#include "http/multipart.hpp"

#include <string_view>
#include <vector>

namespace ferry::mock {

/// A request after routing and body parsing, before validation.
struct request_values {
    string_pairs path;
    string_pairs query;
    string_pairs const* headers = nullptr;
    string_pairs cookies;
    bool has_body = false;
    json::value body;             ///< of a JSON body
    std::vector<form_part> form;  ///< of a form
};

/// The items of a 422 answer's `detail`, empty when all is well. Path, query, header, cookie, body: in this
/// order.
[[nodiscard]] json::array validate(route const& target, request_values const& values);

/// Whether the path parameters alone are in order: only then can dependencies look things up by them.
[[nodiscard]] bool path_is_valid(route const& target, request_values const& values);

/// The part that counts: the last one of that name; an empty plain field is as good as none.
[[nodiscard]] form_part const* find_part(std::vector<form_part> const& form, std::string_view name) noexcept;

}  // namespace ferry::mock
