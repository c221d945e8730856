// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/checksum.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
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
#include <type_traits>
#include <utility>

namespace ferry::inline FERRY_ABI {

namespace detail {

// Defined in `ferry/async.hpp`; incomplete without it.
template <class Call>
struct async_initiator;
template <class Call>
struct async_response_initiator;
template <class Call>
struct async_save_initiator;
template <class Call>
struct async_write_initiator;

/// What other parts of ferry may see of a call.
struct call_access {
    template <class Call>
    static auto const* body(Call const& of) noexcept {
        return of.typed_body();
    }
    template <class Call>
    static auto& state(Call& of) noexcept {
        return of.state_;
    }
};

}  // namespace detail

/// A call that is being built: the base of every generated operation.
///
/// Setters exist twice, for named builders (`&`) and for chains (`&&`). A builder is a value: copy it, move
/// it, keep it longer than the client. The functions that perform the call are `const`, so one builder can be
/// used again. Not synchronised.
///
/// \tparam Derived the generated operation
/// \tparam T what a successful call yields; `void` where the answer has no content
template <class Derived, class T>
class call {
public:
    using value_type = T;
    using derived_type = Derived;

    /// Performs the call on the calling thread, retries included.
    /// \returns the value, or the error that the last attempt ended with.
    [[nodiscard]] result<T> send() const {
        if constexpr (std::is_void_v<T>) {
            return run({});
        } else {
            T value{};
            detail::call_output output;
            output.value = &value;
            if (auto done = run(output); !done) return done.error();
            return value;
        }
    }

    /// Like send(), with status, header fields, request id and number of attempts.
    [[nodiscard]] result<response<T>> with_response() const {
        response<T> answer;
        detail::call_output output;
        output.info = &answer;
        if constexpr (!std::is_void_v<T>) output.value = &answer.value;
        if (auto done = run(output); !done) return done.error();
        return answer;
    }

    /// Performs the call asynchronously. Needs `#include <ferry/async.hpp>`.
    ///
    /// Handler signature: `void(ferry::result<T>)`. I/O runs on client_options::executor, else on the
    /// handler's associated executor; the handler runs on its associated executor and never from within this
    /// function. Cancellation: terminal, partial and total, all end the call with error_kind::cancelled.
    template <class CompletionToken>
    auto async_send(CompletionToken&& token) const {
        return detail::initiate<detail::async_initiator<Derived>>(derived(),
                                                                  std::forward<CompletionToken>(token));
    }
    /// Like async_send() with the answer around the value: `void(ferry::result<ferry::response<T>>)`.
    template <class CompletionToken>
    auto async_with_response(CompletionToken&& token) const {
        return detail::initiate<detail::async_response_initiator<Derived>>(
            derived(), std::forward<CompletionToken>(token));
    }

    /// The request that this call would make. Nothing is sent; credentials are not shown.
    [[nodiscard]] result<request_preview> request() const {
        return detail::engine_access::preview(state_, detail::call_access::body(derived()));
    }

    /// Limits the whole call, retries and waits included. Default: client_options::total_timeout, or no limit
    /// for transfers.
    Derived& timeout(std::chrono::milliseconds limit) & {
        state_.options.timeout = limit;
        return derived();
    }
    [[nodiscard]] Derived&& timeout(std::chrono::milliseconds limit) && { return std::move(timeout(limit)); }

    /// Ends the call with error_kind::cancelled soon after a stop was requested; a blocked send() wakes at
    /// once and leaves no temporary file. Asynchronous calls obey it besides their cancellation slot.
    /// Default: never.
    Derived& stop_token(std::stop_token token) & {
        state_.options.stop_token = std::move(token);
        return derived();
    }
    [[nodiscard]] Derived&& stop_token(std::stop_token token) && {
        return std::move(stop_token(std::move(token)));
    }

    /// How often this call may be repeated. Default: client_options::max_retries.
    Derived& max_retries(int count) & {
        state_.options.max_retries = count;
        return derived();
    }
    [[nodiscard]] Derived&& max_retries(int count) && { return std::move(max_retries(count)); }

    /// Has with_response() bring the body as it came too: response_info::raw_body.
    Derived& keep_raw_body() & {
        state_.options.keep_raw_body = true;
        return derived();
    }
    [[nodiscard]] Derived&& keep_raw_body() && { return std::move(keep_raw_body()); }

    /// Sends one more header field; it replaces the client's field of that name. CR, LF and NUL are refused.
    Derived& extra_header(std::string name, std::string value) & {
        state_.options.headers.set(std::move(name), std::move(value));
        return derived();
    }
    [[nodiscard]] Derived&& extra_header(std::string name, std::string value) && {
        return std::move(extra_header(std::move(name), std::move(value)));
    }

    /// Sends one more query parameter, encoded as needed.
    Derived& extra_query(std::string name, std::string value) & {
        state_.options.query.emplace_back(std::move(name), std::move(value));
        return derived();
    }
    [[nodiscard]] Derived&& extra_query(std::string name, std::string value) && {
        return std::move(extra_query(std::move(name), std::move(value)));
    }

    /// Adds one member to the body: `json` is JSON text, for example `"\"text\""` or `"[1,2]"`. In a form or
    /// multipart body it becomes a field; a JSON string then stands for its characters. Refused where the
    /// call has no body or the text is not JSON.
    Derived& extra_body(std::string name, std::string json) & {
        state_.options.body.emplace_back(std::move(name), std::move(json));
        return derived();
    }
    [[nodiscard]] Derived&& extra_body(std::string name, std::string json) && {
        return std::move(extra_body(std::move(name), std::move(json)));
    }

    /// Hears how far an upload or download is: `void(ferry::transfer_progress const&)`, or `bool(…)` where
    /// `false` cancels the call. When an attempt begins, at most ten times a second on the way, and at the
    /// end; on the thread that moves the bytes: the one that blocks in send(), or the executor's. See
    /// request_options::progress.
    template <class F>
    Derived& progress(F report) & {
        state_.options.progress = detail::to_progress_function(std::move(report));
        return derived();
    }
    template <class F>
    [[nodiscard]] Derived&& progress(F report) && {
        return std::move(progress(std::move(report)));
    }

    /// Replaces all per-call options at once, also those set before with timeout(), stop_token(),
    /// max_retries(), progress() and extra_…().
    Derived& options(request_options all) & {
        state_.options = std::move(all);
        return derived();
    }
    [[nodiscard]] Derived&& options(request_options all) && { return std::move(options(std::move(all))); }

protected:
    /// \param operation its name in the description, a literal
    call(std::shared_ptr<engine> engine, std::string_view operation) {
        state_.engine = std::move(engine);
        state_.operation = operation;
    }

    Derived& derived() noexcept { return static_cast<Derived&>(*this); }
    Derived const& derived() const noexcept { return static_cast<Derived const&>(*this); }

    result<void> run(detail::call_output output) const {
        return detail::engine_access::run(state_, detail::call_access::body(derived()), output);
    }

    detail::call_state state_;

private:
    friend struct detail::call_access;

    /// How ferry::validate finds the body.
    friend auto const* validated_body(Derived const& of) noexcept { return detail::call_access::body(of); }

    /// The typed JSON or form body; operations that have one hide this.
    void const* typed_body() const noexcept { return nullptr; }
};

/// A call whose result can be streamed to a file or a sink.
///
/// Where the service answers with a signed URL, the streaming functions follow it, without credentials;
/// send() returns the URL. Where it answers with the bytes, send() returns them as std::string, up to
/// client_options::max_body_size.
template <class Derived, class T>
class download_call : public call<Derived, T> {
public:
    /// Streams to a file: into a temporary file beside it, renamed over `path` when complete. On failure
    /// nothing is left behind and an existing file stays as it was. An answer with `Content-Encoding: gzip`
    /// or `deflate` is decoded.
    ///
    /// A download that breaks off is continued within the call's retries where the service allows it
    /// (`Accept-Ranges`, with a strong `ETag` or `Last-Modified`) and still has the same bytes, and else
    /// begun again.
    [[nodiscard]] result<saved_file> save_to(std::string path) const {
        saved_file file;
        file.path = std::move(path);
        T value{};
        detail::call_output output;
        output.value = &value;
        output.file = &file;
        if (auto done = this->run(output); !done) return done.error();
        return file;
    }

    /// Streams into `sink`, which must stay alive until this returns. What broke off is continued as in
    /// save_to(), and begun again where the sink can.
    [[nodiscard]] result<void> write_to(byte_sink& sink) const {
        T value{};
        detail::call_output output;
        output.value = &value;
        output.sink = &sink;
        return this->run(output);
    }

    /// Streams into `stream`, which must stay alive until this returns, and flushes it. It keeps what has
    /// arrived when the call fails, and cannot begin again: what breaks off is continued or fails.
    [[nodiscard]] result<void> write_to(std::ostream& stream) const {
        stream_sink sink(stream);
        auto done = write_to(sink);
        return done ? sink.finish() : done;
    }

    /// The checksum to make of what save_to() saves: saved_file::digest.
    Derived& checksum(digest_algorithm algorithm) & {
        this->state_.options.checksum.emplace(algorithm);
        return this->derived();
    }
    [[nodiscard]] Derived&& checksum(digest_algorithm algorithm) && { return std::move(checksum(algorithm)); }

    /// The checksum that the bytes must have, in hexadecimal digits; other bytes end the call with
    /// error_kind::decoding and are not kept by save_to().
    Derived& expect_checksum(digest_algorithm algorithm, std::string hex) & {
        this->state_.options.checksum.emplace(algorithm, std::move(hex));
        return this->derived();
    }
    [[nodiscard]] Derived&& expect_checksum(digest_algorithm algorithm, std::string hex) && {
        return std::move(expect_checksum(algorithm, std::move(hex)));
    }
    Derived& expect_sha256(std::string hex) & {
        return expect_checksum(digest_algorithm::sha256, std::move(hex));
    }
    [[nodiscard]] Derived&& expect_sha256(std::string hex) && {
        return std::move(expect_sha256(std::move(hex)));
    }

    /// write_to(), asynchronously: `void(ferry::result<void>)`. The sink or stream must stay alive until
    /// then. Needs
    /// `#include <ferry/async.hpp>`.
    template <class Sink, class CompletionToken>
    auto async_write_to(Sink& sink, CompletionToken&& token) const {
        return detail::initiate<detail::async_write_initiator<Derived>>(this->derived(), sink,
                                                                        std::forward<CompletionToken>(token));
    }

    /// save_to(), asynchronously: `void(ferry::result<ferry::saved_file>)`. Needs `#include
    /// <ferry/async.hpp>`.
    template <class CompletionToken>
    auto async_save_to(std::string path, CompletionToken&& token) const {
        return detail::initiate<detail::async_save_initiator<Derived>>(this->derived(), std::move(path),
                                                                       std::forward<CompletionToken>(token));
    }

protected:
    using call<Derived, T>::call;
};

/// A call whose answer is taken as it is, in one of the forms that the service offers besides JSON: what
/// `as()` of a generated operation makes. Setters come before `as()`.
class media_call : public download_call<media_call, std::string> {
public:
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
class unlisted_call : public download_call<unlisted_call, std::string> {
public:
    unlisted_call(std::shared_ptr<engine> engine, std::string method, std::string path)
        : download_call(std::move(engine), {}) {
        operation_.method = std::move(method);
        operation_.path = std::move(path);
        update();
    }

    /// Sends a body as it is.
    unlisted_call& content(std::string bytes, std::string content_type = "application/json") & {
        operation_.content = std::move(bytes);
        operation_.content_type = std::move(content_type);
        update();
        return *this;
    }
    [[nodiscard]] unlisted_call&& content(std::string bytes,
                                          std::string content_type = "application/json") && {
        return std::move(content(std::move(bytes), std::move(content_type)));
    }

private:
    void update() { state_.unlisted = std::make_shared<detail::unlisted_operation const>(operation_); }

    detail::unlisted_operation operation_;
};

}  // namespace ferry
