// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/document.hpp"

#include "core/crypto.hpp"
#include "core/scalars.hpp"
#include "http/url.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

constexpr std::size_t most_values = 2'000'000;

/// About how many values there are: in memory each of them takes a few dozen bytes, and in the text maybe
/// two.
std::size_t values_in(std::string_view text) {
    std::size_t count = 1;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') in_string = !in_string;
        if (in_string) {
            if (text[i] == '\\') ++i;
        } else if (text[i] == ',' || text[i] == '[' || text[i] == '{') {
            ++count;
        }
    }
    return count;
}

}  // namespace

document::document(json::value const& value, std::string pointer)
    : object_(value.if_object()), pointer_(std::move(pointer)) {
    if (object_ == nullptr) throw document_error(pointer_, "this must be a JSON object");
}

std::string document::where(std::string_view name) const {
    return pointer_ + '/' + pointer_token(name);
}

void document::refuse(std::string_view name, std::string const& problem) const {
    throw document_error(where(name), problem);
}

json::value const* document::any(std::string_view name) {
    if (std::find(known_.begin(), known_.end(), name) == known_.end()) known_.push_back(name);
    json::value const* const found = object_->if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<std::string> document::text_if(std::string_view name) {
    json::value const* const value = any(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) refuse(name, "must be a string");
    return std::string(value->get_string());
}

std::optional<bool> document::flag_if(std::string_view name) {
    json::value const* const value = any(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_bool()) refuse(name, "must be true or false");
    return value->get_bool();
}

std::optional<std::int64_t> document::integer_if(std::string_view name) {
    json::value const* const value = any(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_int64()) refuse(name, "must be an integer");
    return value->get_int64();
}

std::optional<std::uint64_t> document::count_if(std::string_view name) {
    json::value const* const value = any(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_uint64()) return value->get_uint64();
    if (!value->is_int64() || value->get_int64() < 0) refuse(name, "must be an integer that is not negative");
    return static_cast<std::uint64_t>(value->get_int64());
}

std::optional<std::int64_t> document::time_if(std::string_view name) {
    std::optional<std::string> const text = text_if(name);
    if (!text) return std::nullopt;
    std::string mistake;
    std::optional<std::int64_t> const time = parse_date_time(*text, mistake);
    if (!time) refuse(name, "must be a time such as 2026-01-02T03:04:05Z (" + mistake + ")");
    return time;
}

std::optional<json::object> document::object_if(std::string_view name) {
    json::value const* const value = any(name);
    if (value == nullptr) return std::nullopt;
    if (!value->is_object()) refuse(name, "must be a JSON object");
    return value->get_object();
}

std::vector<document> document::list(std::string_view name) {
    std::vector<document> items;
    json::value const* const value = any(name);
    if (value == nullptr) return items;
    if (!value->is_array()) refuse(name, "must be an array of objects");
    for (json::value const& item : value->get_array()) {
        items.emplace_back(item, where(name) + '/' + std::to_string(items.size()));
    }
    return items;
}

std::string document::text(std::string_view name) {
    std::optional<std::string> value = text_if(name);
    if (!value) refuse(name, "is missing; it must be a string");
    return *std::move(value);
}

void document::finish() const {
    for (auto const& member : *object_) {
        std::string_view const name = member.key();
        if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
        std::string known;
        for (std::string_view const item : known_) (known += known.empty() ? "" : ", ") += item;
        refuse(name, "is not known here; there are " + known);
    }
}

json::value parse_document(std::string_view text) {
    if (text.size() > most_values && values_in(text) > most_values)
        throw document_error({}, "this has more than " + std::to_string(most_values) + " values");
    json_mistake mistake;
    if (std::optional<json::value> parsed = parse_json(text, mistake)) return *std::move(parsed);
    throw document_error(
        {}, "this is not JSON: " + mistake.message + " at character " + std::to_string(mistake.position));
}

json::object content_to_json(blob const& content, std::uint64_t largest) {
    json::object result;
    result["size"] = content.size();
    result["sha256"] = hex(sha256(content));
    if (content.size() > largest) return result;
    std::string const bytes = content.text();
    if (is_utf8(bytes)) {
        result["text"] = bytes;
    } else {
        result["base64"] = base64(bytes);
    }
    return result;
}

blob content_from_json(document& members, std::shared_ptr<scratch_directory const> home) {
    std::optional<std::string> bytes = members.text_if("text");
    std::optional<std::string> const coded = members.text_if("base64");
    std::optional<std::uint64_t> const size = members.count_if("size");
    std::optional<std::string> const hash = members.text_if("sha256");
    members.finish();
    if (coded) {
        if (bytes) members.refuse("base64", "cannot stand beside text; give one of the two");
        bytes = from_base64(*coded);
        if (!bytes) members.refuse("base64", "is not base64 (RFC 4648, section 4, with padding)");
    }
    if (!bytes) {
        members.refuse("text",
                       "is missing, and so is base64; a description without the bytes cannot be loaded");
    }
    if (size && *size != bytes->size()) {
        members.refuse("size", "is not the size of the bytes, which are " + std::to_string(bytes->size()));
    }
    auto const store = std::make_shared<spool>(std::move(home));
    store->append(*bytes);
    store->seal();
    blob content(store);
    if (hash && *hash != hex(sha256(content))) members.refuse("sha256", "is not the hash of the bytes");
    return content;
}

}  // namespace ferry::mock
