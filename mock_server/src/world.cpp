// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "world.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::uint64_t most_drawn = 100'000'000;  // going there takes time

json::value parse_seed(std::string const& text) {
    return text.empty() ? json::value() : parse_document(text);
}

}  // namespace

world::world(server_options const& options, std::string name,
             std::shared_ptr<scratch_directory const> scratch)
    : shared(options, std::move(name), std::move(scratch)),
      journal(options.journal_entries, options.journal_bytes),
      llamacloud(shared),
      langflow(shared) {}

json::object world::state(std::uint64_t largest_content) {
    json::object result;
    result["llamacloud"] = llamacloud.state(largest_content);
    result["langflow"] = langflow.state(largest_content);
    result["clock"] = setting_to_json(shared.clock.describe());
    result["ids"] = shared.ids.state();
    return result;
}

void world::load(json::value const& document) {
    world rehearsal(shared.options, shared.space, shared.scratch);
    rehearsal.load_unsafely(document);  // a mistake in one place must leave the others alone
    load_unsafely(document);
}

void world::load_unsafely(json::value const& body) {
    document source(body);
    if (json::value const* const time = source.any("clock")) {
        std::string const where = source.where("clock");
        try {
            shared.clock.set(clock_setting_from(document(*time, where)));
        } catch (document_error const&) {
            throw;
        } catch (std::invalid_argument const& error) {
            throw document_error(where, error.what());
        }
    }
    if (json::value const* const place = source.any("ids")) {
        document ids(*place, source.where("ids"));
        std::optional<std::uint64_t> const seed = ids.count_if("seed");
        std::uint64_t const drawn = ids.count_if("drawn").value_or(0);
        ids.finish();
        if (!seed) ids.refuse("seed", "is missing; it must be an integer that is not negative");
        if (drawn > most_drawn) ids.refuse("drawn", "can be at most " + std::to_string(most_drawn));
        shared.ids.start(*seed, drawn);
    }
    json::value const* const cloud = source.any("llamacloud");
    json::value const* const flows = source.any("langflow");
    source.finish();
    if (cloud != nullptr) llamacloud.load(document(*cloud, source.where("llamacloud")));
    if (flows != nullptr) langflow.load(document(*flows, source.where("langflow")));
}

std::string world::identity_of(http_request const& request) {
    return llamacloud.knows(request) ? llamacloud.identity_of(request) : langflow.identity_of(request);
}

void require_namespace_name(std::string_view name) {
    bool const printable = std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (printable && name.size() <= longest_name && trim(name) == name) return;
    throw namespace_error("a namespace's name has up to " + std::to_string(longest_name) +
                          " printable ASCII characters, without blanks around it");
}

world_map::world_map(server_options options)
    : options_(std::move(options)), seed_(parse_seed(options_.seed)), default_(make({})) {}

std::shared_ptr<world> world_map::make(std::string_view name) const {
    auto made = std::make_shared<world>(options_, std::string(name), scratch_);
    if (!seed_.is_null()) made->load(seed_);
    return made;
}

std::shared_ptr<world> world_map::find(std::string_view name) {
    std::lock_guard const lock(mutex_);
    if (name.empty()) return default_;
    if (auto const found = named_.find(name); found != named_.end()) return found->second;
    require_namespace_name(name);
    if (named_.size() >= options_.max_namespaces) {
        throw namespace_error(
            "there are already " + std::to_string(named_.size()) +
            " namespaces; reset those that are not needed any more (POST /_ferry/reset with "
            "their name in X-Ferry-Namespace), or raise max_namespaces");
    }
    return named_.emplace(std::string(name), make(name)).first->second;
}

std::shared_ptr<world> world_map::default_one() const {
    std::lock_guard const lock(mutex_);
    return default_;
}

std::vector<std::shared_ptr<world>> world_map::all() const {
    std::lock_guard const lock(mutex_);
    std::vector<std::shared_ptr<world>> result{default_};
    for (auto const& [name, item] : named_) result.push_back(item);
    return result;
}

void world_map::reset(std::string_view name) {
    std::shared_ptr<world> old;  // dies after the lock is gone
    std::lock_guard const lock(mutex_);
    if (name.empty()) {
        old = std::exchange(default_, make({}));
    } else if (auto const found = named_.find(name); found != named_.end()) {
        old = std::move(found->second);
        named_.erase(found);  // at its first moment a namespace is as if it had never been named
    }
}

void world_map::reset_all() {
    decltype(named_) old;
    std::lock_guard const lock(mutex_);
    default_ = make({});
    named_.swap(old);
}

}  // namespace ferry::mock
