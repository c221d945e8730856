// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/rules_constants.hpp"

#include "words/lists.hpp"
#include "words/text.hpp"

#include <array>

namespace ferry::gen {

namespace {

/// Names of `ferry::schema::keyword`.
constexpr std::array<char const*, schema::keyword_count> enumerators = {"never",
                                                                        "reference",
                                                                        "nullable",
                                                                        "type",
                                                                        "constant",
                                                                        "enumeration",
                                                                        "multiple_of",
                                                                        "maximum",
                                                                        "exclusive_maximum",
                                                                        "minimum",
                                                                        "exclusive_minimum",
                                                                        "max_length",
                                                                        "min_length",
                                                                        "pattern",
                                                                        "format",
                                                                        "prefix_items",
                                                                        "items",
                                                                        "contains",
                                                                        "max_contains",
                                                                        "min_contains",
                                                                        "max_items",
                                                                        "min_items",
                                                                        "unique_items",
                                                                        "required",
                                                                        "properties",
                                                                        "pattern_properties",
                                                                        "additional_properties",
                                                                        "property_names",
                                                                        "max_properties",
                                                                        "min_properties",
                                                                        "dependent_required",
                                                                        "dependent_schemas",
                                                                        "all_of",
                                                                        "any_of",
                                                                        "one_of",
                                                                        "discriminator",
                                                                        "negation",
                                                                        "condition",
                                                                        "then",
                                                                        "otherwise",
                                                                        "unevaluated_items",
                                                                        "unevaluated_properties",
                                                                        "read_only",
                                                                        "write_only"};

constexpr std::array type_names = {"null", "boolean", "integer", "number", "string", "array", "object"};

std::string types_text(std::uint64_t set) {
    std::vector<std::string> made;
    for (std::size_t i = 0; i < type_names.size(); ++i)
        if ((set >> i & 1U) != 0) made.push_back(std::string("types::") + type_names[i]);
    return join(made, " | ");
}

std::string text_literal(std::string_view text) {
    return literal(text);
}

/// A name for schemas that many places have, empty for others.
std::string plain_name(rules const& of) {
    if (of.all.empty()) return "anything";
    if (of.all.size() != 1 || of.all[0].word() != keyword::type) return {};
    for (std::size_t i = 0; i < type_names.size(); ++i)
        if (of.all[0].number() == std::uint64_t{1} << i) return std::string("any_") + type_names[i];
    return {};
}

}  // namespace

std::string rules_constants::constant(rules const& of, std::string const& hint) {
    if (!of.place.empty()) return member_of_named(of);
    if (of.all.size() == 1 && of.all[0].word() == keyword::reference) return constant(of.all[0].that(), hint);
    if (auto const known = known_.find(&of); known != known_.end()) return known->second;
    auto made = inlined(of, hint);
    return known_[&of] = made;
}

std::string rules_constants::member_of_named(rules const& of) {
    auto& known = known_[&of];
    if (known.empty()) {
        auto const key = std::string(of.place.substr(of.place.rfind('/') + 1));
        auto const name = members_.take(identifier(snake(key)));
        declared_.push_back(name);
        known = "named::" + name;
        waiting_.push_back(&of);
    }
    return known;
}

std::string rules_constants::inlined(rules const& of, std::string const& hint) {
    auto const plain = plain_name(of);
    auto const wanted = plain.empty() ? hint : plain;
    auto const all = items(of, wanted);
    auto& known = by_content_[join(all, ",")];
    if (!known.empty()) return known;
    auto const list = list_of_rules(all, wanted);
    known = names_.take(wanted);
    out_.list("inline constexpr rules " + known,
              list.empty() ? std::vector<std::string>() : std::vector{list}, ";");
    return known;
}

std::string rules_constants::list_of_rules(std::vector<std::string> const& all, std::string const& name) {
    return all.empty() ? std::string() : array("rule", name + "_rules", all);
}

std::string rules_constants::array(std::string const& type, std::string const& name,
                                   std::vector<std::string> const& all) {
    auto& known = by_content_[type + "|" + join(all, ",")];
    if (!known.empty()) return known;
    known = names_.take(name);
    out_.list("inline constexpr " + type + " " + known + "[] = ", all, ";");
    return known;
}

std::vector<std::string> rules_constants::items(rules const& of, std::string const& name) {
    std::vector<std::string> made;
    for (auto const& its : of.all) {
        auto const value = item(its, name);
        auto const word = std::string("keyword::") + enumerators[static_cast<std::size_t>(its.word())];
        made.push_back("{" + word + (value.empty() ? "" : ", " + value) + "}");
    }
    return made;
}

std::string rules_constants::item(rule const& its, std::string const& name) {
    auto const part = name + "_" + enumerators[static_cast<std::size_t>(its.word())];
    switch (its.word()) {
        case keyword::never:
        case keyword::nullable:
        case keyword::unique_items:
        case keyword::read_only:
        case keyword::write_only:
            return {};
        case keyword::type:
            return types_text(its.number());
        case keyword::multiple_of:
        case keyword::maximum:
        case keyword::exclusive_maximum:
        case keyword::minimum:
        case keyword::exclusive_minimum:
        case keyword::pattern:
        case keyword::format:
            return text_literal(its.text());
        case keyword::constant:
        case keyword::enumeration: {
            // A list of nothing allows nothing.
            if (its.literals().empty()) return "std::span<literal const>{}";
            return array("literal", part, mapped(its.literals(), [](auto const& one) {
                             return "{" + types_text(one.type) + ", " + text_literal(one.text) + "}";
                         }));
        }
        case keyword::required:
            return array("std::string_view", part, mapped(its.names(), text_literal));
        case keyword::properties:
        case keyword::pattern_properties:
        case keyword::dependent_schemas:
            if (its.members().empty()) return "std::span<member const>{}";
            return array("member", part, mapped(its.members(), [&](auto const& one) {
                             return "{" + text_literal(one.name) + ", &" +
                                    constant(*one.that, name + "_" + identifier(one.name)) + "}";
                         }));
        case keyword::prefix_items:
        case keyword::all_of:
        case keyword::any_of:
        case keyword::one_of: {
            if (its.list().empty()) return "std::span<rules const* const>{}";
            std::vector<std::string> all;
            for (auto const* one : its.list())
                all.push_back("&" + constant(*one, part + "_" + std::to_string(all.size() + 1)));
            return array("rules const*", part, all);
        }
        case keyword::dependent_required: {
            if (its.dependencies().empty()) return "std::span<dependency const>{}";
            return array("dependency", part, mapped(its.dependencies(), [&](auto const& one) {
                             auto const needs = one.needs.empty() ? std::string("{}")
                                                                  : array("std::string_view", part + "_needs",
                                                                          mapped(one.needs, text_literal));
                             return "{" + text_literal(one.name) + ", " + needs + "}";
                         }));
        }
        case keyword::discriminator: {
            auto const& told = its.told();
            std::string values = "{}";
            if (!told.values.empty())
                values = array("member", part + "_values", mapped(told.values, [&](auto const& one) {
                                   return "{" + text_literal(one.name) + ", &" +
                                          constant(*one.that, part + "_" + identifier(one.name)) + "}";
                               }));
            auto const tag = names_.take(part);
            out_.line("inline constexpr tag " + tag + "{" + text_literal(told.property) + ", " + values +
                      "};");
            return "&" + tag;
        }
        case keyword::reference:
        case keyword::items:
        case keyword::contains:
        case keyword::additional_properties:
        case keyword::property_names:
        case keyword::negation:
        case keyword::condition:
        case keyword::then:
        case keyword::otherwise:
        case keyword::unevaluated_items:
        case keyword::unevaluated_properties:
            return "&" + constant(its.that(), part);
        default:
            return its.number() == 0 ? "std::uint64_t{0}" : std::to_string(its.number()) + "U";
    }
}

void rules_constants::write_waiting() {
    while (!waiting_.empty()) {
        rules const& next = *waiting_.front();
        waiting_.pop_front();
        auto const name = known_.at(&next);
        auto const hint = name.substr(name.rfind(':') + 1);
        std::vector<std::string> values;
        if (auto const list = list_of_rules(items(next, hint), hint); !list.empty()) values.push_back(list);
        if (places_ && values.empty()) values.push_back("{}");
        if (places_) values.push_back(text_literal(next.place));
        out_.list(linkage_ + " rules const " + name, values, ";");
    }
}

std::string rules_constants::text() {
    write_waiting();
    writer made;
    if (!declared_.empty()) {
        made.line("struct named {");
        {
            auto const body = made.until("};");
            for (auto const& name : declared_) made.line("static rules const " + name + ";");
        }
        made.blank();
    }
    return made.text() + out_.text();
}

}  // namespace ferry::gen
