// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/entry.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace ferry::cli {

/// What makes a file that is at both ends one that need not be moved.
struct plan_rules {
    bool checksum = false;       ///< contents are compared, whatever size and time say
    bool newer = false;          ///< only what is newer than what it would replace
    bool no_overwrite = false;   ///< what is there stays
    bool delete_others = false;  ///< what is only at the end where files go is deleted there
};

enum class step_kind {
    add,      ///< there is none at the other end
    replace,  ///< there is another one
    keep,     ///< nothing to do: `why`
    remove,   ///< at the end where files go
    refuse,   ///< it cannot be moved: `why`
};

/// What happens to one name.
struct plan_step {
    step_kind kind = step_kind::keep;
    std::string name;
    std::string why;
    local_entry const* local = nullptr;    ///< null where there is none
    remote_entry const* remote = nullptr;  ///< null where there is none
};

enum class direction { push, pull };

/// When the file at a service was made as it is: what was noted with it, else when it came there.
std::optional<file_time> age_of(remote_entry const& remote);

/// Whether the contents of both are the same; asked only with plan_rules::checksum, and only of equal sizes.
using same_content = std::function<bool(local_entry const&, remote_entry const&)>;

/// What is to be done, by name; additions and replacements first, deletions last. Pointers lead into the
/// arguments.
/// \param local, remote each name once
std::vector<plan_step> make_plan(direction way, std::vector<local_entry> const& local,
                                 std::vector<remote_entry> const& remote, plan_rules const& rules,
                                 same_content const& same);

}  // namespace ferry::cli
