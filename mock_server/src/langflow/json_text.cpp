// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/json_text.hpp"

#include "core/json.hpp"
#include "http/url.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

constexpr std::size_t block = 16 * 1024;

/// How many of the last bytes may be the beginning of a character that goes on in the next block.
std::size_t unfinished(std::string_view text) {
    for (std::size_t back = 1; back <= (std::min)(text.size(), std::size_t{3}); ++back) {
        auto const byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte < 0x80) return 0;
        if (byte >= 0xC0) return back;
    }
    return 0;
}

}  // namespace

std::optional<std::uint64_t> json_text_size(blob const& content) {
    blob_reader reader(content);
    std::uint64_t size = 2;
    std::string text;
    std::string piece(block, '\0');
    std::string one;
    while (std::size_t const count = reader.read(piece.data(), piece.size())) {
        text.append(piece, 0, count);
        for (std::size_t i = 0; i < count; ++i) {
            one.clear();
            append_escaped(one, piece[i]);
            size += one.size();
        }
        if (is_utf8(text)) {
            text.clear();
            continue;
        }
        std::size_t const whole = text.size() - unfinished(text);
        if (whole == text.size() || !is_utf8(std::string_view(text).substr(0, whole))) return std::nullopt;
        text.erase(0, whole);
    }
    return text.empty() ? std::optional(size) : std::nullopt;
}

std::size_t json_text_stream::read(char* out, std::size_t room) {
    while (sent_ == pending_.size()) {
        if (ended_) return 0;
        pending_.clear();
        sent_ = 0;
        char piece[block];
        std::size_t const count = reader_.read(piece, sizeof piece);
        for (std::size_t i = 0; i < count; ++i) append_escaped(pending_, piece[i]);
        if (count == 0) {
            pending_ = '"';
            ended_ = true;
        }
    }
    std::size_t const count = pending_.copy(out, room, sent_);
    sent_ += count;
    return count;
}

}  // namespace ferry::mock::langflow
