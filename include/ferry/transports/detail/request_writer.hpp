// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/guarded.hpp"
#include "ferry/core/detail/header_text.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/core/transport.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// Why `request` must not be put on the wire, if so. Callers check too; here nothing can get around it.
inline std::optional<error> refuse(http_request const& request) {
    auto const bad = [](std::string what) { return error(error_kind::invalid_argument, std::move(what)); };
    if (request.origin.scheme != "http" && request.origin.scheme != "https")
        return bad("the scheme '" + request.origin.scheme + "' is not supported: use http or https");
    if (request.origin.host.empty()) return bad("the URL has no host");
    if (has_space_or_control(request.origin.host))
        return bad("the host holds a space or a control character");
    if (!is_token(request.method)) return bad("'" + request.method + "' is not a method");
    if (request.target.empty() || has_space_or_control(request.target))
        return bad("the path is empty or holds a space or a control character: percent-encode it");
    for (auto const& [name, value] : request.headers)
        if (auto why = header_fault(name, value)) return bad(std::move(*why));
    return std::nullopt;
}

/// Turns a request into the bytes on the wire, piece by piece. Knows no socket.
class request_writer {
public:
    using pieces = std::array<boost::asio::const_buffer, 2>;

    /// `target`: the request's own, or its absolute form for a proxy. `extra`: further header lines, each
    /// with CRLF.
    request_writer(http_request const& request, std::string_view target, std::string_view extra)
        : source_(request.stream) {
        write_head(request, target, extra);
        if (!source_) {
            frame_ = request.content;
        } else {
            chunked_ = !request.stream_size;
            total_ = left_ = request.stream_size.value_or(0);
            ended_ = !chunked_ && left_ == 0;
        }
        body_ = frame_;
    }

    /// What to send next; empty at the end. The buffers stay valid until consume() has taken them all. The
    /// head comes alone where the source may keep it waiting.
    result<pieces> next() {
        if (wants_source() && (head_.empty() || !source_->waits_for().possible))
            if (auto filled = fill(); !filled) return filled.error();
        return pieces{boost::asio::buffer(head_), boost::asio::buffer(body_)};
    }

    /// What next() will wait for.
    source_wait waits_for() const noexcept {
        if (!head_.empty() || !wants_source()) return {.possible = false};
        return source_->waits_for();
    }

    void consume(std::size_t sent) noexcept {
        auto const of_head = (std::min)(sent, head_.size());
        head_.remove_prefix(of_head);
        body_.remove_prefix(sent - of_head);
    }

    bool done() const noexcept { return head_.empty() && body_.empty() && (!source_ || ended_); }

    /// Whether everything that was sent is still at hand.
    bool can_restart() const noexcept { return !source_ || fills_ <= 1; }
    void restart() noexcept {
        head_ = head_text_;
        body_ = frame_;
    }

private:
    bool wants_source() const noexcept { return body_.empty() && source_ && !ended_; }

    static constexpr std::size_t chunk_size = 256 << 10;
    static constexpr std::size_t length_space = 10;  // "ffffffff\r\n"
    static constexpr std::size_t tail_space = 2;     // "\r\n"

    void write_head(http_request const& request, std::string_view target, std::string_view extra) {
        std::size_t size =
            request.method.size() + target.size() + request.origin.host.size() + extra.size() + 96;
        for (auto const& [name, value] : request.headers) size += name.size() + value.size() + 4;
        head_text_.reserve(size);
        auto const put = [this](std::initializer_list<std::string_view> parts) {
            for (auto part : parts) head_text_.append(part);
        };
        put({request.method, " ", target, " HTTP/1.1\r\nHost: ", host_field(request.origin), "\r\n"});
        for (auto const& [name, value] : request.headers) put({name, ": ", value, "\r\n"});
        if (request.stream && !request.stream_size) {
            put({"Transfer-Encoding: chunked\r\n"});
        } else if (request.has_body() || request.method == "POST" || request.method == "PUT" ||
                   request.method == "PATCH") {
            auto const length = request.stream ? *request.stream_size : request.content.size();
            put({"Content-Length: ", std::to_string(length), "\r\n"});
        }
        put({extra, "\r\n"});
        head_ = head_text_;
    }

    result<void> fill() {
        if (!buffer_) {
            capacity_ = chunked_ ? chunk_size
                                 : static_cast<std::size_t>((std::min<std::uint64_t>)(chunk_size, left_));
            buffer_.reset(new char[length_space + capacity_ + tail_space]);
        }
        ++fills_;
        return chunked_ ? fill_chunk() : fill_plain();
    }

    // As much as there is at once.
    result<void> fill_plain() {
        auto* const data = buffer_.get();
        auto const wanted = static_cast<std::size_t>((std::min<std::uint64_t>)(capacity_, left_));
        std::size_t got = 0;
        while (got == 0 || (got < wanted && !source_->waits_for().possible)) {
            auto const n = read(data + got, wanted - got);
            if (!n) return n.error();
            if (*n == 0)
                return error(error_kind::file, "the upload shrank while it was sent: expected " +
                                                   std::to_string(total_) + " bytes, got " +
                                                   std::to_string(total_ - left_ + got));
            got += *n;
        }
        left_ -= got;
        ended_ = left_ == 0;
        frame_ = body_ = {data, got};
        return {};
    }

    // One chunk for each read, so that a live source is sent as it speaks.
    result<void> fill_chunk() {
        auto* const data = buffer_.get() + length_space;
        auto const n = read(data, capacity_);
        if (!n) return n.error();
        if (*n == 0) {
            ended_ = true;
            frame_ = body_ = "0\r\n\r\n";
            return {};
        }
        char length[length_space];
        auto* end = std::to_chars(length, length + 8, *n, 16).ptr;
        *end++ = '\r';
        *end++ = '\n';
        auto const size = static_cast<std::size_t>(end - length);
        std::memcpy(data - size, length, size);
        std::memcpy(data + *n, "\r\n", 2);
        frame_ = body_ = {data - size, size + *n + 2};
        return {};
    }

    // Sources are users' code: what they throw must not unwind through the event loop.
    result<std::size_t> read(char* to, std::size_t size) {
        try {
            auto n = source_->read(to, size);
            if (n && *n > size)
                return error(error_kind::file, "the byte source returned more bytes than it was asked for");
            return n;
        } catch (...) {
            return error(error_kind::file, "reading the upload failed: " + thrown_text());
        }
    }

    std::string head_text_;
    std::string_view head_;   // what of the head is still to be sent
    std::string_view frame_;  // the whole content, or the latest piece of the stream
    std::string_view body_;   // what of the frame is still to be sent

    byte_source* source_;
    bool chunked_ = false;
    bool ended_ = false;
    std::uint64_t total_ = 0;
    std::uint64_t left_ = 0;
    unsigned fills_ = 0;
    std::size_t capacity_ = 0;
    std::unique_ptr<char[]> buffer_;
};

}  // namespace ferry::detail
