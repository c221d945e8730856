// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/look_commands.hpp"

#include "command_line/output_sink.hpp"
#include "command_line/results.hpp"
#include "command_line/session.hpp"
#include "terminal/ask.hpp"
#include "terminal/numbers.hpp"
#include "terminal/table.hpp"
#include "terminal/text_width.hpp"
#include "trees/llamacloud_store.hpp"
#include "trees/open_store.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <utility>

namespace ferry::cli {

namespace {

template <class T>
T checked(result<T> outcome) {
    if (!outcome) throw call_failed(outcome.error());
    if constexpr (!std::is_void_v<T>) return *std::move(outcome);
}

request_options stopping(session& with) {
    request_options made;
    made.stop_token = with.around().stop;
    return made;
}

/// The file that a place names.
remote_entry file_at(session& with, store& at, remote_name const& place) {
    auto const name = place.path.substr(place.path.rfind('/') + 1);
    for (auto& one : checked(at.list(with.around().stop)))
        if (!place.path.empty() && one.name == name) return one;
    throw call_failed(not_there(place.text()));
}

json_value as_json(remote_entry const& one) {
    json_value::map made{{"name", one.name}, {"id", one.id}, {"file_id", one.file_id}};
    if (one.size) made.push_back({"size", json_value(json_number{std::to_string(*one.size)})});
    auto const time = [&](char const* key, std::optional<file_time> const& when) {
        if (when)
            made.push_back({key, json_value(json_number{std::to_string(when->time_since_epoch().count())})});
    };
    time("changed", one.changed);
    time("stored", one.stored);
    if (!one.sha256.empty()) made.push_back({"sha256", one.sha256});
    return json_value(std::move(made));
}

bool agreed(session& with, std::string const& question) {
    auto const& around = with.around();
    return with.is_set("yes") ||
           ask(question, around.in, around.err, around.in_is_terminal && around.err_is_terminal);
}

std::string age_of(remote_entry const& one) {
    auto const when = one.changed ? one.changed : one.stored;
    if (!when) return "?";
    return age_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - *when);
}

std::optional<std::size_t> width_for(session& with) {
    if (!with.around().out_is_terminal) return std::nullopt;
    return current_size(1, with.around().environment).columns;
}

void write_long(session& with, std::vector<remote_entry> const& files) {
    table rows({{"size", alignment::right}, {"age", alignment::right}, {"id"}, {"name"}});
    for (auto const& one : files)
        rows.add({one.size ? size_text(*one.size) : "?", age_of(one), one.id, one.name});
    with.around().out << rows.text(width_for(with));
}

/// Directories before what is in them, two spaces a level.
void write_tree(session& with, std::vector<remote_entry> const& files) {
    std::vector<std::string> open;
    for (auto const& one : files) {
        std::vector<std::string> parts;
        std::string_view rest = one.name;
        for (auto slash = rest.find('/'); slash != rest.npos; slash = rest.find('/')) {
            parts.emplace_back(rest.substr(0, slash));
            rest.remove_prefix(slash + 1);
        }
        std::size_t same = 0;
        while (same < parts.size() && same < open.size() && parts[same] == open[same]) ++same;
        for (auto i = same; i < parts.size(); ++i)
            with.around().out << std::string(2 * i, ' ') << printable(parts[i]) << "/\n";
        with.around().out << std::string(2 * parts.size(), ' ') << printable(rest) << '\n';
        open = std::move(parts);
    }
}

void write_names(session& with, std::vector<remote_entry> const& files) {
    for (auto const& one : files) with.around().out << printable(one.name) << '\n';
}

exit_code list_directories(session& with) {
    auto const all = checked(directories(llamacloud_of(with), scope_of(with), with.around().stop));
    if (wants_documents(with)) {
        auto to = results_of(with);
        for (auto const& [name, id] : all) to.print(json_value(json_value::map{{"name", name}, {"id", id}}));
        return exit_code::done;
    }
    table rows({{"id"}, {"name"}});
    for (auto const& [name, id] : all) rows.add({id, name});
    if (with.is_set("long"))
        with.around().out << rows.text(width_for(with));
    else
        for (auto const& [name, id] : all) with.around().out << printable(name) << "/\n";
    return exit_code::done;
}

}  // namespace

exit_code ls_command(session& with) {
    auto const place = remote_of(with, with.text("place"));
    page(with);
    if (place.service == remote_service::llamacloud && place.directory.empty()) return list_directories(with);
    auto const at = open_store(with, place);
    auto const files = checked(list_existing(*at, place, with.around().stop));
    if (wants_documents(with)) {
        auto to = results_of(with);
        for (auto const& one : files) to.print(as_json(one));
    } else if (with.is_set("tree")) {
        write_tree(with, files);
    } else if (with.is_set("long")) {
        write_long(with, files);
    } else {
        write_names(with, files);
    }
    return exit_code::done;
}

exit_code cat_command(session& with) {
    auto const place = remote_of(with, with.text("place"));
    auto const at = open_store(with, place);
    output_sink sink(with.around().out);
    auto const read = at->read(file_at(with, *at, place), sink, stopping(with));
    sink.rethrow();
    checked(read);
    return exit_code::done;
}

exit_code stat_command(session& with) {
    auto const place = remote_of(with, with.text("place"));
    auto const at = open_store(with, place);
    results_of(with).document(checked(at->describe(file_at(with, *at, place), stopping(with))));
    return exit_code::done;
}

exit_code mv_command(session& with) {
    auto const from = remote_of(with, with.text("from"));
    auto const word = with.text("to");
    auto const to =
        is_remote(word) ? remote_of(with, word) : parse_remote(from.directory + "/" + word, from.service);
    if (to.service != from.service || to.directory != from.directory)
        throw usage_error(
            "mv stays in one directory of one service: pull, push and rm move a file elsewhere");
    if (to.path.empty()) throw usage_error("'" + to.text() + "' is no name for a file");
    auto whole = from;
    whole.path.clear();
    auto const at = open_store(with, whole);
    remote_entry const* moved = nullptr;
    auto const files = checked(at->list(with.around().stop));
    for (auto const& one : files) {
        if (one.name == from.path) moved = &one;
        if (one.name == to.path) throw usage_error("'" + to.text() + "' is there already");
    }
    if (moved == nullptr) throw call_failed(not_there(from.text()));
    checked(at->rename(*moved, to.path, stopping(with)));
    return exit_code::done;
}

exit_code rm_command(session& with) {
    struct doomed {
        store* at;
        remote_entry file;
    };
    std::vector<std::unique_ptr<store>> stores;
    std::vector<doomed> all;
    for (auto const& word : with.texts("place")) {
        auto const place = remote_of(with, word);
        auto* at = stores.emplace_back(open_store(with, place)).get();
        if (with.is_set("recursive"))
            for (auto& one : checked(list_existing(*at, place, with.around().stop)))
                all.push_back({at, std::move(one)});
        else
            all.push_back({at, file_at(with, *at, place)});
    }
    if (!all.empty() && !agreed(with, all.size() == 1 ? "Delete " + all.front().file.name + "?"
                                                      : "Delete " + count_text(all.size()) + " files?")) {
        if (with.around().stop.stop_requested()) return exit_code::interrupted;
        throw usage_error("nothing was deleted");
    }
    std::size_t deleted = 0;
    std::size_t failed = 0;
    error last;
    for (auto& [at, file] : all) {
        auto const gone = at->remove(file, stopping(with));
        if (!gone && gone.error() == error_kind::cancelled) {
            with.around().err << "interrupted: " << count_text(deleted) << " deleted, "
                              << count_text(all.size() - deleted) << " not\n";
            return exit_code::interrupted;
        }
        if (gone) {
            ++deleted;
            continue;
        }
        ++failed;
        last = gone.error();
        with.around().err << "error: " << printable(file.name) << ": " << last.message() << '\n';
    }
    if (failed == 0) return exit_code::done;
    return failed < all.size() ? exit_code::partly : exit_code_of(last);
}

exit_code mkdir_command(session& with) {
    auto const place = remote_of(with, with.text("place"));
    if (place.service == remote_service::langflow)
        throw usage_error("Langflow has no directories: they are part of names");
    if (!place.path.empty())
        throw usage_error("directories of LlamaCloud have none in them: paths are part of names");
    if (place.directory.empty()) throw usage_error("mkdir llamacloud:NAME");
    auto const cloud = llamacloud_of(with);
    // LlamaCloud would make a second one of that name, and then nobody can be sure which is meant.
    for (auto const& [name, id] : checked(directories(cloud, scope_of(with), with.around().stop)))
        if (name == place.directory)
            throw call_failed(
                error(error_kind::invalid_argument, "there is a directory '" + name + "' already: " + id));
    auto const made = scope_of(with)(cloud.directories.create(place.directory))
                          .options(stopping(with))
                          .keep_raw_body()
                          .with_response();
    if (!made) throw call_failed(made.error());
    results_of(with).document(made->raw_body);
    return exit_code::done;
}

}  // namespace ferry::cli
