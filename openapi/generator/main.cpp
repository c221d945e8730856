// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cli/command_line.hpp"
#include "config.hpp"
#include "cpp/changes.hpp"
#include "emit/emit.hpp"
#include "generate.hpp"
#include "mock/server_tables.hpp"
#include "summary.hpp"
#include "tests/emit_tests.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <iostream>

using namespace ferry::gen;

namespace {

enum exit_code { in_step = 0, out_of_step = 1, bad_input = 2 };

output one_file(std::filesystem::path const& path, std::string text) {
    return {path.has_parent_path() ? path.parent_path().string() : ".",
            {{path.filename().string(), std::move(text)}}};
}

/// What a build runs ferry-gen again for: the lock file, too, which it also writes.
std::vector<std::string> depended_on(settings const& given, std::vector<std::string> read) {
    if (!given.lock.empty()) read.push_back(std::filesystem::absolute(given.lock).string());
    return read;
}

/// All files that a run only reads.
std::vector<std::string> inputs(settings const& given, document const& source) {
    auto read = source.files();
    if (!given.config.empty()) read.push_back(std::filesystem::absolute(given.config).string());
    return read;
}

/// Writes, or only compares. \param read the files that were read \returns whether everything was in step
bool settle(settings const& given, std::vector<output> all, std::vector<std::string> const& read) {
    if (given.check || given.dry_run) {
        auto const lines = check_files(all);
        for (auto const& line : lines) (given.dry_run ? std::cout : std::cerr) << line << '\n';
        return given.dry_run || lines.empty();
    }
    auto const told = all.size();
    if (!given.depfile.empty())
        all.push_back(one_file(given.depfile, depfile_text(given.depfile, depended_on(given, read))));
    auto const changed = write_files(all, read);
    for (std::size_t i = 0; i < told; ++i)
        std::cout << all[i].directory << ": " << all[i].files.size() << " files, " << changed[i]
                  << " changed\n";
    return true;
}

/// Why nothing is to be written, after the flag that asks for it; empty where something is.
std::string stop_flag(settings const& given, bool warned, bool breaks) {
    if (given.fail_on_warnings && warned) return "--fail-on-warnings";
    return given.fail_on_breaking && breaks ? "--fail-on-breaking" : "";
}

/// Says what was degraded, and what changed for programs that use the client. \returns whether the run may go
/// on
bool report(settings const& given, warnings const& notes, lock const& before, lock const& now) {
    for (auto const& line : given.all_warnings ? notes.all() : notes.by_kind())
        std::cerr << in_one_line(line) << '\n';
    auto const found = before.all().empty() ? changes() : changes_between(before, now);
    if (!found.empty()) std::cout << found.text();
    auto const flag = stop_flag(given, !notes.all().empty(), !found.breaking.empty());
    if (!flag.empty()) std::cerr << "nothing was written, because of " << flag << '\n';
    return flag.empty();
}

/// From the sources to the commands, which they include.
std::string way_to_commands(settings const& given, spelling const& spell) {
    namespace fs = std::filesystem;
    auto const sources = fs::weakly_canonical(fs::path(given.sources) / spell.folder());
    return fs::weakly_canonical(given.command_line).lexically_relative(sources).generic_string();
}

int run(settings const& given, config const& more) {
    auto source = document::load(given.input);
    warnings notes;
    spelling const spell(given.name_space);
    auto const lock_path = given.lock.empty()
                               ? std::filesystem::path(given.output) / spell.folder() / "ferry.lock"
                               : std::filesystem::path(given.lock);
    auto const before = given.no_lock ? lock() : lock::read(lock_path.string());
    more.apply_to(source, before.names(), notes);
    lock now;
    auto made = read_api(source, given.wanted, before, spell, now);
    made.notes.add(notes);
    if (!report(given, made.notes, before, now)) return out_of_step;

    std::vector<output> all{{given.output,
                             client_files(made, spell, given.models_only, given.parts),
                             {spell.folder(), spell.folder() + "/models", spell.folder() + "/impl"}}};
    auto const next = [&](std::string const& directory, std::vector<std::string> owned) -> file_set& {
        return all.emplace_back(output{directory, {}, std::move(owned)}).files;
    };
    if (given.lock.empty() && !given.no_lock)
        all.front().files[spell.folder() + "/ferry.lock"] = now.text(given.name_space);
    if (!given.lock.empty() && !given.no_lock) all.push_back(one_file(lock_path, now.text(given.name_space)));
    if (!given.sources.empty()) {
        auto& sources = next(given.sources, {spell.folder()});
        emit_sources(made, spell, given.models_only, given.parts, sources);
        if (!given.command_line.empty())
            emit_command_sources(made, spell, way_to_commands(given, spell), given.parts, sources);
    }
    if (!given.server_tables.empty())
        emit_server_tables(made, std::filesystem::path(spell.folder()).filename().string(),
                           next(given.server_tables, {}));
    std::string tests;
    if (!given.tests.empty()) tests = emit_tests(made, spell, given.models_only, next(given.tests, {""}));
    if (!given.command_line.empty()) emit_command_line(made, spell, next(given.command_line, {""}));

    bool const good = settle(given, std::move(all), inputs(given, source));
    if (!given.check && !tests.empty()) std::cout << tests << '\n';
    if (!given.check) std::cout << summary(made) << '\n';
    if (!good) std::cerr << "run ferry-gen again without --check, and commit what it writes\n";
    return good ? in_step : out_of_step;
}

bool is_namespace(std::string const& text) {
    return std::ranges::all_of(split(text, "::"), is_namespace_name);
}

bool is_usable(settings const& given) {
    auto const say = [](std::string const& text) {
        std::cerr << text << '\n';
        return false;
    };
    if (given.input.empty()) return say("--input is required: the description");
    if (given.name_space.empty()) return say("--namespace is required, such as acme::drive");
    if (given.output.empty()) return say("--output is required: an include directory");
    if (given.models_only && !given.command_line.empty())
        return say("--command-line needs the client, which --models-only leaves out");
    return is_namespace(given.name_space) || say("--namespace " + given.name_space +
                                                 ": must be identifiers joined by ::, such as acme::drive, "
                                                 "and none of them a word that C++, its "
                                                 "library or a macro has taken");
}

}  // namespace

int main(int argc, char** argv) {
    settings given;
    CLI::App app{
        "ferry-gen: writes a C++ client from an OpenAPI 3.0, 3.1 or 3.2 description.\n"
        "Exit codes: 0 done or in step, 1 out of step (--check), breaking (--fail-on-breaking) or with\n"
        "warnings (--fail-on-warnings), 2 bad input or usage."};
    app.set_version_flag("--version", "ferry-gen " FERRY_GEN_VERSION);
    app.add_option("--config", given.config,
                   "a file with settings, names and hints for a description (see openapi/README.md); the "
                   "command line wins");
    app.add_option("--input", given.input, "the description: YAML or JSON");
    app.add_option("--namespace", given.name_space, "of the generated code, such as acme::drive");
    app.add_option("--output", given.output, "an include directory; files go below <namespace as path>");
    app.add_option("--lock", given.lock,
                   "the file that keeps the names. Default: ferry.lock beside the generated headers");
    app.add_flag("--no-lock", given.no_lock, "neither read nor write such a file");
    app.add_flag("--fail-on-breaking", given.fail_on_breaking,
                 "write nothing and fail (1) where programs that use the client may not compile any more");
    app.add_flag("--fail-on-warnings", given.fail_on_warnings,
                 "write nothing and fail (1) where something of the description is lost or doubtful");
    app.add_flag("--all-warnings", given.all_warnings,
                 "show each warning, also where more than three say the same of different places");
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
    app.add_option("--sources", given.sources,
                   "also write source files for separate compilation into this directory: one for each file "
                   "of tables");
    app.add_option("--parts", given.parts, "how many files the tables of types may be in")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    app.add_option("--depfile", given.depfile,
                   "also write which files were read, for make and ninja; FILE.d names FILE as the target");
    app.add_option("--server-tables", given.server_tables,
                   "also write the mock server's tables into this directory");
    app.add_option(
        "--tests", given.tests,
        "also write a program that tests the client with the description's examples into this directory");
    app.add_option(
        "--command-line", given.command_line,
        "also write a program's commands into this directory, one for each operation; they stand on "
        "ferry::command_line (see openapi/README.md)");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        return app.exit(e) == 0 ? in_step : bad_input;
    }
    try {
        auto const more = given.config.empty() ? config() : config(given.config);
        more.complete(given);
        if (!is_usable(given)) return bad_input;
        return run(given, more);
    } catch (failure const& e) {
        std::cerr << in_one_line(e.what()) << '\n';
    } catch (std::exception const& e) {
        std::cerr << given.input << ": " << e.what() << '\n';
    }
    return bad_input;
}
