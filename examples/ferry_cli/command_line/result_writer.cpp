// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/result_writer.hpp"

#include "command_line/exit_code.hpp"
#include "values/transform.hpp"
#include "values/value_error.hpp"

#include <filesystem>
#include <limits>
#include <ostream>
#include <system_error>
#include <utility>

namespace ferry::cli {

namespace {

namespace fs = std::filesystem;

/// Gives a file a name that nothing else has. \returns whether nothing had it
bool rename_to_new(fs::path const& from, fs::path const& to) {
    std::error_code why;
    fs::create_hard_link(from, to, why);
    if (why == std::errc::file_exists) return false;
    if (why) {
        // A file system without hard links.
        if (fs::exists(to)) return false;
        fs::rename(from, to);
        return true;
    }
    fs::remove(from);
    return true;
}

json_value number(std::uint64_t value) {
    return json_number{std::to_string(value)};
}

}  // namespace

result_writer::result_writer(std::ostream& to, result_options options)
    : to_(to),
      options_(std::move(options)),
      printer_(to, options_.print),
      left_(options_.max_items && *options_.max_items >= 0 ? *options_.max_items
                                                           : std::numeric_limits<std::int64_t>::max()) {}

void result_writer::print(json_value const& document) {
    if (options_.transform.empty()) return printer_.print(document);
    auto const part = transform(document, options_.transform);
    printer_.print(part ? *part : document);
}

void result_writer::document(std::string_view json) {
    if (json.empty()) return;
    if (options_.transform.empty()) return printer_.print_bytes(json);
    print(parse_json(json));
}

void result_writer::list(std::string_view json) {
    if (options_.print.as == format::raw) return document(json);
    auto const all = parse_json(json);
    auto const* items = all.items();
    if (items == nullptr) throw value_error("the answer is no list");
    for (auto const& item : *items) print(item);
}

void result_writer::text(std::string_view text) {
    to_ << text;
    if (options_.to_terminal && !text.empty() && !text.ends_with('\n')) to_ << '\n';
}

bool result_writer::page(std::string_view json, std::string_view items) {
    if (options_.print.as == format::raw) {
        document(json);
        return false;
    }
    auto const page = parse_json(json);
    auto const* member = page.find(items);
    auto const* list = member != nullptr ? member->items() : nullptr;
    if (list == nullptr) throw value_error("the answer has no list '" + std::string(items) + "'");
    for (auto const& item : *list) {
        if (left_ == 0) return false;
        print(item);
        --left_;
    }
    // Who reads can use what there is, and who has gone needs no further page.
    to_.flush();
    return left_ > 0;
}

std::optional<std::string> result_writer::file_for(std::string const& id) {
    if (options_.output.empty() || options_.output == "-") return std::nullopt;
    bool const directory = options_.output.ends_with('/') || fs::is_directory(options_.output);
    if (!directory) return options_.output;
    directory_ = options_.output;
    id_ = id;
    fs::create_directories(directory_);
    return (fs::path(directory_) / (".ferry-" + fs::path(id).filename().string() + ".part")).string();
}

void result_writer::saved(saved_file file) {
    if (!directory_.empty()) {
        auto const name = file.file_name.empty() ? fs::path(id_).filename().string() : file.file_name;
        auto const path = fs::path(directory_) / name;
        if (!rename_to_new(file.path, path)) {
            fs::remove(file.path);
            throw usage_error(path.string() +
                              " is there already and was left alone: name the file with --output FILE");
        }
        file.path = path.string();
    }
    json_value::map members;
    members.push_back({"path", file.path});
    members.push_back({"size", number(file.size)});
    if (!file.content_type.empty()) members.push_back({"content_type", file.content_type});
    print(json_value(std::move(members)));
}

bool result_writer::to_standard_output(bool by_default) const noexcept {
    if (options_.output.empty()) return by_default && !options_.to_terminal;
    return options_.output == "-";
}

std::string result_writer::refuses_bytes() const {
    return "a file's bytes are not written to a terminal: name a file or directory with --output, or say "
           "--output - "
           "if you mean it";
}

}  // namespace ferry::cli
