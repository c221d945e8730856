// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/diagnostics.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// \file
/// A description as a tree of values that know where they were written. What follows (the typed model, the
/// names, the output) sees only this tree, so a reader for another notation replaces one function.

namespace ferry::gen {

enum class node_kind { null, boolean, number, text, list, map };

/// A value of the document. Owned by its parent; addresses are stable once the document is read.
class node {
public:
    node_kind kind = node_kind::null;
    std::string scalar;  ///< of a boolean, number or text, as written
    int line = 0;        ///< counted from 1
    int column = 0;      ///< counted from 1
    std::string const* file = nullptr;

    node const* parent = nullptr;
    std::string key;        ///< under which the parent, a map, holds it
    std::size_t index = 0;  ///< at which the parent holds it
    std::vector<std::unique_ptr<node>> children;

    bool is_map() const noexcept { return kind == node_kind::map; }
    bool is_list() const noexcept { return kind == node_kind::list; }
    bool is_text() const noexcept { return kind == node_kind::text; }
    bool is_null() const noexcept { return kind == node_kind::null; }

    /// The member of a map, or null.
    node const* find(std::string_view name) const;
    /// Whether the member exists and is `true`.
    bool flag(std::string_view name) const;
    /// The text of a scalar member, or nothing.
    std::string text(std::string_view name) const;
    /// Appends a child, to a map under `name`.
    node& add(std::string name = {});
    /// Appends a value that was made elsewhere, to a map under `name`.
    void put(std::string name, std::unique_ptr<node> value);

    void rename(node& child, std::string name);
    /// Its children, which it has no more.
    std::vector<std::unique_ptr<node>> take_children();
    /// A new value for the member at `at`. The one that was there stays with `replaced`.
    node& replace(std::size_t at, std::vector<std::unique_ptr<node>>& replaced);

    /// The place as a JSON pointer (RFC 6901).
    std::string pointer() const;
    /// `file:line:column: /json/pointer`, without the pointer for the whole document.
    std::string place() const;

private:
    mutable std::unordered_map<std::string_view, node const*>
        members_;  // built for large maps when first asked
};

/// References that lead to one another, and schemas that are merged into one; beyond, a schema is given up.
inline constexpr std::size_t max_references = 200;

/// A description: its file, and those that its references lead to, each read as a whole when first needed.
class document {
public:
    /// Reads YAML 1.2 or JSON. \throws failure with the place of a syntax error
    static document load(std::string const& path);
    /// The same for a text at hand; `path` is what messages call it and where its references start from.
    static document parse(std::string const& text, std::string const& path);

    node const& root() const noexcept { return *root_; }
    /// The file's name without directories.
    std::string const& name() const noexcept { return *name_; }

    /// The absolute paths of all files that were read so far.
    std::vector<std::string> files() const;
    /// What reading these files had to leave out.
    warnings notes() const;

    /// What `{$ref: …}` stands for, through chains of references; a node without `$ref` is itself.
    /// \throws failure where the target is missing or a chain is a circle
    node const& resolve(node const& from) const;
    /// The target of one reference. \throws failure where it is missing
    node const& target(node const& reference) const;
    /// Like target(), but null where it is missing, and `why` says what is.
    node const* find_target(node const& reference, std::string& why) const {
        return find_target(reference, why, 0);
    }
    /// The schemas with this `$dynamicAnchor`, in the files at hand.
    std::vector<node const*> dynamic_anchors(std::string const& name) const;
    /// Like resolve(), for schemas: ends at a reference that leads nowhere.
    node const& follow(node const& from) const;

private:
    struct file {
        std::string path;  ///< as messages show it
        node root;
        bool names_resources = false;  ///< perhaps: `$id` or `$self` is somewhere in its text
        warnings notes = {};
    };
    struct anchor {
        node const* at;
        node const* resource;
        bool dynamic;
    };
    using anchors_by_name = std::unordered_map<std::string, std::vector<anchor>>;
    static std::unique_ptr<file> read(std::string const& text, std::string const& path);
    static document start(std::unique_ptr<file> main);
    void enter(node const& root, bool names_resources) const;
    node const* find_target(node const& reference, std::string& why, int depth) const;
    node const* walk(node const& from, node const& reference, std::string& why, int depth) const;
    node const* find_resource(node const& reference, std::string_view where, std::string& why) const;
    node const* find_file(std::string const& path, node const& reference, std::string& why) const;
    node const* find_anchor(node const& resource, node const& reference, std::string& why) const;
    anchors_by_name const& anchors_of(node const& root) const;

    std::unique_ptr<std::string> name_;
    node* root_ = nullptr;
    /// By canonical path; null where a file cannot be read, which `unreadable_` explains.
    mutable std::map<std::string, std::unique_ptr<file>> files_;
    mutable std::map<std::string, std::string> unreadable_;
    /// What `$id` and `$self` call by a name of its own, in the files at hand.
    mutable std::unordered_map<std::string, node const*> resources_;
    /// By the root of their file; made when first asked.
    mutable std::unordered_map<node const*, anchors_by_name> anchors_;
};

}  // namespace ferry::gen
