// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/is_readable.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/transports/detail/exchange.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <string>
#include <utility>

// What an exchange does with its connection.

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL void exchange::use(std::unique_ptr<connection> fresh_or_kept) {
    connection_ = std::move(fresh_or_kept);
    enter(phase::sending);
    expect_answer();
    auto const pieces = writer_->next();
    if (leave_to_parent()) return;
    if (!pieces) return fail(pieces.error());
    last_byte_ = clock::now();
    result_.request_sent = true;
    // Saves the way through the event loop for requests that fit into the socket's buffer.
    auto const sent = connection_->write_now(*pieces);
    result_.metrics.bytes_sent += sent;
    writer_->consume(sent);
    if (writer_->done()) {
        enter(phase::waiting);
        return read_more();
    }
    // From now on watch for an early answer. (The first record of a TLS request always fits: on_wrote() sees
    // to it.)
    if (!connection_->tls()) read_more();
    write_more();
}

// Later pieces go through the event loop, so that the answer and the deadlines are seen to between them.
FERRY_DECL void exchange::write_more() {
    if (wait_for_source()) return;
    auto const pieces = writer_->next();
    if (leave_to_parent()) return;
    if (!pieces) return fail(pieces.error());
    if (request_.stream) last_byte_ = clock::now();  // its time is not the peer's
    writing_ = true;
    connection_->async_write_some(*pieces, expect(event::wrote));
}

/// `true`: there is nothing to send yet; on_source_ready() follows, or the exchange has failed.
FERRY_DECL bool exchange::wait_for_source() {
    auto const what = writer_->waits_for();
    if (what.descriptor < 0 || is_readable(what.descriptor)) return false;
    // A copy, because the other is not ours to close, nor may it be closed while Asio has it.
    int const copy = ::fcntl(what.descriptor, F_DUPFD_CLOEXEC, 0);
    error_code ec(copy < 0 ? errno : 0, boost::system::generic_category());
    if (!ec) {
        awaited_ = std::make_unique<boost::asio::posix::stream_descriptor>(seat_.executor);
        if (awaited_->assign(copy, ec)) ::close(copy);
    }
    if (!ec) {
        awaited_->async_wait(boost::asio::posix::descriptor_base::wait_read, expect(event::source_ready));
        return true;
    }
    awaited_.reset();
    fail(make_failure(error_kind::file, "cannot wait for " + std::string(what.name) + ": " + ec.message(),
                      ec));
    return true;
}

FERRY_DECL void exchange::on_source_ready(error_code ec) {
    awaited_.reset();
    last_byte_ = clock::now();
    if (ec)
        return fail(
            make_failure(error_kind::file, "cannot wait for what is to be sent: " + ec.message(), ec));
    if (!stop_sending_ && !write_error_) write_more();
}

FERRY_DECL void exchange::on_wrote(error_code ec, std::size_t n) {
    writing_ = false;
    last_byte_ = clock::now();
    result_.metrics.bytes_sent += n;
    if (ec) {
        // The peer may have said why before it stopped listening; reading finds out.
        write_error_ = ec;
    } else {
        writer_->consume(n);
        unconfirmed_ = connection_->unconfirmed();
        if (phase_ == phase::sending && writer_->done()) enter(phase::waiting);
    }
    bool const sent = write_error_ || writer_->done();
    if (answered_ && sent) return succeed();
    if (!answered_ && !reading_) read_more();
    if (!sent && !stop_sending_ && !finished_) write_more();
}

FERRY_DECL void exchange::read_more() {
    // A header has to lie in one piece, as has the head of a chunk, with its extensions.
    if (!connection_->prepare_read(std::size_t{limits_.max_header_size} + (128 << 10)))
        return fail(
            error(error_kind::limit, "the header of the answer or of a chunk is larger than the limit of " +
                                         std::to_string(limits_.max_header_size) + " bytes"));
    reading_ = true;
    connection_->async_read_some(expect(event::read));
}

FERRY_DECL void exchange::on_read(error_code ec, std::size_t n) {
    reading_ = false;
    if (n) {
        if (!got_bytes_) result_.metrics.first_byte = since(began_);
        got_bytes_ = true;
        result_.metrics.bytes_received += n;
        connection_->commit(n);
        parse();
    }
    last_byte_ = clock::now();  // after the handler, whose time is not the peer's
    if (finished_ || answered_) return;
    ec ? on_closed(ec) : read_more();
}

FERRY_DECL void exchange::parse() {
    while (connection_->unparsed().size() && !answered_) {
        error_code ec;
        connection_->consume(parser_->put(connection_->unparsed(), ec));
        if (leave_to_parent()) return;
        if (parser_->head_delivered()) result_.head_received = true;
        if (parser_->failure()) return fail(*parser_->failure());
        if (parser_->is_withheld()) return refuse_by_proxy();
        if (parser_->head_delivered()) {
            if (phase_ != phase::receiving) enter(phase::receiving);
            if (parser_->status() >= 300 && !writer_->done()) stop_sending_ = true;
        }
        if (ec == boost::beast::http::error::need_more) return;
        if (ec == boost::beast::http::error::header_limit)
            return fail(make_failure(error_kind::limit,
                                     "the header of the answer is larger than the limit of " +
                                         std::to_string(limits_.max_header_size) + " bytes",
                                     ec));
        if (ec)
            return fail(make_failure(error_kind::protocol,
                                     "the answer of " + peer() + " is not HTTP: " + ec.message(), ec));
        if (!parser_->is_done()) continue;
        if (!parser_->interim()) return on_answered();
        if (parser_->status() == 101 || ++interim_answers_ > 100)
            return fail(error(error_kind::protocol,
                              "the peer switched protocols or sent interim answers without end"));
        expect_answer();
    }
}

FERRY_DECL void exchange::expect_answer() {
    // Where the proxy answers for itself.
    int const withheld = is_forwarded() ? 407 : 0;
    parser_.emplace(&handler_, limits_.max_header_size, request_.method == "HEAD", withheld);
}

FERRY_DECL void exchange::refuse_by_proxy() {
    error_details why;
    why.kind = error_kind::connection;
    why.status = parser_->status();
    why.message = peer() + " refused a request to " + authority(request_.origin) + " with status " +
                  std::to_string(why.status) + "; " + proxy_->about_credentials();
    fail(error(std::move(why)));
}

// The peer closed the connection, or it broke, before the answer was complete.
FERRY_DECL void exchange::on_closed(error_code ec) {
    bool const closed = ec == boost::asio::error::eof || ec == boost::asio::ssl::error::stream_truncated;
    // Without close_notify anybody could have cut a TLS stream, so only a clean end completes such an answer.
    if (ec == boost::asio::error::eof && parser_->head_delivered() && parser_->need_eof()) {
        error_code ignored;
        parser_->put_eof(ignored);
        return on_answered();
    }
    if (!got_bytes_ && try_again()) return;
    auto const who = peer();
    if (!closed && ec.category() == boost::asio::error::get_ssl_category())
        return fail(make_failure(error_kind::tls, "TLS with " + who + " failed: " + ec.message(), ec));
    if (!got_bytes_) {
        if (write_error_) ec = write_error_;
        return fail(
            make_failure(error_kind::connection,
                         write_error_ || !closed
                             ? "the connection to " + who + " broke while " + doing() + ": " + ec.message()
                             : who + " closed the connection without an answer while " + doing(),
                         ec));
    }
    if (!closed)
        return fail(make_failure(error_kind::connection,
                                 "the connection to " + who + " broke while " + doing() + ": " + ec.message(),
                                 ec));
    if (!parser_->head_delivered())
        return fail(make_failure(error_kind::protocol, "the answer was cut short within its header", ec));
    auto const expected = parser_->content_expected();
    return fail(make_failure(error_kind::protocol,
                             "the answer was cut short after " + std::to_string(parser_->content_received()) +
                                 (expected ? " of " + std::to_string(*expected) : std::string()) + " bytes",
                             ec));
}

FERRY_DECL void exchange::on_answered() {
    answered_ = true;
    // A server may answer ahead of the end of the body and still want all of it, unless it has refused it.
    if (writer_->done() || stop_sending_ || write_error_) succeed();
}

FERRY_DECL void exchange::succeed() {
    reusable_ = parser_->keep_alive() && writer_->done() && !write_error_ && !reading_ && !writing_ &&
                connection_->unparsed().size() == 0;
    finish();
}

// The system takes more of an upload at once than a slow line carries within the idle timeout. As long as it
// gets rid of it, bytes move.
FERRY_DECL bool exchange::still_leaving() {
    if (phase_ == phase::receiving) return false;
    auto const left = connection_->unconfirmed();
    if (left >= unconfirmed_) return false;
    unconfirmed_ = left;
    last_byte_ = clock::now();
    return true;
}

// A kept connection that the server closed meanwhile says nothing about the request: once more on a fresh
// one, in the same turn. Except where the request may have arrived and doing its work twice may do harm (RFC
// 9110, 9.2.2).
FERRY_DECL bool exchange::try_again() {
    if (!result_.reused_connection || !writer_->can_restart() || !request_.idempotent) return false;
    ++attempt_;
    result_.reused_connection = false;
    ++result_.metrics.resent;
    ++core_->pool->tally()->resent;
    write_error_.clear();
    writing_ = false;
    awaited_.reset();
    connection_->close();
    stale_ = std::move(connection_);
    writer_->restart();
    dial();
    return true;
}

}  // namespace ferry::detail
