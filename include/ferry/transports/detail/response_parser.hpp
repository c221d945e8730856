// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/guarded.hpp"
#include "ferry/core/transport.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// Beast's parser for one answer, handing the head and the content to a response_handler as they arrive.
class response_parser final : public boost::beast::http::basic_parser<false> {
    using error_code = boost::system::error_code;
    using view = boost::beast::string_view;
    using field = boost::beast::http::field;

public:
    /// Without a handler only the status is of interest (the answer of a proxy to CONNECT).
    /// `without_content`: an answer to HEAD or CONNECT, which has none whatever its header says.
    /// `withheld`: a status whose answer is not for the handler; put() fails then.
    response_parser(response_handler* handler, std::uint32_t header_limit, bool without_content,
                    int withheld = 0)
        : handler_(handler), header_limit_(header_limit), withheld_(withheld) {
        this->header_limit(header_limit);
        body_limit(boost::none);
        eager(true);
        skip(without_content);
    }

    /// Beast's put(), except that the last chunk of an empty body, come in single bytes, would meet an
    /// assertion there: behind its line Beast expects two bytes or none.
    std::size_t put(boost::asio::const_buffer bytes, error_code& ec) {
        constexpr std::string_view last_chunk = "0\r\n";
        if (at_last_chunk_ && bytes.size() < last_chunk.size() + 2) {
            ec = boost::beast::http::error::need_more;
            return 0;
        }
        auto const taken = basic_parser::put(bytes, ec);
        std::string_view const all(static_cast<char const*>(bytes.data()), bytes.size());
        at_last_chunk_ = ec == boost::beast::http::error::need_more && all.substr(taken) == last_chunk;
        return taken;
    }

    int status() const noexcept { return status_; }
    /// 1xx: another answer follows.
    bool interim() const noexcept { return status_ / 100 == 1; }
    bool is_withheld() const noexcept { return status_ != 0 && status_ == withheld_; }
    bool head_delivered() const noexcept { return head_delivered_; }
    std::uint64_t content_received() const noexcept { return received_; }
    std::optional<std::uint64_t> content_expected() const noexcept { return expected_; }
    /// Seconds from `Keep-Alive: timeout=…`, where the server said so.
    std::optional<unsigned> keep_alive_seconds() const noexcept { return keep_alive_seconds_; }
    /// What the handler answered, or the header limit; put() then failed too.
    std::optional<error> const& failure() const noexcept { return failure_; }

private:
    // Pure virtual in the base, never called for answers.
    void on_request_impl(boost::beast::http::verb, view, view, int, error_code&) override {}

    // Three digits are not yet a status (RFC 9110, section 15): below 100 there is none, and 0 would mean no
    // answer.
    void on_response_impl(int code, view, int, error_code& ec) override {
        status_ = code;
        if (code < 100) ec = boost::beast::http::error::bad_status;
    }

    void on_field_impl(field name, view text, view value, error_code& ec) override {
        if (trailers_) return;
        // Beast's own limit starts anew with every read, so a header that arrives slowly would never reach
        // it.
        header_size_ += text.size() + value.size() + 4;
        if (header_size_ > header_limit_)
            return fail(error(error_kind::limit, "the header of the answer is larger than the limit of " +
                                                     std::to_string(header_limit_) + " bytes"),
                        ec);
        // Beast would hand on what such a coding has made of the content.
        if (name == field::transfer_encoding && !boost::beast::iequals(value, "chunked"))
            return fail(
                error(error_kind::protocol, "the answer has a transfer coding that was not asked for: " +
                                                std::string(value.data(), value.size())),
                ec);
        if (name == field::keep_alive) read_keep_alive({value.data(), value.size()});
        if (handler_) headers_.add({text.data(), text.size()}, {value.data(), value.size()});
    }

    // Pure virtual from Boost 1.90 on, unknown before: no `override`.
    virtual void on_trailer_field_impl(field, view, view, error_code&) {}

    void on_header_impl(error_code& ec) override {
        trailers_ = true;
        if (interim() || !handler_) return;
        if (is_withheld()) {
            ec = make_error_code(boost::system::errc::operation_canceled);
            return;
        }
        head_delivered_ = true;
        guarded([&] { return handler_->on_head(status_, std::move(headers_)); }, ec);
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override {
        if (length) expected_ = *length;
    }

    std::size_t on_body_impl(view piece, error_code& ec) override {
        received_ += piece.size();
        if (handler_ && !piece.empty())
            guarded([&] { return handler_->on_content({piece.data(), piece.size()}); }, ec);
        return piece.size();
    }

    void on_chunk_header_impl(std::uint64_t, view, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, view piece, error_code& ec) override {
        return on_body_impl(piece, ec);
    }

    void on_finish_impl(error_code&) override {}

    void read_keep_alive(std::string_view value) {
        auto const at = value.find("timeout=");
        if (at == std::string_view::npos) return;
        unsigned seconds = 0;
        auto const* from = value.data() + at + 8;
        if (std::from_chars(from, value.data() + value.size(), seconds).ec == std::errc{})
            keep_alive_seconds_ = seconds;
    }

    // Handlers are users' code: what they throw must not unwind through the event loop.
    template <class F>
    void guarded(F call, error_code& ec) {
        try {
            if (auto outcome = call(); !outcome) fail(outcome.error(), ec);
        } catch (...) {
            fail(error(error_kind::file, "receiving the answer failed: " + thrown_text()), ec);
        }
    }

    void fail(error why, error_code& ec) {
        failure_ = std::move(why);
        ec = make_error_code(boost::system::errc::operation_canceled);
    }

    response_handler* handler_;
    std::uint32_t header_limit_;
    int withheld_;
    std::size_t header_size_ = 0;
    int status_ = 0;
    bool trailers_ = false;
    bool head_delivered_ = false;
    bool at_last_chunk_ = false;
    header_fields headers_;
    std::uint64_t received_ = 0;
    std::optional<std::uint64_t> expected_;
    std::optional<unsigned> keep_alive_seconds_;
    std::optional<error> failure_;
};

}  // namespace ferry::detail
