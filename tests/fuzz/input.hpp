#pragma once

// What a fuzzer makes of its bytes, and how it says that something is wrong.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace fuzz {

inline void expect(bool holds, std::string_view what) {
    if (holds) return;
    std::cerr << "does not hold: " << what << '\n';
    std::abort();
}

/// Fields, each ended by the byte 0xFE, which is no part of any text: so seeds stay readable.
class input {
public:
    input(std::uint8_t const* data, std::size_t size) : rest_(reinterpret_cast<char const*>(data), size) {}

    bool empty() const noexcept { return rest_.empty(); }
    std::string_view field() {
        auto const end = (std::min)(rest_.find('\xfe'), rest_.size());
        auto const text = rest_.substr(0, end);
        rest_.remove_prefix((std::min)(end + 1, rest_.size()));
        return text;
    }
    std::string_view rest() { return std::exchange(rest_, {}); }
    /// 0 to 255; 0 at the end.
    unsigned number() {
        if (rest_.empty()) return 0;
        auto const first = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return first;
    }

private:
    std::string_view rest_;
};

/// Hands on `text` in pieces whose sizes are the bytes of `sizes`, in turn, until `take` returns false.
template <class F>
void in_pieces(std::string_view text, std::string_view sizes, F take) {
    for (std::size_t i = 0; !text.empty(); ++i) {
        std::size_t const wanted =
            sizes.empty() ? text.size() : static_cast<unsigned char>(sizes[i % sizes.size()]) % 64 + 1;
        auto const piece = text.substr(0, wanted);
        if (!take(piece)) return;
        text.remove_prefix(piece.size());
    }
}

}  // namespace fuzz
