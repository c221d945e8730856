// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// How a checksum is made. MD5 and SHA-1 find accidents, not attackers.
///
/// \par Source
/// MD5: RFC 1321. SHA-1 and SHA-256: FIPS 180-4.
enum class digest_algorithm : std::uint8_t { md5, sha1, sha256 };

/// A checksum, or the wish for one where `hex` is empty: request_options::checksum.
///
/// \par Example
/// ```cpp
/// ferry::request_options with;
/// with.checksum.emplace(ferry::digest_algorithm::sha256);
/// auto const saved = cloud.files.content(id).options(with).save_to("a.pdf");
/// ```
struct checksum {
    checksum() = default;
    explicit checksum(digest_algorithm of, std::string digits = {}) : algorithm(of), hex(std::move(digits)) {}

    digest_algorithm algorithm = digest_algorithm::sha256;
    /// Hexadecimal digits, 32, 40 or 64 of them; ferry writes them in lower case and reads both.
    std::string hex;
};

}  // namespace ferry
