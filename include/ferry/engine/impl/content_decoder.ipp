// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/content_decoder.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <new>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

inline error broken_content(std::string_view why) {
    return {error_kind::decoding, "the compressed answer is broken: " + std::string(why)};
}

/// zlib's words for what it refuses, and clearer ones where they say little.
inline std::string_view zlib_reason(z_stream const& stream) {
    std::string_view const said = stream.msg ? stream.msg : "zlib cannot read it";
    if (said == "incorrect data check" || said == "incorrect length check") return "its checksum is wrong";
    bool const of_header = said.find("header") != said.npos || said == "unknown compression method";
    return of_header ? "it is not gzip" : said;
}

struct content_decoder::state {
    explicit state(bool is_gzip) : gzip(is_gzip) {
        constexpr int gzip_frame = 15 + 16;
        if (gzip) begin(gzip_frame);
    }
    ~state() { inflateEnd(&stream); }
    state(state const&) = delete;

    void begin(int window_bits) {
        begun = inflateInit2(&stream, window_bits) == Z_OK;
        if (!begun) throw std::bad_alloc();
    }

    /// deflate: its first two bytes tell whether there is a zlib frame, without a preset dictionary.
    void begin_deflate() {
        constexpr int zlib_frame = 15;
        constexpr int no_frame = -15;
        unsigned const method = static_cast<unsigned char>(first[0]);
        unsigned const flags = static_cast<unsigned char>(first[1]);
        bool const framed = (method & 0x8f) == 8 && (method * 256 + flags) % 31 == 0 && (flags & 0x20) == 0;
        begin(framed ? zlib_frame : no_frame);
    }

    result<void> decode(std::string_view piece, receiver const& to) {
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
        stream.avail_in = static_cast<uInt>(piece.size());
        while (true) {
            if (ended) {
                if (stream.avail_in == 0) return {};
                if (!gzip) return broken_content("bytes follow its end");
                inflateReset(&stream);  // a gzip file may consist of several members
            }
            stream.next_out = reinterpret_cast<Bytef*>(out.data());
            stream.avail_out = static_cast<uInt>(out.size());
            int const how = inflate(&stream, Z_NO_FLUSH);
            ended = how == Z_STREAM_END;
            std::string_view const decoded(out.data(), out.size() - stream.avail_out);
            if (!decoded.empty())
                if (auto taken = to(decoded); !taken) return taken;
            if (how == Z_BUF_ERROR) return {};  // all that there was has been used
            if (how == Z_MEM_ERROR) throw std::bad_alloc();
            if (how != Z_OK && !ended) return broken_content(zlib_reason(stream));
        }
    }

    bool const gzip;
    bool started = false;  ///< There is content at all.
    bool begun = false;    ///< zlib knows what to expect.
    bool ended = false;    ///< Nothing is missing, but there may be another member.
    std::string first;     ///< deflate: bytes before that.
    z_stream stream{};
    std::array<char, 32 << 10> out;
};

FERRY_DECL content_decoder::content_decoder(bool gzip) : state_(std::make_unique<state>(gzip)) {}
FERRY_DECL content_decoder::~content_decoder() = default;

FERRY_DECL result<std::unique_ptr<content_decoder>> content_decoder::make(std::string_view content_encoding) {
    constexpr int most = 5;
    auto const refuse = [&] {
        return error(error_kind::decoding,
                     "the answer is encoded as '" + lower(trim(content_encoding)) +
                         "', which ferry did not ask for and cannot read; it reads gzip and deflate");
    };
    std::unique_ptr<content_decoder> all;
    int count = 0;
    for (auto rest = content_encoding; !rest.empty();) {
        auto const comma = (std::min)(rest.find(','), rest.size());
        auto const coding = lower(trim(rest.substr(0, comma)));
        rest.remove_prefix((std::min)(comma + 1, rest.size()));
        bool const gzip = coding == "gzip" || coding == "x-gzip";
        if (coding.empty() || coding == "identity") continue;
        if ((!gzip && coding != "deflate") || ++count > most) return refuse();
        std::unique_ptr<content_decoder> outer(new content_decoder(gzip));
        outer->inner_ = std::exchange(all, nullptr);
        all = std::move(outer);
    }
    return all;
}

FERRY_DECL result<void> content_decoder::write(std::string_view piece, receiver const& to) {
    if (!inner_) return decode(piece, to);
    return decode(piece, [&](std::string_view decoded) { return inner_->write(decoded, to); });
}

FERRY_DECL result<void> content_decoder::decode(std::string_view piece, receiver const& to) {
    constexpr std::size_t zlib_takes = 1 << 30;
    auto& s = *state_;
    if (piece.empty()) return {};
    s.started = true;
    if (!s.begun) {
        auto const missing = (std::min)(2 - s.first.size(), piece.size());
        s.first += piece.substr(0, missing);
        piece.remove_prefix(missing);
        if (s.first.size() < 2) return {};
        s.begin_deflate();
        if (auto done = s.decode(s.first, to); !done) return done;
    }
    for (; !piece.empty(); piece.remove_prefix((std::min)(zlib_takes, piece.size())))
        if (auto done = s.decode(piece.substr(0, zlib_takes), to); !done) return done;
    return {};
}

FERRY_DECL result<void> content_decoder::finish() const {
    if (!state_->started || state_->ended) return inner_ ? inner_->finish() : result<void>();
    return error(error_kind::decoding, "the compressed answer is cut short");
}

}  // namespace ferry::detail
