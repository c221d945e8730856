// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Certificates made while the test runs, so that none in the repository can expire.

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace ferry_test {

/// A key and its certificate.
class certificate {
public:
    /// An authority that signs others.
    static certificate authority(std::string const& name) { return certificate(name, "", nullptr, 3600); }
    /// For a server. `names` as OpenSSL writes them: `DNS:localhost,IP:127.0.0.1`; empty: it has none but
    /// that of its subject.
    certificate issue(std::string const& names, long seconds_valid = 3600,
                      std::string const& subject = "server") const {
        return certificate(subject, names, this, seconds_valid);
    }

    std::string pem() const {
        return text([&](BIO* out) { PEM_write_bio_X509(out, certificate_.get()); });
    }
    std::string key_pem() const {
        return text([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }

    std::shared_ptr<boost::asio::ssl::context> server_context() const {
        auto context = std::make_shared<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
        context->use_certificate(boost::asio::buffer(pem()), boost::asio::ssl::context::pem);
        context->use_private_key(boost::asio::buffer(key_pem()), boost::asio::ssl::context::pem);
        return context;
    }

private:
    certificate(std::string const& name, std::string const& alternatives, certificate const* issuer,
                long seconds_valid)
        : key_(EVP_EC_gen("P-256"), EVP_PKEY_free), certificate_(X509_new(), X509_free) {
        static int serial = 1;
        auto* const x = certificate_.get();
        X509_set_version(x, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
        X509_gmtime_adj(X509_getm_notBefore(x), -7200);
        X509_gmtime_adj(X509_getm_notAfter(x), seconds_valid);
        X509_set_pubkey(x, key_.get());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<unsigned char const*>(name.c_str()), -1, -1, 0);
        X509_set_issuer_name(x, X509_get_subject_name(issuer ? issuer->certificate_.get() : x));
        if (issuer && !alternatives.empty()) extend(NID_subject_alt_name, alternatives);
        if (!issuer) extend(NID_basic_constraints, "critical,CA:TRUE");
        if (!X509_sign(x, issuer ? issuer->key_.get() : key_.get(), EVP_sha256()))
            throw std::runtime_error("cannot sign a certificate");
    }

    void extend(int what, std::string const& value) {
        std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension(
            X509V3_EXT_conf_nid(nullptr, nullptr, what, value.c_str()), X509_EXTENSION_free);
        if (!extension || !X509_add_ext(certificate_.get(), extension.get(), -1))
            throw std::runtime_error("cannot extend a certificate with " + value);
    }

    template <class F>
    static std::string text(F write) {
        std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
        write(out.get());
        char* data = nullptr;
        auto const size = BIO_get_mem_data(out.get(), &data);
        return std::string(data, static_cast<std::size_t>(size));
    }

    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
    std::unique_ptr<X509, void (*)(X509*)> certificate_;
};

}  // namespace ferry_test
