// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/deviations.hpp"

namespace ferry::mock {
namespace {

deviation common_to(route const& operation, http_request const& request) {
    deviation common;
    common.operation = operation.operation;
    common.method = request.method;
    common.path = request.path;
    return common;
}

/// About what one takes in memory.
std::size_t size_of(deviation const& one) {
    return sizeof one + one.operation.size() + one.method.size() + one.path.size() + one.type.size() +
           one.at.size() + one.description.size() + one.message.size();
}

json::object to_json(deviation const& one) {
    json::object entry{{"number", one.number}, {"in_response", one.in_response}};
    entry["operation"] = one.operation;
    entry["method"] = one.method;
    entry["path"] = one.path;
    entry["status"] = one.status;
    entry["type"] = one.type;
    entry["at"] = one.at;
    entry["description"] = one.description;
    entry["message"] = one.message;
    return entry;
}

}  // namespace

void deviation_log::add_request(route const& operation, http_request const& request,
                                std::vector<finding> const& findings) {
    add(common_to(operation, request), findings);
}

void deviation_log::add_response(route const& operation, http_request const& request, int status,
                                 std::vector<finding> const& findings) {
    deviation common = common_to(operation, request);
    common.in_response = true;
    common.status = status;
    add(common, findings);
}

void deviation_log::add(deviation const& common, std::vector<finding> const& findings) {
    std::lock_guard const lock(mutex_);
    for (finding const& found : findings) {
        deviation entry = common;
        entry.number = ++count_;
        entry.type = found.type;
        entry.at = json_pointer(found.where);
        entry.description = found.rule;
        entry.message = found.message;
        std::size_t const bytes = size_of(entry);
        if (entries_.size() == limit) drop_front();
        while (!memory_->take(bytes)) {
            if (entries_.empty()) return;
            drop_front();
        }
        entries_.push_back(std::move(entry));
    }
}

void deviation_log::drop_front() {
    memory_->give_back(size_of(entries_.front()));
    entries_.pop_front();
}

std::vector<deviation> deviation_log::entries() const {
    std::lock_guard const lock(mutex_);
    return {entries_.begin(), entries_.end()};
}

json::object deviation_log::describe() const {
    std::lock_guard const lock(mutex_);
    json::object result{{"count", count_}, {"evicted", count_ - entries_.size()}};
    json::array entries;
    for (deviation const& one : entries_) entries.push_back(to_json(one));
    result["entries"] = std::move(entries);
    return result;
}

void deviation_log::clear() {
    std::lock_guard const lock(mutex_);
    while (!entries_.empty()) drop_front();
    count_ = 0;
}

}  // namespace ferry::mock
