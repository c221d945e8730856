// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/config.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// The bytes of an upload_source, checked: exceptions become errors, what was announced is what is sent, and
/// a file that shrinks meanwhile is an error instead of garbage.
class file_reader final : public byte_source {
public:
    explicit file_reader(upload_source file) : file_(std::move(file)) {}

    upload_source const& file() const noexcept { return file_; }
    /// What stands for the bytes in previews.
    std::string preview() const { return "<bytes of " + file_.file_name() + ">"; }

    FERRY_DECL result<std::optional<std::uint64_t>> open() override;
    FERRY_DECL result<std::size_t> read(char* to, std::size_t size) override;
    bool repeatable() const noexcept override { return file_.source().repeatable(); }
    source_wait waits_for() const noexcept override {
        if (size_ && position_ == *size_) return {.possible = false};  // read() knows it
        return file_.source().waits_for();
    }

private:
    upload_source file_;
    std::optional<std::uint64_t> size_;
    std::uint64_t position_ = 0;
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/file_reader.ipp"
#endif
