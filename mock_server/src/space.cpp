// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/mock/space.hpp"

#include "world.hpp"

namespace ferry::mock {

space::space(std::shared_ptr<world_map> worlds, std::string name)
    : worlds_(std::move(worlds)), name_(std::move(name)) {
    require_namespace_name(name_);
}

void space::reset() {
    worlds_->reset(name_);
}

std::string space::state(std::uint64_t largest_content) const {
    return to_text(worlds_->find(name_)->state(largest_content));
}

void space::load_state(std::string_view text) {
    worlds_->find(name_)->load(parse_document(text));
}

void space::add_fault(fault rule) {
    worlds_->find(name_)->faults.add(std::move(rule));
}

std::vector<fault_report> space::faults() const {
    return worlds_->find(name_)->faults.list();
}

std::uint64_t space::faults_fired() const {
    return worlds_->find(name_)->faults.fired();
}

void space::clear_faults() {
    worlds_->find(name_)->faults.clear();
}

journal_page space::journal(journal_query const& query) const {
    return worlds_->find(name_)->journal.find(query);
}

std::uint64_t space::clear_journal(journal_query const& query) {
    return worlds_->find(name_)->journal.erase(query);
}

std::vector<deviation> space::deviations() const {
    return worlds_->find(name_)->shared.deviations.entries();
}

void space::clear_deviations() {
    worlds_->find(name_)->shared.deviations.clear();
}

clock_state space::set_clock(clock_setting const& setting) {
    return worlds_->find(name_)->shared.clock.set(setting);
}

clock_state space::clock() const {
    return worlds_->find(name_)->shared.clock.describe();
}

}  // namespace ferry::mock
