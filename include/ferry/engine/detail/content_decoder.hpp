// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::detail {

/// Undoes the content coding of an answer while it arrives: `gzip` (RFC 1952) and `deflate` (RFC 1950, and
/// without its frame, as some servers send it), several of them one upon the other as well. Checksums are
/// verified. Memory is bounded: about 100 KiB for each coding.
class content_decoder {
public:
    using receiver = std::function<result<void>(std::string_view)>;

    /// A decoder for the value of a `Content-Encoding` field, a list in the order in which they were applied;
    /// null where there is nothing to decode.
    /// \returns error_kind::decoding for other codings, and more than five
    FERRY_DECL static result<std::unique_ptr<content_decoder>> make(std::string_view content_encoding);

    FERRY_DECL ~content_decoder();
    content_decoder(content_decoder const&) = delete;

    /// Decodes `piece` and hands on what comes of it, in pieces of at most 32 KiB. An error of `to` ends it.
    FERRY_DECL result<void> write(std::string_view piece, receiver const& to);

    /// Whether the compressed content ended where the answer did. Content without a byte is complete.
    FERRY_DECL result<void> finish() const;

private:
    struct state;
    FERRY_DECL explicit content_decoder(bool gzip);
    FERRY_DECL result<void> decode(std::string_view piece, receiver const& to);

    std::unique_ptr<state> state_;
    std::unique_ptr<content_decoder> inner_;  ///< Of the coding that was applied before.
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/content_decoder.ipp"
#endif
