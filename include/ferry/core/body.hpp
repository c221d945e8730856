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

/// Bytes that are pulled while they are sent. Implement it to upload from anything.
///
/// One call uses it from one thread at a time. An exception fails the call with error_kind::file and its
/// text.
class byte_source {
public:
    virtual ~byte_source() = default;

    /// Starts from the beginning and says how many bytes will come; nothing where that is not known (the
    /// request is then sent chunked). Called once for each attempt.
    virtual result<std::optional<std::uint64_t>> open() = 0;
    /// Fills at most `size` bytes and returns how many; 0 means the end.
    virtual result<std::size_t> read(char* to, std::size_t size) = 0;
    /// Whether open() may be called again. A request whose body is not repeatable is sent once and never
    /// retried.
    virtual bool repeatable() const noexcept = 0;
};

/// Bytes that are pushed while they arrive. Implement it to download to anything.
///
/// One call uses it from one thread at a time. An exception fails the call with error_kind::file and its
/// text.
class byte_sink {
public:
    virtual ~byte_sink() = default;

    virtual result<void> write(std::string_view bytes) = 0;
    /// Forgets what was written, because the download starts again. `false`: cannot; the call then fails
    /// with what broke it off instead of repeating. Not called where nothing was written.
    virtual bool restart() { return false; }
};

/// Writes to a stream, which must stay alive as long as this. What was written cannot be taken back.
class stream_sink final : public byte_sink {
public:
    explicit stream_sink(std::ostream& stream) : stream_(stream) {}

    FERRY_DECL result<void> write(std::string_view bytes) override;
    /// Flushes the stream, because an error may show only then.
    FERRY_DECL result<void> finish();

private:
    std::ostream& stream_;
};

/// A file to upload: where its bytes come from, and the file name and media type that go with them.
///
/// A cheap handle: copies share the source.
class upload_source {
public:
    upload_source(std::shared_ptr<byte_source> source, std::string file_name)
        : source_(std::move(source)), file_name_(std::move(file_name)) {}

    /// The name the service sees. CR, LF and NUL are refused when the call is made.
    upload_source& file_name(std::string name) & {
        file_name_ = std::move(name);
        return *this;
    }
    [[nodiscard]] upload_source&& file_name(std::string name) && {
        return std::move(file_name(std::move(name)));
    }
    std::string const& file_name() const noexcept { return file_name_; }

    /// The part's media type. Default: `application/octet-stream`.
    upload_source& content_type(std::string type) & {
        content_type_ = std::move(type);
        return *this;
    }
    [[nodiscard]] upload_source&& content_type(std::string type) && {
        return std::move(content_type(std::move(type)));
    }
    std::string const& content_type() const noexcept { return content_type_; }

    byte_source& source() const noexcept { return *source_; }

private:
    std::shared_ptr<byte_source> source_;
    std::string file_name_;
    std::string content_type_ = "application/octet-stream";
};

/// The file at `path`, opened when the call is made; its last path segment is the file name. Repeatable,
/// unless it is a pipe or device. A directory is refused, and a file that shrinks while it is sent fails the
/// call (error_kind::file); bytes added meanwhile are not sent.
FERRY_DECL upload_source from_path(std::string path);

/// `bytes` themselves, which must stay alive and unchanged until the call has ended. Repeatable.
FERRY_DECL upload_source from_memory(std::span<std::byte const> bytes, std::string file_name);
FERRY_DECL upload_source from_memory(std::string_view bytes, std::string file_name);

/// A copy of, or the moved-in, `bytes`. Repeatable.
FERRY_DECL upload_source from_string(std::string bytes, std::string file_name);

/// What is left in `stream`, which must stay alive until the call has ended. Repeatable where the stream can
/// seek. The length is found by seeking; a stream that cannot is sent chunked unless `size` says how much
/// will come. No more than `size` bytes are sent; fewer fail the call, as does a stream whose failbit is set
/// already.
FERRY_DECL upload_source from_stream(std::istream& stream, std::string file_name,
                                     std::optional<std::uint64_t> size = std::nullopt);

/// What is left in an open file, pipe or socket, from its current offset on. The descriptor stays the
/// caller's: it must stay open until the call has ended, and ferry never closes it. A regular file is
/// repeatable, its offset is not moved, and several calls may read it at once; anything else is sent once,
/// and chunked unless `size` says how much will come. No more than `size` bytes are sent; fewer fail the
/// call.
FERRY_DECL upload_source from_descriptor(int descriptor, std::string file_name,
                                         std::optional<std::uint64_t> size = std::nullopt);

/// Bytes from `read(char* to, std::size_t size)`, which returns `std::size_t` or `result<std::size_t>`; 0
/// ends. Sent once.
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
