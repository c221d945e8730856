// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <vector>

namespace ferry::gen {

namespace {

using enum object_kind;
using enum holding;
using words = std::vector<word>;

constexpr std::string_view no_items = "nothing is made of it; what is streamed is given as it comes";
constexpr std::string_view no_encoding = "nothing is made of it; parts go without it";

/// Shortest first, then by their letters: most comparisons end with the lengths.
constexpr auto before = [](std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
};

words sorted(words made) {
    std::ranges::sort(made, before, &word::name);
    return made;
}

words path_words() {
    words made = {{"$ref"},
                  {"summary"},
                  {"description"},
                  {"servers", server},
                  {"parameters", parameter},
                  {"additionalOperations", operation, by_name}};
    for (auto const* method : {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
        made.push_back({method, operation});
    return made;
}

words schema_words() {
    words made;
    for (auto const* name : {"$ref",
                             "$id",
                             "$schema",
                             "$anchor",
                             "$dynamicRef",
                             "$dynamicAnchor",
                             "$recursiveRef",
                             "$recursiveAnchor",
                             "$vocabulary",
                             "$comment",
                             "type",
                             "enum",
                             "const",
                             "multipleOf",
                             "maximum",
                             "exclusiveMaximum",
                             "minimum",
                             "exclusiveMinimum",
                             "maxLength",
                             "minLength",
                             "pattern",
                             "maxItems",
                             "minItems",
                             "uniqueItems",
                             "maxContains",
                             "minContains",
                             "maxProperties",
                             "minProperties",
                             "required",
                             "dependentRequired",
                             "format",
                             "contentEncoding",
                             "contentMediaType",
                             "title",
                             "description",
                             "default",
                             "deprecated",
                             "readOnly",
                             "writeOnly",
                             "examples",
                             "example",
                             "nullable",
                             "xml",
                             "externalDocs",
                             "id",
                             "x-ferry-name",
                             "x-ferry-type-name",
                             "x-ferry-properties",
                             "x-ferry-values"})
        made.push_back({name});
    for (auto const* name : {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "items", "prefixItems",
                             "contains", "additionalItems", "unevaluatedItems", "additionalProperties",
                             "unevaluatedProperties", "propertyNames", "contentSchema"})
        made.push_back({name, schema});
    for (auto const* name :
         {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "dependencies"})
        made.push_back({name, schema, by_name});
    made.push_back({"discriminator", discriminator});
    return made;
}

words words_of(object_kind kind) {
    switch (kind) {
        case values:
            return {};
        case document:
            return {{"openapi"},
                    {"$self"},
                    {"jsonSchemaDialect"},
                    {"info", info},
                    {"servers", server},
                    {"paths", path, by_name},
                    {"webhooks", path, by_name},
                    {"components", components},
                    {"security"},
                    {"tags", tag},
                    {"externalDocs"},
                    {"x-ferry-client", ferry_client}};
        case info:
            return {{"title"},   {"summary"},          {"description"},     {"termsOfService"},
                    {"version"}, {"contact", contact}, {"license", license}};
        case contact:
            return {{"name"}, {"url"}, {"email"}};
        case license:
            return {{"name"}, {"identifier"}, {"url"}};
        case server:
            return {{"url"}, {"description"}, {"name"}, {"variables", variable, by_name}, {"x-ferry-name"}};
        case variable:
            return {{"enum"}, {"default"}, {"description"}};
        case components:
            return {{"$ref"},
                    {"schemas", schema, by_name},
                    {"responses", response, by_name},
                    {"parameters", parameter, by_name},
                    {"examples", example, by_name},
                    {"requestBodies", body, by_name},
                    {"headers", parameter, by_name},
                    {"securitySchemes", security_scheme, by_name},
                    {"links"},
                    {"callbacks", callback, by_name},
                    {"pathItems", path, by_name},
                    {"mediaTypes", media, by_name}};
        case path:
            return path_words();
        case operation:
            return {{"$ref"},
                    {"tags"},
                    {"summary"},
                    {"description"},
                    {"externalDocs"},
                    {"operationId"},
                    {"parameters", parameter},
                    {"requestBody", body},
                    {"responses", response, by_name},
                    {"callbacks", callback, by_name},
                    {"deprecated"},
                    {"security"},
                    {"servers", server},
                    {"x-ferry-name"},
                    {"x-ferry-parameters"},
                    {"x-ferry-paging", ferry_paging},
                    {"x-ferry-idempotent"},
                    {"x-ferry-download", ferry_download}};
        case callback:
            return {{"$ref"}};
        case parameter:
            return {{"$ref"},
                    {"name"},
                    {"in"},
                    {"description"},
                    {"required"},
                    {"deprecated"},
                    {"allowEmptyValue"},
                    {"style"},
                    {"explode"},
                    {"allowReserved"},
                    {"schema", schema},
                    {"example"},
                    {"examples", example, by_name},
                    {"content", media, by_name},
                    {"x-ferry-name"}};
        case body:
            return {{"$ref"}, {"description"}, {"content", media, by_name}, {"required"}, {"x-ferry-name"}};
        case media:
            return {{"$ref"},
                    {"schema", schema},
                    {"itemSchema", schema, one, no_items},
                    {"example"},
                    {"examples", example, by_name},
                    {"encoding", encoding, by_name},
                    {"prefixEncoding", encoding, one, no_encoding},
                    {"itemEncoding", encoding, one, no_encoding}};
        case encoding:
            return {{"contentType"},
                    {"headers", parameter, by_name},
                    {"style"},
                    {"explode"},
                    {"allowReserved"},
                    {"encoding", encoding, by_name, no_encoding},
                    {"prefixEncoding", encoding, one, no_encoding},
                    {"itemEncoding", encoding, one, no_encoding}};
        case example:
            return {{"$ref"},          {"summary"},   {"description"},    {"value"},
                    {"externalValue"}, {"dataValue"}, {"serializedValue"}};
        case response:
            return {{"$ref"},
                    {"summary"},
                    {"description"},
                    {"headers", parameter, by_name},
                    {"content", media, by_name},
                    {"links"}};
        case tag:
            return {{"name"}, {"summary"}, {"description"}, {"externalDocs"}, {"parent"}, {"kind"}};
        case security_scheme:
            return {{"$ref"},
                    {"type"},
                    {"description"},
                    {"name"},
                    {"in"},
                    {"scheme"},
                    {"bearerFormat"},
                    {"flows"},
                    {"openIdConnectUrl"},
                    {"oauth2MetadataUrl"},
                    {"deprecated"}};
        case discriminator:
            return {{"propertyName"},
                    {"mapping"},
                    {"defaultMapping", values, one, "nothing is made of it; other values are kept as JSON"}};
        case schema:
            return schema_words();
        case ferry_client:
            return {{"title"},       {"api-key-env"}, {"base-url-env"},
                    {"headers-env"}, {"log-query"},   {"zoneless-times"}};
        case ferry_paging:
            return {{"items"}, {"next-token"}, {"token"}, {"total"}};
        case ferry_download:
            return {{"url"}, {"expired"}};
    }
    return {};
}

constexpr auto last_kind = static_cast<std::size_t>(ferry_download);

words const& known_in(object_kind kind) {
    static auto const all = [] {
        std::array<words, last_kind + 1> made;
        for (std::size_t i = 0; i <= last_kind; ++i) made[i] = sorted(words_of(static_cast<object_kind>(i)));
        return made;
    }();
    return all[static_cast<std::size_t>(kind)];
}

/// Without the ways to write several words as one: `operation_id`, `operationID`.
std::string folded(std::string_view name) {
    std::string made;
    for (char const c : name)
        if (c != '_' && c != '-') made += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return made;
}

/// How many letters were left out, added, changed, or changed places with the next one.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> two(b.size() + 1);
    std::vector<std::size_t> one_before(b.size() + 1);
    std::vector<std::size_t> now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) one_before[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] =
                (std::min)({one_before[j] + 1, now[j - 1] + 1, one_before[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = (std::min)(now[j], two[j - 2] + 1);
        }
        std::swap(two, one_before);
        std::swap(one_before, now);
    }
    return one_before[b.size()];
}

}  // namespace

word const* find_word(object_kind in, std::string_view name) {
    auto const& known = known_in(in);
    auto const found = std::ranges::lower_bound(known, name, before, &word::name);
    return found != known.end() && found->name == name ? &*found : nullptr;
}

std::string_view nearest_word(object_kind in, std::string_view name) {
    // Names of programs' own are long, or look like nothing that is known here.
    constexpr std::size_t longest = 40;
    if (name.size() > longest) return {};
    auto const given = folded(name);
    std::string_view best;
    std::size_t fewest = 3;
    for (auto const& candidate : known_in(in)) {
        auto const known = folded(candidate.name);
        auto const allowed = known.size() < 4 ? 0u : known.size() < 9 ? 1u : 2u;
        auto const needed = edits(given, known);
        if (needed > allowed || needed >= fewest) continue;
        fewest = needed;
        best = candidate.name;
    }
    return best;
}

std::string holders_of(std::string_view extension) {
    struct holder {
        object_kind kind;
        std::string_view name;
    };
    constexpr std::array<holder, 6> holders = {{{document, "the document"},
                                                {server, "a server"},
                                                {operation, "an operation"},
                                                {parameter, "a parameter"},
                                                {body, "a request body"},
                                                {schema, "a schema"}}};
    std::string made;
    for (auto const& one : holders)
        if (find_word(one.kind, extension) != nullptr) (made += made.empty() ? "" : ", ") += one.name;
    return made;
}

std::string holders_of_word(object_kind in, std::string_view name) {
    if (name == "description" || name == "title") return {};  // loses no more than words
    if ((in == response || in == body) && find_word(media, name) != nullptr) return "a media type in content";
    if ((in == parameter || in == media) && find_word(schema, name) != nullptr) return "its schema";
    return {};
}

}  // namespace ferry::gen
