// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/ids.hpp"

#include "core/crypto.hpp"
#include "core/scalars.hpp"
#include "http/text.hpp"

#include <vector>

namespace ferry::mock {

id_source::id_source(std::optional<std::uint64_t> seed, std::string salt) : salt_(std::move(salt)) {
    if (seed) {
        start(*seed, 0);
        return;
    }
    std::random_device device;
    std::seed_seq sequence{device(), device(), device(), device()};
    random_.seed(sequence);
}

void id_source::start(std::uint64_t seed, std::uint64_t drawn) {
    std::vector<std::uint32_t> words{static_cast<std::uint32_t>(seed),
                                     static_cast<std::uint32_t>(seed >> 32U)};
    for (char const c : salt_) words.push_back(static_cast<unsigned char>(c));
    std::seed_seq sequence(words.begin(), words.end());
    std::lock_guard const lock(mutex_);
    random_.seed(sequence);
    random_.discard(drawn);
    seed_ = seed;
    drawn_ = drawn;
}

std::uint64_t id_source::draw() {
    ++drawn_;
    return random_();
}

json::value id_source::state() const {
    std::lock_guard const lock(mutex_);
    if (!seed_) return nullptr;
    return json::object{{"seed", *seed_}, {"drawn", drawn_}};
}

std::string id_source::uuid() {
    std::uint64_t halves[2];
    {
        std::lock_guard const lock(mutex_);
        halves[0] = draw();
        halves[1] = draw();
    }
    halves[0] = (halves[0] & ~0xF000ULL) | 0x4000ULL;          // version 4
    halves[1] = (halves[1] & ~(3ULL << 62U)) | (1ULL << 63U);  // variant 1
    std::string digits;
    for (std::uint64_t const half : halves) {
        for (int shift = 56; shift >= 0; shift -= 8)
            append_hex(digits, static_cast<char>(half >> static_cast<unsigned>(shift)));
    }
    return hyphenated(std::move(digits));
}

std::string id_source::letters(std::size_t count) {
    std::lock_guard const lock(mutex_);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += base64url_alphabet[draw() & 63U];
    return text;
}

}  // namespace ferry::mock
