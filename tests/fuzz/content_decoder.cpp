// Any bytes as compressed content: decoded as zlib decodes them, in pieces as in one; and what zlib
// compressed comes back.
#include "input.hpp"

#include <ferry/engine/detail/content_decoder.hpp>

#include <zlib.h>

#include <optional>

namespace {

/// What a small input can grow to within a moment.
constexpr std::size_t most = 256 << 10;

/// Nothing where the content is refused.
std::optional<std::string> decoded(std::string_view coding, std::string_view text, std::string_view sizes) {
    auto const decoder = ferry::detail::content_decoder::make(coding);
    fuzz::expect(decoder && *decoder, "the coding is known");
    std::string out;
    bool good = true;
    fuzz::in_pieces(text, sizes, [&](std::string_view piece) {
        auto const done = (*decoder)->write(piece, [&](std::string_view part) -> ferry::result<void> {
            fuzz::expect(!part.empty() && part.size() <= 32 << 10, "pieces are bounded");
            out += part;
            if (out.size() <= most) return {};
            return ferry::error(ferry::error_kind::limit, "enough");
        });
        return good = done.has_value();
    });
    if (!good || !(*decoder)->finish()) return std::nullopt;
    return out;
}

/// All members of a gzip text, as zlib reads them; nothing where it refuses one, or where they are too long.
std::optional<std::string> gunzipped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        z_stream stream{};
        inflateInit2(&stream, 15 + 16);
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream.avail_in = static_cast<uInt>(text.size());
        int status = Z_OK;
        while (status == Z_OK && out.size() <= most) {
            char buffer[16 << 10];
            stream.next_out = reinterpret_cast<Bytef*>(buffer);
            stream.avail_out = sizeof buffer;
            status = inflate(&stream, Z_NO_FLUSH);
            out.append(buffer, sizeof buffer - stream.avail_out);
        }
        auto const used = text.size() - stream.avail_in;
        inflateEnd(&stream);
        if (status != Z_STREAM_END || out.size() > most) return std::nullopt;
        text.remove_prefix(used);
    }
    return out;
}

/// \param window 15: zlib, 31: gzip, -15: neither's frame
std::string compressed(std::string_view text, int window, int level) {
    z_stream stream{};
    deflateInit2(&stream, level, Z_DEFLATED, window, 1 + level % 9, level % 4);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    fuzz::expect(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib compresses");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const kind = input.number();
    auto const sizes = input.field();
    auto const text = input.rest();
    std::string_view const coding = kind % 2 == 0 ? "gzip" : "deflate";
    auto const whole = decoded(coding, text, {});
    fuzz::expect(whole == decoded(coding, text, sizes), "pieces are decoded as the whole is");
    // zlib looks at the header's checksum, too.
    if (auto const unzipped = gunzipped(text); kind % 2 == 0 && unzipped)
        fuzz::expect(whole == unzipped, "zlib decodes the same");

    auto const level = static_cast<int>(kind % 10);
    fuzz::expect(decoded("gzip", compressed(text, 31, level), sizes) == text, "gzip comes back");
    fuzz::expect(decoded("deflate", compressed(text, 15, level), sizes) == text, "deflate comes back");
    fuzz::expect(decoded("deflate", compressed(text, -15, level), sizes) == text,
                 "deflate comes back without its frame");
    return 0;
}
