// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/selection.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace ferry::gen {

namespace {

/// Linear in both lengths but for the last `*`, to which it returns.
bool matches(std::string_view text, std::string_view pattern) {
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = pattern.npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++t;
            ++p;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool matches(operation const& o, std::string_view pattern) {
    constexpr std::string_view tag = "tag:";
    if (pattern.starts_with(tag)) {
        auto const* tags = o.at->find("tags");
        return tags != nullptr &&
               std::any_of(tags->children.begin(), tags->children.end(),
                           [&](auto const& one) { return matches(one->scalar, pattern.substr(tag.size())); });
    }
    return matches(o.full_name(), pattern) || matches(o.at->text("operationId"), pattern) ||
           matches(o.path, pattern) || matches(o.method + " " + o.path, pattern);
}

/// \param webhooks whether what the service sends by itself is wanted too
std::set<type const*> needed_types(api const& of, bool webhooks) {
    std::vector<type_use> todo;
    for (auto const& o : of.operations) {
        todo.push_back(o.body.use);
        todo.push_back(o.answer_type);
        for (auto const& p : o.parameters) todo.push_back(p.use);
        for (auto const& one : o.answers) todo.push_back(one.use);
        for (auto const& one : o.errors) todo.push_back(one.use);
        for (auto* event : o.callbacks) todo.push_back({event});
        for (auto const& one : o.streams) todo.push_back({one.of});
    }
    if (webhooks)
        for (auto* event : of.webhooks) todo.push_back({event});
    std::set<type const*> needed;
    while (!todo.empty()) {
        type const* at = todo.back().of;
        todo.pop_back();
        if (at == nullptr || !needed.insert(at).second) continue;
        todo.push_back(at->inner);
        for (auto const& p : at->properties) todo.push_back(p.use);
        for (auto const& one : at->arms) todo.push_back(one.use);
        if (at->rest) todo.push_back(at->rest->use);
    }
    return needed;
}

}  // namespace

std::vector<std::string> select(api& of, selection const& wanted) {
    std::set<std::string> idle(wanted.include.begin(), wanted.include.end());
    idle.insert(wanted.exclude.begin(), wanted.exclude.end());
    auto const any = [&](operation const& o, std::vector<std::string> const& patterns) {
        bool found = false;
        for (auto const& pattern : patterns) {
            if (!matches(o, pattern)) continue;
            idle.erase(pattern);
            found = true;
        }
        return found;
    };
    std::erase_if(of.operations, [&](operation const& o) {
        bool const in = wanted.include.empty() || any(o, wanted.include);
        bool const out = any(o, wanted.exclude);
        return !in || out;
    });
    auto const needed = needed_types(of, wanted.include.empty());
    for (auto& t : of.types)
        if (!needed.contains(&t)) t.name.clear();
    return {idle.begin(), idle.end()};
}

}  // namespace ferry::gen
