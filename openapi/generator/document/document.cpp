// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/document.hpp"

#include "document/diagnostics.hpp"
#include "document/keys.hpp"
#include "document/read_file.hpp"
#include "document/readers.hpp"
#include "document/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>

namespace ferry::gen {

namespace {

constexpr std::size_t large_map = 12;
/// Of references within the way of one reference.
constexpr int most_references = 16;

std::string unescape(std::string_view token) {
    auto const text = percent_decoded(token);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escape = text[i] == '~' && i + 1 < text.size();
        plain += !escape ? text[i] : text[++i] == '1' ? '/' : '~';
    }
    return plain;
}

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

std::string node::pointer() const {
    if (parent == nullptr) return {};
    return parent->pointer() + "/" + (parent->is_map() ? pointer_token(key) : std::to_string(index));
}

std::string node::place() const {
    return *file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + pointer();
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
        made->root.file = &made->path;
        read_text(from, path, made->path, made->root);
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
        throw failure(main->path + ":1:1: : an OpenAPI description is an object, with `openapi` in it");
    document made;
    made.name_ = std::make_unique<std::string>(path.filename().string());
    made.root_ = &main->root;
    // A pipe of the shell has no place.
    std::error_code none;
    auto const place = std::filesystem::weakly_canonical(path, none);
    made.files_[(none ? path : place).string()] = std::move(main);
    return made;
}

node const& document::target(node const& reference) const {
    std::string why;
    node const* found = find_target(reference, why);
    if (found == nullptr) fail(reference, why);
    return *found;
}

/// The root of the file that a reference names, relative to the file that the reference stands in.
std::vector<std::string> document::files() const {
    std::vector<std::string> made;
    for (auto const& [path, content] : files_)
        if (content != nullptr) made.push_back(path);
    return made;
}

node const* document::find_file(node const& reference, std::string_view where, std::string& why) const {
    if (where.find("://") != where.npos) {
        why = "$ref \"" + reference.scalar +
              "\" is on the network, which is not asked; save the file beside this one";
        return nullptr;
    }
    auto const path = std::filesystem::path(*reference.file).parent_path() / unescape(where);
    std::error_code unusable;
    auto const key = std::filesystem::weakly_canonical(path, unusable).string();
    if (unusable) {
        why = "$ref \"" + reference.scalar + "\" leads to a file that cannot be used: " + unusable.message();
        return nullptr;
    }
    if (!files_.contains(key)) {
        auto& slot = files_[key];
        try {
            auto const name = path.lexically_normal().string();
            slot = read(read_file(name), name);
        } catch (failure const& e) {
            unreadable_[key] = e.what();
        }
    }
    if (auto const& known = files_.at(key); known != nullptr) return &known->root;
    why = "$ref \"" + reference.scalar + "\" leads to a file that cannot be used: " + unreadable_[key];
    return nullptr;
}

node const* document::find_target(node const& reference, std::string& why, int depth) const {
    if (!reference.is_text()) {
        why = "$ref must be a text such as #/components/schemas/Name";
        return nullptr;
    }
    auto const& text = reference.scalar;
    auto const hash = std::min(text.find('#'), text.size());
    node const* root = &reference;
    while (root->parent != nullptr) root = root->parent;
    if (hash > 0) root = find_file(reference, std::string_view(text).substr(0, hash), why);
    if (root == nullptr) return nullptr;

    node const* at = root;
    std::string_view rest = std::string_view(text).substr(std::min(hash + 1, text.size()));
    // Frameworks paste schemas with definitions of their own; "#/$defs/…" then means those of the nearest
    // schema.
    if (text.starts_with("#/$defs/") && at->find("$defs") == nullptr) {
        for (node const* around = reference.parent; around != nullptr && at == root; around = around->parent)
            if (around->find("$defs") != nullptr) at = around;
    }
    while (!rest.empty()) {
        if (rest[0] != '/') {
            why = "$ref \"" + text + "\" is no JSON pointer; it must begin with #/";
            return nullptr;
        }
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        auto const token = unescape(rest.substr(0, end));
        rest.remove_prefix(end);
        node const* next = at->find(token);
        // Where a whole map is a reference, its members are behind it.
        if (auto const* inner = at->find("$ref");
            next == nullptr && inner != nullptr && depth < most_references)
            if (auto const* behind = find_target(*inner, why, depth + 1); behind != nullptr)
                next = behind->find(token);
        if (next == nullptr && at->is_list()) {
            for (auto const& child : at->children)
                if (std::to_string(child->index) == token) next = child.get();
        }
        if (next == nullptr) {
            why = "$ref \"" + text + "\" leads nowhere: there is no \"" + token + "\" in " +
                  (at->parent == nullptr ? "the document" : at->pointer()) + "; correct the name or add it";
            return nullptr;
        }
        at = next;
    }
    return at;
}

namespace {

void check_step(node const& from, node const* at, std::set<node const*>& seen) {
    if (!seen.insert(at).second) fail(from, "$ref leads in a circle; one of its steps must be a value");
    if (seen.size() > max_references)
        fail(from, "$ref leads over more than " + std::to_string(max_references) + " others");
}

}  // namespace

node const& document::follow(node const& from) const {
    node const* at = &from;
    std::set<node const*> seen;
    std::string why;
    while (node const* reference = at->find("$ref")) {
        check_step(from, at, seen);
        node const* next = find_target(*reference, why);
        if (next == nullptr) break;
        at = next;
    }
    return *at;
}

node const& document::resolve(node const& from) const {
    node const* at = &from;
    std::set<node const*> seen;
    while (node const* reference = at->find("$ref")) {
        check_step(from, at, seen);
        at = &target(*reference);
    }
    return *at;
}

}  // namespace ferry::gen
