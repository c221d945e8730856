// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/manual.hpp"

#include "command_line/exit_code.hpp"
#include "command_line/help.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <system_error>
#include <vector>

namespace ferry::cli {

namespace {

/// A text as roff takes it: no line of it is a request, a dash is a dash.
std::string roff(std::string_view text) {
    std::string made;
    bool begins = true;
    for (char const c : text) {
        if (begins && (c == '.' || c == '\'')) made += "\\&";
        if (c == '\\')
            made += "\\e";
        else if (c == '-')
            made += "\\-";
        else if (c != '`')
            made += c;
        begins = c == '\n';
    }
    return made;
}

/// Paragraphs with a request between them.
std::string paragraphs(std::string_view text) {
    std::string made;
    while (!text.empty()) {
        auto const end = std::min(text.find("\n\n"), text.size());
        made += (made.empty() ? "" : ".PP\n") + roff(text.substr(0, end)) + "\n";
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    return made;
}

std::string title(std::string name, program const& all) {
    std::ranges::replace(name, ' ', '-');
    for (char& c : name)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return ".TH \"" + roff(name) + "\" 1 \"\" \"" + roff(all.name) + " " + roff(all.version) + "\"\n";
}

std::string dashed(std::string name) {
    std::ranges::replace(name, ' ', '-');
    return name;
}

/// Behind `.TP`: what stands left, and what beside it.
std::string entry(std::string const& left, std::string_view right) {
    auto text = roff(right);
    // A line that is empty would end the entry.
    for (auto at = text.find("\n\n"); at != text.npos; at = text.find("\n\n", at))
        text.replace(at, 2, "\n.IP\n");
    return ".TP\n" + left + "\n" + text + "\n";
}

std::string bold(std::string_view text) {
    return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text) {
    return "\\fI" + roff(text) + "\\fR";
}

std::string flag_text(flag const& one) {
    auto left = one.letter != 0 ? bold(std::string{'-', one.letter}) + ", " : std::string();
    left += bold("--" + std::string(one.name));
    if (auto const value = placeholder(one); !value.empty()) left += " " + italic(value);
    return entry(left, description(one));
}

std::string examples_text(std::vector<std::string> const& lines) {
    std::string made = ".SH EXAMPLES\n.nf\n";
    for (auto const& line : lines) made += roff(line) + "\n";
    return made + ".fi\n";
}

std::string synopsis(position const& at) {
    auto made = ".SH SYNOPSIS\n" + bold(at.name());
    if (at.which == nullptr) return made + " " + italic("COMMAND") + "\n";
    for (auto const& one : at.which->flags)
        if (one.required && !one.positional)
            made += " " + bold("--" + std::string(one.name)) + " " + italic(placeholder(one));
    for (auto const& one : at.which->flags) {
        if (!one.positional) continue;
        auto const word = italic(argument_word(one)) + (one.list ? "..." : "");
        made += one.required ? " " + word : " [" + word + "]";
    }
    return made + " [" + italic("flags") + "]\n";
}

/// The page above this one, where the reader comes from.
std::string see_also(position const& at) {
    if (at.words.size() < 2) return {};
    std::string above;
    for (std::size_t i = 0; i + 1 < at.words.size(); ++i) above += (i == 0 ? "" : "-") + at.words[i];
    return ".SH SEE ALSO\n" + bold(above) + "(1)\n";
}

std::string beginning(program const& all, position const& at) {
    auto const name = at.name();
    auto summary = roff(summary_of(all, at));
    if (summary.ends_with('.')) summary.pop_back();
    return title(name, all) + ".SH NAME\n" + roff(dashed(name)) + " \\- " + summary + "\n" + synopsis(at);
}

std::string of_command(program const& all, position const& at) {
    auto const& which = *at.which;
    auto made = beginning(all, at);
    if (!which.details.empty()) made += ".SH DESCRIPTION\n" + paragraphs(which.details);
    made += examples_text(examples(at)) + ".SH FLAGS\n";
    for (auto const* one : flags_at(at)) made += flag_text(*one);
    return made + see_also(at);
}

/// Every place below, and itself.
void walk(program const& all, position const& at, std::vector<position>& to) {
    to.push_back(at);
    if (at.which != nullptr) return;
    for (auto const& [word, summary] : words_at(all, at)) {
        std::vector<std::string> words(at.words.begin() + 1, at.words.end());
        words.push_back(word);
        walk(all, locate(all, words).at, to);
    }
}

std::string exit_status() {
    struct row {
        exit_code code;
        char const* meaning;
    };
    constexpr row rows[] = {{exit_code::done, "All of it worked."},
                            {exit_code::failed, "It did not work."},
                            {exit_code::usage, "The words make no sense; nothing was tried."},
                            {exit_code::partly, "Of several files some failed."},
                            {exit_code::not_authenticated, "There is no key, or it may not do this."},
                            {exit_code::not_found, "There is no such thing."},
                            {exit_code::nothing_done, "There was nothing to do, with --fail-on-nothing."},
                            {exit_code::interrupted, "It was interrupted."}};
    std::string made = ".SH EXIT STATUS\n";
    for (auto const& [code, meaning] : rows)
        made += entry(bold(std::to_string(static_cast<int>(code))), meaning);
    return made;
}

std::string proxies() {
    auto const all_of = [](std::initializer_list<std::string_view> names) {
        std::string text;
        for (auto const name : names) text += (text.empty() ? "" : ", ") + bold(name);
        return text;
    };
    return entry(all_of({"https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"}),
                 "The proxy for https, for http (in lower case only, as with curl: HTTP_PROXY is not read), "
                 "or for "
                 "both: http://[user:password@]host[:port]. The first that is not empty counts.") +
           entry(all_of({"no_proxy", "NO_PROXY"}),
                 "Who is reached without a proxy: hosts, domains with all below them, addresses, ranges such "
                 "as "
                 "10.0.0.0/8, or `*`; separated by commas or blanks.");
}

std::string environment(program const& all) {
    std::string made;
    for (auto const* one : all.services) {
        for (auto const name : one->key_variables)
            made += entry(bold(name), "A key of " + std::string(one->title) + ".");
        for (auto const name : one->url_variables)
            made += entry(bold(name), "Where " + std::string(one->title) + " is.");
    }
    if (made.empty()) return made;
    return ".SH ENVIRONMENT\n" + made + proxies();
}

std::string of_place(program const& all, position const& at) {
    auto made = beginning(all, at) + ".SH COMMANDS\n";
    for (auto const& [word, summary] : words_at(all, at)) made += entry(bold(word), summary);
    made += examples_text(examples(all, at));
    if (at.words.size() == 1) made += exit_status() + environment(all);
    return made + see_also(at);
}

}  // namespace

std::map<std::string, std::string> manual_pages(program const& all) {
    std::vector<position> places;
    walk(all, locate(all, {}).at, places);
    std::map<std::string, std::string> made;
    for (auto const& at : places)
        made[dashed(at.name()) + ".1"] = at.which != nullptr ? of_command(all, at) : of_place(all, at);
    return made;
}

void write_manual(program const& all, std::string const& directory) {
    std::error_code why;
    std::filesystem::create_directories(directory, why);
    for (auto const& [name, text] : manual_pages(all)) {
        auto const path = std::filesystem::path(directory) / name;
        std::ofstream file(path, std::ios::binary);
        file << text;
        if (!file.flush()) throw usage_error(path.string() + " cannot be written");
    }
}

}  // namespace ferry::cli
