// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/transform.hpp"

#include "values/number_text.hpp"
#include "values/transform_path.hpp"
#include "values/utf8.hpp"
#include "values/value_error.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <deque>
#include <iterator>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ferry::cli {

namespace {

/// How much may still be done. Few characters of a path can stand for very much: each `[@this,@this]`
/// doubles the document.
class work_budget {
public:
    explicit work_budget(std::size_t steps) : left_(steps) {}

    void spend(std::size_t steps) {
        if (steps > left_) throw value_error("the path makes too much of the document");
        left_ -= steps;
    }

private:
    std::size_t left_;
};

constexpr std::size_t bytes_a_step = 64;

/// In steps, as if it was copied.
std::size_t size_in_steps(json_value const& value) {
    std::size_t size = 1;
    if (auto const* const text = value.text()) size += text->size() / bytes_a_step;
    if (auto const* const items = value.items())
        for (auto const& item : *items) size += size_in_steps(item);
    if (auto const* const members = value.members())
        for (auto const& [key, member] : *members) size += key.size() / bytes_a_step + size_in_steps(member);
    return size;
}

/// `*` is any characters, `?` is one, a backslash takes the meaning from the next.
bool fits_pattern(std::string_view text, std::string_view pattern, work_budget& budget) {
    std::size_t at = 0;
    std::size_t in_pattern = 0;
    std::size_t after_star = std::string_view::npos;
    std::size_t star_text = 0;
    std::size_t steps = 0;
    while (at < text.size()) {
        if (++steps % 8 == 0) budget.spend(1);
        char const c = in_pattern < pattern.size() ? pattern[in_pattern] : '\0';
        bool const escaped = c == '\\' && in_pattern + 1 < pattern.size();
        if (c == '*') {
            after_star = ++in_pattern;
            star_text = at;
        } else if (c == '?') {
            ++in_pattern;
            at += first_character(text.substr(at)).size;
        } else if (in_pattern < pattern.size() && pattern[in_pattern + escaped] == text[at]) {
            in_pattern += 1u + escaped;
            ++at;
        } else if (after_star != std::string_view::npos) {
            in_pattern = after_star;
            at = ++star_text;
        } else {
            return false;
        }
    }
    while (in_pattern < pattern.size() && pattern[in_pattern] == '*') ++in_pattern;
    return in_pattern == pattern.size();
}

// Queries
// ------------------------------------------------------------------------------------------------------------

bool is_text_of(json_value const& value, std::string_view one, std::string_view letter,
                std::string_view word) {
    if (value.text() == nullptr) return false;
    std::string lower = *value.text();
    for (auto& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower == one || lower == letter || lower == word;
}

bool is_zero(json_number const& number) {
    return compare_numbers(number.digits, "0") == 0;
}

bool is_like_true(json_value const& value) {
    if (auto const* const flag = value.boolean()) return *flag;
    if (auto const* const number = value.number()) return !is_zero(*number);
    return is_text_of(value, "1", "t", "true");
}

bool is_like_false(json_value const* value) {
    if (value == nullptr || value->is_null()) return true;
    if (auto const* const flag = value->boolean()) return !*flag;
    if (auto const* const number = value->number()) return is_zero(*number);
    return is_text_of(*value, "0", "f", "false");
}

bool holds(std::string_view op, int order) {
    if (op == "=") return order == 0;
    if (op == "!=") return order != 0;
    if (op == "<") return order < 0;
    if (op == "<=") return order <= 0;
    if (op == ">") return order > 0;
    if (op == ">=") return order >= 0;
    return false;
}

bool text_holds(std::string_view text, std::string_view op, std::string_view other, work_budget& budget) {
    if (op == "%") return fits_pattern(text, other, budget);
    if (op == "!%") return !fits_pattern(text, other, budget);
    return holds(op, text.compare(other));
}

bool number_holds(json_number const& number, std::string_view op, std::string_view other) {
    auto const order = compare_numbers(number.digits, other);
    return order ? holds(op, *order) : op == "!=";
}

/// False is less than true; what is neither is not equal to both.
bool boolean_holds(bool flag, std::string_view op, std::string_view other) {
    if (other == "true" || other == "false") return holds(op, int(flag) - int(other == "true"));
    return op == "!=";
}

bool query_holds(path_query const& query, json_value const* found, work_budget& budget) {
    std::string_view const other = query.value;
    if (!query.op.empty() && other.starts_with('~')) {
        if (other == "~*") return boolean_holds(found != nullptr, query.op, "true");
        if (other == "~null") return boolean_holds(found == nullptr || found->is_null(), query.op, "true");
        if (other == "~true")
            return boolean_holds(found != nullptr && is_like_true(*found), query.op, "true");
        if (other == "~false") return boolean_holds(is_like_false(found), query.op, "true");
        return false;
    }
    if (found == nullptr) return false;
    if (query.op.empty()) return true;
    if (auto const* const text = found->text()) return text_holds(*text, query.op, other, budget);
    if (auto const* const number = found->number()) return number_holds(*number, query.op, other);
    if (auto const* const flag = found->boolean()) return boolean_holds(*flag, query.op, other);
    return false;
}

bool is_scalar(json_value const& value) {
    return value.items() == nullptr && value.members() == nullptr;
}

bool has_flag(json_value const& argument, std::string_view name) {
    auto const* const found = argument.find(name);
    return found != nullptr && is_like_true(*found);
}

/// Takes paths from value to value. What was found is a part of the document, or of what was made on the
/// way.
class path_walker {
public:
    using found = json_value const*;  ///< null is nothing

    explicit path_walker(work_budget& budget) : budget_(budget) {}

    found run(json_value const& from, value_path const& path) {
        nested const guard(*this);
        found at = &from;
        for (std::size_t begin = 0; begin < path.size() && at != nullptr;) {
            auto end = begin + 1;
            while (end < path.size() && !path[end].starts_anew) ++end;
            at = walk(*at, std::span(path).subspan(begin, end - begin));
            begin = end;
        }
        return at;
    }

    json_value copy(json_value const& value) { return copy(value, 0); }

private:
    using steps = std::span<path_step const>;

    /// Values that were made can be deep again, so nothing but a count bounds how deep it goes on.
    class nested {
    public:
        explicit nested(path_walker& owner) : owner_(owner) {
            constexpr int most = 1000;
            if (++owner_.depth_ <= most) return;
            --owner_.depth_;
            throw value_error("the path goes too deep");
        }
        ~nested() { --owner_.depth_; }
        nested(nested const&) = delete;
        nested& operator=(nested const&) = delete;

    private:
        path_walker& owner_;
    };

    /// Takes a run of steps, of which only the last one makes something.
    found walk(json_value const& from, steps run_of_steps) {
        if (run_of_steps.empty()) return &from;
        nested const guard(*this);
        budget_.spend(1);
        auto const& step = run_of_steps.front();
        switch (step.kind) {
            case step_kind::key:
                return from.items() != nullptr ? element(from, run_of_steps) : member(from, run_of_steps);
            case step_kind::pattern:
                return member(from, run_of_steps);
            case step_kind::each:
                return each(from, step);
            case step_kind::first:
                return first(from, step);
            case step_kind::all:
                return all(from, step);
            case step_kind::modifier:
                return modified(from, step);
            case step_kind::list:
                return keep(selected_list(from, step));
            case step_kind::map:
                return keep(selected_map(from, step));
            case step_kind::literal:
                return keep(copy(step.value));
        }
        return nullptr;
    }

    found element(json_value const& from, steps run_of_steps) {
        auto const& key = run_of_steps.front().text;
        std::size_t index = 0;
        auto const* const end = key.data() + key.size();
        auto const [stop, error] = std::from_chars(key.data(), end, index);
        if (stop != end || error != std::errc() || index >= from.items()->size()) return nullptr;
        return walk((*from.items())[index], run_of_steps.subspan(1));
    }

    /// The first member that fits and has the rest of the path.
    found member(json_value const& from, steps run_of_steps) {
        if (from.members() == nullptr) return nullptr;
        auto const& step = run_of_steps.front();
        for (auto const& [key, value] : *from.members()) {
            budget_.spend(1);
            bool const fits =
                step.kind == step_kind::pattern ? fits_pattern(key, step.text, budget_) : key == step.text;
            if (!fits) continue;
            if (auto const* const at = walk(value, run_of_steps.subspan(1))) return at;
        }
        return nullptr;
    }

    found rest_of(json_value const& from, path_step const& step) {
        return step.rest ? run(from, *step.rest) : &from;
    }

    found each(json_value const& from, path_step const& step) {
        // In a map it is a key like any other.
        if (auto const* const other = from.find("#")) return rest_of(*other, step);
        if (from.items() == nullptr) return nullptr;
        if (!step.rest) return keep(json_number{std::to_string(from.items()->size())});
        json_value::list made;
        for (auto const& item : *from.items())
            if (auto const* const at = run(item, *step.rest)) made.push_back(copy(*at, 1));
        return keep(std::move(made));
    }

    bool fits(json_value const& item, path_query const& query) {
        budget_.spend(1);
        if (!is_scalar(item)) return query_holds(query, run(item, query.path), budget_);
        return query.of_element && query_holds(query, &item, budget_);
    }

    found first(json_value const& from, path_step const& step) {
        if (from.items() == nullptr) return nullptr;
        for (auto const& item : *from.items())
            if (fits(item, *step.query)) return rest_of(item, step);
        return nullptr;
    }

    found all(json_value const& from, path_step const& step) {
        if (from.items() == nullptr) return nullptr;
        json_value::list made;
        for (auto const& item : *from.items()) {
            if (!fits(item, *step.query)) continue;
            if (auto const* const at = rest_of(item, step)) made.push_back(copy(*at, 1));
        }
        return keep(std::move(made));
    }

    json_value selected_list(json_value const& from, path_step const& step) {
        json_value::list made;
        for (auto const& selector : step.selectors)
            if (auto const* const at = run(from, selector.path)) made.push_back(copy(*at, 1));
        return made;
    }

    json_value selected_map(json_value const& from, path_step const& step) {
        json_value::map made;
        for (auto const& selector : step.selectors)
            if (auto const* const at = run(from, selector.path))
                made.push_back({selector.name, copy(*at, 1)});
        return made;
    }

    // Modifiers
    // ------------------------------------------------------------------------------------------------------

    found modified(json_value const& from, path_step const& step) {
        auto const& name = step.text;
        if (name == "reverse") return keep(reversed(from));
        if (name == "flatten") return from.items() == nullptr ? &from : keep(flattened(from, step.value));
        if (name == "join") return from.items() == nullptr ? &from : keep(joined(from, step.value));
        if (name == "keys") return keep(keys(from));
        if (name == "values") return from.items() != nullptr ? &from : keep(values(from));
        if (name == "group") return from.members() == nullptr ? nullptr : keep(grouped(from));
        if (name == "tostr") return keep(as_text(from));
        if (name == "fromstr") return from_text(from);
        if (name == "dig") return keep(dug(from, step));
        if (name == "pretty" && has_flag(step.value, "sortKeys")) return keep(sorted(from));
        return &from;
    }

    json_value reversed(json_value const& from) {
        auto made = copy(from);
        if (auto* const items = made.items()) std::ranges::reverse(*items);
        if (auto* const members = made.members()) std::ranges::reverse(*members);
        return made;
    }

    json_value flattened(json_value const& from, json_value const& argument) {
        json_value::list made;
        flatten(*from.items(), has_flag(argument, "deep"), made);
        return made;
    }

    void flatten(json_value::list const& from, bool deep, json_value::list& to) {
        nested const guard(*this);
        for (auto const& item : from) {
            if (item.items() != nullptr && deep)
                flatten(*item.items(), deep, to);
            else if (item.items() != nullptr)
                for (auto const& inner : *item.items()) to.push_back(copy(inner, 1));
            else
                to.push_back(copy(item, 1));
        }
    }

    json_value joined(json_value const& from, json_value const& argument) {
        bool const keeps_all = has_flag(argument, "preserve");
        json_value::map made;
        std::unordered_map<std::string_view, std::size_t> known;
        for (auto const& item : *from.items()) {
            budget_.spend(1);
            if (item.members() == nullptr) continue;
            for (auto const& [key, value] : *item.members()) {
                auto const [at, is_new] = known.try_emplace(key, made.size());
                if (is_new || keeps_all)
                    made.push_back({key, copy(value, 1)});
                else
                    made[at->second].value = copy(value, 1);
            }
        }
        return made;
    }

    json_value keys(json_value const& from) {
        json_value::list made;
        if (from.members() != nullptr) {
            for (auto const& member : *from.members()) made.push_back(copy(member.key, 1));
        } else {
            auto const count = from.items() != nullptr ? from.items()->size() : 1;
            for (std::size_t i = 0; i < count; ++i) made.push_back(copy(nullptr, 1));
        }
        return made;
    }

    json_value values(json_value const& from) {
        if (from.members() == nullptr) return json_value::list{copy(from, 1)};
        json_value::list made;
        for (auto const& member : *from.members()) made.push_back(copy(member.value, 1));
        return made;
    }

    /// A map of lists becomes a list of maps.
    json_value grouped(json_value const& from) {
        json_value::list made;
        for (auto const& [key, value] : *from.members()) {
            budget_.spend(1);
            if (value.items() == nullptr) continue;
            for (std::size_t i = 0; i < value.items()->size(); ++i) {
                if (i == made.size()) made.emplace_back(json_value::map());
                made[i].members()->push_back({key, copy((*value.items())[i], 2)});
            }
        }
        return made;
    }

    json_value as_text(json_value const& from) {
        auto text = compact(from);
        spend_on_making(text.size());
        return text;
    }

    found from_text(json_value const& from) {
        if (from.text() == nullptr) return &from;
        spend_on_making(from.text()->size());
        try {
            return keep(parse_json(*from.text()));
        } catch (value_error const&) {
            return nullptr;
        }
    }

    json_value dug(json_value const& from, path_step const& step) {
        json_value::list made;
        if (step.rest) dig(from, *step.rest, made);
        return made;
    }

    void dig(json_value const& from, value_path const& path, json_value::list& to) {
        nested const guard(*this);
        if (auto const* const at = run(from, path)) to.push_back(copy(*at, 1));
        if (auto const* const items = from.items())
            for (auto const& item : *items) dig(item, path, to);
        if (auto const* const members = from.members())
            for (auto const& member : *members) dig(member.value, path, to);
    }

    json_value sorted(json_value const& from) {
        auto made = copy(from);
        sort_keys(made);
        return made;
    }

    static void sort_keys(json_value& value) {
        if (auto* const items = value.items())
            for (auto& item : *items) sort_keys(item);
        if (auto* const members = value.members()) {
            std::ranges::stable_sort(*members, {}, &json_member::key);
            for (auto& member : *members) sort_keys(member.value);
        }
    }

    // Making
    // ---------------------------------------------------------------------------------------------------------

    found keep(json_value made) { return &made_.emplace_back(std::move(made)); }

    /// A copy that stands `level` levels deep, which counts, and is bounded so that whoever prints it can
    /// recurse.
    json_value copy(json_value const& value, std::size_t level) {
        constexpr std::size_t deepest = 2 * max_json_depth;
        if (level > deepest) throw value_error("the path makes something that is nested too deep");
        spend_on_making(value.text() != nullptr ? value.text()->size() : 0);
        if (auto const* const items = value.items()) {
            json_value::list made;
            made.reserve(items->size());
            for (auto const& item : *items) made.push_back(copy(item, level + 1));
            return made;
        }
        if (auto const* const members = value.members()) {
            json_value::map made;
            made.reserve(members->size());
            for (auto const& [key, member] : *members) {
                spend_on_making(key.size());
                made.push_back({key, copy(member, level + 1)});
            }
            return made;
        }
        return value;
    }

    /// What is made takes memory, and so costs more than what is only looked at.
    void spend_on_making(std::size_t bytes) {
        constexpr std::size_t steps_a_value = 8;
        budget_.spend(steps_a_value * (1 + bytes / bytes_a_step));
    }

    work_budget& budget_;
    std::deque<json_value> made_;  ///< stays where it is while more is made
    int depth_ = 0;
};

}  // namespace

std::optional<json_value> transform(json_value const& document, std::string_view path) {
    auto const parsed = parse_path(path);
    // Enough for any sensible path over any document, and done within seconds.
    work_budget budget(16'000'000 + 64 * size_in_steps(document));
    path_walker walker(budget);
    auto const* const found = walker.run(document, parsed);
    if (found == nullptr) return std::nullopt;
    return walker.copy(*found);
}

}  // namespace ferry::cli
