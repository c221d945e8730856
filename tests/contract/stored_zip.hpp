// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Reads zip archives whose entries are stored without compression, independently of who wrote them.

#include <boost/crc.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ferry_test {

/// The entries of `archive`, name and bytes. Throws std::runtime_error for what is not a zip, is compressed,
/// or does not match its checksum.
inline std::multimap<std::string, std::string> read_stored_zip(std::string_view archive) {
    auto const number = [&](std::size_t at, std::size_t bytes) {
        if (at > archive.size() || archive.size() - at < bytes)
            throw std::runtime_error("zip: cut off at " + std::to_string(at));
        std::uint32_t value = 0;
        for (std::size_t i = bytes; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(archive[at + i]);
        return value;
    };
    auto const text = [&](std::size_t at, std::size_t size) {
        if (at > archive.size() || archive.size() - at < size)
            throw std::runtime_error("zip: cut off at " + std::to_string(at));
        return archive.substr(at, size);
    };
    auto const end = archive.rfind("PK\5\6");
    if (end == std::string_view::npos) throw std::runtime_error("zip: no end of central directory");

    std::multimap<std::string, std::string> entries;
    auto const count = number(end + 10, 2);
    std::size_t at = number(end + 16, 4);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (text(at, 4) != "PK\1\2") throw std::runtime_error("zip: no central directory entry");
        auto const name = std::string(text(at + 46, number(at + 28, 2)));
        if (number(at + 10, 2) != 0) throw std::runtime_error("zip: " + name + " is compressed");
        std::size_t const local = number(at + 42, 4);
        if (text(local, 4) != "PK\3\4") throw std::runtime_error("zip: no local header of " + name);
        if (text(local + 30, number(local + 26, 2)) != name)
            throw std::runtime_error("zip: two names for " + name);
        auto const bytes = text(local + 30 + name.size() + number(local + 28, 2), number(at + 24, 4));
        boost::crc_32_type checksum;
        checksum.process_bytes(bytes.data(), bytes.size());
        if (checksum.checksum() != number(at + 16, 4))
            throw std::runtime_error("zip: wrong checksum of " + name);
        entries.emplace(name, bytes);
        at += 46 + name.size() + number(at + 30, 2) + number(at + 32, 2);
    }
    return entries;
}

}  // namespace ferry_test
