// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace ferry_test {

/// `text` as deflate data without a frame (RFC 1951).
inline std::string deflated(std::string_view text) {
    namespace zlib = boost::beast::zlib;
    zlib::deflate_stream stream;
    std::string out(stream.upper_bound(text.size()) + 64, '\0');
    zlib::z_params from;
    from.next_in = text.data();
    from.avail_in = text.size();
    from.next_out = out.data();
    from.avail_out = out.size();
    boost::system::error_code ec;
    stream.write(from, zlib::Flush::finish, ec);
    out.resize(out.size() - from.avail_out);
    return out;
}

/// `text` as one gzip member (RFC 1952).
inline std::string gzipped(std::string_view text) {
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    std::string out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    out += deflated(text);
    for (auto value : {static_cast<std::uint32_t>(crc.checksum()), static_cast<std::uint32_t>(text.size())})
        for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xff);
    return out;
}

}  // namespace ferry_test
