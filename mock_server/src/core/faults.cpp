// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/faults.hpp"

#include "core/responses.hpp"
#include "http/http_date.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace ferry::mock {
namespace {

constexpr std::size_t longest_path = 4096;  // every request is held against it
constexpr std::uint64_t longest_delay_ms = 24 * 3600 * 1000;
constexpr std::uint64_t longest_retry_s = 366 * 24 * 3600;

constexpr std::array<std::string_view, 4> storage_words{"none", "missing", "failing", "uncommitted"};
constexpr std::array<std::string_view, 2> reset_words{"before_headers", "after_headers"};

template <class Enumeration, std::size_t N>
std::string_view word_of(Enumeration value, std::array<std::string_view, N> const& words) {
    return words[static_cast<std::size_t>(value)];
}

template <class Enumeration, std::size_t N>
std::optional<Enumeration> value_of(std::string_view word, std::array<std::string_view, N> const& words) {
    auto const found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enumeration>(found - words.begin());
}

json::object effects_to_json(fault const& rule) {
    json::object result;
    if (rule.status) result["status"] = *rule.status;
    if (rule.retry_after) result["retry_after"] = *rule.retry_after;
    if (rule.retry_after_date) result["retry_after_date"] = *rule.retry_after_date;
    if (rule.delay_ms) result["delay_ms"] = *rule.delay_ms;
    if (rule.reset) result["reset"] = word_of(*rule.reset, reset_words);
    if (rule.stall) result["stall"] = true;
    if (rule.garbage) result["garbage"] = true;
    if (rule.truncate_after) result["truncate_after"] = *rule.truncate_after;
    if (rule.drip_bytes_per_s) result["drip_bytes_per_s"] = *rule.drip_bytes_per_s;
    if (rule.storage != storage_fault::none) result["storage"] = word_of(rule.storage, storage_words);
    return result;
}

json::object to_json(fault_report const& report) {
    json::object result;
    if (!report.method.empty()) result["method"] = report.method;
    result["path"] = report.path;
    if (!report.identity.empty()) result["identity"] = report.identity;
    result["times"] = report.times;
    for (auto& member : effects_to_json(report)) result.insert(member);
    result["fired"] = report.fired;
    result["left"] = report.left;
    return result;
}

struct mistake {
    std::string_view member;  ///< empty: the rule as a whole
    std::string_view problem;
};

std::optional<mistake> find_mistake(fault const& rule) {
    if (effects_to_json(rule).empty()) {
        return mistake{"",
                       "a fault needs an effect: status, delay_ms, reset, stall, garbage, truncate_after, "
                       "drip_bytes_per_s or storage"};
    }
    if (rule.times == 0) return mistake{"times", "must be at least 1"};
    if (rule.path.size() > longest_path) return mistake{"path", "can have at most 4096 bytes"};
    if (rule.status && (*rule.status < 200 || *rule.status > 599))
        return mistake{"status", "must be between 200 and 599"};
    if (!rule.status && rule.retry_after) return mistake{"retry_after", "needs a status, such as 429"};
    if (!rule.status && rule.retry_after_date)
        return mistake{"retry_after_date", "needs a status, such as 429"};
    if (rule.retry_after && rule.retry_after_date)
        return mistake{"retry_after_date", "cannot stand beside retry_after; an answer has one Retry-After"};
    if (rule.retry_after_date.value_or(0) > longest_retry_s)
        return mistake{"retry_after_date", "is in seconds, of at most a year"};
    if (rule.delay_ms.value_or(0) > longest_delay_ms) return mistake{"delay_ms", "can be at most a day"};
    if (rule.drip_bytes_per_s == std::uint64_t{0})
        return mistake{"drip_bytes_per_s", "must be at least 1; to send nothing, take stall"};
    return std::nullopt;
}

void require_sense(fault const& rule) {
    auto const wrong = find_mistake(rule);
    if (!wrong) return;
    std::string const member = wrong->member.empty() ? "" : '\'' + std::string(wrong->member) + "' ";
    throw std::invalid_argument(member + std::string(wrong->problem));
}

/// About what a rule takes in memory.
std::size_t size_of(fault const& rule) {
    return sizeof(fault_report) + rule.method.size() + rule.path.size() + rule.identity.size();
}

template <class Identity>
bool hits(fault const& rule, http_request const& request, Identity const& identity) {
    return (rule.method.empty() || equal_ignoring_case(rule.method, request.method)) &&
           fits(rule.path, request.path) && (rule.identity.empty() || rule.identity == identity());
}

}  // namespace

fault_list fault_book::add(std::vector<fault> rules) {
    reports added;
    std::size_t bytes = 0;
    for (fault& rule : rules) {
        require_sense(rule);
        bytes += size_of(rule);
        std::uint64_t const times = rule.times;
        added.push_back({std::move(rule), 0, times});
    }
    std::lock_guard const lock(mutex_);
    if (reports_.size() - spent_.size() + added.size() > most_waiting) {
        throw std::invalid_argument(
            "at most " + std::to_string(most_waiting) +
            " faults can wait for their requests; DELETE /_ferry/faults forgets them, "
            "and 'times' makes one of many");
    }
    if (!memory_->take(bytes)) {
        forget_spent(0);
        if (!memory_->take(bytes))
            throw std::invalid_argument("the faults of all namespaces take too much memory; forget some");
    }
    fault_list result{fired_, {added.begin(), added.end()}};
    reports_.splice(reports_.end(), added);
    return result;
}

void fault_book::forget_spent(std::size_t beyond) {
    while (spent_.size() > beyond) {
        memory_->give_back(size_of(*spent_.front()));
        reports_.erase(spent_.front());
        spent_.pop_front();
    }
}

std::optional<fault> fault_book::take(http_request const& request,
                                      std::function<std::string()> const& identity) {
    std::optional<std::string> name;
    auto const who = [&]() -> std::string const& { return name ? *name : name.emplace(identity()); };
    std::lock_guard const lock(mutex_);
    for (auto at = reports_.begin(); at != reports_.end(); ++at) {
        if (at->left == 0 || !hits(*at, request, who)) continue;
        std::optional<fault> rule(static_cast<fault const&>(*at));  // it may be forgotten below
        ++at->fired;
        ++fired_;
        if (--at->left == 0) spent_.push_back(at);
        forget_spent(most_spent);
        return rule;
    }
    return std::nullopt;
}

void fault_book::clear() {
    std::lock_guard const lock(mutex_);
    for (fault_report const& report : reports_) memory_->give_back(size_of(report));
    spent_.clear();
    reports_.clear();
    fired_ = 0;
}

std::uint64_t fault_book::fired() const {
    std::lock_guard const lock(mutex_);
    return fired_;
}

fault_list fault_book::list() const {
    std::lock_guard const lock(mutex_);
    return {fired_, {reports_.begin(), reports_.end()}};
}

json::object to_json(fault_list const& faults) {
    json::array list;
    for (fault_report const& report : faults.reports) list.push_back(to_json(report));
    json::object result{{"fired", faults.fired}};
    result["faults"] = std::move(list);
    return result;
}

fault fault_from_json(document source) {
    fault rule;
    rule.method = source.text_if("method").value_or(rule.method);
    rule.path = source.text_if("path").value_or(rule.path);
    rule.identity = source.text_if("identity").value_or(rule.identity);
    rule.times = source.count_if("times").value_or(rule.times);
    if (auto const status = source.count_if("status"))
        rule.status = static_cast<int>((std::min)(*status, std::uint64_t{1000}));
    rule.retry_after = source.count_if("retry_after");
    rule.retry_after_date = source.count_if("retry_after_date");
    rule.delay_ms = source.count_if("delay_ms");
    if (json::value const* const reset = source.any("reset")) {
        if (reset->is_string()) {
            rule.reset = value_of<reset_point>(reset->get_string(), reset_words);
        } else if (reset->is_bool() && reset->get_bool()) {
            rule.reset = reset_point::before_headers;
        }
        bool const none = reset->is_bool() && !reset->get_bool();
        if (!rule.reset && !none) source.refuse("reset", "must be true, before_headers or after_headers");
    }
    rule.stall = source.flag_if("stall").value_or(false);
    rule.garbage = source.flag_if("garbage").value_or(false);
    rule.truncate_after = source.count_if("truncate_after");
    rule.drip_bytes_per_s = source.count_if("drip_bytes_per_s");
    if (auto const word = source.text_if("storage")) {
        auto const storage = value_of<storage_fault>(*word, storage_words);
        if (!storage) source.refuse("storage", "must be missing, failing or uncommitted");
        rule.storage = *storage;
    }
    source.finish();
    if (auto const wrong = find_mistake(rule)) {
        if (!wrong->member.empty()) source.refuse(wrong->member, std::string(wrong->problem));
        throw document_error(source.where(), std::string(wrong->problem));
    }
    return rule;
}

std::string effects_of(fault const& rule) {
    std::string text;
    for (auto const& member : effects_to_json(rule)) {
        if (!text.empty()) text += ", ";
        text += member.key();
        if (member.value().is_string())
            (text += ' ') += member.value().get_string();
        else if (!member.value().is_bool())
            text += ' ' + to_text(member.value());
    }
    return text;
}

std::optional<http_response> answer_of(fault const& rule) {
    if (!rule.status) return std::nullopt;
    http_response response =
        *rule.status == 204
            ? empty_response(204)
            : json_response(*rule.status, json::object{{"detail", "Injected by a fault rule"}});
    if (rule.retry_after) response.with("Retry-After", std::to_string(*rule.retry_after));
    if (rule.retry_after_date) {
        auto const after = std::chrono::system_clock::now() + std::chrono::seconds(*rule.retry_after_date);
        auto const whole = std::chrono::ceil<std::chrono::seconds>(after);
        response.with("Retry-After", http_date(std::chrono::system_clock::to_time_t(whole)));
    }
    return response;
}

delivery delivery_of(fault const& rule) {
    using disturbance = delivery::disturbance;
    delivery how;
    how.delay = std::chrono::milliseconds(rule.delay_ms.value_or(0));
    if (rule.reset)
        how.what =
            *rule.reset == reset_point::before_headers ? disturbance::reset : disturbance::reset_after_head;
    else if (rule.stall)
        how.what = disturbance::stall;
    else if (rule.garbage)
        how.what = disturbance::garbage;
    else if (rule.truncate_after)
        how.what = disturbance::truncate;
    else if (rule.drip_bytes_per_s)
        how.what = disturbance::drip;
    how.amount = rule.truncate_after.value_or(rule.drip_bytes_per_s.value_or(0));
    return how;
}

}  // namespace ferry::mock
