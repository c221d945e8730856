// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/store.hpp"

#include <algorithm>

namespace ferry::mock::llamacloud {

store::store(environment& shared)
    : accounts(initial_accounts()), shared_(shared), decisions_(shared.options.llamacloud.decisions) {}

account const* store::find_account(std::string account::* member, std::string_view value) const {
    auto const found = std::find_if(accounts.begin(), accounts.end(),
                                    [&](account const& item) { return item.*member == value; });
    return found == accounts.end() || value.empty() ? nullptr : &*found;
}

std::string store::owner_of_key(std::string_view key) {
    std::lock_guard const lock(mutex);
    account const* const found = find_account(&account::key, key);
    return found == nullptr ? std::string() : found->name;
}

std::string store::owner_of(std::string_view id) {
    std::lock_guard const lock(mutex);
    std::string_view project = id;
    if (auto const file = files.find(id); file != files.end()) project = file->second.project;
    if (auto const home = directories.find(id); home != directories.end()) project = home->second.project;
    if (auto const entry = entries.find(id); entry != entries.end()) project = entry->second.project;
    for (account const& item : accounts) {
        if (item.project == project || item.organization == project) return item.name;
    }
    return {};
}

}  // namespace ferry::mock::llamacloud
