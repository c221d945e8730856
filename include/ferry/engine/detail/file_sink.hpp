// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// A download to a file: bytes go to a temporary file in the same directory, and commit() renames it over the
/// destination in one step. Without commit() the temporary file is removed and the destination stays as it
/// was.
class file_sink final : public byte_sink {
public:
    explicit file_sink(std::string path) : path_(std::move(path)) {}
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
    std::string path_;
    std::string temporary_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// The file name of a `Content-Disposition` (RFC 6266): `filename*` before `filename`, directories removed
/// and control characters made `_`; empty where there is none.
FERRY_DECL std::string disposition_file_name(std::string_view header);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/file_sink.ipp"
#endif
