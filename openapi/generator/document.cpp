// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document.hpp"

#include "diagnostics.hpp"
#include "readers.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace ferry::gen {

namespace {

constexpr std::size_t large_map = 12;

std::string unescape(std::string_view token) {
    std::string text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] == '%' && i + 2 < token.size()) {
            text += static_cast<char>(std::stoi(std::string(token.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            text += token[i];
        }
    }
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '~' && i + 1 < text.size()) {
            plain += text[++i] == '1' ? '/' : '~';
        } else {
            plain += text[i];
        }
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
    auto& child = children.emplace_back(std::make_unique<node>());
    child->parent = this;
    child->key = std::move(name);
    child->index = children.size() - 1;
    return *child;
}

std::string node::pointer() const {
    if (parent == nullptr) return {};
    std::string token;
    if (parent->is_map()) {
        for (char const c : key) token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    } else {
        token = std::to_string(index);
    }
    return parent->pointer() + "/" + token;
}

std::string node::place() const {
    return *file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + pointer();
}

document document::load(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw failure(path + ": cannot be read; is the name right?");
    document made;
    made.path_ = std::make_unique<std::string>(path);
    made.name_ = std::make_unique<std::string>(std::filesystem::path(path).filename().string());
    made.root_ = std::make_unique<node>();
    made.root_->file = made.path_.get();
    std::string const text(std::istreambuf_iterator<char>(file), {});
    auto const start = text.find_first_not_of(" \t\r\n");
    if (start != text.npos && text[start] == '{' && path.ends_with(".json"))
        read_json(text, path, *made.path_, *made.root_);
    else
        read_yaml(text, path, *made.path_, *made.root_);
    if (!made.root_->is_map())
        throw failure(path + ":1:1: : an OpenAPI description is an object, with `openapi` in it");
    return made;
}

node const* document::target(node const& reference) const {
    std::string why;
    node const* found = find_target(reference, why);
    if (!why.empty()) fail(reference, why);
    return found;
}

node const* document::find_target(node const& reference, std::string& why) const {
    if (!reference.is_text()) fail(reference, "$ref must be a text such as #/components/schemas/Name");
    auto const& text = reference.scalar;
    if (text.empty() || text[0] != '#') return nullptr;
    node const* at = root_.get();
    std::string_view rest = std::string_view(text).substr(1);
    // Frameworks paste schemas with definitions of their own; "#/$defs/…" then means those of the nearest
    // schema.
    if (text.starts_with("#/$defs/") && at->find("$defs") == nullptr) {
        for (node const* around = reference.parent; around != nullptr && at == root_.get();
             around = around->parent)
            if (around->find("$defs") != nullptr) at = around;
    }
    while (!rest.empty()) {
        if (rest[0] != '/')
            fail(reference, "$ref \"" + text + "\" is no JSON pointer; it must begin with #/");
        rest.remove_prefix(1);
        auto const end = std::min(rest.find('/'), rest.size());
        auto const token = unescape(rest.substr(0, end));
        rest.remove_prefix(end);
        node const* next = at->find(token);
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

node const& document::follow(node const& from) const {
    node const* at = &from;
    std::set<node const*> seen;
    std::string why;
    while (node const* reference = at->find("$ref")) {
        if (!seen.insert(at).second) fail(from, "$ref leads in a circle; one of its steps must be a value");
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
        if (!seen.insert(at).second) fail(from, "$ref leads in a circle; one of its steps must be a value");
        node const* next = target(*reference);
        if (next == nullptr)
            fail(*reference, "$ref \"" + reference->scalar + "\" to another file is not supported here");
        at = next;
    }
    return *at;
}

}  // namespace ferry::gen
