// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/spool.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace ferry::mock {
namespace {

[[noreturn]] void throw_errno(std::string const& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

scratch_directory::scratch_directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ferry-mock-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw_errno("cannot create a directory for uploads at " + pattern);
    path_ = pattern;
}

scratch_directory::~scratch_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
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
    std::string pattern = (home_->path() / "upload-XXXXXX").string();
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
