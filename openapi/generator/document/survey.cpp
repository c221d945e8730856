// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "document/survey.hpp"

#include "document/json_text.hpp"
#include "document/keys.hpp"
#include "document/vocabulary.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace ferry::gen {

namespace {

constexpr std::string_view of_ours = "x-ferry-";

std::string in_quotes(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

bool is_ours(object_kind kind) {
    return kind >= object_kind::ferry_client;
}

/// `404`, `4XX` or `default`
bool is_status(std::string_view name) {
    if (name == "default") return true;
    auto const is = [&](std::size_t at, std::string_view allowed) {
        return allowed.find(name[at]) != allowed.npos;
    };
    return name.size() == 3 && is(0, "12345") &&
           ((is(1, "0123456789") && is(2, "0123456789")) || (is(1, "xX") && is(2, "xX")));
}

/// A text as a part of a reference.
std::string escaped(std::string_view text) {
    std::string made;
    for (char const c : text) made += c == '%' || c == '#' ? percent_encoded(c) : std::string(1, c);
    return made;
}

/// Where a value stands, as a reference that is written in `from`.
std::string reference_to(node const& at, node const& from) {
    bool const same = at.file == from.file;
    return (same ? "" : escaped(std::filesystem::absolute(*at.file).string())) + "#" + escaped(at.pointer());
}

class surveyor {
public:
    surveyor(document const& of, warnings& notes) : document_(of), notes_(notes) {}

    void run(node& root) {
        file_ = root.file;
        look(root, object_kind::document);
        while (!todo_.empty()) {
            auto const [at, kind] = todo_.back();
            todo_.pop_back();
            look(*at, kind);
        }
        for (auto const* reference : dynamic_) judge_dynamic(*reference);
    }

private:
    void look(node& at, object_kind kind) {
        if (at.is_list())
            for (auto const& child : at.children) look(*child, kind);
        if (!at.is_map()) return;
        if (kind == object_kind::media) hold_what_is_referred_to(at);
        for (auto const& child : at.children) {
            if (kind == object_kind::schema) settle_dynamic(at, *child);
            if (kind == object_kind::schema && child->key == "required") settle_required(*child);
            if (kind == object_kind::example) settle_example(at, *child);
            if (auto const* known = find_word(kind, child->key); known != nullptr)
                look_into(*child, *known, kind);
            else if (kind == object_kind::callback && !child->key.starts_with("x-"))
                look(*child, object_kind::path);
            else
                note_unknown(*child, kind);
        }
    }

    void look_into(node& member, word const& known, object_kind in) {
        if (known.name == "$ref") return follow(member, in);
        if (!known.unused.empty())
            notes_.add(member, in_quotes(known.name) + ": " + std::string(known.unused));
        if (known.kind == object_kind::values) return;
        if (known.how == holding::one) return look(member, known.kind);
        bool const has_extensions = known.kind == object_kind::path || known.kind == object_kind::response;
        for (auto const& child : member.children) {
            if (child->key == "$ref" && child->is_text()) continue;
            if (has_extensions && child->key.starts_with("x-")) continue;
            if (in == object_kind::operation && known.kind == object_kind::response && !is_status(child->key))
                notes_.add(*child, in_quotes(child->key) +
                                       " is no status, such as 404, 4XX or default; it is left out");
            look(*child, known.kind);
        }
    }

    /// What stands in components of the description itself is looked at there.
    void follow(node const& reference, object_kind kind) {
        if (!reference.is_text()) return;
        if (kind != object_kind::schema) note_siblings(reference);
        if (reference.file == file_ && reference.scalar.starts_with("#/components/")) return;
        std::string ignored;
        auto const* target = document_.find_target(reference, ignored);
        if (target != nullptr && known_.insert(target).second) todo_.emplace_back(&writable(*target), kind);
    }

    /// A reference stands for what it leads to, whatever else is there; schemas are merged.
    void note_siblings(node const& reference) {
        for (auto const& other : reference.parent->children) {
            auto const& key = other->key;
            if (key != "$ref" && key != "summary" && key != "description" && !key.starts_with("x-"))
                notes_.add(*other,
                           in_quotes(key) + " beside $ref is not read; only what that leads to counts");
        }
    }

    void note_unknown(node const& member, object_kind kind) {
        auto const& key = member.key;
        bool const extension = key.starts_with("x-");
        if (extension && !key.starts_with(of_ours)) return;
        auto [known, is_new] = nearest_.try_emplace({kind, key});
        if (is_new) known->second = nearest_word(kind, key);
        auto const& meant = known->second;
        auto const holders = extension ? holders_of(key) : holders_of_word(kind, key);
        if (!meant.empty())
            notes_.add(member, in_quotes(key) + " is not known here and not read; is " + in_quotes(meant) +
                                   " meant?");
        else if (!holders.empty())
            notes_.add(member, in_quotes(key) + " is not read here; it belongs to " + holders);
        else if (extension || is_ours(kind) || (kind == object_kind::path && !member.is_map()))
            notes_.add(member, in_quotes(key) + " is not known and not read");
        else if (kind == object_kind::path)
            notes_.add(member, in_quotes(key) +
                                   " is no method that OpenAPI knows, and left out; other methods stand in "
                                   "additionalOperations");
    }

    /// `$dynamicRef` is `$ref` but for what stands for one of several anchors.
    void settle_dynamic(node& schema, node& member) {
        if (!member.is_text() || (member.key != "$dynamicRef" && member.key != "$recursiveRef")) return;
        if (schema.find("$ref") != nullptr)
            return notes_.add(member, in_quotes(member.key) + " beside $ref is not read");
        if (member.key == "$dynamicRef") dynamic_.push_back(&member);
        schema.rename(member, "$ref");
    }

    /// YAML's `null` is a name here, as it is where it is a key.
    static void settle_required(node& names) {
        for (auto const& name : names.children) {
            if (!name->is_null()) continue;
            name->kind = node_kind::text;
            name->scalar = "null";
        }
    }

    /// OpenAPI 3.2 tells the value from how it is written; before that there was only one.
    static void settle_example(node& example, node& member) {
        if (member.key == "dataValue" && example.find("value") == nullptr) example.rename(member, "value");
    }

    void judge_dynamic(node const& reference) {
        std::string ignored;
        auto const* target = document_.find_target(reference, ignored);
        auto const* name = target != nullptr ? target->find("$dynamicAnchor") : nullptr;
        if (name == nullptr) return;
        auto const count = document_.dynamic_anchors(name->scalar).size();
        if (count > 1)
            notes_.add(reference, "$dynamicRef " + in_quotes(reference.scalar) + " stands for one of " +
                                      std::to_string(count) +
                                      " schemas, by the way that leads here; the one at " +
                                      target->pointer() + " is taken");
    }

    /// The key of a media type tells what it is, so that it cannot be followed as other references are.
    void hold_what_is_referred_to(node& media) {
        auto const* reference = media.find("$ref");
        if (reference == nullptr) return;
        node const* target = nullptr;
        try {
            target = &document_.resolve(media);
        } catch (failure const& e) {
            return notes_.add(e, "nothing is known of this media type");
        }
        auto const place = reference_to(*target, *reference);
        auto const old = media.take_children();
        for (auto const& member : target->children) {
            auto made = copy_of(*member, media);
            if (member->key == "schema" || member->key == "itemSchema") {
                made = copy_of(node(), media);
                made->kind = node_kind::map;
                auto text = copy_of(node(), media);
                text->kind = node_kind::text;
                text->scalar = place + "/" + member->key;
                made->put("$ref", std::move(text));
            }
            media.put(member->key, std::move(made));
        }
    }

    /// The description is ours until it is read.
    static node& writable(node const& at) { return const_cast<node&>(at); }

    document const& document_;
    warnings& notes_;
    std::string const* file_ = nullptr;
    std::vector<std::pair<node*, object_kind>> todo_;
    std::unordered_set<node const*> known_;
    std::map<std::pair<object_kind, std::string>, std::string_view> nearest_;
    std::vector<node const*> dynamic_;
};

}  // namespace

void survey(document const& of, node& root, warnings& notes) {
    if (root.find("openapi") != nullptr) surveyor(of, notes).run(root);
}

}  // namespace ferry::gen
