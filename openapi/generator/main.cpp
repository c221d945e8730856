// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "emit.hpp"
#include "generate.hpp"
#include "summary.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>

namespace {

struct words {
    std::string input;
    std::string name_space;
    std::string output;
    std::string server_tables;
    ferry::gen::selection wanted;
    bool check = false;
    bool dry_run = false;
    bool models_only = false;
};

enum exit_code { in_step = 0, out_of_step = 1, bad_input = 2 };

/// Writes, or only compares. \returns whether everything was in step
bool settle(words const& given, ferry::gen::file_set const& files, std::string const& directory,
            std::vector<std::string> const& owned) {
    if (given.dry_run) {
        for (auto const& line : ferry::gen::check_files(files, directory, owned)) std::cout << line << '\n';
        return true;
    }
    if (!given.check) {
        auto const changed = ferry::gen::write_files(files, directory, owned);
        std::cout << directory << ": " << files.size() << " files, " << changed << " changed\n";
        return true;
    }
    auto const lines = ferry::gen::check_files(files, directory, owned);
    for (auto const& line : lines) std::cerr << line << '\n';
    return lines.empty();
}

int run(words const& given) {
    using namespace ferry::gen;
    auto const source = document::load(given.input);
    auto const made = read_api(source, given.wanted);
    for (auto const& note : made.notes.all()) std::cerr << note << '\n';

    spelling const spell(given.name_space);
    auto const files = client_files(made, spell, given.models_only);
    bool good = settle(given, files, given.output,
                       {spell.folder(), spell.folder() + "/models", spell.folder() + "/impl"});

    if (!given.server_tables.empty()) {
        file_set tables;
        emit_server_tables(made, std::filesystem::path(spell.folder()).filename().string(), tables);
        good = settle(given, tables, given.server_tables, {}) && good;
    }
    if (!given.check) std::cout << summary(made) << '\n';
    if (!good) std::cerr << "run ferry-gen again without --check, and commit what it writes\n";
    return good ? in_step : out_of_step;
}

bool is_namespace(std::string const& text) {
    for (std::size_t at = 0;;) {
        auto const end = std::min(text.find("::", at), text.size());
        auto const part = text.substr(at, end - at);
        if (part.empty() || (part[0] >= '0' && part[0] <= '9') ||
            part.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
                part.npos)
            return false;
        if (end == text.size()) return true;
        at = end + 2;
    }
}

}  // namespace

int main(int argc, char** argv) {
    words given;
    CLI::App app{
        "ferry-gen: writes a C++ client from an OpenAPI 3.0 or 3.1 description.\n"
        "Exit codes: 0 done or in step, 1 out of step (--check), 2 bad input or usage."};
    app.add_option("--input", given.input, "the description: YAML or JSON")->required();
    app.add_option("--namespace", given.name_space, "of the generated code, such as acme::drive")->required();
    app.add_option("--output", given.output, "an include directory; files go below <namespace as path>")
        ->required();
    app.add_flag("--check", given.check, "write nothing; fail where files differ from what would be written");
    app.add_flag("--dry-run", given.dry_run, "write nothing; say which files would change");
    app.add_flag("--models-only", given.models_only,
                 "no client, only the types of components and operations");
    app.add_option("--include", given.wanted.include,
                   "only the operations that match, and the models that they need. PATTERN (* and ?): a name "
                   "(files.list), operationId, path, METHOD and path, or tag:NAME. May be repeated")
        ->type_name("PATTERN");
    app.add_option("--exclude", given.wanted.exclude,
                   "all operations but those that match; wins over --include")
        ->type_name("PATTERN");
    app.add_option("--server-tables", given.server_tables,
                   "also write the mock server's tables into this directory");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? in_step : bad_input;
    }
    if (!is_namespace(given.name_space)) {
        std::cerr << "--namespace " << given.name_space
                  << ": must be identifiers joined by ::, such as acme::drive\n";
        return bad_input;
    }
    try {
        return run(given);
    } catch (ferry::gen::failure const& e) {
        std::cerr << e.what() << '\n';
    } catch (std::exception const& e) {
        std::cerr << given.input << ": " << e.what() << '\n';
    }
    return bad_input;
}
