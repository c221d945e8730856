// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The members of an object in a document of state, said once for both ways.

#include "core/document.hpp"
#include "core/json.hpp"
#include "core/times.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ferry::mock {

/// Reads members, or writes them. Those that are absent when it reads leave the value as it is, unless they
/// are required. Throws document_error as the document does.
class record {
public:
    explicit record(document& source) : source_(&source) {}
    /// \param nulls write values that are not there as null, rather than leave them out
    record(json::object& target, bool nulls) : target_(&target), nulls_(nulls) {}

    [[nodiscard]] bool reads() const noexcept { return source_ != nullptr; }
    [[noreturn]] void refuse(std::string_view name, std::string const& problem) const {
        source_->refuse(name, problem);
    }

    // Required.
    void text(std::string_view name, std::string& value);
    void filled_text(std::string_view name, std::string& value);
    void uuid(std::string_view name, std::string& value);

    void text_if(std::string_view name, std::string& value) {
        both(name, value, &document::text_if, json::value(value));
    }
    void text_if(std::string_view name, std::optional<std::string>& value) {
        both(name, value, &document::text_if, text_or_null(value));
    }
    void uuid_if(std::string_view name, std::optional<std::string>& value);
    void choice_if(std::string_view name, std::string& value, std::span<std::string_view const> choices);
    void flag_if(std::string_view name, bool& value) { both(name, value, &document::flag_if, value); }
    void count_if(std::string_view name, std::uint64_t& value) {
        both(name, value, &document::count_if, value);
    }
    void time_if(std::string_view name, std::int64_t& value) {
        both(name, value, &document::time_if, json::value(utc_text(value)));
    }
    void time_if(std::string_view name, std::optional<std::int64_t>& value) {
        both(name, value, &document::time_if, value ? json::value(utc_text(*value)) : json::value(nullptr));
    }
    /// Null for none.
    void integer_if(std::string_view name, json::value& value) {
        both(name, value, &document::integer_if, value);
    }
    void object_if(std::string_view name, json::value& value) {
        both(name, value, &document::object_if, value);
    }
    void object_if(std::string_view name, json::object& value) {
        bool const there = nulls_ || !value.empty();
        both(name, value, &document::object_if, there ? json::value(value) : json::value(nullptr));
    }

private:
    template <class Value, class Found>
    void both(std::string_view name, Value& value, std::optional<Found> (document::*read)(std::string_view),
              json::value write) {
        if (!reads()) return put(name, std::move(write));
        auto found = (source_->*read)(name);
        if (!found) return;
        Found& read_value = *found;
        value = std::move(read_value);
    }
    void put(std::string_view name, json::value value);

    document* source_ = nullptr;
    json::object* target_ = nullptr;
    bool nulls_ = false;
};

/// What `describe(record&, Item&)` says of the item.
template <class Item>
[[nodiscard]] json::object written(Item item, bool nulls) {
    json::object result;
    record with(result, nulls);
    describe(with, item);
    return result;
}

}  // namespace ferry::mock
