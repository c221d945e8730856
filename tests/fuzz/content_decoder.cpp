// Any bytes as compressed content: decoded in pieces as in one, to no more than their size allows; and what
// was compressed comes back, whole or not at all.
#include "input.hpp"

#include <ferry/engine/detail/content_decoder.hpp>

#include <zlib.h>

#include <optional>

namespace {

/// What a small input can grow to within a moment.
constexpr std::size_t most = 256 << 10;
/// Deflate spends at least two bits on 258 bytes.
constexpr std::size_t best_ratio = 258 * 4;

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
            fuzz::expect(out.size() <= best_ratio * text.size(), "nothing comes of nothing");
            if (out.size() <= most) return {};
            return ferry::error(ferry::error_kind::limit, "enough");
        });
        return good = done.has_value();
    });
    if (!good || !(*decoder)->finish()) return std::nullopt;
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
    auto const level = static_cast<int>(kind % 10);
    auto const gzip = compressed(text, 31, level);
    fuzz::expect(decoded("gzip", gzip, sizes) == text, "gzip comes back");
    fuzz::expect(decoded("gzip", gzip + gzip, sizes) == std::string(text).append(text),
                 "both members come back");
    auto const framed = compressed(text, 15, level);
    auto const bare = compressed(text, -15, level);
    fuzz::expect(decoded("deflate", framed, sizes) == text, "deflate comes back");
    fuzz::expect(decoded("deflate", bare, sizes) == text, "deflate comes back without its frame");
    fuzz::expect(!decoded("deflate", framed + "x", sizes), "nothing follows the end");

    auto const cut = std::string_view(gzip).substr(0, 1 + kind % (gzip.size() - 1));
    fuzz::expect(!decoded("gzip", cut, sizes), "content that is cut short is no content");
    return 0;
}
