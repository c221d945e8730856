// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/routes.hpp"

#include "model/model.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <map>

namespace ferry::gen {

namespace {

route whole_route(std::string_view path) {
    route made;
    for (auto const& segment : parts_of(without_fragment(path), "/")) {
        auto name = snake(std::string_view(segment).substr(0, segment.find('{')));
        made.ends_in_parameter = segment[0] == '{';
        if (made.ends_in_parameter && !made.fixed.empty()) made.fixed.back().has_items = true;
        if (name.ends_with("_json")) name.resize(name.size() - 5);
        if (!name.empty() && segment != "api" && !is_version(segment)) made.fixed.push_back({name, false});
    }
    return made;
}

words names_of(route const& from) {
    words made;
    for (auto const& segment : from.fixed) made.push_back(segment.name);
    return made;
}

}  // namespace

words parts_of(std::string_view text, std::string_view separator) {
    auto parts = split(text, separator);
    std::erase(parts, "");
    return parts;
}

bool is_version(std::string_view segment) {
    constexpr std::string_view digits = "0123456789";
    if (segment == "beta" || segment == "alpha" || segment.starts_with("v{")) return true;
    if (segment.find_first_of(digits) == segment.npos) return false;
    // Dates and bare numbers, such as 2010-04-01 and 1.0.
    if (segment.find_first_not_of("0123456789.-") == segment.npos) return true;
    if (segment[0] != 'v' && segment[0] != 'V') return false;
    auto const end = std::min(segment.find_first_not_of("0123456789.", 1), segment.size());
    auto rest = segment.substr(end);
    while (!rest.empty() && digits.find(rest.back()) != digits.npos) rest.remove_suffix(1);
    return end > 1 &&
           (rest.empty() || rest == "beta" || rest == "alpha" || rest == "rc" || rest == "preview");
}

words shared_beginning(std::vector<words> const& lists, std::size_t fewest,
                       bool (*may_go)(std::string const&)) {
    words made;
    for (;;) {
        std::map<std::string, std::size_t> counts;
        for (auto const& list : lists)
            if (list.size() > made.size() + 1 && std::equal(made.begin(), made.end(), list.begin()))
                ++counts[list[made.size()]];
        auto const most = std::ranges::max_element(counts, {}, [](auto const& one) { return one.second; });
        if (most == counts.end() || lists.size() < fewest || most->second * 10 < lists.size() * 9 ||
            !may_go(most->first))
            return made;
        made.push_back(most->first);
    }
}

words without_beginning(words of, words const& beginning) {
    bool const begins =
        of.size() > beginning.size() && std::equal(beginning.begin(), beginning.end(), of.begin());
    if (begins) of.erase(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(beginning.size()));
    return of;
}

std::string_view without_fragment(std::string_view path) {
    return path.substr(0, path.find('#'));
}

std::string parent_of(std::string const& path) {
    return path.substr(0, path.rfind('/'));
}

routes::routes(api const& of) {
    std::vector<words> beginnings;
    for (auto const& o : of.operations) {
        paths_.insert(o.path);
        methods_.insert({o.path, o.method});
        used_.insert(o.method);
        auto const segments = parts_of(without_fragment(o.path), "/");
        for (std::size_t i = 1; i < segments.size(); ++i)
            if (segments[i][0] == '{') collections_.insert(snake(segments[i - 1]));
        beginnings.push_back(names_of(whole_route(o.path)));
    }
    constexpr std::size_t fewest_paths = 4;
    beginning_ = shared_beginning(beginnings, fewest_paths, [](std::string const&) { return true; });
    for (auto const& o : of.operations) keep_collections(whole_route(o.path));
}

/// What has items below itself is a resource, whatever else is there.
void routes::keep_collections(route const& known) {
    for (std::size_t i = 0; i < std::min(beginning_.size(), known.fixed.size()); ++i) {
        if (known.fixed[i].name != beginning_[i]) return;
        if (known.fixed[i].has_items) beginning_.resize(i);
    }
}

route routes::of(operation const& o) const {
    auto made = whole_route(o.path);
    bool begins = made.fixed.size() > beginning_.size();
    for (std::size_t i = 0; begins && i < beginning_.size(); ++i)
        begins = made.fixed[i].name == beginning_[i];
    if (begins)
        made.fixed.erase(made.fixed.begin(),
                         made.fixed.begin() + static_cast<std::ptrdiff_t>(beginning_.size()));
    return made;
}

bool routes::is_collection(std::string const& path, route const& known) const {
    if (known.fixed.empty()) return false;
    if (!known.ends_in_parameter) return collections_.contains(known.fixed.back().name);
    auto const next = paths_.lower_bound(path + "/{");
    return next != paths_.end() && next->starts_with(path + "/{");
}

}  // namespace ferry::gen
