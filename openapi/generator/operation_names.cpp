// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "operation_names.hpp"

#include "names.hpp"

#include <algorithm>
#include <map>

namespace ferry::gen {

namespace {

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        auto const end = std::min(text.find(at, begin), text.size());
        if (end > begin) parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

bool is_version(std::string const& segment) {
    return segment == "beta" || segment == "alpha" ||
           (segment.size() > 1 && segment[0] == 'v' &&
            segment.find_first_not_of("0123456789.", 1) == segment.npos);
}

}  // namespace

void name_operation(operation& made) {
    auto const given = made.at->text("x-ferry-name");
    if (!given.empty()) {
        made.resource = split(given, '.');
        if (made.resource.size() < 2)
            fail(*made.at->find("x-ferry-name"), "must be a resource and a method, such as files.create");
        made.call = made.resource.back();
        made.resource.pop_back();
        return;
    }
    std::vector<std::string> words;
    for (auto const& segment : split(made.path, '/'))
        if (segment[0] != '{' && segment != "api" && !is_version(segment)) words.push_back(snake(segment));
    auto const* tags = made.at->find("tags");
    std::string resource = tags != nullptr && tags->is_list() && !tags->children.empty()
                               ? snake(tags->children[0]->scalar)
                           : words.empty() ? "root"
                                           : words[0];
    if (resource.empty()) resource = "root";
    made.resource = {resource};
    auto id = made.at->text("operationId");
    // FastAPI appends the path and the method: list_files_api_v1_files_get.
    std::string suffix = made.path + "_" + snake(made.method);
    for (char& c : suffix)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) c = '_';
    if (id.size() > suffix.size() && id.ends_with(suffix)) id.resize(id.size() - suffix.size());
    if (id.empty()) {
        id = snake(made.method);
        for (auto const& segment : split(made.path, '/')) {
            if (segment == "api" || is_version(segment)) continue;
            id += (segment[0] == '{' ? "_by_" : "_") + snake(segment);
        }
    }
    made.call = snake(id);
    made.derived_name = true;
}

void shorten_names(std::deque<operation>& all) {
    auto const singular = [](std::string const& word) {
        return word.ends_with("ies") ? word.substr(0, word.size() - 3) + "y"
               : word.ends_with('s') ? word.substr(0, word.size() - 1)
                                     : word;
    };
    auto const shortened = [&](operation const& o) {
        for (auto const& word : {o.resource.back(), singular(o.resource.back())}) {
            if (word.empty()) continue;
            if (o.call.ends_with("_" + word)) return o.call.substr(0, o.call.size() - word.size() - 1);
            if (o.call.starts_with(word + "_")) return o.call.substr(word.size() + 1);
        }
        return o.call;
    };
    std::map<std::pair<std::vector<std::string>, std::string>, int> counts;
    for (auto const& o : all) {
        auto const name = o.derived_name ? shortened(o) : o.call;
        ++counts[{o.resource, name}];
        if (name != o.call) ++counts[{o.resource, o.call}];
    }
    for (auto& o : all) {
        if (!o.derived_name) continue;
        auto const name = shortened(o);
        if (counts[{o.resource, name}] == 1) o.call = name;
    }
}

}  // namespace ferry::gen
