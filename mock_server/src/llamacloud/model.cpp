// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/model.hpp"

#include <algorithm>

namespace ferry::mock::llamacloud {

bool is_metadata_value(json::value const& value) {
    if (value.is_object()) return false;
    if (!value.is_array()) return true;
    auto const& items = value.get_array();
    return std::all_of(items.begin(), items.end(), [](json::value const& item) { return item.is_string(); });
}

std::vector<account> initial_accounts() {
    return {{.name = "alice",
             .key = "llx-alice",
             .session = "session-alice",
             .project = "11111111-1111-4111-8111-111111111111",
             .organization = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"},
            {.name = "bob",
             .key = "llx-bob",
             .session = "session-bob",
             .project = "22222222-2222-4222-8222-222222222222",
             .organization = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"}};
}

}  // namespace ferry::mock::llamacloud
