// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/store.hpp"

#include "command_line/results.hpp"

namespace ferry::cli {

result<std::vector<remote_entry>> list_existing(store& at, remote_name const& place, std::stop_token stop) {
    auto const exists = at.exists(stop);
    if (!exists) return exists.error();
    if (!*exists) return not_there(place.text());
    auto listed = at.list(stop);
    if (listed && listed->empty() && !place.path.empty()) return not_there(place.text());
    return listed;
}

}  // namespace ferry::cli
