// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/folder.hpp"

#include <sys/stat.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// Where a download goes, and how.
struct file_place {
    std::string path;
    /// Where it is set, no link may lead out of this folder: neither one on the way from it to the file, nor
    /// the file itself. `path` begins with it.
    std::string below = {};
    bool flush = false;  ///< Whether commit() waits until the disk has it.
};

/// A download to a file: bytes go to a temporary file in the same directory, which is for its owner only, and
/// commit() renames it over the destination in one step. Without commit() the temporary file is removed and
/// the destination stays as it was.
///
/// The destination is the file behind links. One with several names (hard links) is written in place instead,
/// after the download is complete, so that all of them stay names of it.
class file_sink final : public byte_sink {
public:
    explicit file_sink(std::string path) : file_sink(file_place{std::move(path)}) {}
    explicit file_sink(file_place where) : where_(std::move(where)) {}
    FERRY_DECL ~file_sink() override;
    file_sink(file_sink const&) = delete;
    file_sink& operator=(file_sink const&) = delete;

    /// Creates the temporary file; once is enough.
    FERRY_DECL result<void> open();
    FERRY_DECL result<void> write(std::string_view bytes) override;
    FERRY_DECL bool restart() override;
    FERRY_DECL result<void> commit();

    std::uint64_t size() const noexcept { return size_; }

private:
    FERRY_DECL result<void> find_place();
    FERRY_DECL result<void> look_at_old();
    FERRY_DECL result<void> create();
    FERRY_DECL result<void> give_rights();
    FERRY_DECL result<void> replace_old();
    FERRY_DECL result<void> overwrite_old();
    FERRY_DECL bool is_old_there() const;
    FERRY_DECL error failure(int number) const;

    file_place where_;
    descriptor folder_;
    std::string name_;  ///< In the folder; the following, too.
    std::string temporary_;
    descriptor file_;
    std::optional<struct ::stat> old_;  ///< What is replaced.
    ::mode_t new_mode_ = 0;             ///< Where nothing is.
    std::uint64_t size_ = 0;
};

/// The file name of a `Content-Disposition` (RFC 6266): `filename*` before `filename`, directories removed
/// and characters that may deceive (is_deceptive()) made `_`; empty where there is none.
FERRY_DECL std::string disposition_file_name(std::string_view header);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/file_sink.ipp"
#endif
