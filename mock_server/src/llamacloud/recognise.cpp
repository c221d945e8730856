// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Who is who and what is whose, for faults that hit one caller and for explanations of refusals.
#include <algorithm>

#include "service.hpp"

namespace ferry::mock::llamacloud {

std::string service::identity_of(http_request const& request) {
    call probe(request, routes().front());
    probe.values.cookies = parse_cookies(request);
    std::lock_guard const lock(mutex_);
    account const* const found = find_account(probe);
    return found == nullptr ? std::string() : found->name;
}

std::string service::owner_of_key(std::string_view key) {
    std::lock_guard const lock(mutex_);
    auto const found = std::find_if(accounts_.begin(), accounts_.end(),
                                    [&](account const& item) { return item.key == key; });
    return found == accounts_.end() ? std::string() : found->name;
}

std::string service::owner_of(std::string_view id) {
    std::lock_guard const lock(mutex_);
    std::string_view project = id;
    if (auto const file = files_.find(id); file != files_.end()) project = file->second.project;
    if (auto const home = directories_.find(id); home != directories_.end()) project = home->second.project;
    if (auto const entry = entries_.find(id); entry != entries_.end()) project = entry->second.project;
    for (account const& item : accounts_) {
        if (item.project == project || item.organization == project) return item.name;
    }
    return {};
}

}  // namespace ferry::mock::llamacloud
