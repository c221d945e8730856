// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/plan.hpp"

#include "trees/local_name.hpp"

#include <map>
#include <string_view>

namespace ferry::cli {

namespace {

/// Whether nothing says that the two differ.
bool looks_same(local_entry const& local, remote_entry const& remote) {
    if (remote.size && *remote.size != local.size) return false;
    if (remote.changed) return *remote.changed == local.changed;
    // What was changed here after the service got it is another file; a copy has the time when it got it.
    return !remote.stored || local.changed <= *remote.stored;
}

bool is_newer(direction way, local_entry const& local, remote_entry const& remote) {
    auto const there = age_of(remote);
    if (!there) return true;
    return way == direction::push ? local.changed > *there : *there > local.changed;
}

/// A name that is at both ends.
void decide(plan_step& step, direction way, plan_rules const& rules, same_content const& same) {
    auto const& local = *step.local;
    auto const& remote = *step.remote;
    auto const keep = [&](char const* why) {
        step.kind = step_kind::keep;
        step.why = why;
    };
    if (rules.no_overwrite) return keep("it is there already");
    bool const sizes_differ = remote.size && *remote.size != local.size;
    bool const equal = rules.checksum ? !sizes_differ && same(local, remote) : looks_same(local, remote);
    if (equal) return keep("it is there already");
    if (rules.newer && !is_newer(way, local, remote)) return keep("what is there is newer");
    step.kind = step_kind::replace;
    step.why = sizes_differ ? "another size" : rules.checksum ? "other contents" : "changed since";
}

}  // namespace

std::optional<file_time> age_of(remote_entry const& remote) {
    return remote.changed ? remote.changed : remote.stored;
}

std::vector<plan_step> make_plan(direction way, std::vector<local_entry> const& local,
                                 std::vector<remote_entry> const& remote, plan_rules const& rules,
                                 same_content const& same) {
    std::map<std::string_view, plan_step> by_name;
    for (auto const& one : local) by_name[one.name].local = &one;
    for (auto const& one : remote) by_name[one.name].remote = &one;
    std::vector<plan_step> moves;
    std::vector<plan_step> removals;
    for (auto& [name, step] : by_name) {
        step.name = std::string(name);
        bool const here = step.local != nullptr;
        bool const there = step.remote != nullptr;
        bool const at_source = way == direction::push ? here : there;
        if (at_source) step.why = refusal_of(name);
        if (!step.why.empty()) {
            step.kind = step_kind::refuse;
            moves.push_back(step);
        } else if (here && there) {
            decide(step, way, rules, same);
            moves.push_back(step);
        } else if (at_source) {
            step.kind = step_kind::add;
            moves.push_back(step);
        } else if (rules.delete_others) {
            step.kind = step_kind::remove;
            removals.push_back(step);
        }
    }
    moves.insert(moves.end(), removals.begin(), removals.end());
    return moves;
}

}  // namespace ferry::cli
