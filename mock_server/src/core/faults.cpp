// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "faults.hpp"

#include <stdexcept>

#include "api.hpp"

namespace ferry::mock {
namespace {

constexpr std::size_t longest_list = 1000;  // spent rules beyond this are forgotten, oldest first

template <class Integer>
Integer integer_of(json::value const& value, std::string_view name) {
    if (value.is_int64() && value.get_int64() >= 0) return static_cast<Integer>(value.get_int64());
    throw std::invalid_argument("'" + std::string(name) + "' must be an integer that is not negative");
}

bool boolean_of(json::value const& value, std::string_view name) {
    if (value.is_bool()) return value.get_bool();
    throw std::invalid_argument("'" + std::string(name) + "' must be true or false");
}

std::string text_of(json::value const& value, std::string_view name) {
    if (value.is_string()) return std::string(value.get_string());
    throw std::invalid_argument("'" + std::string(name) + "' must be a string");
}

void require_effect(fault const& rule) {
    bool const any = rule.status || rule.delay_ms || rule.reset || rule.truncate_after ||
                     rule.drip_bytes_per_s || rule.garbage || rule.stall;
    if (!any) {
        throw std::invalid_argument(
            "a fault needs an effect: status, delay_ms, reset, truncate_after, drip_bytes_per_s, garbage or "
            "stall");
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

fault fault_from_json(json::value const& value) {
    if (!value.is_object()) throw std::invalid_argument("a fault must be a JSON object");
    fault rule;
    for (auto const& member : value.get_object()) {
        std::string_view const name = member.key();
        json::value const& content = member.value();
        if (name == "method")
            rule.method = text_of(content, name);
        else if (name == "path")
            rule.path = text_of(content, name);
        else if (name == "times")
            rule.times = integer_of<std::uint64_t>(content, name);
        else if (name == "status")
            rule.status = integer_of<int>(content, name);
        else if (name == "retry_after")
            rule.retry_after = integer_of<std::uint64_t>(content, name);
        else if (name == "delay_ms")
            rule.delay_ms = integer_of<std::uint64_t>(content, name);
        else if (name == "reset")
            rule.reset = boolean_of(content, name);
        else if (name == "truncate_after")
            rule.truncate_after = integer_of<std::uint64_t>(content, name);
        else if (name == "drip_bytes_per_s")
            rule.drip_bytes_per_s = integer_of<std::uint64_t>(content, name);
        else if (name == "garbage")
            rule.garbage = boolean_of(content, name);
        else if (name == "stall")
            rule.stall = boolean_of(content, name);
        else
            throw std::invalid_argument("'" + std::string(name) + "' is not a member of a fault");
    }
    require_effect(rule);
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
