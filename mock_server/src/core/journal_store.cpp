// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/journal_store.hpp"

#include "core/crypto.hpp"
#include "core/document.hpp"
#include "core/redaction.hpp"
#include "core/times.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

std::size_t size_of(journal_entry::pairs const& pairs) {
    std::size_t total = 0;
    for (auto const& [name, value] : pairs) total += sizeof(pairs[0]) + name.size() + value.size();
    return total;
}

/// About what an entry takes in memory.
std::size_t size_of(journal_entry const& entry) {
    std::size_t total = sizeof entry + entry.target.size() + entry.path.size() + entry.body.text.size() +
                        entry.response_body.text.size() + entry.fault.size() + entry.hint.size();
    for (journal_part const& part : entry.parts)
        total += sizeof part + part.name.size() + part.filename.size();
    return total + size_of(entry.query) + size_of(entry.headers) + size_of(entry.response_headers);
}

bool has(journal_entry::pairs const& sent, std::pair<std::string, std::string> const& wanted) {
    return std::find(sent.begin(), sent.end(), wanted) != sent.end();
}

bool has_header(journal_entry::pairs const& sent, std::pair<std::string, std::string> const& wanted) {
    return std::any_of(sent.begin(), sent.end(), [&](auto const& field) {
        return field.second == wanted.second && equal_ignoring_case(field.first, wanted.first);
    });
}

bool has_part(std::vector<journal_part> const& sent, std::string const& name) {
    return std::any_of(sent.begin(), sent.end(), [&](journal_part const& part) { return part.name == name; });
}

template <class Sent, class Wanted, class Has>
bool has_all(Sent const& sent, Wanted const& wanted, Has has_one) {
    return std::all_of(wanted.begin(), wanted.end(), [&](auto const& item) { return has_one(sent, item); });
}

bool meets(journal_entry const& entry, journal_query const& query) {
    return entry.number > query.after && (!query.status || *query.status == entry.status) &&
           (query.method.empty() || equal_ignoring_case(query.method, entry.method)) &&
           (query.path.empty() || fits(query.path, entry.path)) &&
           (query.operation.empty() || fits(query.operation, entry.operation)) &&
           (query.identity.empty() || query.identity == entry.identity) &&
           (!query.unmatched || !entry.hint.empty()) && has_all(entry.query, query.query, has) &&
           has_all(entry.headers, query.header, has_header) && has_all(entry.parts, query.part, has_part) &&
           (query.body.empty() || entry.body.text.find(query.body) != std::string::npos);
}

}  // namespace

void journal_memory::enter(journal_store& one) {
    std::lock_guard const lock(mutex_);
    all_.push_back(&one);
}

void journal_memory::leave(journal_store const& one) {
    std::lock_guard const lock(mutex_);
    std::erase(all_, &one);
    used_ -= one.bytes_;
}

void journal_memory::keep_bound() {
    while (used_ > most_) {
        std::lock_guard const lock(mutex_);
        auto const largest = std::max_element(
            all_.begin(), all_.end(), [](auto const* a, auto const* b) { return a->bytes_ < b->bytes_; });
        if (largest == all_.end() || (*largest)->bytes_ == 0) return;
        (*largest)->drop_oldest();
    }
}

journal_store::journal_store(std::size_t most_entries, std::shared_ptr<journal_memory> memory)
    : most_entries_(most_entries), memory_(std::move(memory)) {
    memory_->enter(*this);
}

journal_store::~journal_store() {
    memory_->leave(*this);
}

std::uint64_t journal_store::record(journal_entry&& entry) {
    std::size_t const bytes = size_of(entry);
    std::uint64_t number = 0;
    {
        std::lock_guard const lock(mutex_);
        number = entry.number = ++last_number_;
        entries_.push_back({std::move(entry), bytes});
        count_bytes(bytes, 0);
        while (entries_.size() > most_entries_) drop_front();
    }
    memory_->keep_bound();
    return number;
}

void journal_store::drop_oldest() {
    std::lock_guard const lock(mutex_);
    if (!entries_.empty()) drop_front();
}

void journal_store::drop_front() {
    count_bytes(0, entries_.front().bytes);
    entries_.pop_front();
    ++evicted_;
}

void journal_store::count_bytes(std::size_t more, std::size_t less) {
    bytes_ += more - less;
    memory_->used_ += more - less;
}

journal_page journal_store::find(journal_query const& query) const {
    journal_page page;
    {
        std::lock_guard const lock(mutex_);
        page.evicted = evicted_;
        for (kept const& item : entries_) {
            if (!meets(item.entry, query)) continue;
            if (page.count++ < query.limit) page.entries.push_back(item.entry);
        }
    }
    for (journal_entry& entry : page.entries) redact(entry);
    return page;
}

std::uint64_t journal_store::erase(journal_query const& query) {
    std::lock_guard const lock(mutex_);
    std::uint64_t count = 0;
    auto const goes = [&](kept const& item) {
        if (count >= query.limit || !meets(item.entry, query)) return false;
        ++count;
        count_bytes(0, item.bytes);
        return true;
    };
    std::erase_if(entries_, goes);
    return count;
}

namespace {

std::pair<std::string, std::string> split_pair(std::string const& text, char separator,
                                               std::string_view parameter) {
    auto const at = text.find(separator);
    if (at == std::string::npos) {
        throw document_error(
            {}, "'" + std::string(parameter) + "' must be NAME" + separator + "VALUE, not '" + text + "'");
    }
    return {text.substr(0, at), std::string(trim(std::string_view(text).substr(at + 1)))};
}

std::uint64_t number(std::string const& text, std::string_view parameter) {
    if (auto const value = whole_number<std::uint64_t>(text)) return *value;
    throw document_error({}, "'" + std::string(parameter) + "' must be a number, not '" + text + "'");
}

/// JSON is UTF-8; what came off the wire need not be.
json::string clean(std::string_view text) {
    return is_utf8(text) ? json::string(text) : json::string(repair_utf8(text));
}

json::array to_json(journal_entry::pairs const& pairs) {
    json::array result;
    for (auto const& [name, value] : pairs) result.push_back(json::array{clean(name), clean(value)});
    return result;
}

json::array to_json(std::vector<journal_part> const& parts) {
    json::array result;
    for (journal_part const& part : parts) {
        json::object item{{"name", clean(part.name)}, {"filename", clean(part.filename)}};
        item["size"] = part.size;
        result.push_back(std::move(item));
    }
    return result;
}

/// As text where it is text.
json::object to_json(journal_body const& body) {
    json::object result{{"size", body.size}};
    std::string_view text = body.text;
    for (int cut = 0; body.text.size() < body.size && cut < 3 && !is_utf8(text); ++cut) {
        text.remove_suffix((std::min)(text.size(), std::size_t{1}));  // within a character
    }
    if (is_utf8(text)) {
        result["text"] = text;
    } else {
        result["base64"] = base64(body.text);
    }
    return result;
}

}  // namespace

journal_query journal_query_from(string_pairs const& parameters) {
    journal_query query;
    for (auto const& [name, value] : parameters) {
        if (name == "method")
            query.method = value;
        else if (name == "path")
            query.path = value;
        else if (name == "operation")
            query.operation = value;
        else if (name == "status")
            query.status = static_cast<int>((std::min)(number(value, name), std::uint64_t{1000}));
        else if (name == "query")
            query.query.push_back(split_pair(value, '=', name));
        else if (name == "header")
            query.header.push_back(split_pair(value, ':', name));
        else if (name == "part")
            query.part.push_back(value);
        else if (name == "body")
            query.body = value;
        else if (name == "identity")
            query.identity = value;
        else if (name == "unmatched")
            query.unmatched = value != "false";
        else if (name == "after")
            query.after = number(value, name);
        else if (name == "limit")
            query.limit = static_cast<std::size_t>(number(value, name));
        else
            throw document_error(
                {}, "'" + name +
                        "' is not a parameter of the journal; there are method, path, operation, "
                        "status, query=NAME=VALUE, header=NAME:VALUE, part, body, identity, "
                        "unmatched, after, limit");
    }
    return query;
}

json::object to_json(journal_entry const& entry) {
    json::object result{{"number", entry.number}};
    result["time"] = utc_text(micros_of(entry.time));
    result["name_space"] = entry.name_space;
    result["method"] = entry.method;
    result["target"] = clean(entry.target);
    result["path"] = clean(entry.path);
    result["query"] = to_json(entry.query);
    result["headers"] = to_json(entry.headers);
    result["parts"] = to_json(entry.parts);
    result["body"] = to_json(entry.body);
    result["operation"] = entry.operation;
    result["identity"] = entry.identity;
    result["status"] = entry.status;
    result["response_headers"] = to_json(entry.response_headers);
    result["response_body"] = to_json(entry.response_body);
    result["duration_us"] = entry.duration_us.count();
    result["fault"] = entry.fault;
    result["hint"] = clean(entry.hint);
    return result;
}

json::object to_json(journal_page const& page) {
    json::array entries;
    for (journal_entry const& entry : page.entries) entries.push_back(to_json(entry));
    json::object result{{"count", page.count}, {"evicted", page.evicted}};
    result["entries"] = std::move(entries);
    return result;
}

}  // namespace ferry::mock
