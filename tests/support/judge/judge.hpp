#pragma once

#include <ferry/json.hpp>
#include <ferry/schema/validation.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

/// \file
/// What a generated model makes of JSON texts, for tests that hold it against what others say.

namespace judge {

/// One line: `refused`, `caught` or `fits`; a tab; why; a tab; what is written back.
template <class T>
std::string verdict(std::string_view text) {
    auto const read = ferry::from_json<T>(text);
    if (!read) return "refused\t" + read.error().message() + '\t';
    auto const found = ferry::validate(*read);
    auto const written = ferry::to_json(*read);
    auto const why = !found.empty() ? found.front().to_string() : written ? "" : written.error().message();
    return (found.empty() ? "fits\t" : "caught\t") + why + '\t' + (written ? *written : std::string());
}

/// A model by the name of its schema.
struct known {
    std::string_view name;
    std::string (*verdict)(std::string_view text);
};

/// Every list of the program puts itself here.
struct list {
    explicit list(std::span<known const> models);
};

}  // namespace judge
