// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/diagnostics.hpp"
#include "document/readers.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <deque>
#include <set>
#include <sstream>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ferry::gen {

namespace {

/// As in YAML's core schema, without its octal and hexadecimal forms: a date (2026-01-01) and a version
/// (1.2.3) are texts.
bool is_number(std::string_view text) {
    std::size_t at = 0;
    auto const peek = [&] { return at < text.size() ? text[at] : '\0'; };
    auto const digits = [&] {
        auto const start = at;
        while (peek() >= '0' && peek() <= '9') ++at;
        return at > start;
    };
    auto const sign = [&] {
        if (peek() == '-' || peek() == '+') ++at;
    };
    sign();
    bool const whole = digits();
    if (peek() == '.') {
        ++at;
        if (!digits() && !whole) return false;
    } else if (!whole) {
        return false;
    }
    if (peek() == 'e' || peek() == 'E') {
        ++at;
        sign();
        if (!digits()) return false;
    }
    return at == text.size();
}

/// Builds the tree from the events of yaml-cpp's parser, which keep line and column.
class tree_builder : public YAML::EventHandler {
public:
    tree_builder(node& root, std::string const& file) : root_(root), file_(file) {}

    void OnDocumentStart(YAML::Mark const& mark) override {
        if (std::exchange(started_, true)) refuse(mark, "a second document begins; a file holds one");
    }
    void OnDocumentEnd() override {}

    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        value(mark, node_kind::null, {}, anchor);
    }

    void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        node* made = place(mark, node_kind::null);
        if (made == nullptr) refuse(mark, "a key must be a text, not an alias");
        node const& from = *anchors_.at(anchor);
        for (auto const& around : open_)
            if (around.container == &from) refuse(mark, "the alias stands for a value that it is part of");
        copy(from, *made, mark, open_.size());
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
    void OnMapEnd() override {
        merge(*open_.back().container);
        open_.pop_back();
    }

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
            if (anchor != 0) {
                auto& kept = anchored_keys_.emplace_back();
                kept.kind = kind;
                kept.scalar = text;
                anchors_[anchor] = &kept;
            }
            top.key = std::move(text);
            return;
        }
        made->scalar = std::move(text);
        if (anchor != 0) anchors_[anchor] = made;
    }

    void open(YAML::Mark const& mark, node_kind kind, YAML::anchor_t anchor) {
        if (open_.size() >= max_nesting)
            refuse(mark, "nested deeper than " + std::to_string(max_nesting) + " levels");
        node* made = place(mark, kind);
        if (anchor != 0) anchors_[anchor] = made;
        open_.push_back({made});
    }

    /// `<<: *other` adds the members that are not there yet.
    static void merge(node& into) {
        auto const found = std::find_if(into.children.begin(), into.children.end(),
                                        [](auto const& child) { return child->key == "<<"; });
        if (found == into.children.end() || (!(*found)->is_map() && !(*found)->is_list())) return;
        auto const merged = std::move(*found);
        into.children.erase(found);
        std::set<std::string, std::less<>> known;
        for (auto const& own : into.children) known.insert(own->key);
        auto const add = [&](node& from) {
            for (auto& child : from.children)
                if (known.insert(child->key).second) into.children.push_back(std::move(child));
        };
        if (merged->is_map()) add(*merged);
        if (merged->is_list())
            for (auto& one : merged->children) add(*one);
        for (std::size_t i = 0; i < into.children.size(); ++i) {
            into.children[i]->parent = &into;
            into.children[i]->index = i;
        }
    }

    void copy(node const& from, node& to, YAML::Mark const& mark, std::size_t depth) {
        constexpr std::size_t most_copies = 1'000'000;
        constexpr std::size_t most_text = 64u << 20;
        if (++copies_ > most_copies) refuse(mark, "aliases stand for more than a million values");
        copied_text_ += from.scalar.size() + from.key.size();
        if (copied_text_ > most_text) refuse(mark, "aliases stand for more than 64 MiB of text");
        if (depth > max_nesting)
            refuse(mark, "nested deeper than " + std::to_string(max_nesting) + " levels, by aliases");
        to.kind = from.kind;
        to.scalar = from.scalar;
        for (auto const& child : from.children) {
            node& made = to.add(child->key);
            made.line = to.line;
            made.column = to.column;
            made.file = to.file;
            copy(*child, made, mark, depth + 1);
        }
    }

    node& root_;
    std::string const& file_;
    std::vector<level> open_;
    std::unordered_map<YAML::anchor_t, node*> anchors_;
    std::deque<node> anchored_keys_;  ///< a key is no node of the tree, but an alias may stand for its text
    std::size_t copies_ = 0;
    std::size_t copied_text_ = 0;
    bool started_ = false;
};

}  // namespace

void read_yaml(std::string const& text, std::string const& path, std::string const& file, node& root) {
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        tree_builder builder(root, file);
        while (parser.HandleNextDocument(builder)) continue;
    } catch (YAML::Exception const& e) {
        // Some errors have no place of their own.
        throw failure(path + ":" + std::to_string(std::max(e.mark.line, 0) + 1) + ":" +
                      std::to_string(std::max(e.mark.column, 0) + 1) +
                      ": the file is not valid YAML or JSON: " + e.msg);
    }
}

}  // namespace ferry::gen
