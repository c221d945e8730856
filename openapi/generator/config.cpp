// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "config.hpp"

#include "document/read_file.hpp"
#include "document/readers.hpp"
#include "document/utf8.hpp"
#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <filesystem>
#include <initializer_list>

namespace ferry::gen {

namespace {

using words = std::vector<std::string>;

words const top_words = {"input",         "namespace",  "output",       "lock",      "models-only",
                         "server-tables", "tests",      "command-line", "include",   "exclude",
                         "client",        "operations", "schemas",      "parameters"};
words const client_words = {"title",       "api-key-env", "base-url-env",
                            "headers-env", "log-query",   "zoneless-times"};
words const operation_words = {"name", "paging", "download", "idempotent", "parameters"};
words const schema_words = {"name", "properties", "values"};

void expect_map(node const& at, std::string const& what) {
    if (!at.is_map()) fail(at, what);
}

void expect_words(node const& at, words const& known) {
    for (auto const& member : at.children)
        if (!contains(known, member->key))
            fail(*member, "\"" + member->key + "\" is not known here; there are " + join(known, ", "));
}

/// Names by what they stand for on the wire.
void expect_names(node const* at) {
    if (at == nullptr) return;
    expect_map(*at, "must be names in C++, by the names in the description");
    for (auto const& one : at->children)
        if (!one->is_text() || one->scalar.empty()) fail(*one, "must be a name, such as created_at");
}

void expect_operation(node const& at) {
    if (at.is_text()) return;
    expect_map(at, "must be a name such as files.list, or an object");
    expect_words(at, operation_words);
    expect_names(at.find("parameters"));
}

void expect_schema(node const& at) {
    if (at.is_text()) return;
    expect_map(at, "must be a name, or an object with name, properties or values");
    expect_words(at, schema_words);
    expect_names(at.find("properties"));
    expect_names(at.find("values"));
}

}  // namespace

config::config(std::string const& path)
    : name_(std::make_shared<std::string>(path)), root_(std::make_shared<node>()) {
    auto const text = read_file(path, input_kind::file_or_pipe);
    check_utf8(text, path);
    root_->file = name_.get();
    root_->line = root_->column = 1;
    read_yaml(text, path, *name_, *root_);
    expect_map(*root_, "must be an object with input, namespace, output, operations, schemas, …");
    expect_words(*root_, top_words);
    if (auto const* client = find("client"); client != nullptr) {
        expect_map(*client,
                   "must be an object with title, api-key-env, base-url-env, headers-env, log-query or "
                   "zoneless-times");
        expect_words(*client, client_words);
    }
    for (auto const* word : {"operations", "schemas", "parameters"}) {
        auto const* section = find(word);
        if (section == nullptr) continue;
        expect_map(*section, "must be an object");
        for (auto const& entry : section->children) {
            if (section->key == "operations") expect_operation(*entry);
            if (section->key == "schemas") expect_schema(*entry);
        }
    }
    expect_names(find("parameters"));
}

std::string config::path_of(std::string_view word) const {
    auto const* given = find(word);
    if (given == nullptr) return {};
    if (!given->is_text() || given->scalar.empty()) fail(*given, "must be a path");
    return (std::filesystem::path(*name_).parent_path() / given->scalar).lexically_normal().string();
}

void config::complete(settings& given) const {
    auto const fill = [](std::string& setting, std::string const& value) {
        if (setting.empty()) setting = value;
    };
    fill(given.input, path_of("input"));
    fill(given.output, path_of("output"));
    fill(given.server_tables, path_of("server-tables"));
    fill(given.tests, path_of("tests"));
    fill(given.command_line, path_of("command-line"));
    if (root_ == nullptr) return;
    fill(given.name_space, root_->text("namespace"));
    auto const* lock = find("lock");
    if (lock != nullptr && lock->scalar == "false")
        given.no_lock = given.no_lock || given.lock.empty();
    else
        fill(given.lock, path_of("lock"));
    given.models_only = given.models_only || root_->flag("models-only");
    auto const patterns = [&](std::vector<std::string>& setting, node const* list) {
        if (list == nullptr || !setting.empty()) return;
        if (!list->is_list()) return setting.push_back(list->scalar);
        for (auto const& one : list->children) setting.push_back(one->scalar);
    };
    patterns(given.wanted.include, find("include"));
    patterns(given.wanted.exclude, find("exclude"));
}

}  // namespace ferry::gen
