// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/mock/name_space.hpp"

#include "application/name_spaces.hpp"

namespace ferry::mock {

name_space::name_space(std::shared_ptr<name_spaces> all, std::string name)
    : all_(std::move(all)), name_(std::move(name)) {
    require_namespace_name(name_);
}

void name_space::reset() {
    all_->reset(name_);
}

std::string name_space::state(std::uint64_t largest_content) const {
    return to_text(all_->find(name_)->state(largest_content));
}

void name_space::load_state(std::string_view text) {
    all_->find(name_)->load(parse_document(text));
}

void name_space::add_fault(fault rule) {
    all_->find(name_)->faults.add({std::move(rule)});
}

std::vector<fault_report> name_space::faults() const {
    return all_->find(name_)->faults.list().reports;
}

std::uint64_t name_space::faults_fired() const {
    return all_->find(name_)->faults.fired();
}

void name_space::clear_faults() {
    all_->find(name_)->faults.clear();
}

journal_page name_space::journal(journal_query const& query) const {
    return all_->find(name_)->journal.find(query);
}

std::uint64_t name_space::clear_journal(journal_query const& query) {
    return all_->find(name_)->journal.erase(query);
}

std::vector<deviation> name_space::deviations() const {
    return all_->find(name_)->shared.deviations.entries();
}

void name_space::clear_deviations() {
    all_->find(name_)->shared.deviations.clear();
}

clock_state name_space::set_clock(clock_setting const& setting) {
    return all_->find(name_)->shared.clock.set(setting);
}

clock_state name_space::clock() const {
    return all_->find(name_)->shared.clock.describe();
}

}  // namespace ferry::mock
