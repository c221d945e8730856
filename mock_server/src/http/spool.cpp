// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/spool.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <system_error>
#include <utility>

namespace ferry::mock {
namespace {

[[noreturn]] void throw_errno(std::string const& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

// Names without six characters that are chosen anew each time.
constexpr std::string_view directory_name = "ferry-mock-scratch-";
constexpr std::string_view file_name = "upload-";

std::string pattern_in(std::filesystem::path const& place, std::string_view name) {
    return (place / (std::string(name) + "XXXXXX")).string();
}

bool is_named(std::filesystem::path const& path, std::string_view name) {
    std::string const own = path.filename().string();
    return own.size() == name.size() + 6 && own.starts_with(name);
}

int open_directory(std::filesystem::path const& path) noexcept {
    return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/// Whether the path still leads to what was opened.
bool is_at(std::filesystem::path const& path, int opened) noexcept {
    struct stat there{};
    struct stat here{};
    return ::fstat(opened, &here) == 0 && ::lstat(path.c_str(), &there) == 0 && here.st_ino == there.st_ino &&
           here.st_dev == there.st_dev;
}

bool is_private(int directory) noexcept {
    struct stat about{};
    return ::fstat(directory, &about) == 0 && about.st_uid == ::geteuid() && (about.st_mode & 0077U) == 0;
}

void remove_if_left(std::filesystem::path const& path) {
    int const held = open_directory(path);
    if (held < 0) return;
    if (is_private(held) && ::flock(held, LOCK_EX | LOCK_NB) == 0 && is_at(path, held)) {
        // File by file: should somebody keep something else there, it stays.
        for (auto const& entry : std::filesystem::directory_iterator(path)) {
            if (is_named(entry.path(), file_name)) ::unlink(entry.path().c_str());
        }
        ::rmdir(path.c_str());
    }
    ::close(held);
}

}  // namespace

void remove_leftovers(std::filesystem::path const& base) noexcept {
    try {
        for (auto const& entry : std::filesystem::directory_iterator(base)) {
            if (is_named(entry.path(), directory_name)) remove_if_left(entry.path());
        }
    } catch (std::exception const&) {
        // It is a courtesy.
    }
}

scratch_directory::scratch_directory() : owner_(::getpid()) {
    static std::once_flag first;
    std::filesystem::path const base = std::filesystem::temp_directory_path();
    std::call_once(first, remove_leftovers, base);
    for (int attempts = 0; attempts < 10; ++attempts) {
        std::string pattern = pattern_in(base, directory_name);
        if (::mkdtemp(pattern.data()) == nullptr)
            throw_errno("cannot create a directory for uploads at " + pattern);
        path_ = pattern;
        if (claim()) break;
    }
}

/// False when somebody who removes leftovers came between making and locking it.
bool scratch_directory::claim() {
    lock_ = open_directory(path_);
    bool const taken = lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!taken && lock_ >= 0 && is_at(path_, lock_)) return true;
    if (lock_ < 0 && errno != ENOENT) return true;  // not locked, but there
    if (lock_ >= 0) ::close(std::exchange(lock_, -1));
    return false;
}

scratch_directory::~scratch_directory() {
    std::error_code ignored;
    if (owner_ == ::getpid()) std::filesystem::remove_all(path_, ignored);
    if (lock_ >= 0) ::close(lock_);
}

spool::~spool() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!file_.empty()) ::unlink(file_.c_str());
}

void spool::append(std::string_view bytes) {
    if (descriptor_ < 0 && memory_.size() + bytes.size() <= memory_threshold) {
        memory_.append(bytes);
        size_ += bytes.size();
        return;
    }
    if (descriptor_ < 0) move_to_disk();
    while (!bytes.empty()) {
        ssize_t const written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw_errno("cannot store an upload in " + file_.string());
        bytes.remove_prefix(static_cast<std::size_t>(written));
        size_ += static_cast<std::size_t>(written);
    }
}

void spool::move_to_disk() {
    std::string pattern = pattern_in(home_->path(), file_name);
    descriptor_ = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (descriptor_ < 0) throw_errno("cannot create a file for an upload at " + pattern);
    file_ = pattern;
    std::string const kept = std::exchange(memory_, {});
    size_ = 0;
    if (!kept.empty()) append(kept);
}

void spool::seal() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    memory_.shrink_to_fit();
}

blob::blob(std::shared_ptr<spool const> whole) : size_(whole->size()) {
    if (size_ != 0) pieces_.push_back({std::move(whole), 0, size_});
}

blob blob::of(std::string_view text) {
    blob result;
    for (std::size_t at = 0; at < text.size(); at += spool::memory_threshold) {
        auto part = std::make_shared<spool>(nullptr);  // never above the threshold, so it needs no directory
        part->append(text.substr(at, spool::memory_threshold));
        result = result.followed_by(blob(std::move(part)));
    }
    return result;
}

blob blob::slice(std::uint64_t offset, std::uint64_t length) const {
    blob result;
    for (piece const& part : pieces_) {
        if (length == 0) break;
        if (offset >= part.length) {
            offset -= part.length;
            continue;
        }
        std::uint64_t const taken = (std::min)(length, part.length - offset);
        result.pieces_.push_back({part.source, part.offset + offset, taken});
        result.size_ += taken;
        length -= taken;
        offset = 0;
    }
    return result;
}

blob blob::followed_by(blob const& tail) const {
    blob result = *this;
    result.pieces_.insert(result.pieces_.end(), tail.pieces_.begin(), tail.pieces_.end());
    result.size_ += tail.size_;
    return result;
}

void blob::require_readable() const {
    for (piece const& part : pieces_) {
        if (part.source->on_disk() && ::access(part.source->file().c_str(), R_OK) != 0)
            throw_errno("cannot read a stored upload from " + part.source->file().string());
    }
}

std::string blob::text() const {
    std::string result(static_cast<std::size_t>(size_), '\0');
    blob_reader reader(*this);
    std::size_t filled = 0;
    while (filled < result.size()) {
        std::size_t const count = reader.read(result.data() + filled, result.size() - filled);
        if (count == 0) break;
        filled += count;
    }
    result.resize(filled);
    return result;
}

blob_reader::~blob_reader() {
    close_piece();
}

void blob_reader::close_piece() noexcept {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void blob_reader::open_piece() {
    spool const& source = *content_.pieces_[index_].source;
    descriptor_ = ::open(source.file().c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0) throw_errno("cannot read a stored upload from " + source.file().string());
}

std::size_t blob_reader::read(char* out, std::size_t room) {
    while (index_ < content_.pieces_.size()) {
        blob::piece const& part = content_.pieces_[index_];
        std::uint64_t const left = part.length - position_;
        if (left == 0) {
            close_piece();
            ++index_;
            position_ = 0;
            continue;
        }
        std::size_t const wanted =
            static_cast<std::size_t>((std::min)(static_cast<std::uint64_t>(room), left));
        std::size_t got = wanted;
        if (!part.source->on_disk()) {
            part.source->in_memory().copy(out, wanted, static_cast<std::size_t>(part.offset + position_));
        } else {
            if (descriptor_ < 0) open_piece();
            ssize_t const count =
                ::pread(descriptor_, out, wanted, static_cast<off_t>(part.offset + position_));
            if (count < 0 && errno == EINTR) continue;
            if (count < 0) throw_errno("cannot read a stored upload from " + part.source->file().string());
            if (count == 0)
                throw std::system_error(EIO, std::generic_category(), "a stored upload became shorter");
            got = static_cast<std::size_t>(count);
        }
        position_ += got;
        return got;
    }
    return 0;
}

}  // namespace ferry::mock
