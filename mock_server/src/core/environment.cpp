// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "environment.hpp"

#include <chrono>
#include <ctime>
#include <vector>

namespace ferry::mock {

namespace {

std::int64_t wall_clock() {
    auto const since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count();
}

}  // namespace

std::int64_t clock::now() {
    std::lock_guard const lock(mutex_);
    return read();
}

std::int64_t clock::read() {
    if (fixed_) return *fixed_;
    std::int64_t const micros = wall_clock() + offset_;
    last_ = micros > last_ ? micros : last_ + 1;
    return last_;
}

void clock::fix(std::int64_t micros) {
    std::lock_guard const lock(mutex_);
    fixed_ = micros;
}

void clock::advance(std::int64_t micros) {
    std::lock_guard const lock(mutex_);
    if (fixed_) {
        *fixed_ += micros;
    } else {
        offset_ += micros;
        last_ = 0;  // it may go back
    }
}

void clock::step(std::int64_t micros) {
    std::lock_guard const lock(mutex_);
    fixed_ = read();
    step_ = micros;
}

void clock::follow() {
    std::lock_guard const lock(mutex_);
    fixed_.reset();
    offset_ = step_ = last_ = 0;
}

void clock::tick() {
    std::lock_guard const lock(mutex_);
    if (fixed_) *fixed_ += step_;
}

clock::setting clock::describe() {
    std::lock_guard const lock(mutex_);
    return {read(), fixed_.has_value(), fixed_ ? 0 : offset_, step_};
}

id_source::id_source(std::optional<std::uint64_t> seed, std::string_view salt) {
    std::vector<std::uint32_t> words;
    if (seed) {
        words = {static_cast<std::uint32_t>(*seed), static_cast<std::uint32_t>(*seed >> 32U)};
        for (char const c : salt) words.push_back(static_cast<unsigned char>(c));
    } else {
        std::random_device device;
        words = {device(), device(), device(), device()};
    }
    std::seed_seq sequence(words.begin(), words.end());
    random_.seed(sequence);
}

std::string id_source::uuid() {
    static constexpr char digits[] = "0123456789abcdef";
    std::uint64_t halves[2];
    {
        std::lock_guard const lock(mutex_);
        halves[0] = random_();
        halves[1] = random_();
    }
    halves[0] = (halves[0] & ~0xF000ULL) | 0x4000ULL;          // version 4
    halves[1] = (halves[1] & ~(3ULL << 62U)) | (1ULL << 63U);  // variant 1
    std::string text;
    for (std::uint64_t const half : halves) {
        for (int shift = 60; shift >= 0; shift -= 4)
            text += digits[(half >> static_cast<unsigned>(shift)) & 15U];
    }
    for (std::size_t const at : {20, 16, 12, 8}) text.insert(at, 1, '-');
    return text;
}

std::string id_source::letters(std::size_t count) {
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::lock_guard const lock(mutex_);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += alphabet[random_() & 63U];
    return text;
}

namespace {

std::string formatted(std::tm const& parts, char const* format) {
    char buffer[64];
    return std::string(buffer, std::strftime(buffer, sizeof buffer, format, &parts));
}

std::string utc_seconds(std::int64_t micros) {
    std::time_t const when = static_cast<std::time_t>(micros / second);
    std::tm parts{};
    ::gmtime_r(&when, &parts);
    return formatted(parts, "%Y-%m-%dT%H:%M:%S");
}

std::string fraction(std::int64_t micros) {
    std::string const digits = std::to_string(micros % second);
    return '.' + std::string(6 - digits.size(), '0') + digits;
}

}  // namespace

std::string utc_text(std::int64_t micros) {
    return utc_seconds(micros) + fraction(micros) + 'Z';
}

std::string naive_text(std::int64_t micros) {
    return utc_seconds(micros) + (micros % second == 0 ? "" : fraction(micros));
}

std::string local_text(std::int64_t micros, char const* format) {
    std::time_t const when = static_cast<std::time_t>(micros / second);
    std::tm parts{};
    ::localtime_r(&when, &parts);
    return formatted(parts, format);
}

}  // namespace ferry::mock
