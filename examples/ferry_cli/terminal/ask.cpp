// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/ask.hpp"

#include "terminal/text_width.hpp"

#include <istream>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>

namespace ferry::cli {

namespace {

constexpr int most_questions = 3;

std::string trimmed_lower_case(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    auto const begin = line.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    std::string text(line.substr(begin, line.find_last_not_of(blanks) - begin + 1));
    for (auto& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

std::optional<bool> meaning_of(std::string_view line) {
    auto const answer = trimmed_lower_case(line);
    if (answer == "y" || answer == "yes") return true;
    if (answer.empty() || answer == "n" || answer == "no") return false;
    return std::nullopt;
}

}  // namespace

bool ask(std::string_view question, std::istream& in, std::ostream& out, bool terminal) {
    auto const shown = printable(question);
    if (!terminal)
        throw std::runtime_error("nobody can be asked without a terminal: \"" + shown +
                                 "\"; pass --yes to go ahead without being asked");
    for (int i = 0; i < most_questions; ++i) {
        out << shown << " [y/N] " << std::flush;
        std::string line;
        if (!std::getline(in, line) || in.eof()) {
            out << '\n';  // nobody pressed Enter
            return false;
        }
        if (auto const answer = meaning_of(line)) return *answer;
    }
    return false;
}

}  // namespace ferry::cli
