// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI {

/// What the next read() of a byte_source may have to wait for.
struct source_wait {
    /// Whether it may wait at all, for a device, a peer, another thread. Then what there is already is sent
    /// before it is called, and each piece as it comes.
    bool possible = true;
    /// Is readable, as `poll` has it, as soon as read() need not wait; -1: there is nothing of that kind. Who
    /// sends waits for it before he calls read(), by his own deadline, and while others use the executor.
    int descriptor = -1;
    /// What is waited for, for messages: "the named pipe '/run/x'". Lives as long as the source.
    std::string_view name = {};
};

/// Bytes that are pulled while they are sent. Implement it to upload from anything; where a function is
/// enough, from_callback() makes one.
///
/// \par Errors
/// An error of open() or read() ends the call with its kind and message. An exception does so with
/// error_kind::file and its text.
///
/// \par Thread safety
/// One call uses it from one thread at a time, on the thread or executor that sends: a function that blocks
/// holds up what else runs there, and deadline and stop token of the call are looked at when it returns. Its
/// time is not the peer's silence: it does not count for request_options::idle_timeout. A source that knows a
/// descriptor to wait for says so in waits_for(), and blocks nobody. Calls at the same time need sources of
/// their own.
class byte_source {
public:
    virtual ~byte_source() = default;

    /// Starts from the beginning. Called once for each attempt, before read().
    ///
    /// \returns how many bytes will come; nothing where that is not known: the request is then sent chunked.
    ///     Where fewer come than announced, the call ends with error_kind::file; more are not asked for
    virtual result<std::optional<std::uint64_t>> open() = 0;
    /// Gives the next bytes.
    ///
    /// \param to where they go
    /// \param size how many fit, more than 0
    /// \returns how many were written; 0 means the end
    virtual result<std::size_t> read(char* to, std::size_t size) = 0;
    /// Whether open() may be called again. A request whose body is not repeatable is sent once and never
    /// retried.
    virtual bool repeatable() const noexcept = 0;
    /// What the next read() may have to wait for. Default: anything. Asked before each read(); a source that
    /// has its bytes at hand, in memory or on a disk, says `{.possible = false}`, and they go out with what
    /// stands before and behind them.
    virtual source_wait waits_for() const noexcept { return {}; }
};

/// Bytes that are pushed while they arrive. Implement it to download to anything.
///
/// \par Errors
/// An error of write() ends the call with its kind and message. An exception does so with error_kind::file
/// and its text.
///
/// \par Thread safety
/// One call uses it from one thread at a time, on the thread or executor that receives.
class byte_sink {
public:
    virtual ~byte_sink() = default;

    /// Takes all of `bytes`, decoded, which live until this returns.
    virtual result<void> write(std::string_view bytes) = 0;
    /// Forgets what was written, because the download starts again. Not called where nothing was written.
    /// \returns `false`: cannot; the call then fails with what broke it off instead of repeating
    virtual bool restart() { return false; }
};

/// Writes to a stream. What was written cannot be taken back.
///
/// \par Errors
/// error_kind::file once the stream has failed.
///
/// \par Lifetime
/// The stream must stay alive as long as this.
class stream_sink final : public byte_sink {
public:
    explicit stream_sink(std::ostream& stream) : stream_(stream) {}

    FERRY_DECL result<void> write(std::string_view bytes) override;
    /// Flushes the stream, because an error may show only then. An exception of the stream becomes an error.
    FERRY_DECL result<void> finish();

private:
    std::ostream& stream_;
};

/// A file to upload: where its bytes come from, and the file name and media type that go with them.
///
/// A cheap handle: copies share the source. The functions below make one, each from another kind of source.
///
/// \par Errors
/// What cannot be read shows when the call is made, as error_kind::file. CR, LF or NUL in name or media type
/// are error_kind::invalid_argument then, as is an empty name in a multipart body.
///
/// \par Thread safety
/// Not synchronised. Copies share the source, so calls at the same time need sources of their own.
///
/// \par Example
/// ```cpp
/// auto const made = cloud.files.create(ferry::from_string("a,b", "a.csv").content_type("text/csv"), "parse")
///                       .send();
/// ```
class upload_source {
public:
    /// A source of your own.
    /// \pre `source` is not null
    upload_source(std::shared_ptr<byte_source> source, std::string file_name)
        : source_(std::move(source)), file_name_(std::move(file_name)) {}

    /// The name that the service sees.
    upload_source& file_name(std::string name) & {
        file_name_ = std::move(name);
        return *this;
    }
    [[nodiscard]] upload_source&& file_name(std::string name) && {
        return std::move(file_name(std::move(name)));
    }
    std::string const& file_name() const noexcept { return file_name_; }

    /// The file's media type. Not set, or empty: what the extension of its name says (`application/pdf` for
    /// `a.pdf`), else `application/octet-stream`; where the file is the whole body and the description names
    /// a media type, that.
    upload_source& content_type(std::string type) & {
        content_type_ = std::move(type);
        return *this;
    }
    [[nodiscard]] upload_source&& content_type(std::string type) && {
        return std::move(content_type(std::move(type)));
    }
    /// What was set, else what its name says.
    FERRY_DECL std::string content_type() const;
    bool has_content_type() const noexcept { return !content_type_.empty(); }

    byte_source& source() const noexcept { return *source_; }

private:
    std::shared_ptr<byte_source> source_;
    std::string file_name_;
    std::string content_type_;  // empty: not set
};

/// The file at `path`, opened when the call is made; its last path segment is the file name. Repeatable,
/// unless it is a pipe or device. Bytes added while it is sent are not sent.
///
/// What is no regular file (a named pipe, a device, `/dev/stdin`) is sent chunked, each piece as it comes.
/// While nothing comes, also while nobody has opened the pipe for writing, the call's deadline and stop token
/// hold, and an executor is free for others. What the system makes while it is read, as below `/proc` and
/// `/sys`, is read to its end, whatever size it claims.
///
/// \par Errors
/// error_kind::file, with the system's code in error::code() where there is one: the file cannot be opened
/// or read, is a directory or socket, or shrinks while it is sent. error_kind::timeout names the pipe or
/// device that was waited for.
FERRY_DECL upload_source from_path(std::string path);

/// `bytes` themselves, without a copy. Repeatable.
///
/// \par Lifetime
/// They must stay alive and unchanged until the call has ended.
FERRY_DECL upload_source from_memory(std::span<std::byte const> bytes, std::string file_name);
FERRY_DECL upload_source from_memory(std::string_view bytes, std::string file_name);

/// A copy of, or the moved-in, `bytes`. Repeatable.
FERRY_DECL upload_source from_string(std::string bytes, std::string file_name);

/// What is left in `stream` now. Repeatable where the stream can seek.
///
/// A stream that cannot seek is sent as it comes, as far as its buffer says what is there, else in pieces of
/// 4 KiB. It blocks the thread or executor that sends, as a callback does, and deadlines with it: a pipe or
/// device had better be given by from_path() or from_descriptor(). (`std::cin` does not where the standard
/// library is GNU's.)
///
/// \par Errors
/// error_kind::file where fewer than `size` bytes come, where reading fails, and where the stream's failbit
/// is set already, as after a file that could not be opened.
///
/// \par Lifetime
/// `stream` must stay alive until the call has ended.
///
/// \param stream where the bytes come from
/// \param file_name the name that the service sees
/// \param size how many bytes to send. By default all, counted by seeking; what cannot seek is sent chunked
FERRY_DECL upload_source from_stream(std::istream& stream, std::string file_name,
                                     std::optional<std::uint64_t> size = std::nullopt);

/// What is left in an open file, pipe or socket, from its current offset on. A regular file is repeatable,
/// its offset is not moved, and several sources may read it at once; anything else is sent once, each piece
/// as it comes. While nothing comes the call's deadline and stop token hold, and an executor is free for
/// others.
///
/// \par Errors
/// error_kind::file where fewer than `size` bytes come, or reading fails; error::code() is the system's.
///
/// \par Lifetime
/// The descriptor stays the caller's: it must stay open until the call has ended, and ferry never closes it.
///
/// \param descriptor open for reading
/// \param file_name the name that the service sees
/// \param size how many bytes to send. By default all of a regular file; anything else is sent chunked
FERRY_DECL upload_source from_descriptor(int descriptor, std::string file_name,
                                         std::optional<std::uint64_t> size = std::nullopt);

/// Bytes from a function. Sent once: a call that fails is not repeated. Each piece is sent as it comes. A
/// function that blocks holds up the call's deadline and stop token, and the executor: byte_source.
///
/// \par Errors
/// As with byte_source::read(); error_kind::file where fewer than `size` bytes come.
///
/// \par Example
/// ```cpp
/// auto source = ferry::from_callback(
///     [&](char* to, std::size_t size) { return queue.pop(to, size); }, "log.txt");
/// ```
///
/// \param read `std::size_t(char* to, std::size_t size)`, or with `ferry::result<std::size_t>`; 0 ends
/// \param file_name the name that the service sees
/// \param size how many bytes to send; by default all, chunked
template <class F>
upload_source from_callback(F read, std::string file_name, std::optional<std::uint64_t> size = std::nullopt) {
    class callback_source final : public byte_source {
    public:
        callback_source(F f, std::optional<std::uint64_t> n) : read_(std::move(f)), size_(n) {}
        result<std::optional<std::uint64_t>> open() override { return size_; }
        result<std::size_t> read(char* to, std::size_t n) override { return read_(to, n); }
        bool repeatable() const noexcept override { return false; }

    private:
        F read_;
        std::optional<std::uint64_t> size_;
    };
    return {std::make_shared<callback_source>(std::move(read), size), std::move(file_name)};
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/body.ipp"
#endif
