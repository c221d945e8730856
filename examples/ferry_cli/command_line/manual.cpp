// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/manual.hpp"

#include "command_line/exit_code.hpp"
#include "command_line/help.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
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

std::string flag_text(flag const& one) {
    std::string made = ".TP\n\\fB";
    if (one.letter != 0) made += "\\-" + std::string(1, one.letter) + "\\fR, \\fB";
    made += "\\-\\-" + roff(one.name) + "\\fR";
    if (auto const value = placeholder(one); !value.empty()) made += " \\fI" + roff(value) + "\\fR";
    return made + "\n" + roff(description(one)) + "\n";
}

std::string of_command(program const& all, position const& at) {
    auto const& which = *at.which;
    auto const name = at.name();
    auto made = title(name, all) + ".SH NAME\n" + roff(dashed(name)) + " \\- " + roff(which.summary) + "\n";
    made += ".SH SYNOPSIS\n\\fB" + roff(name) + "\\fR [\\fIflags\\fR]\n";
    if (!which.details.empty()) made += ".SH DESCRIPTION\n" + paragraphs(which.details);
    made += ".SH FLAGS\n";
    for (auto const* one : flags_at(at)) made += flag_text(*one);
    return made + ".SH EXAMPLE\n.nf\n" + roff(example(at)) + "\n.fi\n";
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

std::string of_place(program const& all, position const& at) {
    auto made = title(at.name(), all) + ".SH NAME\n" + roff(dashed(at.name())) + " \\- " +
                roff(at.of != nullptr ? std::string(at.of->title) : std::string(all.summary)) + "\n";
    made += ".SH SYNOPSIS\n\\fB" + roff(at.name()) + "\\fR \\fICOMMAND\\fR\n.SH COMMANDS\n";
    for (auto const& [word, summary] : words_at(all, at))
        made += ".TP\n\\fB" + roff(word) + "\\fR\n" + roff(summary) + "\n";
    return made;
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
