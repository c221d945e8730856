// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/record.hpp"

#include "core/scalars.hpp"

#include <algorithm>

namespace ferry::mock {

void record::put(std::string_view name, json::value value) {
    if (nulls_ || !value.is_null()) (*target_)[name] = std::move(value);
}

void record::text(std::string_view name, std::string& value) {
    if (reads())
        value = source_->text(name);
    else
        put(name, json::value(value));
}

void record::filled_text(std::string_view name, std::string& value) {
    text(name, value);
    if (reads() && value.empty()) refuse(name, "must not be empty");
}

void record::uuid(std::string_view name, std::string& value) {
    text(name, value);
    std::optional<std::string> parsed = parse_uuid(value);
    if (reads() && !parsed) refuse(name, "must be a UUID");
    if (parsed) value = *std::move(parsed);
}

void record::uuid_if(std::string_view name, std::optional<std::string>& value) {
    text_if(name, value);
    if (value) uuid(name, *value);
}

void record::choice_if(std::string_view name, std::string& value, std::span<std::string_view const> choices) {
    text_if(name, value);
    if (!reads() || std::find(choices.begin(), choices.end(), value) != choices.end()) return;
    std::string all;
    for (std::string_view const known : choices) (all += all.empty() ? "" : ", ") += known;
    refuse(name, "must be one of " + all);
}

}  // namespace ferry::mock
