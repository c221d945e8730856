// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/operation_names.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <cctype>

/// \file
/// Which operations a path has.

namespace ferry::gen {

namespace {

/// Why a path's additional operation cannot be sent; empty where it can.
std::string unusable_method(node const& path_item, std::string const& name) {
    constexpr auto token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
    if (name.empty() || name.find_first_not_of(token) != name.npos)
        return "this is no name of an HTTP method";
    if (name == "CONNECT") return "CONNECT asks for a tunnel, not for an answer";
    std::string small;
    for (char const c : name) small += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    bool const fixed = capitals(small) == name && path_item.find(small) != nullptr &&
                       std::ranges::find(http_methods, small) != http_methods.end();
    return fixed ? "the path has this method as `" + small + "` too" : std::string();
}

}  // namespace

std::vector<method_of_path> methods_of(node const& path_item, warnings* notes) {
    std::vector<method_of_path> made;
    auto const note = [&](node const& at, std::string const& text) {
        if (notes != nullptr) notes->add(at, text);
    };
    for (auto const& member : path_item.children) {
        if (std::ranges::find(http_methods, member->key) != http_methods.end())
            made.push_back({capitals(member->key), member.get()});
        if (member->key != "additionalOperations") continue;
        if (!member->is_map()) note(*member, "must be an object of operations by method; they are left out");
        for (auto const& other : member->children)
            if (auto const why = unusable_method(path_item, other->key); why.empty())
                made.push_back({other->key, other.get()});
            else
                note(*other, why + "; the operation is left out");
    }
    return made;
}

}  // namespace ferry::gen
