// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "world.hpp"

namespace ferry::mock {
namespace {

constexpr std::size_t longest_name = 100;

void require_name(std::string_view name) {
    static constexpr std::string_view allowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    if (name.size() <= longest_name && name.find_first_not_of(allowed) == std::string_view::npos) return;
    throw namespace_error("a namespace's name has up to " + std::to_string(longest_name) +
                          " letters, digits and -._~");
}

}  // namespace

world_map::world_map(server_options const& options) : options_(options), default_(make({})) {}

std::shared_ptr<world> world_map::make(std::string_view name) const {
    return std::make_shared<world>(options_, std::string(name), scratch_);
}

std::shared_ptr<world> world_map::find(std::string_view name) {
    std::lock_guard const lock(mutex_);
    if (name.empty()) return default_;
    if (auto const found = named_.find(name); found != named_.end()) return found->second;
    require_name(name);
    if (named_.size() >= options_.max_namespaces) {
        throw namespace_error(
            "there are already " + std::to_string(named_.size()) +
            " namespaces; reset those that are not needed any more "
            "(POST /_ferry/reset with their name in X-Ferry-Namespace), or raise max_namespaces");
    }
    return named_.emplace(std::string(name), make(name)).first->second;
}

std::shared_ptr<world> world_map::default_one() const {
    std::lock_guard const lock(mutex_);
    return default_;
}

void world_map::reset(std::string_view name) {
    std::lock_guard const lock(mutex_);
    if (name.empty()) {
        default_ = make({});
    } else if (auto const found = named_.find(name); found != named_.end()) {
        named_.erase(found);  // at its first moment a namespace is as if it had never been named
    }
}

void world_map::reset_all() {
    std::lock_guard const lock(mutex_);
    default_ = make({});
    named_.clear();
}

}  // namespace ferry::mock
