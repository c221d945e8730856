// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/crypto.hpp"

#include "http/text.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>

namespace ferry::mock {

std::string hmac_sha256(std::string_view key, std::string_view text) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(text.data()), text.size(), digest, &size);
    return std::string(reinterpret_cast<char const*>(digest), size);
}

std::string sha256(blob const& content) {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    blob_reader reader(content);
    std::string buffer(64 * 1024, '\0');
    while (std::size_t const count = reader.read(buffer.data(), buffer.size())) {
        EVP_DigestUpdate(context.get(), buffer.data(), count);
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), digest, &size);
    return std::string(reinterpret_cast<char const*>(digest), size);
}

std::string pbkdf2_sha256(std::string_view password, std::string_view salt, unsigned rounds) {
    std::string key(32, '\0');
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
                      reinterpret_cast<unsigned char const*>(salt.data()), static_cast<int>(salt.size()),
                      static_cast<int>(rounds), EVP_sha256(), static_cast<int>(key.size()),
                      reinterpret_cast<unsigned char*>(key.data()));
    return key;
}

std::string hex(std::string_view bytes) {
    std::string text;
    for (char const c : bytes) append_hex(text, c);
    return text;
}

std::string base64url(std::string_view bytes) {
    std::string text;
    unsigned int held = 0;
    unsigned int bits = 0;
    for (char const c : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(c);
        for (bits += 8; bits >= 6; bits -= 6) text += base64url_alphabet[(held >> (bits - 6)) & 63U];
    }
    if (bits != 0) text += base64url_alphabet[(held << (6 - bits)) & 63U];
    return text;
}

std::string from_base64url(std::string_view text) {
    std::string bytes;
    unsigned int held = 0;
    unsigned int bits = 0;
    for (char const c : text) {
        auto const value = base64url_alphabet.find(c);
        if (value == std::string_view::npos) return {};
        held = (held << 6U) | static_cast<unsigned int>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>((held >> bits) & 0xFFU);
        }
    }
    return bytes;
}

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // OpenSSL ends it with a NUL
    int const size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.empty()) return std::string();
    if (text.size() % 4 != 0 || text.front() <= ' ' || text.back() <= ' ') return std::nullopt;
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    int const size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    std::size_t padding = 0;  // which OpenSSL decodes to NULs
    while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace ferry::mock
