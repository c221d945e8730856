// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Every operation of both clients, with valid arguments, as something that can be performed in either form.

#include "contract/fixture.hpp"

#include <ferry/core/client_options.hpp>
#include <ferry/core/detail/api_description.hpp>
#include <ferry/core/request_options.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ferry_test::faults {

inline std::string const api_key = "5ecret-key";
/// What keeps a signed URL valid.
inline std::string const signature = "5ignature";
/// Stands for the peer's own origin in a good answer.
inline std::string const base_place = "{base}";

/// What is uploaded, and what is downloaded.
std::string const& uploaded_bytes();
std::string const& downloaded_bytes();

/// What is done with the content of a good answer.
enum class content { json, bytes, nothing, file };

/// How to perform a call.
struct performance {
    ferry::client_options client;
    ferry::request_options call;
    call_form form = blocking;
    bool warm = false;  ///< After another call, on the connection that it leaves.
    std::string path;   ///< Of the file, where the content goes to one.
};

struct operation {
    std::string name;     ///< As in the description.
    std::string variant;  ///< What is special about this way to call it; for people.
    ferry::detail::operation const* shape = nullptr;
    faults::content content = faults::content::json;
    bool rewinds = true;      ///< Whether the body can be sent again.
    bool at_storage = false;  ///< Whether it is the request of the signed URL that meets the fault.
    std::string good;         ///< The content of a good answer.

    /// Nothing: the call succeeded.
    std::function<std::optional<ferry::error>(performance const&)> perform;

    bool uploads() const { return shape->body == ferry::detail::body_format::multipart; }
    std::string title() const { return name + variant; }
};

/// All of them; downloads also into files, uploads also with a body that cannot start again.
std::vector<operation> const& all_operations();

}  // namespace ferry_test::faults
