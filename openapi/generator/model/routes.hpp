// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::gen {

struct api;
struct operation;
using words = std::vector<std::string>;

/// What stands between the separators, where that is something.
words parts_of(std::string_view text, std::string_view separator);

/// `v2`, `v1beta1`, `2010-04-01`, `beta`, `v{version}`: says nothing about what is there.
bool is_version(std::string_view segment);

/// The words that most of the lists begin with, so that they tell nothing apart: of at least `fewest` lists,
/// nine of ten begin with them and go on. \param may_go whether a word can be without meaning at all
words shared_beginning(std::vector<words> const& lists, std::size_t fewest,
                       bool (*may_go)(std::string const&));

/// Without the words that it begins with, where something stays.
words without_beginning(words of, words const& beginning);

/// What a path says to people: `/api/v1/files/{id}/thumbnail.{extension}` → files, thumbnail.
struct route {
    struct segment {
        std::string name;
        bool has_items = false;  ///< a parameter follows
    };
    std::vector<segment> fixed;
    bool ends_in_parameter = false;
};

/// The paths of a description, without what all of them begin with: `/rest/files`, `/rest/folders`.
class routes {
public:
    explicit routes(api const& of);

    route of(operation const& o) const;
    bool has(std::string const& path, std::string_view method) const {
        return methods_.contains({path, std::string(method)});
    }
    /// Whether any operation has the method.
    bool uses(std::string_view method) const { return used_.contains(method); }
    /// Whether a parameter follows the segment in some path, or the path, which ends in a parameter.
    bool is_collection(std::string const& path, route const& known) const;

private:
    void keep_collections(route const& known);

    std::set<std::string> paths_;
    std::set<std::pair<std::string, std::string>> methods_;
    std::set<std::string, std::less<>> used_;
    std::set<std::string> collections_;
    words beginning_;
};

/// Some descriptions tell operations on one path apart by a fragment: `/token#refresh`.
std::string_view without_fragment(std::string_view path);

/// `/files/{id}/copy` → `/files/{id}`
std::string parent_of(std::string const& path);

}  // namespace ferry::gen
