// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application/name_spaces.hpp"

#include "http/text.hpp"

#include <malloc.h>

#include <algorithm>
#include <utility>

namespace ferry::mock {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::uint64_t most_drawn = 100'000'000;  // going there takes time

/// To the system: the C library would keep it for the threads that had it.
void give_memory_back() noexcept {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

thread_local bool removes_many = false;

void remove(name_space_contents* old) {
    delete old;
    if (!removes_many) give_memory_back();
}

void remove_all(std::vector<std::shared_ptr<name_space_contents>> old) {
    removes_many = true;
    old.clear();
    removes_many = false;
    give_memory_back();  // looks at all that there is, which takes a while
}

json::value parse_seed(std::string const& text) {
    return text.empty() ? json::value() : parse_document(text);
}

}  // namespace

name_space_contents::name_space_contents(server_options const& options, std::string name,
                                         common_room const& room)
    : shared(options, std::move(name), room.scratch, room.deviations),
      faults(room.faults),
      journal(options.journal_entries, room.journals),
      services(make_services(shared)),
      room_(room) {}

service& name_space_contents::service_for(http_request const& request) const {
    auto const found = std::find_if(services.begin(), std::prev(services.end()),
                                    [&](auto const& item) { return item->claims(request); });
    return **found;
}

service& name_space_contents::service_like(service const& other) const {
    auto const found = std::find_if(services.begin(), services.end(),
                                    [&](auto const& item) { return item->name() == other.name(); });
    return **found;
}

json::object name_space_contents::state(std::uint64_t largest_content) {
    json::object result;
    for (auto const& item : services) result[item->name()] = item->state(largest_content);
    result["clock"] = setting_to_json(shared.clock.describe());
    result["ids"] = shared.ids.state();
    return result;
}

void name_space_contents::load(json::value const& document) {
    name_space_contents rehearsal(shared.options, shared.name_space, room_);
    rehearsal.load_unsafely(document);  // a mistake in one place must leave the others alone
    load_unsafely(document);
}

void name_space_contents::load_unsafely(json::value const& body) {
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
    for (auto const& item : services) (void)source.any(item->name());
    source.finish();
    for (auto const& item : services) {
        if (json::value const* const part = source.any(item->name()))
            item->load(document(*part, source.where(item->name())));
    }
}

void require_namespace_name(std::string_view name) {
    bool const printable = std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (printable && name.size() <= longest_name && trim(name) == name) return;
    throw namespace_error("a namespace's name has up to " + std::to_string(longest_name) +
                          " printable ASCII characters, without blanks around it");
}

name_spaces::name_spaces(server_options options)
    : options_(std::move(options)),
      seed_(parse_seed(options_.seed)),
      room_(options_.journal_bytes),
      default_(make({})) {}

name_spaces::~name_spaces() {
    std::vector<std::shared_ptr<name_space_contents>> old{std::move(default_)};
    for (auto& [name, item] : named_) old.push_back(std::move(item));
    remove_all(std::move(old));
}

std::shared_ptr<name_space_contents> name_spaces::make(std::string_view name) const {
    std::shared_ptr<name_space_contents> made(new name_space_contents(options_, std::string(name), room_),
                                              remove);
    if (!seed_.is_null()) made->load(seed_);
    return made;
}

std::shared_ptr<name_space_contents> name_spaces::find(std::string_view name) {
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

std::shared_ptr<name_space_contents> name_spaces::default_one() const {
    std::lock_guard const lock(mutex_);
    return default_;
}

std::vector<std::shared_ptr<name_space_contents>> name_spaces::all() const {
    std::lock_guard const lock(mutex_);
    std::vector<std::shared_ptr<name_space_contents>> result{default_};
    for (auto const& [name, item] : named_) result.push_back(item);
    return result;
}

void name_spaces::reset(std::string_view name) {
    std::shared_ptr<name_space_contents> old;  // dies after the lock is gone
    std::lock_guard const lock(mutex_);
    if (name.empty()) {
        old = std::exchange(default_, make({}));
    } else if (auto const found = named_.find(name); found != named_.end()) {
        old = std::move(found->second);
        named_.erase(found);  // at its first moment a namespace is as if it had never been named
    }
}

void name_spaces::reset_all() {
    std::vector<std::shared_ptr<name_space_contents>> old;
    {
        std::lock_guard const lock(mutex_);
        old.push_back(std::exchange(default_, make({})));
        for (auto& [name, item] : named_) old.push_back(std::move(item));
        named_.clear();
    }
    remove_all(std::move(old));
}

}  // namespace ferry::mock
