// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// How things end: by deletion, by what is deleted with something else, and by time.
#include "llamacloud/store.hpp"

#include <algorithm>

namespace ferry::mock::llamacloud {

void store::expect_expiry(std::optional<std::int64_t> const& expires) {
    if (expires) next_expiry_ = (std::min)(next_expiry_, *expires);
}

void store::retire(std::int64_t now) {
    if (now < next_expiry_) return;
    next_expiry_ = (std::numeric_limits<std::int64_t>::max)();
    for (auto& [id, item] : files) {
        if (item.expired || !item.expires) continue;
        if (*item.expires <= now) {
            item.expired = true;
            item.content = {};
        } else {
            expect_expiry(item.expires);
        }
    }
    for (auto at = directories.begin(); at != directories.end();) {
        directory& item = (at++)->second;  // it may be erased
        if (item.deleted || !item.expires) continue;
        if (*item.expires <= now) {
            remove_directory(item, *item.expires);
        } else {
            expect_expiry(item.expires);
        }
    }
}

bool store::is_visible(file const& item) const {
    return !item.expired || !decisions_.expired_files_vanish;
}

void store::remove_entry(directory_file& item, std::int64_t now) {
    if (decisions_.repeated_delete_status == 204) deleted_ids_.insert(item.id);
    if (decisions_.soft_delete_entries) {
        item.deleted = item.updated = now;
    } else {
        entries.erase(entries.find(item.id));
    }
}

void store::remove_file(std::string const& id, std::int64_t now) {
    if (decisions_.repeated_delete_status == 204) deleted_ids_.insert(id);
    files.erase(id);
    if (!decisions_.file_delete_removes_entries) return;
    for (auto at = entries.begin(); at != entries.end();) {
        directory_file& entry = (at++)->second;
        if (entry.file == id && !entry.deleted) remove_entry(entry, now);
    }
}

void store::remove_directory(directory& item, std::int64_t now) {
    std::string const id = item.id;
    if (decisions_.repeated_delete_status == 204) deleted_ids_.insert(id);
    std::set<std::string> stored;
    for (auto at = entries.begin(); at != entries.end();) {
        directory_file& entry = (at++)->second;
        if (entry.directory != id || entry.deleted) continue;
        stored.insert(entry.file);
        remove_entry(entry, now);
    }
    if (decisions_.directory_delete_removes_files) {
        for (std::string const& file_id : stored) remove_file(file_id, now);
    }
    if (decisions_.soft_delete_directories) {
        item.deleted = item.updated = now;
    } else {
        directories.erase(id);
    }
}

http_response store::deleted(std::string const& id, std::function<void()> const& remove) {
    if (decisions_.repeated_delete_status == 404 || !deleted_ids_.contains(id)) remove();
    return empty_response(204);
}

}  // namespace ferry::mock::llamacloud
