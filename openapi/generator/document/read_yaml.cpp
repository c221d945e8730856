// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/diagnostics.hpp"
#include "document/json_text.hpp"
#include "document/readers.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string_view>
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
    tree_builder(std::string_view text, node& root, std::string const& file, warnings* doubles)
        : text_(text), root_(root), file_(file), doubles_(doubles) {
        if (text_.starts_with("\xef\xbb\xbf")) text_.remove_prefix(3);
    }

    void OnDocumentStart(YAML::Mark const& mark) override {
        if (std::exchange(started_, true)) refuse(mark, "a second document begins; a file holds one");
    }
    void OnDocumentEnd() override {}

    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        value(mark, node_kind::null, expects_key() ? null_as_written(mark) : std::string(), anchor);
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
        member_places places = {};
        bool has_key = false;
        std::string key = {};
        std::optional<std::size_t> doubled = {};  ///< where the container has a member of this key
    };

    [[noreturn]] void refuse(YAML::Mark const& mark, std::string const& text) const {
        auto const pointer = open_.empty() ? std::string() : open_.back().container->pointer();
        throw failure(position(mark) + (pointer.empty() ? "" : ": " + pointer) + ": " + text);
    }

    std::string position(YAML::Mark const& mark) const {
        return file_ + ":" + std::to_string(mark.line + 1) + ":" + std::to_string(mark.column + 1);
    }

    bool expects_key() const {
        return !open_.empty() && open_.back().container->is_map() && !open_.back().has_key;
    }

    /// As a key null is a text: `null`, `~` or nothing. Anchors and tags stand before it.
    std::string null_as_written(YAML::Mark const& mark) const {
        auto rest = text_.substr((std::min)(static_cast<std::size_t>(mark.pos), text_.size()));
        while (rest.starts_with('&') || rest.starts_with('!')) {
            rest.remove_prefix((std::min)(rest.find_first_of(" \t\r\n"), rest.size()));
            rest.remove_prefix((std::min)(rest.find_first_not_of(" \t\r\n"), rest.size()));
        }
        for (std::string_view const spelling : {"null", "Null", "NULL", "~"})
            if (rest.starts_with(spelling)) return std::string(spelling);
        return {};
    }

    /// The node that a value goes to; null where the value is a key of a map.
    node* place(YAML::Mark const& mark, node_kind kind) {
        node* made = &root_;
        if (expects_key()) {
            if (kind == node_kind::list || kind == node_kind::map) refuse(mark, "a key must be a text");
            open_.back().has_key = true;
            return nullptr;
        }
        if (!open_.empty()) {
            auto& top = open_.back();
            made = top.doubled ? &top.container->replace(*std::exchange(top.doubled, std::nullopt), replaced_)
                               : &top.container->add(std::exchange(top.key, {}));
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
            top.doubled = top.places.find(*top.container, text);
            if (top.doubled) note_double(*top.container, text, position(mark), doubles_);
            if (anchor != 0) {
                auto& kept = anchored_keys_.emplace_back();
                kept.kind = kind;
                if (kind != node_kind::null) kept.scalar = text;
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
    void merge(node& into) {
        auto const found = std::find_if(into.children.begin(), into.children.end(),
                                        [](auto const& child) { return child->key == "<<"; });
        if (found == into.children.end() || (!(*found)->is_map() && !(*found)->is_list())) return;
        // What is merged may have an anchor of its own.
        node& merged = *replaced_.emplace_back(std::move(*found));
        into.children.erase(found);
        std::set<std::string, std::less<>> known;
        for (auto const& own : into.children) known.insert(own->key);
        auto const add = [&](node& from) {
            for (auto& child : from.children) {
                if (!known.insert(child->key).second) continue;
                auto kept = copy_of(*child);
                kept->key = child->key;
                into.children.push_back(std::exchange(child, std::move(kept)));
            }
        };
        if (merged.is_map()) add(merged);
        if (merged.is_list())
            for (auto& one : merged.children) add(*one);
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

    std::string_view text_;
    node& root_;
    std::string const& file_;
    warnings* doubles_;
    std::vector<level> open_;
    std::unordered_map<YAML::anchor_t, node*> anchors_;
    std::deque<node> anchored_keys_;  ///< a key is no node of the tree, but an alias may stand for its text
    std::vector<std::unique_ptr<node>> replaced_;  ///< an alias may stand for what no longer counts
    std::size_t copies_ = 0;
    std::size_t copied_text_ = 0;
    bool started_ = false;
};

}  // namespace

void read_yaml(std::string const& text, std::string const& path, std::string const& file, node& root,
               warnings* doubles) {
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        tree_builder builder(text, root, file, doubles);
        while (parser.HandleNextDocument(builder)) continue;
    } catch (YAML::Exception const& e) {
        // Some errors have no place of their own.
        throw failure(path + ":" + std::to_string(std::max(e.mark.line, 0) + 1) + ":" +
                      std::to_string(std::max(e.mark.column, 0) + 1) +
                      ": the file is not valid YAML or JSON: " + e.msg);
    }
}

}  // namespace ferry::gen
