// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/checksum.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI {

/// Makes a checksum of bytes that come in pieces.
class digest {
public:
    /// \returns error_kind::invalid_argument where this OpenSSL does not offer the algorithm (FIPS and MD5).
    FERRY_DECL static result<digest> make(digest_algorithm algorithm);

    digest(digest&&) = default;
    digest& operator=(digest&&) = default;

    FERRY_DECL void add(std::string_view bytes);
    /// The checksum of everything since the beginning, in lower-case hexadecimal digits; and begins anew.
    FERRY_DECL std::string finish();
    /// Forgets what was added.
    FERRY_DECL void restart();

private:
    struct state;
    explicit digest(std::shared_ptr<state> with) : state_(std::move(with)) {}

    std::shared_ptr<state> state_;
};

/// The checksum of what a file to upload holds now. Reads it once from beginning to end.
FERRY_DECL result<std::string> digest_of(upload_source const& file, digest_algorithm algorithm);

/// A file to upload whose checksum is made while it is sent.
///
/// ```cpp
/// auto const file = ferry::with_digest(ferry::from_path("a.pdf"), ferry::digest_algorithm::sha256);
/// cloud.files.create(file, "parse").send().value();
/// std::cout << file.digest() << '\n';
/// ```
class digested_upload : public upload_source {
public:
    FERRY_DECL digested_upload(upload_source of, digest_algorithm algorithm);

    /// Of the bytes that the latest attempt sent, in lower-case hexadecimal digits; empty until it has sent
    /// them all. Read it after the call.
    FERRY_DECL std::string const& digest() const noexcept;

private:
    class hashing_source;
    FERRY_DECL digested_upload(upload_source const& of, std::shared_ptr<hashing_source> hashing);

    std::shared_ptr<hashing_source> hashing_;
};

inline digested_upload with_digest(upload_source file, digest_algorithm algorithm) {
    return {std::move(file), algorithm};
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/digest.ipp"
#endif
