// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/file_reader.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/core/digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <vector>

namespace ferry::inline FERRY_ABI {
namespace detail {

inline EVP_MD const* openssl_digest(digest_algorithm algorithm) noexcept {
    switch (algorithm) {
        case digest_algorithm::md5:
            return EVP_md5();
        case digest_algorithm::sha1:
            return EVP_sha1();
        case digest_algorithm::sha256:
            break;
    }
    return EVP_sha256();
}

}  // namespace detail

struct digest::state {
    struct closer {
        void operator()(EVP_MD_CTX* made) const noexcept { EVP_MD_CTX_free(made); }
    };

    digest_algorithm algorithm;
    std::unique_ptr<EVP_MD_CTX, closer> context{EVP_MD_CTX_new()};

    bool begin() const {
        return context && EVP_DigestInit_ex(context.get(), detail::openssl_digest(algorithm), nullptr) == 1;
    }
};

FERRY_DECL result<digest> digest::make(digest_algorithm algorithm) {
    auto with = std::make_shared<state>();
    with->algorithm = algorithm;
    if (!with->begin())
        return error(error_kind::invalid_argument,
                     "this OpenSSL does not offer the digest that was asked for");
    return digest(std::move(with));
}

FERRY_DECL void digest::add(std::string_view bytes) {
    EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size());
}

FERRY_DECL std::string digest::finish() {
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_DigestFinal_ex(state_->context.get(), bytes, &size);
    state_->begin();
    return detail::to_hex({bytes, size});
}

FERRY_DECL void digest::restart() {
    state_->begin();
}

FERRY_DECL result<std::string> digest_of(upload_source const& file, digest_algorithm algorithm) {
    auto sum = digest::make(algorithm);
    if (!sum) return sum.error();
    detail::file_reader reader(file);
    if (auto const opened = reader.open(); !opened) return opened.error();
    std::vector<char> piece(std::size_t{128} << 10);
    while (true) {
        auto const count = reader.read(piece.data(), piece.size());
        if (!count) return count.error();
        if (*count == 0) return sum->finish();
        sum->add({piece.data(), *count});
    }
}

/// Passes on what another source has, and looks at it.
class digested_upload::hashing_source final : public byte_source {
public:
    hashing_source(upload_source of, digest_algorithm algorithm)
        : of_(std::move(of)), algorithm_(algorithm) {}

    result<std::optional<std::uint64_t>> open() override {
        auto sum = ferry::digest::make(algorithm_);
        if (!sum) return sum.error();
        sum_ = std::move(*sum);
        hex_.clear();
        left_.reset();
        auto size = of_.source().open();
        if (size) left_ = *size;
        if (left_ && *left_ == 0) hex_ = sum_->finish();
        return size;
    }
    result<std::size_t> read(char* to, std::size_t size) override {
        auto const count = of_.source().read(to, size);
        if (!count || !sum_ || !hex_.empty()) return count;
        sum_->add({to, *count});
        if (left_) *left_ -= (std::min<std::uint64_t>)(*left_, *count);
        // Nobody asks for more where the length is known.
        if (left_ ? *left_ == 0 : *count == 0) hex_ = sum_->finish();
        return count;
    }
    bool repeatable() const noexcept override { return of_.source().repeatable(); }
    source_wait waits_for() const noexcept override { return of_.source().waits_for(); }

    std::string const& hex() const noexcept { return hex_; }

private:
    upload_source of_;
    digest_algorithm algorithm_;
    std::optional<ferry::digest> sum_;
    std::optional<std::uint64_t> left_;
    std::string hex_;
};

FERRY_DECL digested_upload::digested_upload(upload_source of, digest_algorithm algorithm)
    : digested_upload(of, std::make_shared<hashing_source>(of, algorithm)) {}

FERRY_DECL digested_upload::digested_upload(upload_source const& of, std::shared_ptr<hashing_source> hashing)
    : upload_source(hashing, of.file_name()), hashing_(std::move(hashing)) {
    if (of.has_content_type()) content_type(of.content_type());
}

FERRY_DECL std::string const& digested_upload::digest() const noexcept {
    return hashing_->hex();
}

}  // namespace ferry
