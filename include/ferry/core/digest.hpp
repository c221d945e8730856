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

/// Makes a checksum of bytes that come in pieces. Needs OpenSSL's libcrypto.
///
/// \par Lifetime
/// Can be moved, not copied. What was moved from can only be assigned to or destroyed.
///
/// \par Thread safety
/// Not synchronised.
///
/// \par Example
/// ```cpp
/// auto sum = ferry::digest::make(ferry::digest_algorithm::sha256).value();
/// sum.add("abc");
/// std::cout << sum.finish() << '\n';
/// ```
class digest {
public:
    /// One that has seen nothing yet.
    /// \returns error_kind::invalid_argument where this OpenSSL does not offer the algorithm (FIPS and MD5)
    FERRY_DECL static result<digest> make(digest_algorithm algorithm);

    digest(digest&&) = default;
    digest& operator=(digest&&) = default;

    /// Goes on with `bytes`; nothing of them is kept.
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

/// The checksum of what a file to upload holds now, in lower-case hexadecimal digits. Reads it once from
/// beginning to end; what cannot be repeated can then not be uploaded any more.
///
/// \par Errors
/// error_kind::file where it cannot be read, or what its source says; those of digest::make().
FERRY_DECL result<std::string> digest_of(upload_source const& file, digest_algorithm algorithm);

/// A file to upload whose checksum is made while it is sent.
///
/// An algorithm that this OpenSSL does not offer is error_kind::invalid_argument when the call is made.
///
/// \par Lifetime
/// Copies share source and checksum, so the one that was kept tells what the call sent of its copy.
///
/// \par Thread safety
/// Not synchronised: read digest() after the call.
///
/// \par Example
/// ```cpp
/// auto const file = ferry::with_digest(ferry::from_path("a.pdf"), ferry::digest_algorithm::sha256);
/// cloud.files.create(file, "parse").send().value();
/// std::cout << file.digest() << '\n';
/// ```
class digested_upload : public upload_source {
public:
    /// With file name and media type of `of`.
    FERRY_DECL digested_upload(upload_source of, digest_algorithm algorithm);

    /// Of the bytes that the latest attempt sent, in lower-case hexadecimal digits; empty until it has sent
    /// them all. Read it after the call.
    FERRY_DECL std::string const& digest() const noexcept;

private:
    class hashing_source;
    FERRY_DECL digested_upload(upload_source const& of, std::shared_ptr<hashing_source> hashing);

    std::shared_ptr<hashing_source> hashing_;
};

/// `file` with its checksum.
inline digested_upload with_digest(upload_source file, digest_algorithm algorithm) {
    return {std::move(file), algorithm};
}

}  // namespace ferry

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/digest.ipp"
#endif
