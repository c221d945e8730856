// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document.hpp"

#include "diagnostics.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace ferry::gen {

namespace {

constexpr std::size_t max_depth = 400;
constexpr std::size_t large_map = 12;

bool is_number(std::string_view text) {
    if (text.empty()) return false;
    std::size_t at = text[0] == '-' || text[0] == '+' ? 1 : 0;
    bool digits = false;
    for (; at < text.size(); ++at) {
        char const c = text[at];
        if (c >= '0' && c <= '9') {
            digits = true;
        } else if (c == '.' || c == '+' || c == '-') {
            continue;
        } else if (digits && (c == 'e' || c == 'E')) {
            continue;
        } else {
            return false;
        }
    }
    // A date (2026-01-01) and a version (1.2.3) are texts.
    auto const body = text.substr(1);
    return digits && std::count(text.begin(), text.end(), '.') <= 1 &&
           std::count(body.begin(), body.end(), '-') <= (text.find_first_of("eE") != text.npos ? 1 : 0);
}

/// Builds the tree from the events of yaml-cpp's parser, which keep line and column.
class tree_builder : public YAML::EventHandler {
public:
    tree_builder(node& root, std::string const& file) : root_(root), file_(file) {}

    void OnDocumentStart(YAML::Mark const&) override {}
    void OnDocumentEnd() override {}

    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        value(mark, node_kind::null, {}, anchor);
    }

    void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        node* made = place(mark, node_kind::null);
        if (made == nullptr) return;
        copy(*anchors_.at(anchor), *made);
    }

    void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  std::string const& text) override {
        auto kind = node_kind::text;
        if (tag == "?") {
            if (text == "true" || text == "false") kind = node_kind::boolean;
            if (is_number(text)) kind = node_kind::number;
        }
        value(mark, kind, text, anchor);
    }

    void OnSequenceStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, node_kind::list, anchor);
    }
    void OnSequenceEnd() override { open_.pop_back(); }

    void OnMapStart(YAML::Mark const& mark, std::string const&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, node_kind::map, anchor);
    }
    void OnMapEnd() override { open_.pop_back(); }

private:
    struct level {
        node* container;
        std::set<std::string, std::less<>> keys = {};
        bool has_key = false;
        std::string key = {};
    };

    [[noreturn]] void refuse(YAML::Mark const& mark, std::string const& text) const {
        throw failure(file_ + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1) +
                      ": " + (open_.empty() ? "" : open_.back().container->pointer()) + ": " + text);
    }

    /// The node that a value goes to; null where the value is a key of a map.
    node* place(YAML::Mark const& mark, node_kind kind) {
        node* made = &root_;
        if (!open_.empty()) {
            auto& top = open_.back();
            if (top.container->is_map() && !top.has_key) {
                if (kind == node_kind::list || kind == node_kind::map) refuse(mark, "a key must be a text");
                top.has_key = true;
                return nullptr;
            }
            made = &top.container->add(top.container->is_map() ? std::move(top.key) : std::string());
            top.has_key = false;
        }
        made->kind = kind;
        made->line = mark.line + 1;
        made->column = mark.column + 1;
        made->file = &file_;
        return made;
    }

    void value(YAML::Mark const& mark, node_kind kind, std::string text, YAML::anchor_t anchor) {
        node* made = place(mark, kind);
        if (made == nullptr) {
            auto& top = open_.back();
            if (!top.keys.insert(text).second)
                refuse(mark, "the key \"" + text + "\" occurs twice; remove one of them");
            top.key = std::move(text);
            return;
        }
        made->scalar = std::move(text);
        if (anchor != 0) anchors_[anchor] = made;
    }

    void open(YAML::Mark const& mark, node_kind kind, YAML::anchor_t anchor) {
        if (open_.size() >= max_depth)
            refuse(mark, "nested deeper than " + std::to_string(max_depth) + " levels");
        node* made = place(mark, kind);
        if (anchor != 0) anchors_[anchor] = made;
        open_.push_back({made});
    }

    void copy(node const& from, node& to) const {
        to.kind = from.kind;
        to.scalar = from.scalar;
        for (auto const& child : from.children) {
            node& made = to.add(child->key);
            made.line = to.line;
            made.column = to.column;
            made.file = to.file;
            copy(*child, made);
        }
    }

    node& root_;
    std::string const& file_;
    std::vector<level> open_;
    std::unordered_map<YAML::anchor_t, node*> anchors_;
};

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
    try {
        YAML::Parser parser(file);
        tree_builder builder(*made.root_, *made.path_);
        parser.HandleNextDocument(builder);
    } catch (YAML::Exception const& e) {
        throw failure(path + ":" + std::to_string(e.mark.line + 1) + ":" + std::to_string(e.mark.column + 1) +
                      ": the file is not valid YAML or JSON: " + e.msg);
    }
    if (!made.root_->is_map())
        throw failure(path + ":1:1: : an OpenAPI description is an object, with `openapi` in it");
    return made;
}

node const* document::target(node const& reference) const {
    auto const& text = reference.scalar;
    if (!reference.is_text()) fail(reference, "$ref must be a text such as #/components/schemas/Name");
    if (text.empty() || text[0] != '#') return nullptr;
    node const* at = root_.get();
    std::string_view rest = std::string_view(text).substr(1);
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
            fail(reference, "$ref \"" + text + "\" leads nowhere: there is no \"" + token + "\" in " +
                                (at->parent == nullptr ? "the document" : at->pointer()) +
                                "; correct the name or add it");
        }
        at = next;
    }
    return at;
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
