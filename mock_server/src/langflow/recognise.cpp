// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Who is who and what is whose, for faults that hit one caller and for explanations of refusals.
#include "service.hpp"

namespace ferry::mock::langflow {

std::string service::identity_of(http_request const& request) {
    call probe(request, routes().front());
    probe.values.query = request.query;
    probe.values.cookies = parse_cookies(request);
    std::lock_guard const lock(mutex_);
    user const* const found = caller_if_any(probe);
    return found == nullptr ? std::string() : found->name;
}

std::string service::owner_of_key(std::string_view key) {
    std::lock_guard const lock(mutex_);
    for (user const& item : users_) {
        for (api_key const& known : item.keys) {
            if (known.secret == key) return item.name;
        }
    }
    return {};
}

std::string service::owner_of(std::string_view id) {
    std::lock_guard const lock(mutex_);
    std::string_view owner = id;
    for (flow const& item : flows_) {
        if (item.id == id) owner = item.owner;
    }
    for (file_row const& row : rows_) {
        if (row.id == id) owner = row.owner;
    }
    user const* const found = find_user(owner);
    return found == nullptr ? std::string() : found->name;
}

}  // namespace ferry::mock::langflow
