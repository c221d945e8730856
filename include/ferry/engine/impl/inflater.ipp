// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/engine/detail/inflater.hpp"

#include <algorithm>

namespace ferry::detail {

// ---- codes

FERRY_DECL bool huffman_code::assign(std::span<std::uint8_t const> lengths, bool may_have_one) {
    counts_.fill(0);
    short_words_.fill({});
    for (auto const length : lengths) ++counts_[length];
    auto const none = counts_[0] == lengths.size();
    counts_[0] = 0;

    int left = 1;  // words of the current length that are still free
    std::array<std::uint16_t, longest + 2> first_index{};
    std::array<std::uint16_t, longest + 2> next_word{};
    for (std::size_t size = 1; size <= longest; ++size) {
        left = left * 2 - counts_[size];
        if (left < 0) return false;
        first_index[size + 1] = static_cast<std::uint16_t>(first_index[size] + counts_[size]);
        next_word[size + 1] = static_cast<std::uint16_t>((next_word[size] + counts_[size]) * 2);
    }
    bool const one = counts_[1] == 1 && first_index[longest + 1] == 1;
    if (left > 0 && !(may_have_one && (none || one))) return false;

    for (unsigned symbol = 0; symbol < lengths.size(); ++symbol) {
        unsigned const size = lengths[symbol];
        if (size == 0) continue;
        symbols_[first_index[size]++] = static_cast<std::uint16_t>(symbol);
        if (std::size_t{1} << size > short_words_.size()) continue;
        unsigned reversed = 0;
        for (unsigned bit = 0, bits = next_word[size]++; bit < size; ++bit, bits >>= 1U)
            reversed = reversed << 1U | (bits & 1U);
        for (std::size_t at = reversed; at < short_words_.size(); at += std::size_t{1} << size)
            short_words_[at] = {symbol, size};
    }
    return true;
}

FERRY_DECL huffman_code::word huffman_code::long_front(std::uint64_t bits) const noexcept {
    unsigned bits_so_far = 0;
    unsigned first = 0;  // word of this length
    unsigned index = 0;  // of its symbol
    for (unsigned size = 1; size <= longest; ++size, bits >>= 1U) {
        bits_so_far = bits_so_far << 1U | static_cast<unsigned>(bits & 1U);
        unsigned const count = counts_[size];
        if (bits_so_far < first + count) return {symbols_[index + bits_so_far - first], size};
        index += count;
        first = (first + count) * 2;
    }
    return {};
}

// ---- data

FERRY_DECL result<void> inflater::write(std::string_view& piece, receiver const& to) {
    while (!ended()) {
        fill(piece);
        auto const how = step(piece, to);
        if (!taken_) return taken_;
        if (how == outcome::broken) return broken_content(why_);
        if (how == outcome::starved && piece.empty()) break;
    }
    if (ended()) {
        // What the last step did not use up came with this piece: a step uses up what was too little for it.
        auto const unused = bit_count_ / 8;
        piece = {piece.data() - unused, piece.size() + unused};
        bit_count_ = 0;
    }
    hand_on(to);
    return taken_;
}

FERRY_DECL void inflater::fill(std::string_view& piece) noexcept {
    std::size_t used = 0;
    for (; bit_count_ <= 56 && used < piece.size(); ++used, bit_count_ += 8)
        bits_ |= std::uint64_t{static_cast<unsigned char>(piece[used])} << bit_count_;
    piece.remove_prefix(used);
}

FERRY_DECL inflater::outcome inflater::step(std::string_view& piece, receiver const& to) {
    switch (at_) {
        case part::block:
            return begin_block();
        case part::stored_size:
            return begin_stored();
        case part::stored:
            return copy_stored(piece, to);
        case part::code_sizes:
            return read_code_sizes();
        case part::code_lengths:
            return read_code_length();
        case part::lengths:
            return read_length();
        case part::words:
            return read_words(piece, to);
        case part::end:
            break;
    }
    return outcome::done;
}

FERRY_DECL inflater::outcome inflater::begin_block() {
    if (last_block_) {
        at_ = part::end;
        return outcome::done;
    }
    if (bit_count_ < 3) return outcome::starved;
    last_block_ = low(0, 1) == 1;
    auto const type = low(1, 2);
    drop(3);
    if (type == 3) return fail("it has a block of an unknown type");
    if (type == 1) use_fixed_codes();
    at_ = type == 0 ? part::stored_size : type == 1 ? part::words : part::code_sizes;
    return outcome::done;
}

FERRY_DECL inflater::outcome inflater::begin_stored() {
    auto const padding = bit_count_ % 8;
    if (bit_count_ < padding + 32) return outcome::starved;
    stored_left_ = low(padding, 16);
    if (low(padding + 16, 16) != (~stored_left_ & 0xffff)) return fail("a length in it is wrong");
    drop(padding + 32);
    at_ = part::stored;
    return outcome::done;
}

FERRY_DECL inflater::outcome inflater::copy_stored(std::string_view& piece, receiver const& to) {
    for (; stored_left_ > 0 && bit_count_ > 0; --stored_left_) {
        auto const byte = static_cast<char>(low(0, 8));
        drop(8);
        if (!put(byte, to)) return outcome::broken;
    }
    for (; stored_left_ > 0 && !piece.empty(); --stored_left_) {
        auto const byte = piece.front();
        piece.remove_prefix(1);
        if (!put(byte, to)) return outcome::broken;
    }
    if (stored_left_ > 0) return outcome::starved;
    at_ = part::block;
    return outcome::done;
}

FERRY_DECL inflater::outcome inflater::read_code_sizes() {
    if (bit_count_ < 14) return outcome::starved;
    literal_lengths_ = low(0, 5) + 257;
    distance_lengths_ = low(5, 5) + 1;
    code_lengths_ = low(10, 4) + 4;
    drop(14);
    if (literal_lengths_ > 286 || distance_lengths_ > 30) return fail("a code in it is too large");
    lengths_.fill(0);
    length_count_ = 0;
    at_ = part::code_lengths;
    return outcome::done;
}

FERRY_DECL inflater::outcome inflater::read_code_length() {
    static constexpr std::uint8_t order[] = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                             11, 4,  12, 3, 13, 2, 14, 1, 15};
    if (bit_count_ < 3) return outcome::starved;
    lengths_[order[length_count_++]] = static_cast<std::uint8_t>(low(0, 3));
    drop(3);
    if (length_count_ < code_lengths_) return outcome::done;
    if (!distances_.assign({lengths_.data(), std::size(order)}, false)) return fail("a code in it is wrong");
    length_count_ = 0;
    at_ = part::lengths;
    return outcome::done;
}

FERRY_DECL inflater::outcome inflater::read_length() {
    auto const word = distances_.front(bits_);
    if (word.size > bit_count_) return outcome::starved;
    static constexpr unsigned extra_bits[] = {2, 3, 7};
    static constexpr unsigned fewest[] = {3, 3, 11};
    bool const repeats = word.symbol >= 16;
    unsigned const extra = repeats ? extra_bits[word.symbol - 16] : 0;
    if (word.size + extra > bit_count_) return outcome::starved;
    std::size_t const times = repeats ? fewest[word.symbol - 16] + low(word.size, extra) : 1;
    drop(word.size + extra);

    auto const all = literal_lengths_ + distance_lengths_;
    if (length_count_ + times > all || (word.symbol == 16 && length_count_ == 0))
        return fail("a code in it is wrong");
    auto const previous = length_count_ > 0 ? lengths_[length_count_ - 1] : std::uint8_t{0};
    auto const length = !repeats            ? static_cast<std::uint8_t>(word.symbol)
                        : word.symbol == 16 ? previous
                                            : std::uint8_t{0};
    std::fill_n(lengths_.begin() + static_cast<std::ptrdiff_t>(length_count_), times, length);
    length_count_ += times;
    return length_count_ < all ? outcome::done : use_lengths();
}

FERRY_DECL inflater::outcome inflater::use_lengths() {
    constexpr std::size_t end_of_block = 256;
    std::span<std::uint8_t const> const all(lengths_);
    if (lengths_[end_of_block] == 0 || !literals_.assign(all.first(literal_lengths_), true) ||
        !distances_.assign(all.subspan(literal_lengths_, distance_lengths_), true))
        return fail("a code in it is wrong");
    at_ = part::words;
    return outcome::done;
}

FERRY_DECL void inflater::use_fixed_codes() {
    std::array<std::uint8_t, 288> lengths;
    for (std::size_t i = 0; i < lengths.size(); ++i) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    literals_.assign(lengths, false);
    lengths.fill(5);
    distances_.assign({lengths.data(), 32}, false);
}

FERRY_DECL inflater::outcome inflater::read_words(std::string_view& piece, receiver const& to) {
    auto how = outcome::done;
    while (how == outcome::done && at_ == part::words) {
        fill(piece);
        how = read_word(to);
    }
    return how;
}

/// A literal, the end of the block, or a length with its distance: as a whole, which has 48 bits at most.
FERRY_DECL inflater::outcome inflater::read_word(receiver const& to) {
    static constexpr std::uint16_t shortest[] = {3,  4,  5,  6,   7,   8,   9,   10,  11, 13,
                                                 15, 17, 19, 23,  27,  31,  35,  43,  51, 59,
                                                 67, 83, 99, 115, 131, 163, 195, 227, 258};
    static constexpr std::uint16_t nearest[] = {
        1,   2,   3,   4,   5,   7,    9,    13,   17,   25,   33,   49,   65,    97,    129,
        193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
    auto const word = literals_.front(bits_);
    // What is no word may become one with more bits.
    if (word.size == 0 && bit_count_ >= huffman_code::longest)
        return fail("a word in it is none of its code");
    if (word.size == 0 || word.size > bit_count_) return outcome::starved;
    if (word.symbol < 256) {
        drop(word.size);
        return put(static_cast<char>(word.symbol), to) ? outcome::done : outcome::broken;
    }
    if (word.symbol == 256) {
        drop(word.size);
        at_ = part::block;
        return outcome::done;
    }
    unsigned const kind = word.symbol - 257;
    if (kind >= std::size(shortest)) return fail("a length in it is unknown");
    unsigned const length_extra = kind < 8 || kind == 28 ? 0 : kind / 4 - 1;
    unsigned used = word.size + length_extra;
    if (used > bit_count_) return outcome::starved;
    auto const length = shortest[kind] + low(word.size, length_extra);

    auto const distance_word = distances_.front(bits_ >> used);
    if (distance_word.size == 0 && bit_count_ >= used + huffman_code::longest)
        return fail("a word in it is none of its code");
    if (distance_word.size == 0 || used + distance_word.size > bit_count_) return outcome::starved;
    if (distance_word.symbol >= std::size(nearest)) return fail("a distance in it is unknown");
    used += distance_word.size;
    unsigned const distance_extra = distance_word.symbol < 4 ? 0 : distance_word.symbol / 2 - 1;
    if (used + distance_extra > bit_count_) return outcome::starved;
    std::uint64_t const distance = nearest[distance_word.symbol] + low(used, distance_extra);
    if (distance > written_) return fail("a distance in it leads to before its beginning");
    drop(used + distance_extra);
    for (unsigned i = 0; i < length; ++i)
        if (!put(window_[(written_ - distance) % window_.size()], to)) return outcome::broken;
    return outcome::done;
}

FERRY_DECL bool inflater::put(char byte, receiver const& to) {
    window_[written_++ % window_.size()] = byte;
    return written_ % window_.size() != 0 || hand_on(to);
}

FERRY_DECL bool inflater::hand_on(receiver const& to) {
    auto const size = static_cast<std::size_t>(written_ - handed_on_);
    if (size > 0 && taken_) taken_ = to({window_.data() + handed_on_ % window_.size(), size});
    handed_on_ = written_;
    return taken_.has_value();
}

}  // namespace ferry::detail
