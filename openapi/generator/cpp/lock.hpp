// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/spelling.hpp"
#include "model/model.hpp"

#include <map>
#include <string>
#include <string_view>

namespace ferry::gen {

/// A name in C++, and what a program that uses it relies on.
struct locked {
    std::string name;
    std::string what;  ///< a type, a signature; may be empty
    int line = 0;      ///< in the file that it was read from
};

/// The lock file: every name of a client by what it stands for in the description, one on a line, sorted.
///
///     member File size = size: std::optional<std::int64_t>
///     method GET /files/{id} = files.get: (id) -> models::file
///     model File = file: struct
class lock {
public:
    /// The names of this run.
    static lock of(api const& made, spelling const& spell);
    /// Reads a file; a file that is not there is an empty lock.
    /// \throws failure with file and line of what is no lock
    static lock read(std::string const& path);

    /// The names by scope, for the next run.
    memory names() const;
    /// Those that stand for something in `now` as well.
    lock still_in(lock const& now) const;
    std::string text(std::string const& name_space) const;

    /// By kind and key: `member File size`.
    std::map<std::string, locked> const& all() const noexcept { return entries_; }

private:
    std::map<std::string, locked> entries_;
};

}  // namespace ferry::gen
