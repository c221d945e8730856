// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "schema/keywords.hpp"

#include "document/vocabulary.hpp"

#include <array>
#include <unordered_map>
#include <utility>

namespace ferry::gen {

namespace {

using enum fate;

constexpr std::string_view now = "2020-12";
constexpr std::string_view names_it = "what references call the schema";

constexpr std::array table = {
    // Core
    known_keyword{"$schema", now, aside, "schemas are read as 2020-12 and OpenAPI 3.0 have them"},
    known_keyword{"$id", now, aside, names_it},
    known_keyword{"$ref", now, both},
    known_keyword{"$anchor", now, aside, names_it},
    known_keyword{"$dynamicRef", now, both, "as $ref, to the schema that it means where it stands"},
    known_keyword{"$dynamicAnchor", now, aside, names_it},
    known_keyword{"$vocabulary", now, aside},
    known_keyword{"$comment", now, aside},
    known_keyword{"$defs", now, kept, "schemas that are referred to"},
    // Applicators
    known_keyword{"allOf", now, both},
    known_keyword{"anyOf", now, both},
    known_keyword{"oneOf", now, both},
    known_keyword{"not", now, checked},
    known_keyword{"if", now, checked, "members that only it names are kept as JSON"},
    known_keyword{"then", now, checked, "members that only it names are kept as JSON"},
    known_keyword{"else", now, checked, "members that only it names are kept as JSON"},
    known_keyword{"dependentSchemas", now, checked, "members that only it names are kept as JSON"},
    known_keyword{"prefixItems", now, both},
    known_keyword{"items", now, both},
    known_keyword{"contains", now, checked},
    known_keyword{"properties", now, both},
    known_keyword{"patternProperties", now, both},
    known_keyword{"additionalProperties", now, both, "where it is false other members are skipped"},
    known_keyword{"propertyNames", now, checked},
    known_keyword{"unevaluatedItems", now, checked},
    known_keyword{"unevaluatedProperties", now, both, "as additionalProperties"},
    // Validation
    known_keyword{"type", now, both},
    known_keyword{"enum", now, both},
    known_keyword{"const", now, both},
    known_keyword{"multipleOf", now, checked},
    known_keyword{"maximum", now, checked},
    known_keyword{"exclusiveMaximum", now, checked, "a number, or a flag as in OpenAPI 3.0"},
    known_keyword{"minimum", now, checked},
    known_keyword{"exclusiveMinimum", now, checked, "a number, or a flag as in OpenAPI 3.0"},
    known_keyword{"maxLength", now, checked},
    known_keyword{"minLength", now, checked},
    known_keyword{"pattern", now, checked,
                  "one that cannot be matched, such as `\\p{Script=Greek}`, is warned about"},
    known_keyword{"maxItems", now, checked},
    known_keyword{"minItems", now, checked},
    known_keyword{"uniqueItems", now, checked},
    known_keyword{"maxContains", now, checked},
    known_keyword{"minContains", now, checked},
    known_keyword{"maxProperties", now, checked},
    known_keyword{"minProperties", now, checked},
    known_keyword{"required", now, both},
    known_keyword{"dependentRequired", now, checked, "members that only it names are kept as JSON"},
    known_keyword{"format", now, both, "`date-time`, `date`, `uuid`, bits of integers; others are notes"},
    // Content
    known_keyword{"contentEncoding", now, kept, "`contentMediaType` without it is a file of a form"},
    known_keyword{"contentMediaType", now, kept, "a file of a form"},
    known_keyword{"contentSchema", now, warned, "the text is not looked into"},
    // Meta-data
    known_keyword{"title", now, told},
    known_keyword{"description", now, told},
    known_keyword{"default", now, told},
    known_keyword{"deprecated", now, told},
    known_keyword{"readOnly", now, kept, "a required member may be left out of what is sent"},
    known_keyword{"writeOnly", now, kept, "a required member may be missing in an answer"},
    known_keyword{"examples", now, told, "in tests and help"},
    // Earlier drafts
    known_keyword{"$recursiveRef", "2019-09", both, "as $ref, to the schema around it that has an $id"},
    known_keyword{"$recursiveAnchor", "2019-09", aside},
    known_keyword{"id", "draft 4", aside, names_it},
    known_keyword{"definitions", "draft 4", kept, "schemas that are referred to"},
    known_keyword{"dependencies", "draft 4", warned, "use dependentRequired or dependentSchemas"},
    known_keyword{"additionalItems", "draft 4", warned, "use prefixItems, and items for the others"},
    // OpenAPI
    known_keyword{"nullable", "OpenAPI 3.0", both},
    known_keyword{"discriminator", "OpenAPI 3.0", both},
    known_keyword{"example", "OpenAPI 3.0", told, "in tests and help"},
    known_keyword{"externalDocs", "OpenAPI 3.0", aside},
    known_keyword{"xml", "OpenAPI 3.0", aside, "bodies in XML are texts"},
};

std::string times(std::size_t number) {
    return number == 1 ? "" : " (" + std::to_string(number) + " times)";
}

std::string quoted(std::string_view name) {
    return "\"" + std::string(name) + "\"";
}

}  // namespace

std::string_view words_of(fate what) {
    switch (what) {
        case kept:
            return "kept";
        case checked:
            return "checked";
        case both:
            return "kept and checked";
        case told:
            return "told";
        case aside:
            return "says nothing about values";
        case warned:
            break;
    }
    return "warned about";
}

std::span<known_keyword const> known_keywords() {
    return table;
}

known_keyword const* find_keyword(std::string_view name) {
    static auto const by_name = [] {
        std::unordered_map<std::string_view, known_keyword const*> made;
        for (auto const& one : table) made.emplace(one.name, &one);
        return made;
    }();
    auto const found = by_name.find(name);
    return found != by_name.end() ? found->second : nullptr;
}

void keyword_count::put(counts& to, node const& word) {
    auto found = to.find(word.key);
    if (found == to.end()) found = to.emplace(word.key, occurrences{0, &word}).first;
    auto& [number, first] = found->second;
    ++number;
    // Schemas are read in another order than they are written.
    bool const is_earlier =
        first->file == word.file && std::pair(word.line, word.column) < std::pair(first->line, first->column);
    if (is_earlier) first = &word;
}

void keyword_count::see(node const& word) {
    if (!word.key.starts_with("x-")) put(all_, word);
}

void keyword_count::see_beside(node const& word) {
    auto const* known = find_keyword(word.key);
    bool const asks =
        known != nullptr && (known->what == kept || known->what == checked || known->what == both);
    if (asks) put(beside_, word);
}

void keyword_count::tell(warnings& notes) const {
    for (auto const& [name, seen] : all_) {
        auto const* known = find_keyword(name);
        if (known != nullptr && known->what != warned) continue;
        // What is near a known word was told when it was read.
        if (known == nullptr && !nearest_word(object_kind::schema, name).empty()) continue;
        auto text =
            quoted(name) + (known != nullptr ? " is not read" : " is no keyword of a schema, and not read");
        if (known != nullptr) text += "; " + std::string(known->remark);
        notes.add(*seen.first, text + times(seen.number));
    }
    for (auto const& [name, seen] : beside_)
        notes.add(*seen.first, quoted(name) + " beside $ref says nothing in OpenAPI 3.0, and is not read" +
                                   times(seen.number));
    for (auto const& [name, seen] : wrong_)
        notes.add(*seen.first,
                  quoted(name) + " has a value of the wrong kind, and is not read" + times(seen.number));
    for (auto const& [name, seen] : unmatched_)
        notes.add(
            *seen.first,
            "the pattern is not checked: it is no regular expression, or one that cannot be matched, such as "
            "\\p{Script=Greek}" +
                times(seen.number));
}

}  // namespace ferry::gen
