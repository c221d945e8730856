// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/checksum.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/digest.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/file_sink.hpp"
#include "ferry/engine/detail/progress_meter.hpp"
#include "ferry/engine/detail/resume.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// Where the bytes of a download go, across all attempts of its call: what broke off is continued where the
/// service can do that, and begun again where the file or sink can.
class download {
public:
    /// Both must outlive this object.
    download(call_output const& output, request_options const& options, progress_meter& meter)
        : output_(output), options_(options), meter_(meter) {}

    /// Whether bytes are to go anywhere.
    bool is_wanted() const noexcept { return output_.is_download(); }
    /// Whether what was asked for can be done.
    FERRY_DECL result<void> is_possible() const;

    /// Makes the next request ask for everything, or for the rest.
    FERRY_DECL void ask(http_request& request);
    bool asked_for_rest() const noexcept { return asked_; }
    /// A successful answer that brings a file begins.
    FERRY_DECL result<void> begin(int status, header_fields const& headers, int attempt);
    FERRY_DECL result<void> write(std::string_view piece);
    /// After an attempt that failed. `false`: what is there can neither be continued nor be forgotten.
    FERRY_DECL bool prepare_retry();
    /// The next attempt asks for everything.
    void give_up_rest() noexcept { point_.reset(); }
    /// The answer was complete: verifies and renames.
    FERRY_DECL result<void> finish(header_fields const& headers);
    /// Leaves nothing behind.
    void discard() noexcept { file_.reset(); }

private:
    FERRY_DECL result<void> go_on(header_fields const& headers);
    FERRY_DECL result<void> begin_anew(int status, header_fields const& headers);
    FERRY_DECL result<void> open();
    FERRY_DECL bool restart();
    FERRY_DECL result<void> compare_digest();

    call_output const& output_;
    request_options const& options_;
    progress_meter& meter_;
    std::unique_ptr<file_sink> file_;
    std::optional<digest> digest_;
    std::optional<resume_point> point_;
    std::string own_range_;             ///< The caller's `Range`.
    bool is_conditional_ = false;       ///< It has an `If-Range` of the caller's own.
    std::optional<std::uint64_t> end_;  ///< Bytes that will be there, where the answer says so.
    std::uint64_t written_ = 0;         ///< Bytes that are there.
    bool may_resume_ = false;           ///< The request is one whose answer can be continued.
    bool asked_ = false;                ///< The latest request asked for the rest.
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/download.ipp"
#endif
