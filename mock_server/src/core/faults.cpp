// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "faults.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "api.hpp"

namespace ferry::mock {
namespace {

constexpr std::size_t longest_list = 1000;  // spent rules beyond this are forgotten, oldest first

/// By the value of storage_fault.
constexpr std::array<std::string_view, 4> storage_words{"none", "missing", "failing", "uncommitted"};

void require_effect(fault const& rule) {
    bool const any = rule.status || rule.delay_ms || rule.reset || rule.truncate_after ||
                     rule.drip_bytes_per_s || rule.garbage || rule.stall ||
                     rule.storage != storage_fault::none;
    if (!any) {
        throw std::invalid_argument(
            "a fault needs an effect: status, delay_ms, reset, truncate_after, drip_bytes_per_s, garbage, "
            "stall or storage");
    }
    if (rule.times == 0) throw std::invalid_argument("'times' must be at least 1");
    if (rule.status && (*rule.status < 200 || *rule.status > 599)) {
        throw std::invalid_argument("'status' must be between 200 and 599");
    }
}

json::object to_json(fault const& rule) {
    json::object result;
    if (!rule.method.empty()) result["method"] = rule.method;
    result["path"] = rule.path;
    result["times"] = rule.times;
    if (rule.status) result["status"] = *rule.status;
    if (rule.retry_after) result["retry_after"] = *rule.retry_after;
    if (rule.delay_ms) result["delay_ms"] = *rule.delay_ms;
    if (rule.reset) result["reset"] = true;
    if (rule.truncate_after) result["truncate_after"] = *rule.truncate_after;
    if (rule.drip_bytes_per_s) result["drip_bytes_per_s"] = *rule.drip_bytes_per_s;
    if (rule.garbage) result["garbage"] = true;
    if (rule.stall) result["stall"] = true;
    if (rule.storage != storage_fault::none) {
        result["storage"] = storage_words[static_cast<std::size_t>(rule.storage)];
    }
    return result;
}

}  // namespace

bool fits(std::string_view pattern, std::string_view text) noexcept {
    std::size_t star = std::string_view::npos;  // the last `*` seen, and where the text stood then
    std::size_t mark = 0;
    std::size_t p = 0;
    std::size_t t = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

void fault_book::add(fault rule) {
    require_effect(rule);
    std::lock_guard const lock(mutex_);
    entries_.push_back({std::move(rule), 0});
    for (auto at = entries_.begin(); entries_.size() > longest_list && at != entries_.end();) {
        at = at->fired >= at->rule.times ? entries_.erase(at) : at + 1;
    }
}

std::optional<fault> fault_book::take(std::string_view method, std::string_view path) {
    std::lock_guard const lock(mutex_);
    for (entry& candidate : entries_) {
        if (candidate.fired >= candidate.rule.times) continue;
        if (!candidate.rule.method.empty() && !equal_ignoring_case(candidate.rule.method, method)) continue;
        if (!fits(candidate.rule.path, path)) continue;
        ++candidate.fired;
        ++fired_;
        return candidate.rule;
    }
    return std::nullopt;
}

void fault_book::clear() {
    std::lock_guard const lock(mutex_);
    entries_.clear();
    fired_ = 0;
}

std::uint64_t fault_book::fired() const {
    std::lock_guard const lock(mutex_);
    return fired_;
}

json::object fault_book::describe() const {
    std::lock_guard const lock(mutex_);
    json::array list;
    for (entry const& item : entries_) {
        json::object rule = to_json(item.rule);
        rule["fired"] = item.fired;
        rule["left"] = item.rule.times - item.fired;
        list.push_back(std::move(rule));
    }
    json::object result;
    result["fired"] = fired_;
    result["faults"] = std::move(list);
    return result;
}

fault fault_from_json(document source) {
    fault rule;
    rule.method = source.text_if("method").value_or(rule.method);
    rule.path = source.text_if("path").value_or(rule.path);
    rule.times = source.count_if("times").value_or(rule.times);
    if (auto const status = source.count_if("status"))
        rule.status = static_cast<int>((std::min)(*status, std::uint64_t{1000}));
    rule.retry_after = source.count_if("retry_after");
    rule.delay_ms = source.count_if("delay_ms");
    rule.reset = source.flag_if("reset").value_or(false);
    rule.truncate_after = source.count_if("truncate_after");
    rule.drip_bytes_per_s = source.count_if("drip_bytes_per_s");
    rule.garbage = source.flag_if("garbage").value_or(false);
    rule.stall = source.flag_if("stall").value_or(false);
    if (auto const word = source.text_if("storage")) {
        auto const known = std::find(storage_words.begin(), storage_words.end(), *word);
        if (known == storage_words.end()) source.refuse("storage", "must be missing, failing or uncommitted");
        rule.storage = static_cast<storage_fault>(known - storage_words.begin());
    }
    source.finish();
    try {
        require_effect(rule);
    } catch (std::invalid_argument const& error) {
        throw document_error(source.where(), error.what());
    }
    return rule;
}

std::optional<http_response> answer_of(fault const& rule) {
    if (!rule.status) return std::nullopt;
    if (*rule.status == 204) return empty_response(204);
    http_response response =
        json_response(*rule.status, json::object{{"detail", "Injected by a fault rule"}});
    if (rule.retry_after) response.with("Retry-After", std::to_string(*rule.retry_after));
    return response;
}

void apply(fault const& rule, http_response& response) {
    using kind = wire_fault::kind;
    response.delay_ms = rule.delay_ms.value_or(0);
    if (rule.reset)
        response.fault = {kind::reset, 0};
    else if (rule.stall)
        response.fault = {kind::stall, 0};
    else if (rule.garbage)
        response.fault = {kind::garbage, 0};
    else if (rule.truncate_after)
        response.fault = {kind::truncate, *rule.truncate_after};
    else if (rule.drip_bytes_per_s)
        response.fault = {kind::drip, *rule.drip_bytes_per_s};
}

}  // namespace ferry::mock
