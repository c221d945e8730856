// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// Whether a name below a directory fits a pattern. `*` and `?` stand for characters but `/`, `**` for any,
/// `**/` for directories or none, `[a-z]` and `[!a-z]` for one of a set; a backslash takes the meaning from
/// the next character. A pattern without `/` is compared with the last part of the name, one with `/` within
/// or at the beginning with the whole of it; with `/` at its end it fits what is below such directories.
bool fits(std::string_view name, std::string_view pattern);

/// `--include` and `--exclude`: which names are wanted.
struct name_filter {
    std::vector<std::string> include;  ///< empty: all
    std::vector<std::string> exclude;  ///< wins

    bool wants(std::string_view name) const;
};

}  // namespace ferry::cli
