// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ferry::detail {

inline error broken_content(std::string_view why) {
    return {error_kind::decoding, "the compressed answer is broken: " + std::string(why)};
}

/// A canonical Huffman code (RFC 1951, section 3.2.2), for words that begin with the lowest bit.
class huffman_code {
public:
    static constexpr unsigned longest = 15;

    /// \param lengths of the words of all symbols, 0 where there is none.
    /// \returns whether they make a code without gaps; `may_have_one`: or one with a single word of one bit,
    /// or none.
    FERRY_DECL bool assign(std::span<std::uint8_t const> lengths, bool may_have_one);

    struct word {
        unsigned symbol = 0;
        unsigned size = 0;  ///< In bits; 0: no word of the code.
    };
    /// The word that `bits` begin with.
    word front(std::uint64_t bits) const noexcept {
        auto const known = short_words_[bits & (short_words_.size() - 1)];
        return known.size != 0 ? known : long_front(bits);
    }

private:
    FERRY_DECL word long_front(std::uint64_t bits) const noexcept;

    std::array<word, 1 << 9> short_words_{};           ///< By their bits and whatever follows.
    std::array<std::uint16_t, longest + 1> counts_{};  ///< Words of each length.
    std::array<std::uint16_t, 288> symbols_{};         ///< In the order of their words.
};

/// Undoes deflate (RFC 1951) while it arrives, and takes not one byte beyond its end. (Beast's inflate_stream
/// keeps a byte of what follows, now and then, and waits for bits behind the end.)
class inflater {
public:
    using receiver = std::function<result<void>(std::string_view)>;

    /// Takes what is deflated off the front of `piece`, and hands on what comes of it in pieces of at most
    /// 32 KiB. An error of `to`, or broken data, ends it.
    FERRY_DECL result<void> write(std::string_view& piece, receiver const& to);

    bool ended() const noexcept { return at_ == part::end; }

private:
    enum class part : std::uint8_t {
        block,
        stored_size,
        stored,
        code_sizes,
        code_lengths,
        lengths,
        words,
        end
    };

    /// A step was made; more input is needed for it; the data is broken.
    enum class outcome : std::uint8_t { done, starved, broken };

    FERRY_DECL outcome step(std::string_view& piece, receiver const& to);
    FERRY_DECL outcome begin_block();
    FERRY_DECL outcome begin_stored();
    FERRY_DECL outcome copy_stored(std::string_view& piece, receiver const& to);
    FERRY_DECL outcome read_code_sizes();
    FERRY_DECL outcome read_code_length();
    FERRY_DECL outcome read_length();
    FERRY_DECL outcome use_lengths();
    FERRY_DECL outcome read_words(std::string_view& piece, receiver const& to);
    FERRY_DECL outcome read_word(receiver const& to);
    FERRY_DECL void use_fixed_codes();

    FERRY_DECL void fill(std::string_view& piece) noexcept;
    unsigned low(unsigned from, unsigned size) const noexcept {
        return static_cast<unsigned>(bits_ >> from & ((std::uint64_t{1} << size) - 1));
    }
    void drop(unsigned size) noexcept {
        bits_ >>= size;
        bit_count_ -= size;
    }
    outcome fail(std::string_view why) noexcept {
        why_ = why;
        return outcome::broken;
    }
    FERRY_DECL bool put(char byte, receiver const& to);
    FERRY_DECL bool hand_on(receiver const& to);

    part at_ = part::block;
    bool last_block_ = false;
    std::uint64_t bits_ = 0;  ///< Input that is not used up yet, from the lowest bit on.
    unsigned bit_count_ = 0;
    std::size_t stored_left_ = 0;

    std::array<std::uint8_t, 320> lengths_{};  ///< Of the words of a block's codes, while they are read.
    std::size_t length_count_ = 0;
    std::size_t literal_lengths_ = 0;
    std::size_t distance_lengths_ = 0;
    std::size_t code_lengths_ = 0;
    huffman_code literals_;
    huffman_code distances_;  ///< And, while lengths are read, the code of these.

    std::array<char, 32 << 10> window_{};
    std::uint64_t written_ = 0;
    std::uint64_t handed_on_ = 0;
    result<void> taken_;  ///< What the receiver said.
    std::string_view why_;
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/inflater.ipp"
#endif
