// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/value_place.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI {
namespace json {
struct type_desc;
}

namespace detail {

/// The table of a type: a function, because types may contain one another.
using type_ref = json::type_desc const& (*)() noexcept;

/// How the content of a request is written.
enum class body_format : std::uint8_t {
    none,
    json,
    form,
    multipart,
    text,  ///< a `std::string`, sent as it is
    file,  ///< an `upload_source`, streamed
};
/// What the content of a successful answer is.
enum class answer_format : std::uint8_t { none, json, text, bytes };

/// What one status of a successful answer brings, where that differs by status.
struct status_answer {
    static constexpr std::uint16_t whole = 0xffff;

    std::uint16_t status;  ///< 200 to 299; 2: whichever has no entry.
    answer_format format = answer_format::none;
    std::uint16_t arm = whole;  ///< Of the variant that is the answer's type; whole: what fits the content.
};

/// How lists and objects become text: OpenAPI's `style`; json is what `content` asks for.
enum class value_style : std::uint8_t { simple, label, matrix, form, space, pipe, deep, json };

/// A parameter, or a member of a form, whose value is no plain text, or is not encoded as usual.
struct typed_parameter {
    std::string_view name;
    value_place in;
    value_style style;
    bool explode;
    type_ref type;          ///< Null where the value comes as text.
    bool reserved = false;  ///< `allowReserved`: characters with a meaning in URLs stay as they are.
};

/// A part of a multipart body that is no plain text, or has a media type of its own.
struct form_part {
    std::string_view name;
    type_ref type;                          ///< Null: a file or a text.
    value_style style = value_style::json;  ///< Of what has a type.
    bool explode = true;
    std::string_view media = {};  ///< Of a file perhaps several, or ranges: `image/png, image/*`.
};

/// How a credential is sent. bearer and basic are forms of `Authorization`.
enum class key_location : std::uint8_t { none, bearer, basic, header, query, cookie };

/// One security scheme of a description.
struct credential {
    std::string_view scheme;  ///< Its name in the description.
    key_location in = key_location::none;
    std::string_view name;  ///< Of the header, query parameter or cookie.
};

/// What a call needs, as alternatives: each a set of bits, one for each credential of the API that must be
/// sent; 0 means that none is fine too.
using security = std::span<std::uint32_t const>;

/// One operation of a description, as data. The generated tables hold one for each builder.
struct operation {
    std::string_view name;    ///< `directories.files.upload`
    std::string_view method;  ///< `POST`
    std::string_view path;    ///< `/api/v1/beta/directories/{directory_id}/files/upload`
    /// Where the operation is instead of the API's base URL: a URL of its own, or a path on the same host.
    std::string_view server = {};
    bool authenticated = true;
    detail::security security = {};  ///< Empty: the API's.
    bool idempotent = true;
    body_format body = body_format::none;
    type_ref body_type = nullptr;
    /// Of a JSON body where it is not application/json, with its parameters. Of a text or file body; empty,
    /// or a range such as `image/*`, where the file knows better.
    std::string_view body_media = {};
    std::span<form_part const> parts = {};
    std::span<typed_parameter const> typed_parameters = {};
    answer_format answer = answer_format::none;
    type_ref answer_type = nullptr;
    std::span<status_answer const> answers = {};  ///< Empty: all are alike.
    /// The signed URL in a JSON answer, where downloads follow it.
    std::string const& (*signed_url)(void const* answer) = nullptr;
    /// Statuses by which what is behind the signed URL says that it has expired.
    std::span<std::uint16_t const> expired = {};
    std::string_view accept = "application/json";
};

}  // namespace detail

/// One description, as data.
struct api_description {
    std::string_view title;
    std::string_view default_base_url;
    std::span<detail::operation const> operations;
    std::span<detail::credential const> credentials = {};  ///< client_options::api_key is the first one.
    detail::security security = {};                        ///< Empty: any one of the credentials.
    std::span<std::string_view const> api_key_env = {};
    std::span<std::string_view const> base_url_env = {};
    std::span<std::string_view const> headers_env = {};
    /// Query parameters whose values may be logged; those of others are `***`.
    std::span<std::string_view const> loggable = {};
};

}  // namespace ferry
