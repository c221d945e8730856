// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/detail/file_types.hpp"
#include "ferry/core/detail/guarded.hpp"
#include "ferry/core/detail/is_readable.hpp"
#include "ferry/core/detail/system_failure.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <istream>
#include <ostream>
#include <streambuf>
#include <string>

#if defined(__GLIBCXX__) && defined(__GLIBC__)
#include <ext/stdio_filebuf.h>
#include <ext/stdio_sync_filebuf.h>
#endif

namespace ferry::inline FERRY_ABI {
namespace detail {

/// The beginning of a file whose size says nothing, read ahead.
class read_ahead {
public:
    static constexpr std::size_t limit = 64 << 10;

    /// Whether the size of a regular file may be a fiction: what the system makes while it is read, below
    /// /proc or /sys, has a size of 0 or of a page, and nothing on any disk.
    static bool is_wanted(struct ::stat const& about) noexcept {
        return about.st_size == 0 || (about.st_blocks == 0 && about.st_size <= ::off_t{limit});
    }

    void clear() noexcept {
        bytes_.clear();
        position_ = 0;
    }

    /// Fills itself by `read(char*, std::size_t)`, until that gives nothing. \returns all there is where it
    /// is no more than `limit`, else nothing
    template <class Read>
    result<std::optional<std::uint64_t>> fill(Read const& read) {
        clear();
        std::string space(limit, '\0');
        while (bytes_.size() < limit) {
            result<std::size_t> const count = read(space.data(), limit - bytes_.size());
            if (!count) return count.error();
            if (*count == 0) return std::optional<std::uint64_t>(bytes_.size());
            bytes_.append(space, 0, *count);
        }
        return std::optional<std::uint64_t>();
    }

    std::size_t take(char* to, std::size_t size) noexcept {
        auto const piece = std::string_view(bytes_).substr(position_, size);
        piece.copy(to, piece.size());
        position_ += piece.size();
        return piece.size();
    }

private:
    std::string bytes_;
    std::size_t position_ = 0;
};

/// What is in an open file: from an offset on where it is a regular one, else what comes.
class file_source : public byte_source {
public:
    result<std::size_t> read(char* to, std::size_t size) override {
        if (auto const count = ahead_.take(to, size)) return count;
        return read_on(to, size);
    }
    bool repeatable() const noexcept override { return !comes_; }
    source_wait waits_for() const noexcept override {
        return comes_ ? source_wait{true, descriptor_, kind_} : source_wait{.possible = false};
    }

protected:
    /// `name`: for messages: "'/a/b'". `descriptor`: where it is open already.
    explicit file_source(std::string name, int descriptor = -1)
        : name_(std::move(name)), descriptor_(descriptor) {}

    /// Starts at `from`, which only regular files have. \returns how many bytes will come, where that is
    /// known
    result<std::optional<std::uint64_t>> begin(int descriptor, struct ::stat const& about, ::off_t from) {
        if (S_ISDIR(about.st_mode)) return file_failure("cannot upload " + name_, EISDIR);
        descriptor_ = descriptor;
        position_ = from;
        ahead_.clear();
        if (!S_ISREG(about.st_mode)) set_comes(about);
        if (comes_) return std::optional<std::uint64_t>();
        auto const left = static_cast<std::uint64_t>((std::max<::off_t>)(about.st_size - from, 0));
        return read_ahead::is_wanted(about) ? look_ahead(about) : std::optional(left);
    }

    std::string const& name() const noexcept { return name_; }
    void set_comes(struct ::stat const& about) {
        comes_ = true;
        at_position_ = S_ISREG(about.st_mode);
        kind_ = kind_of(about) + name_;
    }

private:
    result<std::optional<std::uint64_t>> look_ahead(struct ::stat const& about) {
        auto const size = ahead_.fill([&](char* to, std::size_t count) -> result<std::size_t> {
            // Like /proc/kmsg: regular only by name.
            if (!is_readable(descriptor_)) set_comes(about);
            return comes_ ? std::size_t{0} : read_on(to, count);
        });
        return comes_ && size ? std::optional<std::uint64_t>() : size;
    }

    result<std::size_t> read_on(char* to, std::size_t size) {
        // Before, because a pipe that nobody has opened for writing yet looks like one that has ended.
        if (comes_) wait_readable(descriptor_);
        while (true) {
            auto const count =
                at_position_ ? ::pread(descriptor_, to, size, position_) : ::read(descriptor_, to, size);
            if (count >= 0) {
                position_ += count;
                return static_cast<std::size_t>(count);
            }
            if (errno == EAGAIN || errno == EWOULDBLOCK)
                wait_readable(descriptor_);
            else if (errno != EINTR)
                return file_failure("cannot read " + name_, errno);
        }
    }

    static std::string kind_of(struct ::stat const& about) {
        return S_ISFIFO(about.st_mode)   ? "the pipe "
               : S_ISSOCK(about.st_mode) ? "the socket "
               : S_ISREG(about.st_mode)  ? "the file "
                                         : "the device ";
    }

    std::string const name_;
    std::string kind_;
    int descriptor_;
    ::off_t position_ = 0;
    bool at_position_ = true;
    bool comes_ = false;  ///< When somebody gives it, and once.
    read_ahead ahead_;
};

/// A file by name, read in the pieces that the sender asks for.
class path_source final : public file_source {
public:
    explicit path_source(std::string path) : file_source("'" + path + "'"), path_(std::move(path)) {}
    ~path_source() override { close(); }

    result<std::optional<std::uint64_t>> open() override {
        close();
        // A pipe that nobody writes to must not hold up its reader here.
        file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
        if (file_ < 0 && errno == EWOULDBLOCK)  // somebody has a lease on it and is asked to give it up
            file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (file_ < 0 && errno == ENXIO)
            return file_failure("cannot upload " + name() + ", which is a socket or a device that is gone",
                                ENXIO);
        if (file_ < 0) return file_failure("cannot open " + name() + " for reading", errno);
        struct ::stat about = {};
        if (::fstat(file_, &about) != 0) return file_failure("cannot find the size of " + name(), errno);
        return begin(file_, about, 0);
    }

private:
    void close() noexcept {
        if (file_ >= 0) ::close(file_);
        file_ = -1;
    }

    std::string path_;
    int file_ = -1;
};

/// Bytes in memory, borrowed or owned.
class memory_source final : public byte_source {
public:
    explicit memory_source(std::string_view borrowed) : bytes_(borrowed) {}
    explicit memory_source(std::string owned) : owned_(std::move(owned)), bytes_(owned_) {}

    result<std::optional<std::uint64_t>> open() override {
        position_ = 0;
        return std::optional<std::uint64_t>(bytes_.size());
    }
    result<std::size_t> read(char* to, std::size_t size) override {
        auto const piece = bytes_.substr(position_, size);
        piece.copy(to, piece.size());
        position_ += piece.size();
        return piece.size();
    }
    bool repeatable() const noexcept override { return true; }
    source_wait waits_for() const noexcept override { return {.possible = false}; }

private:
    std::string owned_;
    std::string_view bytes_;
    std::size_t position_ = 0;
};

/// What is left in a stream. Repeatable where it can seek back to where it was. Asks the stream's buffer,
/// because the stream itself throws where its user wants that, and puts things together until all that was
/// asked for is there.
class stream_source final : public byte_source {
public:
    stream_source(std::istream& stream, std::optional<std::uint64_t> size)
        : buffer_(stream.rdbuf()), size_(size) {
        // A file that could not be opened looks like an empty one to its buffer.
        failed_ = stream.fail() || !buffer_;
        if (failed_) return;
        start_ = buffer_->pubseekoff(0, std::ios::cur, std::ios::in);
        seekable_ = start_ != nowhere;
        seekable_ ? count() : find_descriptor();
    }

    result<std::optional<std::uint64_t>> open() override {
        if (failed_)
            return error(
                error_kind::file,
                "the stream to upload had failed before: was its file opened, was it read to its end?");
        if (!seekable_) return size_;
        ahead_.clear();
        if (buffer_->pubseekpos(start_, std::ios::in) == nowhere)
            return error(error_kind::file, "the stream to upload is not readable");
        if (size_ || !counted_) return size_;
        if (*counted_ > doubtful) return counted_;
        return ahead_.fill([this](char* to, std::size_t count) { return read_on(to, count); });
    }
    result<std::size_t> read(char* to, std::size_t size) override {
        if (auto const count = ahead_.take(to, size)) return count;
        return read_on(to, size);
    }
    bool repeatable() const noexcept override { return seekable_; }
    source_wait waits_for() const noexcept override {
        if (failed_ || seekable_ || available() > 0) return {.possible = false};
        return {true, descriptor_, "the standard input"};
    }

private:
    static constexpr std::streamoff nowhere = -1;
    static constexpr std::uint64_t doubtful = 4096;  // a page: read_ahead::is_wanted()
    static constexpr std::size_t piece_size = 4096;  // of a buffer that does not say what it has
    static constexpr auto end = std::char_traits<char>::eof();

    void count() {
        auto const last = buffer_->pubseekoff(0, std::ios::end, std::ios::in);
        if (last != nowhere && last >= start_) counted_ = static_cast<std::uint64_t>(last - start_);
        buffer_->pubseekpos(start_, std::ios::in);
    }

    /// What a read waits for, where that can be found out: of std::cin with GNU's library.
    void find_descriptor() {
#if defined(__GLIBCXX__) && defined(__GLIBC__)
        if (auto* const in_step = dynamic_cast<__gnu_cxx::stdio_sync_filebuf<char>*>(buffer_)) {
            file_ = in_step->file();
            descriptor_ = ::fileno(file_);
        } else if (auto* const own = dynamic_cast<__gnu_cxx::stdio_filebuf<char>*>(buffer_)) {
            descriptor_ = own->fd();
        }
#endif
    }

    /// How many bytes can be had at once; 0: none, or the buffer does not say.
    std::size_t available() const noexcept {
        try {
            if (auto const count = buffer_->in_avail(); count > 0) return static_cast<std::size_t>(count);
        } catch (...) {  // reading finds out
        }
#if defined(__GLIBC__)
        if (file_) return static_cast<std::size_t>(file_->_IO_read_end - file_->_IO_read_ptr);
#endif
        return 0;
    }

    bool more_comes_at_once() const {
        return available() > 0 || (descriptor_ >= 0 && is_readable(descriptor_) && buffer_->sgetc() != end);
    }

    std::size_t get(char* to, std::size_t size) const {
        return static_cast<std::size_t>(buffer_->sgetn(to, static_cast<std::streamsize>(size)));
    }

    result<std::size_t> read_on(char* to, std::size_t size) const {
        try {
            return seekable_ ? get(to, size) : get_what_comes(to, size);
        } catch (std::exception const& e) {
            return error(error_kind::file,
                         std::string("reading from the stream to upload failed: ") + e.what());
        }
    }

    std::size_t get_what_comes(char* to, std::size_t size) const {
        if (buffer_->sgetc() == end) return 0;  // waits for the first
        if (available() == 0) return get(to, (std::min)(size, piece_size));
        std::size_t got = 0;
        do got += get(to + got, (std::min)(available(), size - got));
        while (got < size && more_comes_at_once());
        return got;
    }

    std::streambuf* buffer_;
    std::optional<std::uint64_t> const size_;  ///< As given.
    std::optional<std::uint64_t> counted_;
    std::streampos start_;
    bool failed_ = false;
    bool seekable_ = false;
    int descriptor_ = -1;
    std::FILE* file_ = nullptr;  ///< Where the buffer is but a view of it.
    read_ahead ahead_;
};

/// What is left behind a descriptor. Regular files are read at positions, so that it stays where it is.
class descriptor_source final : public file_source {
public:
    descriptor_source(int descriptor, std::optional<std::uint64_t> size)
        : file_source("descriptor " + std::to_string(descriptor), descriptor),
          descriptor_(descriptor),
          size_(size) {
        struct ::stat about = {};
        if (::fstat(descriptor_, &about) != 0) return;
        if (S_ISREG(about.st_mode))
            start_ = (std::max<::off_t>)(::lseek(descriptor_, 0, SEEK_CUR), 0);
        else
            set_comes(about);
    }

    result<std::optional<std::uint64_t>> open() override {
        struct ::stat about = {};
        if (::fstat(descriptor_, &about) != 0) return file_failure("cannot read " + name(), errno);
        auto const size = begin(descriptor_, about, start_);
        return size && size_ ? size_ : size;
    }

private:
    int const descriptor_;
    std::optional<std::uint64_t> const size_;
    ::off_t start_ = 0;
};

/// The last segment of a path, as `basename` has it.
inline std::string last_segment(std::string_view path) {
    auto const slash = path.find_last_of('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace detail

FERRY_DECL std::string upload_source::content_type() const {
    if (has_content_type()) return content_type_;
    auto const type = detail::file_type_of(file_name_).media_type;
    return std::string(type.empty() ? "application/octet-stream" : type);
}

FERRY_DECL upload_source from_path(std::string path) {
    auto name = detail::last_segment(path);
    return {std::make_shared<detail::path_source>(std::move(path)), std::move(name)};
}

FERRY_DECL upload_source from_memory(std::string_view bytes, std::string file_name) {
    return {std::make_shared<detail::memory_source>(bytes), std::move(file_name)};
}

FERRY_DECL upload_source from_memory(std::span<std::byte const> bytes, std::string file_name) {
    return from_memory(std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size()),
                       std::move(file_name));
}

FERRY_DECL upload_source from_string(std::string bytes, std::string file_name) {
    return {std::make_shared<detail::memory_source>(std::move(bytes)), std::move(file_name)};
}

FERRY_DECL upload_source from_stream(std::istream& stream, std::string file_name,
                                     std::optional<std::uint64_t> size) {
    return {std::make_shared<detail::stream_source>(stream, size), std::move(file_name)};
}

FERRY_DECL upload_source from_descriptor(int descriptor, std::string file_name,
                                         std::optional<std::uint64_t> size) {
    return {std::make_shared<detail::descriptor_source>(descriptor, size), std::move(file_name)};
}

FERRY_DECL result<void> stream_sink::write(std::string_view bytes) {
    if (stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return {};
    return error(error_kind::file, "writing to the stream failed");
}

FERRY_DECL result<void> stream_sink::finish() {
    return detail::guarded("the stream", [&]() -> result<void> {
        if (stream_.flush()) return {};
        return error(error_kind::file, "writing to the stream failed");
    });
}

}  // namespace ferry
