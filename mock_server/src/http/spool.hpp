// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Bytes that arrive from the network, kept in memory while they are few and in a temporary file beyond that,
// so that the memory of the process does not grow with the size of an upload.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

/// A directory that exists as long as the object and is removed with everything in it. It is locked (flock)
/// for as long: one that nobody holds is what a killed process left behind.
class scratch_directory {
public:
    /// The first one of a process removes what others left behind.
    scratch_directory();
    ~scratch_directory();
    scratch_directory(scratch_directory const&) = delete;
    scratch_directory& operator=(scratch_directory const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

private:
    [[nodiscard]] bool claim();

    std::filesystem::path path_;
    int lock_ = -1;
    int owner_;  ///< the process that made it: one that was forked from it must not remove it
};

/// Removes the scratch directories in `base` that belong to this user and to no process any more. Touches
/// nothing else, and says nothing where it cannot.
void remove_leftovers(std::filesystem::path const& base) noexcept;

/// Grows by append(), then is read-only: a sealed spool may be read by several threads at once.
class spool {
public:
    static constexpr std::size_t memory_threshold = 64 * 1024;

    explicit spool(std::shared_ptr<scratch_directory const> home) : home_(std::move(home)) {}
    ~spool();
    spool(spool const&) = delete;
    spool& operator=(spool const&) = delete;

    /// \throws std::system_error when the disk refuses
    void append(std::string_view bytes);

    /// No append() afterwards. Closes the file, so that a stored upload costs no descriptor.
    void seal();

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// The bytes, where they are in memory; empty when they are in a file.
    [[nodiscard]] std::string_view in_memory() const noexcept { return memory_; }
    [[nodiscard]] bool on_disk() const noexcept { return !file_.empty(); }
    [[nodiscard]] std::filesystem::path const& file() const noexcept { return file_; }

private:
    void move_to_disk();

    std::shared_ptr<scratch_directory const> home_;
    std::string memory_;
    std::filesystem::path file_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// An immutable sequence of bytes: slices of sealed spools. Copying shares the bytes.
class blob {
public:
    blob() = default;
    explicit blob(std::shared_ptr<spool const> whole);
    [[nodiscard]] static blob of(std::string_view text);

    [[nodiscard]] blob slice(std::uint64_t offset, std::uint64_t length) const;
    [[nodiscard]] blob followed_by(blob const& tail) const;

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// \throws std::system_error when bytes that were stored are not there any more
    void require_readable() const;

    /// The whole content in memory; for contents that are known to be small.
    [[nodiscard]] std::string text() const;

private:
    friend class blob_reader;
    struct piece {
        std::shared_ptr<spool const> source;
        std::uint64_t offset;
        std::uint64_t length;
    };
    std::vector<piece> pieces_;
    std::uint64_t size_ = 0;
};

/// Something that produces bytes once, in order.
class byte_source {
public:
    virtual ~byte_source() = default;
    /// Asked before the answer has begun and can still be another.
    /// \throws std::system_error where read() is going to
    virtual void require_readable() const {}
    /// Fills `out` as far as it can; 0 means the end.
    /// \throws std::system_error on I/O errors
    virtual std::size_t read(char* out, std::size_t room) = 0;
};

/// Reads a blob from start to end. One reader belongs to one thread.
class blob_reader final : public byte_source {
public:
    explicit blob_reader(blob content) : content_(std::move(content)) {}
    ~blob_reader() override;
    void require_readable() const override { content_.require_readable(); }
    std::size_t read(char* out, std::size_t room) override;

private:
    void open_piece();
    void close_piece() noexcept;

    blob content_;
    std::size_t index_ = 0;
    std::uint64_t position_ = 0;  // within the current piece
    int descriptor_ = -1;
};

}  // namespace ferry::mock
