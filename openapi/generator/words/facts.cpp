// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/facts.hpp"

#include "document/document.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <cctype>

namespace ferry::gen {

namespace {

std::string range(std::string const& low, std::string const& high, std::string_view unit) {
    std::string const tail = unit.empty() ? "" : " " + std::string(unit);
    auto const count = [&](std::string const& n) {
        return n == "1" && !tail.empty() ? tail.substr(0, tail.size() - 1) : tail;
    };
    if (!low.empty() && !high.empty()) return (low == high ? low : low + " to " + high) + count(high) + ".";
    if (!low.empty()) return "At least " + low + count(low) + ".";
    if (!high.empty()) return "At most " + high + count(high) + ".";
    return {};
}

void append(std::vector<std::string>& to, std::string text) {
    if (!text.empty()) to.push_back(std::move(text));
}

std::string shown(node const& value) {
    if (value.is_text()) return value.scalar.empty() ? "empty" : code(value.scalar);
    if (value.is_null()) return "null";
    if (value.is_map() || value.is_list()) return value.children.empty() ? "empty" : std::string();
    return value.scalar;
}

/// The words of a text in lower case, numbers among them; of plurals the singular.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    auto const end_word = [&] {
        while (word.ends_with('.')) word.pop_back();
        if (word.size() > 3 && word.ends_with('s')) word.pop_back();
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const inside = std::isalnum(byte) != 0 || c == '_' || c == '.' || c == '+' || byte >= 0x80;
        if (inside)
            word += static_cast<char>(std::tolower(byte));
        else
            end_word();
    }
    end_word();
    return words;
}

/// Whether every word of the fact that tells something is in the description too.
bool is_told(std::vector<std::string> const& description, std::string const& fact) {
    static std::vector<std::string> const fillers = {"a",    "at",   "in", "least", "less",
                                                     "more", "most", "of", "than",  "to"};
    return std::ranges::all_of(words_of(fact), [&](auto const& word) {
        return contains(fillers, word) || contains(description, word);
    });
}

}  // namespace

std::vector<std::string> facts(node const& schema) {
    std::vector<std::string> made;
    append(made, range(schema.text("minLength"), schema.text("maxLength"), "characters"));
    append(made, range(schema.text("minItems"), schema.text("maxItems"), "items"));
    append(made, range(schema.text("minimum"), schema.text("maximum"), {}));
    auto const exclusive = [&](char const* name, char const* words) {
        auto const* bound = schema.find(name);
        if (bound != nullptr && bound->kind == node_kind::number) append(made, words + bound->scalar + ".");
    };
    exclusive("exclusiveMinimum", "More than ");
    exclusive("exclusiveMaximum", "Less than ");
    if (auto const step = schema.text("multipleOf"); !step.empty())
        append(made, "A multiple of " + step + ".");
    if (auto const pattern = schema.text("pattern"); !pattern.empty() && pattern.find('`') == pattern.npos)
        append(made, "Matches " + code(pattern) + ".");
    if (auto const format = schema.text("format"); format == "uuid" || format == "date" || format == "byte")
        append(made, format == "uuid" ? "A UUID." : format == "date" ? "A date." : "In base64.");
    if (auto const* values = schema.find("enum"); values != nullptr && values->is_list()) {
        std::vector<std::string> known;
        for (auto const& value : values->children)
            if (value->kind == node_kind::number) known.push_back(value->scalar);
        if (!known.empty()) append(made, "One of " + join(known, ", ") + ".");
    }
    if (schema.flag("readOnly")) append(made, "Set by the service.");
    if (schema.flag("writeOnly")) append(made, "Never in an answer.");
    if (auto const* value = schema.find("default"); value != nullptr) {
        if (auto const text = shown(*value); !text.empty()) append(made, "Default: " + text + ".");
    }
    return made;
}

std::string with_facts(std::string_view description, std::vector<std::string> const& facts) {
    auto const told = words_of(description);
    std::vector<std::string> untold;
    for (auto const& fact : facts)
        if (!is_told(told, fact)) untold.push_back(fact);
    auto const more = join(untold, " ");
    bool const one_line = !description.empty() && description.find('\n') == description.npos;
    if (!one_line) return paragraphs(description, more);
    return sentence(description) + (more.empty() ? "" : " " + more);
}

}  // namespace ferry::gen
