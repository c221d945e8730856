// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/changes.hpp"

#include "words/text.hpp"

#include <algorithm>
#include <set>

namespace ferry::gen {

namespace {

/// A line of a lock file, seen by a program.
struct item {
    std::string kind;
    std::string key;     ///< in the lock: `member File size`
    std::string parent;  ///< shown name of the model or method that it is part of; else empty
    std::string shown;   ///< `file.size`
    std::string what;
};

/// Items by kind and shown name.
using items = std::map<std::string, item>;

/// The entry of the model or method that an entry is part of; empty where it stands for itself.
std::string owner_of(std::string const& entry) {
    auto const kind = entry.substr(0, entry.find(' '));
    auto const inner = entry.substr(kind.size(), entry.rfind(' ') - kind.size());
    if (kind == "member" || kind == "value") return "model" + inner;
    return kind == "parameter" ? "method" + inner : std::string();
}

/// \param called names that owners have in the other lock, by their entry
items items_of(lock const& from, std::map<std::string, std::string> const& called) {
    items made;
    for (auto const& [entry, one] : from.all()) {
        item it{entry.substr(0, entry.find(' ')), entry, {}, one.name, one.what};
        if (auto const owner = owner_of(entry); !owner.empty()) {
            auto const known = from.all().find(owner);
            if (known == from.all().end()) continue;
            auto const other = called.find(owner);
            it.parent = other != called.end() ? other->second : known->second.name;
            it.shown = it.kind == "member"  ? it.parent + "." + one.name
                       : it.kind == "value" ? it.parent + "::" + one.name
                                            : it.parent + ": parameter " + one.name;
        }
        made.emplace(it.kind + " " + it.shown, std::move(it));
    }
    return made;
}

/// `(a, b) -> models::page, paged`
struct call {
    std::string arguments;
    std::string answer;
    std::string extra;

    explicit call(std::string const& what) {
        auto const arrow = std::min(what.find(" -> "), what.size());
        arguments = what.substr(0, arrow);
        answer = what.substr(std::min(arrow + 4, what.size()));
        for (auto const* word : {", paged", ", download"}) {
            if (!answer.ends_with(word)) continue;
            extra = word + 2;
            answer.resize(answer.size() - std::string_view(word).size());
        }
    }
};

std::string words_of(item const& it) {
    if (it.kind == "model") return "model " + it.shown;
    if (it.kind == "value") return "value " + it.shown;
    if (it.kind == "class" || it.kind == "resource") return it.kind + " " + it.shown;
    return it.shown;
}

class comparison {
public:
    comparison(lock const& before, lock const& now) : before_(before) {
        for (auto const& [entry, one] : before.all()) {
            auto const same = now.all().find(entry);
            if (same != now.all().end() && same->second.name != one.name)
                called_.emplace(entry, same->second.name);
        }
        old_ = items_of(before, called_);
        new_ = items_of(now, {});
    }

    changes run() {
        for (auto const& [id, was] : old_) {
            auto const is = new_.find(id);
            if (is == new_.end())
                gone(was);
            else if (was.kind != "method" && was.what != is->second.what)
                differs(was, is->second);
        }
        for (auto const& [id, is] : new_)
            if (!old_.contains(id)) is_new(is);
        // Last, when it is known what happened to their parameters.
        for (auto const& [id, was] : old_)
            if (auto const is = new_.find(id); was.kind == "method" && is != new_.end())
                method(was, is->second);
        std::sort(found_.breaking.begin(), found_.breaking.end());
        std::sort(found_.additive.begin(), found_.additive.end());
        return std::move(found_);
    }

private:
    void breaks(item const& it, std::string const& text) {
        found_.breaking.push_back(text);
        if (it.kind == "parameter") with_changed_parameters_.insert(it.parent);
    }

    void gone(item const& was) {
        auto const renamed = called_.find(was.key);
        if (renamed != called_.end())
            return breaks(was, words_of(was) + " is called " + renamed->second + " now");
        // Where a model or method is gone, so are its parts and its class.
        if (was.kind == "class" || was.kind == "resource" || !is_there(new_, was)) return;
        breaks(was, words_of(was) + " is gone");
    }

    void is_new(item const& is) {
        auto const old = before_.all().find(is.key);
        bool const renamed = old != before_.all().end() && called_.contains(is.key);
        if (renamed || is.kind == "class" || is.kind == "resource" || !is_there(old_, is)) return;
        if (is.kind == "parameter" && is.what.ends_with(", required"))
            return breaks(is, is.shown + " is new and required");
        found_.additive.push_back(words_of(is) + " is new");
    }

    /// Whether the model or method that the item is part of is among the others.
    static bool is_there(items const& others, item const& it) {
        if (it.parent.empty()) return true;
        return others.contains((it.kind == "parameter" ? "method " : "model ") + it.parent);
    }

    void differs(item const& was, item const& is) {
        constexpr std::string_view required = ", required";
        auto const type = [&](item const& it) {
            return it.what.ends_with(required) ? it.what.substr(0, it.what.size() - required.size())
                                               : it.what;
        };
        bool const must = is.what.ends_with(required);
        if (was.kind == "parameter" && must != was.what.ends_with(required))
            breaks(was, words_of(was) + (must ? " is required now" : " is optional now"));
        if (type(was) != type(is)) breaks(was, words_of(was) + ": " + type(was) + " → " + type(is));
    }

    void method(item const& was, item const& is) {
        if (was.key != is.key)
            found_.additive.push_back(is.shown + " is " + is.key.substr(7) + " now, not " +
                                      was.key.substr(7));
        call const old(was.what);
        call const now(is.what);
        if (old.arguments != now.arguments && !with_changed_parameters_.contains(is.shown))
            breaks(was, was.shown + ": arguments " + old.arguments + " → " + now.arguments);
        if (old.answer != now.answer) breaks(was, was.shown + ": answer " + old.answer + " → " + now.answer);
        if (old.extra == now.extra) return;
        if (!old.extra.empty()) breaks(was, was.shown + " is no " + noun(old.extra) + " any more");
        if (!now.extra.empty()) found_.additive.push_back(is.shown + " is a " + noun(now.extra) + " now");
    }

    static std::string noun(std::string const& extra) { return extra == "paged" ? "paged call" : extra; }

    lock const& before_;
    std::map<std::string, std::string> called_;  ///< new names, by what they stand for
    items old_;
    items new_;
    std::set<std::string> with_changed_parameters_;
    changes found_;
};

}  // namespace

std::string changes::text() const {
    std::string made;
    for (auto const& line : breaking) made += "breaking: " + line + "\n";
    for (auto const& line : additive) made += "additive: " + line + "\n";
    return made + std::to_string(breaking.size()) + " breaking, " + std::to_string(additive.size()) +
           " additive change" + (additive.size() == 1 ? "" : "s") + "\n";
}

changes changes_between(lock const& before, lock const& now) {
    return comparison(before, now).run();
}

}  // namespace ferry::gen
