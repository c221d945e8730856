// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/results.hpp"

#include "command_line/call_progress.hpp"
#include "values/transform.hpp"
#include "values/value_error.hpp"

#include <ostream>
#include <utility>

namespace ferry::cli {

namespace {

format format_of(session const& with, std::string_view flag) {
    auto const name = with.text(flag);
    try {
        return name.empty() ? format::auto_ : parse_format(name);
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

/// An engine without a key refuses every call that needs one, and names the variable.
bool lacks_key(error const& why, service const* of) {
    if (why.kind() != error_kind::invalid_argument || of == nullptr) return false;
    for (auto const name : of->key_variables)
        if (why.message().find(name) != std::string::npos) return true;
    return false;
}

std::string key_variable(service const* of) {
    return of != nullptr && !of->key_variables.empty() ? std::string(of->key_variables.front()) : "the key";
}

/// The program's own command that finds out why a service cannot be reached, if it has one.
std::string doctor_of(program const& all) {
    for (auto const& one : all.commands)
        if (one.name == "doctor") return std::string(all.name) + " doctor";
    return {};
}

void show_body(std::string const& body, session const& with) {
    print_options how;
    how.as = format_of(with, "format-error");
    how.for_terminal = with.around().err_is_terminal;
    try {
        auto const whole = parse_json(body);
        auto const path = with.text("transform-error");
        auto const part = path.empty() ? std::nullopt : transform(whole, path);
        printer(with.around().err, how).print(part ? *part : whole);
    } catch (value_error const&) {
        how.as = format::raw;
        printer(with.around().err, how).print_bytes(body);
    }
}

}  // namespace

result_writer results_of(session const& with, reading how) {
    auto const& around = with.around();
    result_options made;
    made.print.as = format_of(with, "format");
    made.print.raw_output = with.is_set("raw-output");
    made.print.for_terminal = around.out_is_terminal;
    if (around.colours) made.print.colours = bright();
    made.transform = with.text("transform");
    made.max_items = with.integer("max-items");
    made.output = with.text("output");
    made.to_terminal = around.out_is_terminal;
    if (how == reading::paged && made.output != "-") page(with);
    return {around.out, std::move(made)};
}

void page(session const& with) {
    if (!with.is_set("no-pager")) with.around().page();
}

bool wants_documents(session const& with) {
    return with.given().has("format") || with.given().has("transform");
}

call_settings calls_of(session const& with) {
    call_settings made;
    made.timeout = with.timeout();
    made.max_retries = with.max_retries();
    made.stop = with.around().stop;
    made.progress = std::make_shared<call_progress>(with);
    return made;
}

exit_code show_error(error const& why, session const& with) {
    auto const* of = with.given().at.of;
    auto& err = with.around().err;
    if (lacks_key(why, of)) {
        err << "error: no key for " << of->title << ": set " << key_variable(of)
            << ", name a file with --api-key-file, or make a profile\n";
        return exit_code::not_authenticated;
    }
    err << "error: " << why.message() << '\n';
    if (!why.body().empty()) show_body(why.body(), with);
    if (auto const what = advice(why, key_variable(of), doctor_of(with.all())); !what.empty())
        err << what << '\n';
    return exit_code_of(why);
}

error not_there(std::string const& place) {
    error_details details(error_kind::status, "there is no '" + place + "'");
    details.status = 404;
    return error(std::move(details));
}

}  // namespace ferry::cli
