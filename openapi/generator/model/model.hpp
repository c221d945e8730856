// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/diagnostics.hpp"
#include "document/document.hpp"
#include "schema/schemas.hpp"
#include "words/names.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// A description as C++ sees it: what is left when OpenAPI's several ways to say the same are one.

namespace ferry::gen {

enum class type_kind {
    raw,  ///< free-form: ferry::raw_json
    boolean,
    integer,    ///< std::int64_t
    number,     ///< double
    text,       ///< std::string
    time,       ///< ferry::timestamp, or ferry::utc_timestamp
    bytes,      ///< a file in a form; elsewhere a std::string
    list,       ///< std::vector of `inner`
    map,        ///< std::map from std::string to `inner`
    alias,      ///< another name for `inner`
    open_enum,  ///< a class: text with known values
    object,     ///< a struct
    one_of,     ///< a class that derives from std::variant
};

struct type;

/// A type where it is used.
struct type_use {
    type* of = nullptr;
    bool nullable = false;
};

struct property {
    std::string wire;
    std::string name;
    type_use use;
    bool required = false;
    bool deprecated = false;
    bool boxed = false;    ///< held in a ferry::box, because the type contains itself
    bool is_null = false;  ///< null is its only value, so that it says something by being there
    std::string initial;   ///< a text that the member begins with: a constant or the tag of a union
    std::string docs;
    node const* schema = nullptr;
};

struct enum_value {
    std::string wire;
    std::string name;
};

struct arm {
    type_use use;
    bool boxed = false;
    std::vector<std::string> tags = {};  ///< values of the union's tag that stand for this arm
    node const* schema = nullptr;        ///< of the branch, behind its references
    type* stands_for = nullptr;          ///< the component that the arm extends, where it is not one itself
    bool shared = false;                 ///< several branches are this arm
};

struct type {
    type_kind kind = type_kind::raw;
    node const* schema = nullptr;
    gen::rules const* rules = nullptr;  ///< of a class: what is asked of its values
    std::string wire;                   ///< the schema's name, or the name derived from where it was found
    std::string key;                    ///< of its name, see keys.hpp
    std::string name;                   ///< of the C++ type; empty for types without a name
    std::string docs;
    bool component = false;   ///< has a name in the description
    bool finished = false;    ///< false while its schema is being read: it contains itself
    bool nullable = false;    ///< a component that includes null
    bool by_status = false;   ///< one_of: the arms are answers, told apart by the status
    bool zoneless = false;    ///< time: the zone may be missing and is UTC then
    bool in_request = false;  ///< part of a body that is sent: absent and null differ

    type_use inner;                       // list, map, alias
    std::vector<property> properties;     // object
    std::optional<property> rest;         // object: the map of all other members
    std::vector<enum_value> values;       // open_enum
    std::vector<arm> arms;                // one_of
    std::string tag;                      // one_of: the property that tells the arms apart
    node const* discriminator = nullptr;  // one_of
    bool open = false;                    ///< one_of: an alternative takes whatever none of the arms fits
    bool keeps_others = false;            ///< one_of: stays a union with a single arm

    bool is_class() const noexcept {
        return kind == type_kind::open_enum || kind == type_kind::object || kind == type_kind::one_of;
    }
    /// Has a `ferry::json::type_desc` of its own.
    bool has_table() const noexcept { return kind == type_kind::object || kind == type_kind::one_of; }
    /// Has a header of its own.
    bool is_named() const noexcept { return !name.empty(); }
};

/// The same use, which may also be null.
inline type_use or_null(type_use use, bool nullable) {
    use.nullable = use.nullable || nullable;
    return use;
}

/// The type behind aliases.
type& real(type& t);
type const& real(type const& t);
/// Whether null is allowed, by the use or by what it uses.
bool is_nullable(type_use const& use);

enum class place { path, query, header, cookie };
/// `path`
char const* name_of(place in);

/// How a value is written as text (OpenAPI's `style`); json is what `content` asks for.
enum class value_style { simple, label, matrix, form, space, pipe, deep, json };

struct parameter {
    std::string wire;
    std::string name;
    place in = place::query;
    type_use use;
    bool required = false;
    bool deprecated = false;
    value_style style = value_style::form;
    bool explode = true;
    /// Index into the operation's table of values that are taken apart when the request is made; nothing
    /// where a setter makes the text.
    std::optional<std::size_t> typed;
    std::string docs;
    node const* at = nullptr;
    bool common = false;  ///< one of api::common_parameters
};

/// How a body is written; the last two are taken as a whole: a `std::string`, a `ferry::upload_source`.
enum class body_kind { none, json, form, multipart, text, file };

/// One part of a multipart body, or one member of a typed body.
struct body_member {
    property const* of = nullptr;
    std::string setter;                ///< its name in the builder
    bool as_json = false;              ///< multipart: written as JSON text
    std::optional<value_style> style;  ///< form: as `encoding` says
    bool explode = true;
};

struct request_body {
    body_kind kind = body_kind::none;
    bool required = false;
    type_use use;
    std::string name;             ///< of the argument that takes the whole body, where it is no object
    node const* given = nullptr;  ///< x-ferry-name, which says what the argument is called
    std::string docs;
    std::string media;   ///< JSON: what it is called if not application/json; text, file: perhaps `image/*`
    bool whole = false;  ///< no object: one argument takes it all
    node const* at = nullptr;  ///< the media type that is written
    std::vector<body_member> members;
};

enum class answer_kind { none, json, text, bytes };

/// What one status brings, where not all successes bring the same.
struct status_answer {
    int status = 200;  ///< 2: whichever of 200 to 299 has no entry
    answer_kind kind = answer_kind::none;
    type_use use = {};
    node const* at = nullptr;  ///< the media type
};

struct error_answer {
    std::string status;  ///< `404`, `4XX` or `others`
    type_use use;
};

struct server_variable {
    std::string wire;
    std::string name;
    std::string initial;  ///< empty: none
    std::string docs;
    std::vector<std::string> values;
};

struct server {
    std::string url;  ///< with its variables in braces
    std::string name;
    std::string docs;
    std::vector<server_variable> variables;
    node const* at = nullptr;
};

struct paging {
    property const* items = nullptr;
    property const* next_token = nullptr;
    property const* total = nullptr;  ///< null: the answer does not tell
    std::string setter;
};

enum class key_place { bearer, basic, header, query, cookie };

/// A security scheme.
struct credential {
    std::string scheme;
    key_place in = key_place::header;
    std::string name;  ///< of the header, query parameter or cookie
};
/// Alternatives, each a set of bits, one for each of the API's credentials.
using security = std::vector<std::uint32_t>;

struct operation {
    node const* at = nullptr;
    std::string path;
    std::string method;                 ///< in capitals
    std::string key;                    ///< of its names, see keys.hpp
    std::vector<std::string> resource;  ///< names from the outermost resource inwards, as in the description
    std::string call;                   ///< the last part of the name, as in the description
    bool derived_name = false;          ///< no x-ferry-name
    std::string class_name;
    std::string method_name;
    std::string summary;
    std::string docs;
    bool deprecated = false;
    bool authenticated = true;
    gen::security security;  ///< empty: the API's
    bool idempotent = true;
    std::vector<parameter> parameters;
    request_body body;
    answer_kind answer = answer_kind::none;
    node const* answer_at = nullptr;  ///< the media type that is read
    type_use answer_type;
    std::string accept;
    std::vector<status_answer> answers;    ///< empty: all alike
    std::vector<std::string> other_media;  ///< in which the answer can be had instead, as it is
    std::vector<error_answer> errors;
    std::vector<type*> callbacks;  ///< what the service sends because of this call
    std::string server;            ///< the URL where the operation is, if that is not the API's
    std::optional<paging> pages;
    property const* signed_url = nullptr;
    std::vector<std::uint16_t> expired;  ///< statuses of a signed URL that has expired

    /// `directories.files.list`
    std::string full_name() const;
};

/// A group of operations: `client.directories.files`.
struct resource {
    std::string member;      ///< `files`
    std::string class_name;  ///< `directories_files_resource`
    std::string header;      ///< `directories_files`
    std::string key;         ///< `directories.files`, in words rather than identifiers
    std::string docs;
    std::vector<operation*> operations;
    std::vector<resource*> children;
};

struct api {
    document const* source = nullptr;
    gen::memory memory;  ///< names of an earlier run
    std::string title;
    std::string base_url;
    std::vector<server> servers;
    std::vector<type*> webhooks;
    std::vector<credential> credentials;  ///< the first one is the API's key
    security default_security;            ///< empty: any one of them
    std::vector<std::string> api_key_env;
    std::vector<std::string> base_url_env;
    std::vector<std::string> headers_env;
    bool zoneless_times = false;
    std::vector<std::string> loggable;         ///< query parameters whose values may be logged
    std::vector<parameter> common_parameters;  ///< optional ones that all operations take alike

    std::deque<type> types;    ///< all of them; addresses are stable
    std::vector<type*> named;  ///< those with a header, in the order of their first mention
    std::deque<operation> operations;
    std::deque<resource> resources;
    std::vector<resource*> roots;
    std::unique_ptr<gen::schemas> schemas;  ///< what is asked of all values
    warnings notes;

    type& make(type_kind kind) {
        auto& made = types.emplace_back();
        made.kind = kind;
        return made;
    }
};

/// Of the named types those that are wanted, in the order of their names.
std::vector<type const*> by_name(api const& of, bool (type::*wanted)() const noexcept = &type::is_named);

}  // namespace ferry::gen
