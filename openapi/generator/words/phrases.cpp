// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "words/phrases.hpp"

#include "words/lists.hpp"
#include "words/names.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>

namespace ferry::gen {

namespace {

using words = std::vector<std::string>;

constexpr std::array verbs = {
    "accept",     "activate",   "add",      "apply",    "approve",   "archive",     "assign",   "attach",
    "authorize",  "ban",        "cancel",   "capture",  "check",     "clear",       "clone",    "close",
    "compare",    "complete",   "compute",  "confirm",  "connect",   "convert",     "copy",     "create",
    "deactivate", "decline",    "delete",   "deploy",   "detach",    "disable",     "download", "duplicate",
    "edit",       "enable",     "estimate", "evaluate", "exchange",  "execute",     "expire",   "export",
    "fetch",      "find",       "finish",   "follow",   "generate",  "get",         "import",   "insert",
    "install",    "invalidate", "invite",   "join",     "leave",     "list",        "load",     "lock",
    "login",      "logout",     "lookup",   "mark",     "merge",     "move",        "patch",    "pause",
    "post",       "publish",    "purge",    "put",      "query",     "read",        "rebuild",  "recover",
    "refresh",    "refund",     "register", "reject",   "release",   "remove",      "rename",   "render",
    "renew",      "replace",    "reply",    "resend",   "reset",     "resolve",     "restart",  "restore",
    "resume",     "retrieve",   "retry",    "revoke",   "rotate",    "run",         "save",     "search",
    "send",       "set",        "sign",     "simulate", "start",     "stop",        "submit",   "subscribe",
    "suspend",    "swap",       "sync",     "toggle",   "translate", "trigger",     "unassign", "undo",
    "unfollow",   "uninstall",  "unlink",   "unlock",   "unpublish", "unsubscribe", "update",   "upgrade",
    "upload",     "upsert",     "validate", "verify",   "void",      "withdraw",    "write",
};

constexpr std::array prepositions = {"as",   "at", "by", "for", "from", "in",
                                     "into", "of", "on", "to",  "via",  "with"};

// How a verb is meant; the verb follows.
constexpr std::array adverbs = {"async", "auto",   "batch", "bulk", "deprecated",
                                "force", "legacy", "mass",  "soft"};

// They tell what is meant from other things of the same kind.
constexpr std::array adjectives = {
    "active",   "all",     "batch",     "bulk",    "current",  "default",  "draft",    "existing", "external",
    "first",    "full",    "global",    "hidden",  "inactive", "internal", "last",     "latest",   "local",
    "many",     "missing", "multiple",  "my",      "new",      "next",     "open",     "original", "other",
    "outgoing", "own",     "past",      "pending", "personal", "popular",  "previous", "private",  "public",
    "raw",      "recent",  "remaining", "similar", "single",   "upcoming",
};

constexpr std::array articles = {"a", "an", "the"};
constexpr std::array conjunctions = {"and", "or"};
constexpr std::array owners = {"my", "own"};

/// `sign in`, `opt out`: the second word belongs to the verb.
bool is_phrasal(std::string const& verb, std::string const& particle) {
    constexpr std::array with_particle = {"add",  "back", "check", "clock", "fill", "fork",
                                          "log",  "look", "opt",   "plug",  "roll", "set",
                                          "shut", "sign", "start", "step",  "turn", "wind"};
    constexpr std::array particles = {"back", "down", "in", "off", "on", "out", "up"};
    return contains(with_particle, verb) && contains(particles, particle);
}

bool is_adjective(std::string const& word) {
    if (contains(adjectives, word)) return true;
    if (word == "table" || word == "variable") return false;
    return word.size() > 4 && (word.ends_with("ed") || word.ends_with("able") || word.ends_with("ible"));
}

/// A call's words, and what of them may go.
class phrase {
public:
    phrase(words id, surroundings const& known) : id_(std::move(id)), known_(known) {}

    short_phrase shortened() {
        bool found = false;
        while (cut_once()) found = true;
        if (!found) leave_out_part_of_resource();
        if (found && std::ranges::all_of(id_, is_stump)) id_.clear();
        short_phrase made{id_, whole_.empty() ? id_ : whole_};
        if (parent_.empty()) return made;
        made.with_parent.emplace_back("for");
        made.with_parent.insert(made.with_parent.end(), parent_.begin(), parent_.end());
        if (!known_.same_parents) made.best = made.with_parent;
        return made;
    }

private:
    /// How many words say what is done: `bulk delete`, `sign in`, `create or join`.
    std::size_t verb_words() const {
        std::size_t count = 1;
        while (count < id_.size() && says_how(count - 1)) ++count;
        if (count < id_.size() && is_phrasal(id_[count - 1], id_[count])) ++count;
        bool const two =
            count + 1 < id_.size() && contains(conjunctions, id_[count]) && is_verb(id_[count + 1]);
        return two ? count + 2 : count;
    }

    /// `bulk delete`, `paginated list`
    bool says_how(std::size_t at) const {
        return contains(adverbs, id_[at]) || (is_adjective(id_[at]) && is_verb(id_[at + 1]));
    }

    bool is_resource(std::size_t at) const {
        if (at + known_.resource.size() > id_.size()) return false;
        for (std::size_t i = 0; i < known_.resource.size(); ++i)
            if (!same_word(id_[at + i], known_.resource[i])) return false;
        return true;
    }

    bool ends(std::size_t at) const { return at == id_.size(); }
    bool is_conjunction(std::size_t at) const { return at < id_.size() && contains(conjunctions, id_[at]); }

    bool cut_once() {
        if (id_.empty() || known_.resource.empty()) return false;
        for (std::size_t at = 0; at + known_.resource.size() <= id_.size(); ++at)
            if (is_resource(at) && cut(at, at + known_.resource.size())) return true;
        return false;
    }

    /// Takes out the resource's words, if the others still say what they said.
    bool cut(std::size_t begin, std::size_t end) {
        auto const size = known_.resource.size();
        // `thing or things`
        if (is_conjunction(end) && is_resource(end + 1)) end += 1 + size;
        if (is_conjunction(end)) return false;
        if (begin == 0) return erase(begin, end);
        if (begins_with_parents(begin) && !ends(end)) return behind_parents(begin, end);
        auto const verb = verb_words();
        while (begin > verb && contains(articles, id_[begin - 1])) --begin;
        auto const& before = id_[begin - 1];
        if (contains(conjunctions, before) || (begin == 1 && is_preposition(before))) return false;
        if (begin <= verb) return begin == verb && behind_verb(begin, end);
        if (is_preposition(before)) {
            bool const apart = ends(end) || is_preposition(id_[end]);
            return apart && erase(begin - 1, end);
        }
        return behind_words(words(id_.begin() + at(verb), id_.begin() + at(begin)), begin, end);
    }

    /// `management_environment_list`: below `management`.
    bool begins_with_parents(std::size_t count) const {
        return !is_verb(id_[0]) && std::all_of(id_.begin(), id_.begin() + at(count),
                                               [&](auto const& word) { return has(known_.parents, word); });
    }

    bool behind_parents(std::size_t begin, std::size_t end) {
        if (!known_.same_parents) return erase(begin, end);
        whole_ = id_;
        whole_.erase(whole_.begin() + at(begin), whole_.begin() + at(end));
        return erase(0, end);
    }

    /// `get_files` is `list` where that is what it means.
    bool behind_verb(std::size_t begin, std::size_t end) {
        bool const plural = singular(id_[end - 1]) != id_[end - 1];
        if (begin == 1 && (id_[0] == "get" || id_[0] == "read") && known_.lists && plural) id_[0] = "list";
        return erase(begin, end);
    }

    bool behind_words(words const& lead, std::size_t begin, std::size_t end) {
        auto const& before = lead.back();
        bool const at_end = ends(end);
        bool const compound = is_compound(before);
        if (!compound &&
            std::ranges::all_of(lead, [&](auto const& word) { return has(known_.parents, word); })) {
            if (!at_end && !known_.same_parents) return erase(begin, end);
            parent_ = lead;
            parent_.back() = singular(parent_.back());
            return behind_verb(begin - lead.size(), end);
        }
        if (at_end && (contains(owners, before) || std::ranges::any_of(lead, is_preposition))) return false;
        if (is_adjective(before)) return erase(begin, end);
        if (compound) return false;
        // One word in front may make another thing of it: a user file without the file is a user.
        bool const apart = lead.size() > 1 || known_.resource.size() > 1 || in_path(before);
        return apart && erase(begin, end);
    }

    /// The resource `team_memberships`: `create_membership`.
    void leave_out_part_of_resource() {
        auto begin = std::min(verb_words(), id_.size());
        while (begin < id_.size() && contains(articles, id_[begin])) ++begin;
        auto const count = id_.size() - begin;
        if (count == 0 || count >= known_.resource.size()) return;
        for (std::size_t i = 0; i < count; ++i)
            if (!same_word(id_[begin + i], known_.resource[known_.resource.size() - count + i])) return;
        behind_verb(begin, id_.size());
    }

    bool erase(std::size_t begin, std::size_t end) {
        bool const at_end = ends(end);
        id_.erase(id_.begin() + at(begin), id_.begin() + at(end));
        while (at_end && id_.size() > verb_words() && is_stump(id_.back())) id_.pop_back();
        return true;
    }

    static bool is_stump(std::string const& word) {
        return contains(articles, word) || contains(conjunctions, word) || is_preposition(word);
    }

    /// Whether a segment of the path has the word right in front of the resource's: `service_accounts`.
    bool is_compound(std::string const& before) const {
        auto const& first = known_.resource.front();
        return std::ranges::any_of(known_.segments, [&](words const& segment) {
            for (std::size_t i = 1; i < segment.size(); ++i)
                if (same_word(segment[i - 1], before) && same_word(segment[i], first)) return true;
            return false;
        });
    }

    bool in_path(std::string const& word) const {
        return std::ranges::any_of(known_.segments, [&](words const& segment) { return has(segment, word); });
    }

    static bool has(words const& all, std::string const& word) {
        return std::ranges::any_of(all, [&](auto const& one) { return same_word(one, word); });
    }

    static std::ptrdiff_t at(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

    words id_;
    surroundings const& known_;
    words parent_;
    words whole_;  // with the parents that were left out in front
};

}  // namespace

bool same_word(std::string const& a, std::string const& b) {
    auto const is_plural_of = [](auto const& many, auto const& one) {
        return many == one + "s" || many == one + "es";
    };
    return singular(a) == singular(b) || is_plural_of(a, b) || is_plural_of(b, a);
}

bool is_verb(std::string const& word) {
    return contains(verbs, word);
}

bool is_preposition(std::string const& word) {
    return contains(prepositions, word);
}

short_phrase without_resource(std::vector<std::string> id, surroundings const& known) {
    return phrase(std::move(id), known).shortened();
}

}  // namespace ferry::gen
