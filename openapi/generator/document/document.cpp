// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/document.hpp"

#include "document/keys.hpp"
#include "document/read_file.hpp"
#include "document/readers.hpp"
#include "document/survey.hpp"
#include "document/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace ferry::gen {

namespace {

constexpr std::size_t large_map = 12;

}  // namespace

node const* node::find(std::string_view name) const {
    if (!is_map()) return nullptr;
    if (children.size() <= large_map) {
        for (auto const& child : children)
            if (child->key == name) return child.get();
        return nullptr;
    }
    if (members_.empty())
        for (auto const& child : children) members_.emplace(child->key, child.get());
    auto const found = members_.find(name);
    return found == members_.end() ? nullptr : found->second;
}

bool node::flag(std::string_view name) const {
    auto const* member = find(name);
    return member != nullptr && member->kind == node_kind::boolean && member->scalar == "true";
}

std::string node::text(std::string_view name) const {
    auto const* member = find(name);
    return member != nullptr ? member->scalar : std::string();
}

node& node::add(std::string name) {
    members_.clear();
    auto& child = children.emplace_back(std::make_unique<node>());
    child->parent = this;
    child->key = std::move(name);
    child->index = children.size() - 1;
    return *child;
}

void node::put(std::string name, std::unique_ptr<node> value) {
    value->parent = this;
    value->key = std::move(name);
    value->index = children.size();
    children.push_back(std::move(value));
    members_.clear();
}

void node::rename(node& child, std::string name) {
    members_.clear();
    child.key = std::move(name);
}

std::vector<std::unique_ptr<node>> node::take_children() {
    members_.clear();
    return std::exchange(children, {});
}

node& node::replace(std::size_t at, std::vector<std::unique_ptr<node>>& replaced) {
    members_.clear();
    auto made = std::make_unique<node>();
    made->parent = this;
    made->key = children[at]->key;
    made->index = at;
    replaced.push_back(std::exchange(children[at], std::move(made)));
    return *children[at];
}

std::string node::pointer() const {
    if (parent == nullptr) return {};
    return parent->pointer() + "/" + (parent->is_map() ? pointer_token(key) : std::to_string(index));
}

std::string node::place() const {
    auto const at = *file + ":" + std::to_string(line) + ":" + std::to_string(column);
    return parent == nullptr ? at : at + ": " + pointer();
}

namespace {

/// The value of four hexadecimal digits; nothing where there are other characters.
std::optional<std::uint32_t> escaped_unit(std::string_view text) {
    if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
    std::uint32_t value = 0;
    auto const end = text.data() + 6;
    auto const read = std::from_chars(text.data() + 2, end, value, 16);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

/// JSON's `\ud83d\ude00` is YAML's `\U0001F600`; the library that reads YAML knows the latter only.
std::string join_surrogates(std::string const& text) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        auto const rest = std::string_view(text).substr(at);
        auto const high = escaped_unit(rest);
        auto const low = high ? escaped_unit(rest.substr(6)) : std::nullopt;
        if (low && *high >= 0xd800 && *high < 0xdc00 && *low >= 0xdc00 && *low < 0xe000) {
            char digits[11];
            std::snprintf(digits, sizeof digits, "\\U%08X",
                          static_cast<unsigned>(0x10000 + ((*high - 0xd800) << 10) + (*low - 0xdc00)));
            made += digits;
            at += 12;
        } else {
            // An escaped backslash escapes nothing.
            auto const count = rest.starts_with("\\\\") ? std::size_t{2} : std::size_t{1};
            made += rest.substr(0, count);
            at += count;
        }
    }
    return made;
}

}  // namespace

std::unique_ptr<document::file> document::read(std::string const& text, std::string const& path) {
    check_utf8(text, path);
    auto const read_as = [&](auto const& read_text, std::string const& from) {
        auto made = std::make_unique<file>();
        made->path = path;
        made->names_resources = text.find("$id") != text.npos || text.find("$self") != text.npos;
        made->root.file = &made->path;
        read_text(from, path, made->path, made->root, &made->notes);
        return made;
    };
    auto const start = text.find_first_not_of(" \t\r\n");
    if (start != text.npos && text[start] == '{') {
        try {
            return read_as(read_json, text);
        } catch (failure const&) {
            // In a file of any other name it may be YAML in braces.
            if (path.ends_with(".json")) throw;
        }
    }
    try {
        return read_as(read_yaml, text);
    } catch (failure const&) {
        auto const joined = join_surrogates(text);
        if (joined == text) throw;
        return read_as(read_yaml, joined);
    }
}

document document::load(std::string const& path) {
    return start(read(read_file(path, input_kind::file_or_pipe), path));
}

document document::parse(std::string const& text, std::string const& path) {
    return start(read(text, path));
}

document document::start(std::unique_ptr<file> main) {
    auto const path = std::filesystem::path(main->path);
    if (!main->root.is_map())
        throw failure(main->path + ":1:1: an OpenAPI description is an object, with `openapi` in it");
    document made;
    made.name_ = std::make_unique<std::string>(path.filename().string());
    made.root_ = &main->root;
    made.enter(main->root, main->names_resources);
    // A pipe of the shell has no place.
    std::error_code none;
    auto const place = std::filesystem::weakly_canonical(path, none);
    auto& kept = made.files_[(none ? path : place).string()] = std::move(main);
    survey(made, kept->root, kept->notes);
    return made;
}

std::vector<std::string> document::files() const {
    std::vector<std::string> made;
    for (auto const& [path, content] : files_)
        if (content != nullptr) made.push_back(path);
    return made;
}

warnings document::notes() const {
    warnings made;
    for (auto const& [path, content] : files_)
        if (content != nullptr) made.add(content->notes);
    return made;
}

}  // namespace ferry::gen
