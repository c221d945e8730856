// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// How a checksum is made. MD5 and SHA-1 find accidents, not attackers.
enum class digest_algorithm : std::uint8_t { md5, sha1, sha256 };

/// A checksum, or the wish for one where `hex` is empty.
struct checksum {
    checksum() = default;
    explicit checksum(digest_algorithm of, std::string digits = {}) : algorithm(of), hex(std::move(digits)) {}

    digest_algorithm algorithm = digest_algorithm::sha256;
    std::string hex;  ///< Hexadecimal digits; ferry writes them in lower case and reads both.
};

}  // namespace ferry
