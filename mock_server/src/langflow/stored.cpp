// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Bytes by folder and name, with the faults that a test may have asked for.
#include "stored.hpp"

#include "service.hpp"

namespace ferry::mock::langflow {

blob const* service::find_bytes(call const& current, std::string const& folder, std::string_view name) const {
    if (storage_is(storage_fault::failing, current)) throw storage_error(folder + '/' + std::string(name));
    if (storage_is(storage_fault::missing, current)) return nullptr;
    auto const contents = stored_.find(folder);
    if (contents == stored_.end()) return nullptr;
    auto const found = contents->second.find(name);
    return found == contents->second.end() ? nullptr : &found->second;
}

blob const& service::bytes_of(call const& current, file_row const& row) const {
    if (blob const* const found = find_bytes(current, row.owner, row.stored_name)) return *found;
    throw http_error(
        404, json::value("File not found: File " + row.stored_name + " not found in flow " + row.owner));
}

void service::store(call const& current, std::string const& folder, std::string const& name, blob content) {
    std::string const path = folder + '/' + name;
    if (name.size() > longest_file_name) throw storage_error(path, "[Errno 36] File name too long");
    if (storage_is(storage_fault::failing, current)) throw storage_error(path);
    stored_[folder].insert_or_assign(name, std::move(content));
}

void service::discard(call const& current, std::string const& folder, std::string const& name) {
    if (storage_is(storage_fault::failing, current)) throw storage_error(folder + '/' + name);
    stored_[folder].erase(name);  // it is no error when there is none
}

}  // namespace ferry::mock::langflow
