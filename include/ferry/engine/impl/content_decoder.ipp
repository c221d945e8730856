// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/content_decoder.hpp"
#include "ferry/engine/detail/inflater.hpp"

#include <boost/crc.hpp>

#include <algorithm>
#include <array>
#include <cstddef>

namespace ferry::detail {

/// Adler-32 (RFC 1950, section 9).
class adler32 {
public:
    void add(std::string_view bytes) noexcept {
        for (char const byte : bytes) {
            low_ = (low_ + static_cast<unsigned char>(byte)) % modulus;
            high_ = (high_ + low_) % modulus;
        }
    }
    std::uint32_t value() const noexcept { return high_ << 16 | low_; }

private:
    static constexpr std::uint32_t modulus = 65521;
    std::uint32_t low_ = 1;
    std::uint32_t high_ = 0;
};

struct content_decoder::state {
    /// What the next byte belongs to.
    enum class part : std::uint8_t {
        begin,
        extra_size,
        extra,
        name,
        comment,
        header_crc,
        data,
        trailer,
        end
    };

    explicit state(bool is_gzip) : gzip(is_gzip) {}

    bool const gzip;
    part at = part::begin;
    bool framed = true;  ///< deflate: whether there is a zlib frame.
    unsigned flags = 0;  ///< Of a gzip member.
    std::array<unsigned char, 10> field{};
    std::size_t field_size = 0;  ///< Bytes of the current field so far.
    std::size_t extra_left = 0;
    bool started = false;

    inflater stream;
    boost::crc_32_type crc;
    adler32 adler;
    std::uint32_t size = 0;  ///< Of the decoded member, modulo 2^32.

    static error bytes_after_end() { return broken_content("bytes follow its end"); }

    /// Collects a field of `count` bytes; `true`: it is complete.
    bool collect(std::string_view& piece, std::size_t count) {
        while (field_size < count && !piece.empty()) {
            field[field_size++] = static_cast<unsigned char>(piece.front());
            piece.remove_prefix(1);
        }
        if (field_size < count) return false;
        field_size = 0;
        return true;
    }
    /// Skips a text that a zero byte ends.
    static bool skip_text(std::string_view& piece) {
        auto const end = piece.find('\0');
        piece.remove_prefix(end == std::string_view::npos ? piece.size() : end + 1);
        return end != std::string_view::npos;
    }
    std::uint32_t little_endian(std::size_t from) const {
        std::uint32_t value = 0;
        for (std::size_t i = 4; i-- > 0;) value = value << 8 | field[from + i];
        return value;
    }
    std::uint32_t big_endian() const {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) value = value << 8 | field[i];
        return value;
    }

    result<void> read_begin(std::string_view& piece, receiver const& to) {
        if (!collect(piece, gzip ? 10 : 2)) return {};
        if (gzip) {
            constexpr unsigned reserved = 0xe0;
            flags = field[3];
            if (field[0] != 0x1f || field[1] != 0x8b || field[2] != 8 || (flags & reserved) != 0)
                return broken_content("it is not gzip");
            at = part::extra_size;
            return {};
        }
        framed = (field[0] & 0x0f) == 8 && (field[0] * 256 + field[1]) % 31 == 0 && (field[1] & 0x20) == 0;
        at = part::data;
        if (framed) return {};
        // Those two bytes were data already.
        std::string const first{static_cast<char>(field[0]), static_cast<char>(field[1])};
        std::string_view rest = first;
        auto done = inflate(rest, to);
        return done && !rest.empty() ? bytes_after_end() : done;
    }

    result<void> read_header_rest(std::string_view& piece) {
        constexpr unsigned header_crc = 2, extra = 4, name = 8, comment = 16;
        switch (at) {
            case part::extra_size:
                if ((flags & extra) && !collect(piece, 2)) return {};
                extra_left = flags & extra ? field[0] + std::size_t{field[1]} * 256 : 0;
                at = part::extra;
                return {};
            case part::extra: {
                auto const skipped = (std::min)(extra_left, piece.size());
                piece.remove_prefix(skipped);
                extra_left -= skipped;
                if (extra_left == 0) at = part::name;
                return {};
            }
            case part::name:
                if (!(flags & name) || skip_text(piece)) at = part::comment;
                return {};
            case part::comment:
                if (!(flags & comment) || skip_text(piece)) at = part::header_crc;
                return {};
            default:
                if (!(flags & header_crc) || collect(piece, 2)) at = part::data;
                return {};
        }
    }

    result<void> inflate(std::string_view& piece, receiver const& to) {
        auto done = stream.write(piece, [&](std::string_view out) {
            if (gzip)
                crc.process_bytes(out.data(), out.size());
            else
                adler.add(out);
            size += static_cast<std::uint32_t>(out.size());
            return to(out);
        });
        if (stream.ended()) at = framed ? part::trailer : part::end;
        return done;
    }

    result<void> read_trailer(std::string_view& piece) {
        if (!collect(piece, gzip ? 8 : 4)) return {};
        bool const right = gzip ? little_endian(0) == crc.checksum() && little_endian(4) == size
                                : big_endian() == adler.value();
        if (!right) return broken_content("its checksum is wrong");
        at = part::end;
        return {};
    }

    /// A gzip file may consist of several members.
    void next_member() {
        at = part::begin;
        stream = {};
        crc.reset();
        size = 0;
    }
};

FERRY_DECL content_decoder::content_decoder(bool gzip) : state_(std::make_unique<state>(gzip)) {}
FERRY_DECL content_decoder::~content_decoder() = default;

FERRY_DECL result<std::unique_ptr<content_decoder>> content_decoder::make(std::string_view content_encoding) {
    auto const coding = lower(trim(content_encoding));
    bool const gzip = coding == "gzip" || coding == "x-gzip";
    if (coding.empty() || coding == "identity") return std::unique_ptr<content_decoder>();
    if (!gzip && coding != "deflate")
        return error(error_kind::decoding,
                     "the answer is encoded as '" + coding +
                         "', which ferry did not ask for and cannot read; it reads gzip and deflate");
    return std::unique_ptr<content_decoder>(new content_decoder(gzip));
}

FERRY_DECL result<void> content_decoder::write(std::string_view piece, receiver const& to) {
    using part = state::part;
    auto& s = *state_;
    s.started = s.started || !piece.empty();
    while (!piece.empty()) {
        result<void> done;
        switch (s.at) {
            case part::begin:
                done = s.read_begin(piece, to);
                break;
            case part::data:
                done = s.inflate(piece, to);
                break;
            case part::trailer:
                done = s.read_trailer(piece);
                break;
            case part::end:
                if (!s.gzip) return state::bytes_after_end();
                s.next_member();
                break;
            default:
                done = s.read_header_rest(piece);
                break;
        }
        if (!done) return done;
    }
    return {};
}

FERRY_DECL result<void> content_decoder::finish() const {
    if (!state_->started || state_->at == state::part::end) return {};
    return error(error_kind::decoding, "the compressed answer is cut short");
}

}  // namespace ferry::detail
