// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/access_log.hpp"

#include <array>
#include <cstdio>

namespace ferry::mock::program {
namespace {

void append_escaped(std::string& line, std::string_view text) {
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            line += c;
            continue;
        }
        std::array<char, 5> escape{};
        std::snprintf(escape.data(), escape.size(), "\\x%02x", static_cast<unsigned>(byte));
        line += escape.data();
    }
}

void append_note(std::string& line, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    line.append(" ").append(name).append("=\"");
    append_escaped(line, text);
    line += '"';
}

}  // namespace

void log_access(journal_entry const& entry) {
    std::string line = entry.method + ' ';
    append_escaped(line, entry.target);
    std::array<char, 80> figures{};
    std::snprintf(figures.data(), figures.size(), " %d %lluB %.1fms ", entry.status,
                  static_cast<unsigned long long>(entry.response_body.size),
                  static_cast<double>(entry.duration_us.count()) / 1000);
    line += figures.data();
    line += entry.identity.empty() ? "-" : entry.identity;
    append_note(line, "namespace", entry.name_space);
    append_note(line, "fault", entry.fault);
    append_note(line, "hint", entry.hint);
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);  // one call, so that lines do not mix
}

}  // namespace ferry::mock::program
