// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/detail/guarded.hpp"
#include "ferry/core/detail/system_failure.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <istream>
#include <ostream>

namespace ferry::inline FERRY_ABI {
namespace detail {

struct file_closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

/// A file by name, read in the pieces that the sender asks for.
class path_source final : public byte_source {
public:
    explicit path_source(std::string path) : path_(std::move(path)) {}

    result<std::optional<std::uint64_t>> open() override {
        file_.reset(std::fopen(path_.c_str(), "rbe"));
        if (!file_) return file_failure("cannot open '" + path_ + "' for reading", errno);
        std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // the sender brings a large buffer of its own
        struct ::stat about = {};
        if (::fstat(::fileno(file_.get()), &about) != 0)
            return file_failure("cannot find the size of '" + path_ + "'", errno);
        if (S_ISDIR(about.st_mode)) return file_failure("cannot upload '" + path_ + "'", EISDIR);
        is_regular_ = S_ISREG(about.st_mode);
        if (!is_regular_) return std::optional<std::uint64_t>();  // a pipe or device: sent chunked
        return std::optional<std::uint64_t>(static_cast<std::uint64_t>(about.st_size));
    }

    result<std::size_t> read(char* to, std::size_t size) override {
        auto const count = std::fread(to, 1, size, file_.get());
        if (count == 0 && std::ferror(file_.get())) return file_failure("cannot read '" + path_ + "'", errno);
        return count;
    }

    bool repeatable() const noexcept override { return is_regular_; }

private:
    std::string path_;
    file_handle file_;
    bool is_regular_ = true;  ///< Until open() knows better.
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

private:
    std::string owned_;
    std::string_view bytes_;
    std::size_t position_ = 0;
};

/// What is left in a stream. Repeatable where it can seek back to where it was.
class stream_source final : public byte_source {
public:
    stream_source(std::istream& stream, std::optional<std::uint64_t> size) : stream_(stream), size_(size) {
        // A file that could not be opened looks like an empty one once its state is cleared.
        failed_ = stream_.fail();
        if (failed_) return;
        start_ = tell();
        seekable_ = start_ != std::istream::pos_type(-1);
        if (seekable_ && !size_) {
            quietly([&] { stream_.seekg(0, std::ios::end); });
            auto const end = tell();
            if (end != std::istream::pos_type(-1) && end >= start_)
                size_ = static_cast<std::uint64_t>(end - start_);
            quietly([&] { stream_.seekg(start_); });
        }
        stream_.clear();
    }

    result<std::optional<std::uint64_t>> open() override {
        if (failed_)
            return error(
                error_kind::file,
                "the stream to upload had failed before: was its file opened, was it read to its end?");
        if (seekable_) {
            stream_.clear();
            quietly([&] { stream_.seekg(start_); });
        }
        if (!stream_) return error(error_kind::file, "the stream to upload is not readable");
        return size_;
    }
    result<std::size_t> read(char* to, std::size_t size) override {
        quietly([&] { stream_.read(to, static_cast<std::streamsize>(size)); });
        if (stream_.bad()) return error(error_kind::file, "reading from the stream to upload failed");
        return static_cast<std::size_t>(stream_.gcount());
    }
    bool repeatable() const noexcept override { return seekable_; }

private:
    /// Whether the caller wants exceptions of the stream (`exceptions()`), for the end even, or not: its
    /// state says what happened.
    template <class F>
    static void quietly(F f) {
        try {
            f();
        } catch (std::ios_base::failure const&) {
        }
    }
    std::istream::pos_type tell() {
        std::istream::pos_type at(-1);
        quietly([&] { at = stream_.tellg(); });
        return at;
    }

    std::istream& stream_;
    std::optional<std::uint64_t> size_;
    std::istream::pos_type start_;
    bool failed_ = false;
    bool seekable_ = false;
};

/// What is left behind a descriptor. Regular files are read at positions, so that it stays where it is.
class descriptor_source final : public byte_source {
public:
    descriptor_source(int descriptor, std::optional<std::uint64_t> size)
        : descriptor_(descriptor), size_(size) {
        struct ::stat about = {};
        is_regular_ = ::fstat(descriptor_, &about) == 0 && S_ISREG(about.st_mode);
        if (is_regular_) start_ = ::lseek(descriptor_, 0, SEEK_CUR);
    }

    result<std::optional<std::uint64_t>> open() override {
        struct ::stat about = {};
        if (::fstat(descriptor_, &about) != 0) return failure(errno);
        if (S_ISDIR(about.st_mode)) return failure(EISDIR);
        position_ = start_;
        if (size_ || !is_regular_) return size_;
        return std::optional<std::uint64_t>(
            static_cast<std::uint64_t>((std::max<::off_t>)(about.st_size - start_, 0)));
    }
    result<std::size_t> read(char* to, std::size_t size) override {
        while (true) {
            auto const count =
                is_regular_ ? ::pread(descriptor_, to, size, position_) : ::read(descriptor_, to, size);
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) return failure(errno);
            position_ += count;
            return static_cast<std::size_t>(count);
        }
    }
    bool repeatable() const noexcept override { return is_regular_; }

private:
    error failure(int number) const {
        return file_failure("cannot read from descriptor " + std::to_string(descriptor_), number);
    }

    int descriptor_;
    std::optional<std::uint64_t> size_;
    ::off_t start_ = 0;
    ::off_t position_ = 0;
    bool is_regular_ = false;
};

/// The last segment of a path, as `basename` has it.
inline std::string last_segment(std::string_view path) {
    auto const slash = path.find_last_of('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace detail

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
