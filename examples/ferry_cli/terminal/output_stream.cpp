// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "terminal/output_stream.hpp"

#include <string_view>
#include <utility>

namespace ferry::cli {

namespace {

constexpr std::size_t block = 64 << 10;

}  // namespace

output_stream::output_stream(paging how) : std::ostream(nullptr), buffer_(std::move(how)) {
    rdbuf(&buffer_);
    exceptions(badbit);
}

output_stream::~output_stream() {
    try {
        buffer_.finish();
    } catch (std::exception const&) {
        // Whoever wants to know has called finish().
    }
}

void output_stream::buffer::finish() {
    if (!failed_) send(held_.size());
    if (to_) to_->finish();
}

std::streambuf::int_type output_stream::buffer::overflow(int_type character) {
    if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
    char const one = traits_type::to_char_type(character);
    add({&one, 1});
    return character;
}

std::streamsize output_stream::buffer::xsputn(char const* from, std::streamsize count) {
    add({from, static_cast<std::size_t>(count)});
    return count;
}

int output_stream::buffer::sync() {
    send(held_.size());
    return 0;
}

void output_stream::buffer::add(std::string_view text) {
    held_ += text;
    if (how_.terminal) {
        // What was held before has no end of a line.
        auto const end = text.rfind('\n');
        if (end != std::string_view::npos) send(held_.size() - (text.size() - end - 1));
    } else if (held_.size() >= block) {
        send(held_.size());
    }
}

/// The first so many bytes of what is held.
void output_stream::buffer::send(std::size_t count) {
    if (count == 0) return;
    if (!to_) {
        if (!pages_) how_.command.clear();
        to_.emplace(std::move(how_));
    }
    auto const now = std::exchange(held_, held_.substr(count));
    failed_ = true;
    if (!to_->write(std::string_view(now).substr(0, count))) throw reader_gone();
    failed_ = false;
}

}  // namespace ferry::cli
