// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <array>
#include <istream>
#include <stop_token>
#include <streambuf>

namespace ferry::cli {

/// A descriptor as a stream that ends where a stop is requested: who waits for an answer can be told so by
/// Ctrl-C.
class input_stream : public std::istream {
public:
    /// \param descriptor stays open as long as this
    explicit input_stream(int descriptor, std::stop_token stop = {});

private:
    class buffer : public std::streambuf {
    public:
        buffer(int descriptor, std::stop_token stop) : descriptor_(descriptor), stop_(std::move(stop)) {}

    protected:
        int_type underflow() override;

    private:
        int descriptor_;
        std::stop_token stop_;
        std::array<char, 4096> bytes_{};
    };

    buffer buffer_;
};

}  // namespace ferry::cli
