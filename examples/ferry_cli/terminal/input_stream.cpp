// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/input_stream.hpp"

#include "terminal/wait_readable.hpp"

#include <unistd.h>
#include <cerrno>
#include <utility>

namespace ferry::cli {

input_stream::input_stream(int descriptor, std::stop_token stop)
    : std::istream(nullptr), buffer_(descriptor, std::move(stop)) {
    rdbuf(&buffer_);
}

std::streambuf::int_type input_stream::buffer::underflow() {
    ssize_t count = -1;
    do {
        if (!wait_until_readable(descriptor_, stop_)) return traits_type::eof();
        count = ::read(descriptor_, bytes_.data(), bytes_.size());
    } while (count < 0 && (errno == EINTR || errno == EAGAIN));
    if (count <= 0) return traits_type::eof();
    setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
    return traits_type::to_int_type(bytes_[0]);
}

}  // namespace ferry::cli
