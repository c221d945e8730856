// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "times.hpp"

#include <ctime>

namespace ferry::mock {
namespace {

std::string formatted(std::tm const& parts, char const* format) {
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, format, &parts));
}

std::string utc_seconds(std::int64_t micros) {
    std::time_t const when = static_cast<std::time_t>(micros / second);
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    return formatted(parts, "%Y-%m-%dT%H:%M:%S");
}

std::string fraction(std::int64_t micros) {
    std::string const digits = std::to_string(micros % second);
    return '.' + std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

std::string utc_text(std::int64_t micros) {
    return utc_seconds(micros) + fraction(micros) + 'Z';
}

std::string naive_text(std::int64_t micros) {
    return utc_seconds(micros) + (micros % second == 0 ? "" : fraction(micros));
}

std::string local_text(std::int64_t micros, char const* format) {
    std::time_t const when = static_cast<std::time_t>(micros / second);
    std::tm parts{};
    ::localtime_r(&when, &parts);
    return formatted(parts, format);
}

}  // namespace ferry::mock
