// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/formats.hpp"

#include "values/utf8.hpp"
#include "values/value_error.hpp"
#include "values/yaml.hpp"

#include <algorithm>
#include <iterator>
#include <ostream>
#include <utility>

namespace ferry::cli {

namespace {

struct named_format {
    std::string_view name;
    format meant;
};

constexpr named_format known[] = {
    {"auto", format::auto_},  {"explore", format::explore}, {"json", format::json},
    {"jsonl", format::jsonl}, {"pretty", format::pretty},   {"raw", format::raw},
    {"yaml", format::yaml},
};

std::string lower_case(std::string_view text) {
    std::string made(text);
    for (auto& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

std::string known_names() {
    std::string made;
    for (auto const& one : known) (made += made.empty() ? "" : ", ") += one.name;
    return made;
}

bool is_for_programs(format what) {
    return what != format::auto_ && what != format::explore && what != format::pretty;
}

}  // namespace

format parse_format(std::string_view name) {
    auto const* const found = std::ranges::find(known, lower_case(name), &named_format::name);
    if (found == std::end(known)) {
        throw value_error("there is no format \"" + terminal_text(name) + "\"; the formats are " +
                          known_names());
    }
    return found->meant;
}

std::string_view name_of(format what) {
    return std::ranges::find(known, what, &named_format::meant)->name;
}

printer::printer(std::ostream& to, print_options options) : to_(to), options_(std::move(options)) {
    if (is_for_programs(options_.as)) options_.colours = {};
}

void printer::print(json_value const& document) {
    if (std::exchange(printed_, true) && options_.as == format::yaml) to_ << "---\n";
    to_ << written(document);
}

std::string printer::written(json_value const& document) const {
    auto const* const text = document.text();
    if (options_.raw_output && text != nullptr)
        return (options_.for_terminal ? terminal_text(*text) : *text) + "\n";
    if (options_.as == format::yaml) return to_yaml(document);
    json_style const style{2, options_.for_terminal, options_.colours};
    bool const in_one_line = options_.as == format::jsonl || options_.as == format::raw;
    return (in_one_line ? compact(document, style) : pretty(document, style)) + "\n";
}

void printer::print_bytes(std::string_view came) {
    if (came.empty()) return;
    bool const is_text = came.find_first_not_of(" \t\r\n") == came.find('"');
    if (options_.as == format::raw && !(options_.raw_output && is_text)) return print_as_came(came);
    print(parse_json(came));
}

void printer::print_as_came(std::string_view came) {
    if (!options_.for_terminal) {
        to_ << came;
        return;
    }
    to_ << terminal_text(came);
    if (!came.ends_with('\n')) to_ << '\n';
}

}  // namespace ferry::cli
