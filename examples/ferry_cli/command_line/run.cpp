// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/run.hpp"

#include "command_line/completion.hpp"
#include "command_line/given_values.hpp"
#include "command_line/help.hpp"
#include "command_line/invocation.hpp"
#include "command_line/manual.hpp"
#include "command_line/results.hpp"
#include "command_line/session.hpp"
#include "terminal/output_stream.hpp"

#include "ferry/version.hpp"

#include <filesystem>
#include <optional>
#include <ostream>

namespace ferry::cli {

namespace {

std::size_t columns(surroundings const& around) {
    return around.out_is_terminal ? current_size(1, around.environment).columns : 80;
}

/// One call of a description's operation.
exit_code call(session& with) {
    auto const& at = with.given().at;
    flag_defaults defaults;
    for (auto const& [name, value] : with.connection_of(*at.of).flags) defaults[name] = value.value;
    given_values values(with.given(), with.in(), std::move(defaults), with.all().official);
    auto settings = calls_of(with);
    auto results = results_of(with);
    auto const engine = with.connect(*at.of);
    if (at.of->file_name != nullptr)
        settings.file_name = [&](std::string const& id) { return at.of->file_name(engine, id); };
    invocation given(engine, *at.which, values, settings, results);
    at.which->run(given);
    return exit_code::done;
}

/// Something that is more than one call.
exit_code act(session& with) {
    auto const& which = *with.given().at.which;
    for (auto const& one : which.flags)
        if (one.required && !with.given().has(one.name))
            throw usage_error("Required flag \"" + std::string(one.name) + "\" not set");
    return which.act(with);
}

exit_code perform(session& with) {
    try {
        auto const code = with.given().at.which->act != nullptr ? act(with) : call(with);
        with.around().finish_output();
        return code;
    } catch (call_failed const& failed) {
        // Somebody may still look at what was there before.
        with.around().finish_output();
        return show_error(failed.why(), with);
    }
}

exit_code answer(program const& all, arguments const& given, surroundings const& around) {
    session with(all, given, around);
    if (given.at.words.size() == 1 && with.is_set("version")) {
        around.out << all.name << ' ' << all.version << '\n';
        return exit_code::done;
    }
    if (with.is_set("help")) {
        page(with);
        around.out << help(all, given.at, columns(around));
        return exit_code::done;
    }
    if (given.at.which == nullptr) {
        around.err << help(all, given.at, columns(around));
        return exit_code::usage;
    }
    return perform(with);
}

/// What a service knows for a line that is being written. Whatever goes wrong, the line stays as it is.
completion values_for(program const& all, located const& found, flag const& of, std::string const& written,
                      surroundings const& around) {
    if (all.values == nullptr) return {};
    try {
        auto const given = guess(found);
        session with(all, given, around);
        return all.values(with, of, written);
    } catch (std::exception const&) {
        return {};
    }
}

/// `__complete -- WORDS`, as the shells' scripts call it; or the official program's `@completion SHELL` and
/// `@manpages -o DIR`.
std::optional<int> serve_shell(program const& all, std::vector<std::string> const& words,
                               surroundings const& around) {
    if (words.size() >= 2 && words[0] == "__complete" && words[1] == "--")
        return write_completion(
            complete(all, {words.begin() + 2, words.end()},
                     [&](located const& found, flag const& of, std::string const& written) {
                         return values_for(all, found, of, written, around);
                     }),
            around.out);
    if (all.official && words.size() == 2 && words[0] == "@completion") {
        around.out << completion_script(words[1], all.name);
        return 0;
    }
    if (all.official && words.size() == 3 && words[0] == "@manpages" && words[1] == "-o") {
        write_manual(all, words[2]);
        return 0;
    }
    return std::nullopt;
}

}  // namespace

int run(program const& all, std::vector<std::string> const& words, surroundings const& around) {
    try {
        if (auto const code = serve_shell(all, words, around)) return *code;
        auto const given = parse(all, words);
        auto const code = answer(all, given, around);
        around.finish_output();
        return static_cast<int>(code);
    } catch (reader_gone const&) {
        return static_cast<int>(exit_code::done);
    } catch (usage_error const& e) {
        around.err << "error: " << e.what() << "\nRun '" << locate(all, words).at.name()
                   << " --help' for usage information\n";
        return static_cast<int>(exit_code::usage);
    } catch (std::exception const& e) {
        around.err << "error: " << e.what() << '\n';
        return static_cast<int>(exit_code::failed);
    }
}

int run_main(service const& only, int argc, char const* const* argv) {
    service const* const services[] = {&only};
    auto const path = std::filesystem::path(argc > 0 ? argv[0] : "").filename().string();
    program const all{.name = path.empty() ? only.name : std::string_view(path),
                      .version = FERRY_VERSION_STRING,
                      .summary = only.title,
                      .services = services,
                      .flat = true};
    return run(all, {argv + (argc > 0 ? 1 : 0), argv + argc}, of_this_process());
}

}  // namespace ferry::cli
