// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/checksum.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_base.hpp"
#include "ferry/core/detail/outcomes.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// A call that is being built: the base of every generated operation.
///
/// Setters exist twice, for named builders (`&`) and for chains (`&&`). The functions that perform the call
/// are `const`, so one builder can be used again.
///
/// \par Errors
/// What is wrong with arguments shows when the call is performed, as error_kind::invalid_argument, before
/// anything is sent. No function throws for a call that failed; result::value() does.
///
/// \par Lifetime
/// A builder is a value: copy it, move it, keep it longer than the client. What an upload_source borrows must
/// live until the call has ended.
///
/// \par Thread safety
/// Not synchronised: one thread at a time. Copies are independent, but share the source of an upload.
///
/// \par Example
/// ```cpp
/// ferry::llamacloud::client const cloud;
/// auto const file = cloud.files.create(ferry::from_path("a.pdf"), "parse")
///                       .timeout(std::chrono::minutes(5))
///                       .send();
/// if (!file) std::cerr << file.error() << '\n';
/// ```
///
/// \tparam Derived the generated operation
/// \tparam T what a successful call yields; `void` where the answer has no content
template <class Derived, class T>
class call : public detail::call_base<Derived> {
public:
    using value_type = T;
    using derived_type = Derived;

    // ---- performing the call

    /// Performs the call on the calling thread, retries included.
    ///
    /// \par Errors
    /// Those of error_kind. Of several attempts the last one's; error::retries() says how many repetitions
    /// there were.
    ///
    /// \returns the value, or why there is none
    [[nodiscard]] result<T> send() const { return this->perform(detail::value_outcome<T>()); }

    /// Like send(), with status, header fields, request id, metrics and number of attempts.
    [[nodiscard]] result<response<T>> with_response() const {
        return this->perform(detail::response_outcome<T>());
    }

    /// Performs the call asynchronously. Needs `#include <ferry/async.hpp>`.
    ///
    /// I/O runs on client_options::executor, else on the handler's associated executor. The handler runs on
    /// its associated executor and never from within this function. Cancellation: terminal, partial and total
    /// all end the call with error_kind::cancelled; an answer that was complete by then stands.
    ///
    /// \par Errors
    /// Those of send(); error_kind::invalid_argument where neither the handler nor the client has an
    /// executor.
    ///
    /// \par Lifetime
    /// Works on a copy: this builder may be changed or destroyed meanwhile. Where an execution context is
    /// destroyed first, the handlers of its calls are destroyed without being called.
    ///
    /// \param token any completion token of Asio for `void(ferry::result<T>)`
    /// \returns what the token makes of it
    template <class CompletionToken>
    auto async_send(CompletionToken&& token) const {
        return this->start(detail::value_outcome<T>(), std::forward<CompletionToken>(token));
    }

    /// Like async_send() with the answer around the value: `void(ferry::result<ferry::response<T>>)`.
    template <class CompletionToken>
    auto async_with_response(CompletionToken&& token) const {
        return this->start(detail::response_outcome<T>(), std::forward<CompletionToken>(token));
    }

    /// The request that this call would make. Nothing is sent; credentials are shown as `***`.
    /// \returns error_kind::invalid_argument where the call would be refused before it is sent
    [[nodiscard]] result<request_preview> request() const {
        return detail::engine_access::preview(this->state_, detail::call_access::body(this->derived()));
    }

    // ---- options of this call

    /// Limits the whole call, retries and waits included. The call then ends with error_kind::timeout.
    /// Default: client_options::total_timeout; for transfers client_options::transfer_timeout.
    Derived& timeout(std::chrono::milliseconds limit) & {
        return this->set_option(&request_options::timeout, limit);
    }
    [[nodiscard]] Derived&& timeout(std::chrono::milliseconds limit) && { return std::move(timeout(limit)); }

    /// Ends the call with error_kind::cancelled soon after a stop was requested; a blocked send() wakes at
    /// once and leaves no temporary file. Asynchronous calls obey it besides their cancellation slot.
    /// Default: never.
    Derived& stop_token(std::stop_token token) & {
        return this->set_option(&request_options::stop_token, std::move(token));
    }
    [[nodiscard]] Derived&& stop_token(std::stop_token token) && {
        return std::move(stop_token(std::move(token)));
    }

    /// How often this call may be repeated; 0: not at all. Default: client_options::max_retries.
    Derived& max_retries(int count) & { return this->set_option(&request_options::max_retries, count); }
    [[nodiscard]] Derived&& max_retries(int count) && { return std::move(max_retries(count)); }

    /// Has with_response() bring the body as it came too: response_info::raw_body.
    Derived& keep_raw_body() & { return this->set_option(&request_options::keep_raw_body, true); }
    [[nodiscard]] Derived&& keep_raw_body() && { return std::move(keep_raw_body()); }

    /// Sends one more header field. It replaces the field of that name that the client or ferry would send,
    /// a credential too.
    ///
    /// \par Errors
    /// When the call is made, error_kind::invalid_argument: for a name that is no token (RFC 9110, section
    /// 5.6.2), for control characters but tabs in the value, and for `Host`, `Content-Length` and
    /// `Transfer-Encoding`, which are the transport's.
    Derived& extra_header(std::string name, std::string value) & {
        this->state_.options.headers.set(std::move(name), std::move(value));
        return this->derived();
    }
    [[nodiscard]] Derived&& extra_header(std::string name, std::string value) && {
        return std::move(extra_header(std::move(name), std::move(value)));
    }

    /// Sends one more query parameter, after the call's own. Name and value are percent-encoded here; the
    /// same name may be given several times.
    Derived& extra_query(std::string name, std::string value) & {
        this->state_.options.query.emplace_back(std::move(name), std::move(value));
        return this->derived();
    }
    [[nodiscard]] Derived&& extra_query(std::string name, std::string value) && {
        return std::move(extra_query(std::move(name), std::move(value)));
    }

    /// Adds one member to the body. In a form or multipart body it becomes a field; a JSON string then stands
    /// for its characters.
    ///
    /// \par Errors
    /// When the call is made, error_kind::invalid_argument where the call has no body with members, or the
    /// text is not JSON.
    ///
    /// \param name of the member; CR, LF and NUL are refused in a multipart body
    /// \param json its value as JSON text, for example `"\"text\""` or `"[1,2]"`
    Derived& extra_body(std::string name, std::string json) & {
        this->state_.options.body.emplace_back(std::move(name), std::move(json));
        return this->derived();
    }
    [[nodiscard]] Derived&& extra_body(std::string name, std::string json) && {
        return std::move(extra_body(std::move(name), std::move(json)));
    }

    /// Hears how far an upload or download is: when an attempt begins, at most ten times a second on the way,
    /// and at the end.
    ///
    /// \par Errors
    /// `false` or an exception ends the call with error_kind::cancelled. After the last report it is too
    /// late for that.
    ///
    /// \par Thread safety
    /// Called on the thread that moves the bytes: the one that blocks in send(), or the executor's; one
    /// report after the other.
    ///
    /// \param report `void(ferry::transfer_progress const&)`, or `bool(…)` where `false` cancels
    template <class F>
    Derived& progress(F report) & {
        return this->set_progress(std::move(report));
    }
    template <class F>
    [[nodiscard]] Derived&& progress(F report) && {
        return std::move(progress(std::move(report)));
    }

    /// Replaces all per-call options at once, also those set before with timeout(), stop_token(),
    /// max_retries(), progress() and extra_…(). Some stand only here: request_options::idle_timeout and
    /// request_options::max_body_size.
    Derived& options(request_options all) & {
        this->state_.options = std::move(all);
        return this->derived();
    }
    [[nodiscard]] Derived&& options(request_options all) && { return std::move(options(std::move(all))); }

protected:
    /// \param engine what performs it, shared
    /// \param operation its name in the description, a literal
    call(std::shared_ptr<engine> engine, std::string_view operation)
        : detail::call_base<Derived>(std::move(engine), operation) {}
};

/// A call whose result can be streamed to a file or a sink.
///
/// Where the service answers with a signed URL, the streaming functions follow it, without credentials;
/// send() returns the URL. Where it answers with the bytes, send() returns them as std::string, up to
/// client_options::max_body_size. An answer with `Content-Encoding: gzip` or `deflate` is decoded.
///
/// A download that breaks off is continued within the call's retries where the service allows it and still
/// has the same bytes, and else begun again.
///
/// \par Errors
/// Those of call::send(), and error_kind::file where the file, sink or stream cannot take the bytes. An
/// answer that brings no file or not all of it is none: error_kind::decoding for statuses such as 202, 204,
/// 205 and 207, error_kind::protocol for a part that was not asked for (206), or everything where a part was.
///
/// \par Example
/// ```cpp
/// auto const saved = cloud.files.content(id).save_to("a.pdf");
/// if (saved) std::cout << saved->size << " bytes\n";
/// ```
///
/// \par Source
/// Continuing: RFC 9110, section 14 (`Accept-Ranges`, `Range`), with `If-Range` and a strong `ETag` or
/// `Last-Modified` (section 13.1.5).
template <class Derived, class T>
class download_call : public call<Derived, T> {
public:
    /// Streams to a file: into a temporary file beside it that only its owner may read, renamed over `path`
    /// when complete. Its name ends in ferry::part_file_suffix, by which one that a killed program left
    /// behind is found.
    ///
    /// A link is followed to the real file. An existing file gives owner and permissions to the new one, but
    /// not set-user-id, set-group-id and sticky; one that has several names (hard links) is written in place
    /// instead, when the download is complete.
    ///
    /// \par Errors
    /// On failure nothing is left behind and an existing file stays as it was; one with several names only
    /// where the disk does not fail while it is written. error_kind::file where `path` is a directory, or
    /// something else that is no regular file (pipes and devices are for write_to()), or a file that nobody
    /// may write, or a link that someone else laid in a folder that is open to all (`/tmp`).
    [[nodiscard]] result<saved_file> save_to(std::string path) const {
        return this->perform(detail::save_outcome<T>(std::move(path)));
    }

    /// Streams into `sink`. What broke off is continued as in save_to(), and begun again where the sink can:
    /// byte_sink::restart().
    ///
    /// \par Lifetime
    /// `sink` must stay alive until this returns.
    [[nodiscard]] result<void> write_to(byte_sink& sink) const {
        return this->perform(detail::write_outcome<T>(sink));
    }

    /// Streams into `stream` and flushes it. It keeps what has arrived when the call fails, and cannot begin
    /// again: what breaks off is continued or fails.
    ///
    /// \par Lifetime
    /// `stream` must stay alive until this returns.
    [[nodiscard]] result<void> write_to(std::ostream& stream) const {
        return this->perform(detail::write_outcome<T>(stream));
    }

    /// The checksum to make of what save_to() saves: saved_file::digest.
    Derived& checksum(digest_algorithm algorithm) & {
        return this->set_option(&request_options::checksum, ferry::checksum(algorithm));
    }
    [[nodiscard]] Derived&& checksum(digest_algorithm algorithm) && { return std::move(checksum(algorithm)); }

    /// The checksum that the bytes of save_to() and write_to() must have.
    ///
    /// \par Errors
    /// Other bytes end the call with error_kind::decoding; save_to() does not keep them. Digits that the
    /// algorithm cannot yield are refused with error_kind::invalid_argument before anything is sent.
    ///
    /// \param algorithm how it was made
    /// \param hex hexadecimal digits, in lower or upper case
    Derived& expect_checksum(digest_algorithm algorithm, std::string hex) & {
        return this->set_option(&request_options::checksum, ferry::checksum(algorithm, std::move(hex)));
    }
    [[nodiscard]] Derived&& expect_checksum(digest_algorithm algorithm, std::string hex) && {
        return std::move(expect_checksum(algorithm, std::move(hex)));
    }

    /// expect_checksum() with digest_algorithm::sha256.
    Derived& expect_sha256(std::string hex) & {
        return expect_checksum(digest_algorithm::sha256, std::move(hex));
    }
    [[nodiscard]] Derived&& expect_sha256(std::string hex) && {
        return std::move(expect_sha256(std::move(hex)));
    }

    /// How many bytes must come, after decompression: request_options::expected_size.
    ///
    /// \par Errors
    /// error_kind::decoding where there are more or fewer; save_to() does not keep them.
    Derived& expect_size(std::uint64_t bytes) & {
        return this->set_option(&request_options::expected_size, bytes);
    }
    [[nodiscard]] Derived&& expect_size(std::uint64_t bytes) && { return std::move(expect_size(bytes)); }

    /// What `Content-Type` must say: request_options::expected_type.
    ///
    /// \par Errors
    /// error_kind::decoding where it is another, such as a start page with status 200.
    ///
    /// \param media_type such as `application/pdf`, or a range such as `image/*`
    Derived& expect_type(std::string media_type) & {
        return this->set_option(&request_options::expected_type, std::move(media_type));
    }
    [[nodiscard]] Derived&& expect_type(std::string media_type) && {
        return std::move(expect_type(std::move(media_type)));
    }

    /// Has save_to() wait until the disk has the file: request_options::flush_to_disk.
    Derived& flush_to_disk() & { return this->set_option(&request_options::flush_to_disk, true); }
    [[nodiscard]] Derived&& flush_to_disk() && { return std::move(flush_to_disk()); }

    /// write_to(), asynchronously: `void(ferry::result<void>)`. Needs `#include <ferry/async.hpp>`.
    ///
    /// \par Lifetime
    /// `sink` must stay alive until the handler is called.
    ///
    /// \param sink a byte_sink or std::ostream
    /// \param token as for call::async_send()
    template <class Sink, class CompletionToken>
    auto async_write_to(Sink& sink, CompletionToken&& token) const {
        return this->start(detail::write_outcome<T>(sink), std::forward<CompletionToken>(token));
    }

    /// save_to(), asynchronously: `void(ferry::result<ferry::saved_file>)`. Needs
    /// `#include <ferry/async.hpp>`.
    template <class CompletionToken>
    auto async_save_to(std::string path, CompletionToken&& token) const {
        return this->start(detail::save_outcome<T>(std::move(path)), std::forward<CompletionToken>(token));
    }

protected:
    using call<Derived, T>::call;
};

/// A call whose answer is taken as it is, in one of the forms that the service offers besides JSON: what
/// `as()` of a generated operation makes. Setters of the operation come before `as()`, options of the call
/// before or after.
class media_call : public download_call<media_call, std::string> {
public:
    /// \param from the operation; copied
    /// \param media_type what to ask for with `Accept`
    template <class Call>
    media_call(Call const& from, std::string media_type) : download_call(nullptr, {}) {
        auto kept = std::make_shared<Call const>(from);
        body_ = std::shared_ptr<void const>(kept, detail::call_access::body(*kept));
        state_ = detail::call_access::state(*kept);
        state_.media_type = std::move(media_type);
    }

private:
    friend struct detail::call_access;

    void const* typed_body() const noexcept { return body_.get(); }

    std::shared_ptr<void const> body_;
};

/// A call to an endpoint that no description lists. Yields the body as text, whatever its media type.
///
/// It gets the client's credentials and header fields like any other call. POST and PATCH are not repeated
/// where they may have arrived, unless client_options::retry_non_idempotent allows it.
///
/// \par Example
/// ```cpp
/// auto const text = cloud.call("GET", "/api/v1/projects").send();
/// ```
class unlisted_call : public download_call<unlisted_call, std::string> {
public:
    /// What is wrong with method or path is error_kind::invalid_argument when the call is made.
    ///
    /// \param engine what performs it, shared
    /// \param method a token such as `GET`; case counts
    /// \param path begins with `/`, comes after the path of the base URL, may have a query, and is
    ///     percent-encoded already
    FERRY_DECL unlisted_call(std::shared_ptr<engine> engine, std::string method, std::string path);

    /// Sends a body as it is. Without, none is sent.
    FERRY_DECL unlisted_call& content(std::string bytes, std::string content_type = "application/json") &;
    [[nodiscard]] unlisted_call&& content(std::string bytes,
                                          std::string content_type = "application/json") && {
        return std::move(content(std::move(bytes), std::move(content_type)));
    }
};

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/call.ipp"
#endif
