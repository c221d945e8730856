// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <ferry/core/result.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// What the examples share: a table of what happened, and files to move.
namespace demo {

/// Prints a line per step and remembers whether one of them went otherwise than expected.
class report {
public:
    explicit report(std::string_view title) { std::cout << title << '\n'; }

    void step(std::string_view what, bool as_expected, std::string_view seen) {
        auto const gap = std::string(what.size() < 44 ? 44 - width(what) : 1, ' ');
        std::cout << (as_expected ? "  ok    " : "  FAIL  ") << what << gap << seen << '\n';
        failed_ |= !as_expected;
    }
    /// A step that is expected to succeed; `describe` turns its value into a few words.
    template <class T, class Describe>
    bool step(std::string_view what, ferry::result<T> const& outcome, Describe describe) {
        step(what, outcome.has_value(),
             outcome ? std::string(describe(*outcome)) : outcome.error().message());
        return outcome.has_value();
    }
    bool step(std::string_view what, ferry::result<void> const& outcome) {
        step(what, outcome.has_value(), outcome ? "done" : outcome.error().message());
        return outcome.has_value();
    }

    int exit_code() const noexcept { return failed_ ? 1 : 0; }

private:
    /// Characters, not bytes, so that the columns stay straight.
    static std::size_t width(std::string_view text) {
        auto const is_first_byte = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
        return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first_byte));
    }

    bool failed_ = false;
};

/// A directory of our own that goes away with this object.
class scratch_directory {
public:
    scratch_directory()
        : path_(std::filesystem::temp_directory_path() /
                ("ferry-" + std::to_string(std::random_device()()))) {
        std::filesystem::create_directory(path_);
    }
    ~scratch_directory() { std::filesystem::remove_all(path_); }
    scratch_directory(scratch_directory const&) = delete;
    scratch_directory& operator=(scratch_directory const&) = delete;

    std::filesystem::path file(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// Writes `size` random bytes, a piece at a time.
inline void write_random_file(std::filesystem::path const& path, std::size_t size) {
    std::ofstream out(path, std::ios::binary);
    std::mt19937_64 random(std::random_device{}());
    std::vector<std::uint64_t> piece(8192);
    for (std::size_t left = size; left > 0;) {
        for (auto& word : piece) word = random();
        auto const count = (std::min)(left, piece.size() * sizeof(std::uint64_t));
        out.write(reinterpret_cast<char const*>(piece.data()), static_cast<std::streamsize>(count));
        left -= count;
    }
}

inline void write_text_file(std::filesystem::path const& path, std::string_view text) {
    std::ofstream(path, std::ios::binary) << text;
}

inline bool same_bytes(std::filesystem::path const& a, std::filesystem::path const& b) {
    std::ifstream left(a, std::ios::binary);
    std::ifstream right(b, std::ios::binary);
    return left && right &&
           std::equal(std::istreambuf_iterator<char>(left), std::istreambuf_iterator<char>(),
                      std::istreambuf_iterator<char>(right), std::istreambuf_iterator<char>());
}

}  // namespace demo
