// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/run.hpp"

#include "command_line/given_values.hpp"
#include "command_line/help.hpp"
#include "command_line/invocation.hpp"
#include "command_line/result_writer.hpp"
#include "terminal/terminal.hpp"
#include "values/flag_value.hpp"
#include "values/transform.hpp"
#include "values/value_error.hpp"

#include "ferry/version.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace ferry::cli {

namespace {

int code(exit_code which) {
    return static_cast<int>(which);
}

/// The last value of a flag as JSON, by its kind.
json_value value_of(arguments const& from, std::string_view flag, value_kind kind) {
    try {
        return flag_value("--" + std::string(flag), {kind, false, false, false}, {*from.find(flag)});
    } catch (value_error const& e) {
        throw usage_error(e.what());
    }
}

std::optional<std::int64_t> integer(arguments const& from, std::string_view flag) {
    if (!from.has(flag)) return std::nullopt;
    return std::stoll(value_of(from, flag, value_kind::integer).number()->digits);
}

bool is_set(arguments const& from, std::string_view flag) {
    return from.has(flag) && *value_of(from, flag, value_kind::boolean).boolean();
}

format format_of(arguments const& from, std::string_view flag) {
    try {
        return from.has(flag) ? parse_format(*from.find(flag)) : format::auto_;
    } catch (value_error const& e) {
        throw usage_error("--" + std::string(flag) + ": " + e.what());
    }
}

colour_scheme bright() {
    return {.key = "\033[1;34m",
            .text = "\033[32m",
            .number = "\033[33m",
            .boolean = "\033[35m",
            .null = "\033[2m",
            .end = "\033[0m"};
}

result_options results_of(arguments const& from, surroundings const& around) {
    result_options made;
    made.print.as = format_of(from, "format");
    made.print.raw_output = is_set(from, "raw-output");
    made.print.for_terminal = around.out_is_terminal;
    if (around.colours) made.print.colours = bright();
    if (auto const* path = from.find("transform")) made.transform = *path;
    made.max_items = integer(from, "max-items");
    if (auto const* path = from.find("output")) made.output = *path;
    made.to_terminal = around.out_is_terminal;
    return made;
}

call_settings calls_of(arguments const& from, surroundings const& around) {
    call_settings made;
    if (from.has("timeout")) {
        auto const seconds = std::stod(value_of(from, "timeout", value_kind::number).number()->digits);
        if (!(seconds > 0) || seconds > 1e9)
            throw usage_error("--timeout: must be more than 0 and at most 1e9 seconds");
        made.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000) + 1);
    }
    if (auto const count = integer(from, "max-retries")) {
        if (*count < 0 || *count > 1000) throw usage_error("--max-retries: must be 0 to 1000");
        made.max_retries = static_cast<int>(*count);
    }
    made.stop = around.stop;
    return made;
}

std::string key_in(std::string const& path, standard_input& in) {
    auto text = path == "-" ? std::optional(in.read("--api-key-file", 64 << 10)) : read_embedded_file(path);
    if (!text) throw usage_error("--api-key-file: there is no file " + path);
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' '))
        text->pop_back();
    if (text->empty()) throw usage_error("--api-key-file: " + path + " is empty");
    return *text;
}

client_options connection_of(arguments const& from, standard_input& in, surroundings const& around) {
    client_options made;
    made.application = "ferry-cli/" FERRY_VERSION_STRING;
    if (auto const* url = from.find("base-url")) made.base_url = *url;
    if (auto const* key = from.find("api-key")) {
        made.api_key = *key;
        if (!is_set(from, "quiet"))
            around.err << "warning: everybody on this machine can see a key on the command line; "
                          "--api-key-file and the "
                          "environment are safer\n";
    }
    if (auto const* path = from.find("api-key-file")) made.api_key = key_in(*path, in);
    return made;
}

/// What the service said goes to standard error as well: standard output carries data only.
void show_error(error const& why, arguments const& from, surroundings const& around) {
    around.err << "error: " << why.message() << '\n';
    if (!why.body().empty()) {
        print_options how;
        how.as = format_of(from, "format-error");
        how.for_terminal = around.err_is_terminal;
        try {
            auto const body = parse_json(why.body());
            auto const* path = from.find("transform-error");
            auto const part = path != nullptr ? transform(body, *path) : std::nullopt;
            printer(around.err, how).print(part ? *part : body);
        } catch (value_error const&) {
            how.as = format::raw;
            printer(around.err, how).print_bytes(why.body());
        }
    }
    auto const variable = from.at.of != nullptr && !from.at.of->key_variables.empty()
                              ? std::string(from.at.of->key_variables.front())
                              : std::string("the key");
    if (auto const what = advice(why, variable); !what.empty()) around.err << what << '\n';
}

/// An engine whose key is missing refuses every call.
bool lacks_key(error const& why, service const* of) {
    if (why.kind() != error_kind::invalid_argument || of == nullptr) return false;
    for (auto const name : of->key_variables)
        if (why.message().find(name) != std::string::npos) return true;
    return false;
}

int call(arguments const& from, surroundings const& around) {
    standard_input in;
    given_values values(from, in);
    auto const settings = calls_of(from, around);
    result_writer results(around.out, results_of(from, around));
    invocation given(from.at.of->connect(connection_of(from, in, around)), *from.at.which, values, settings,
                     results);
    try {
        from.at.which->run(given);
    } catch (call_failed const& failed) {
        around.out.flush();
        show_error(failed.why(), from, around);
        return code(lacks_key(failed.why(), from.at.of) ? exit_code::not_authenticated
                                                        : exit_code_of(failed.why()));
    }
    around.out.flush();
    return code(exit_code::done);
}

int answer(program const& all, arguments const& from, surroundings const& around) {
    if (from.at.words.size() == 1 && is_set(from, "version")) {
        around.out << all.name << ' ' << all.version << '\n';
        return code(exit_code::done);
    }
    if (is_set(from, "help")) {
        around.out << help(all, from.at, around.columns);
        return code(exit_code::done);
    }
    if (from.at.which == nullptr) {
        around.err << help(all, from.at, around.columns);
        return code(exit_code::usage);
    }
    return call(from, around);
}

}  // namespace

int run(program const& all, std::vector<std::string> const& words, surroundings const& around) {
    std::string name(all.name);
    try {
        auto const from = parse(all, words);
        name = from.at.name();
        return answer(all, from, around);
    } catch (usage_error const& e) {
        around.err << "error: " << e.what() << "\nRun '" << name << " --help' for usage information\n";
        return code(exit_code::usage);
    } catch (std::exception const& e) {
        around.err << "error: " << e.what() << '\n';
        return code(exit_code::failed);
    }
}

int run_main(service const& only, int argc, char const* const* argv) {
    auto const environment = process_environment();
    service const* const services[] = {&only};
    auto const path = std::filesystem::path(argc > 0 ? argv[0] : "").filename().string();
    program const all{.name = path.empty() ? only.name : std::string_view(path),
                      .version = FERRY_VERSION_STRING,
                      .summary = only.title,
                      .services = services,
                      .flat = true};
    surroundings const around{.out = std::cout,
                              .err = std::cerr,
                              .out_is_terminal = is_terminal(1),
                              .err_is_terminal = is_terminal(2),
                              .columns = current_size(1, environment).columns,
                              .colours = wants_colours(is_terminal(1), environment)};
    return run(all, {argv + (argc > 0 ? 1 : 0), argv + argc}, around);
}

}  // namespace ferry::cli
