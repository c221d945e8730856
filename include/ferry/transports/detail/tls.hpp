// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/origin_text.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/core/result.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// The one ssl::context of a transport. Loading a system's certificates takes many times as long as a
/// handshake, so it is built once, and only when the first `https` exchange asks for it.
class tls_settings {
public:
    explicit tls_settings(tls_options options) : options_(std::move(options)) {}

    result<boost::asio::ssl::context*> context() {
        std::lock_guard lock(mutex_);
        if (!context_) {
            auto fresh = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_client);
            if (auto done = load(*fresh); !done) return done.error();
            context_ = std::move(fresh);
        }
        return context_.get();
    }

    tls_options const& options() const noexcept { return options_; }

private:
    result<void> load(boost::asio::ssl::context& context) const {
        boost::system::error_code ec;
        auto const failed = [&](std::string what) {
            return make_failure(error_kind::tls, std::move(what) + ": " + ec.message(), ec);
        };
        if (!SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION))
            return error(error_kind::tls, "this OpenSSL offers no TLS 1.2");
        context.set_verify_mode(boost::asio::ssl::verify_peer);
        if (options_.use_system_store) context.set_default_verify_paths(ec);
        if (ec) return failed("cannot load the system's certificate store");
        if (!options_.ca_file.empty()) context.load_verify_file(options_.ca_file, ec);
        if (ec)
            return failed("cannot load the authorities in '" + options_.ca_file + "' (tls_options::ca_file)");
        if (!options_.ca_pem.empty())
            context.add_certificate_authority(boost::asio::buffer(options_.ca_pem), ec);
        if (ec) return failed("cannot read the authorities in tls_options::ca_pem");
        if (!options_.certificate_file.empty())
            context.use_certificate_chain_file(options_.certificate_file, ec);
        if (ec)
            return failed("cannot load '" + options_.certificate_file + "' (tls_options::certificate_file)");
        if (!options_.private_key_file.empty())
            context.use_private_key_file(options_.private_key_file, boost::asio::ssl::context::pem, ec);
        if (ec)
            return failed("cannot load '" + options_.private_key_file + "' (tls_options::private_key_file)");
        return {};
    }

    tls_options const options_;
    std::mutex mutex_;
    std::unique_ptr<boost::asio::ssl::context> context_;
};

/// Says who the peer has to be. OpenSSL itself then checks the name together with the chain and keeps the
/// reason.
inline bool expect_peer(SSL* tls, std::string const& host) {
    auto* const checks = SSL_get0_param(tls);
    // The subject's common name is not what a certificate is for (RFC 9110, section 4.3.4), also where it is
    // all.
    X509_VERIFY_PARAM_set_hostflags(
        checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    boost::system::error_code not_address;
    boost::asio::ip::make_address(host, not_address);
    if (!not_address) return X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str()) == 1;
    // RFC 6066, section 3: the server name is never an address, and has no dot at its end.
    auto const name = host.back() == '.' ? host.substr(0, host.size() - 1) : host;
    return X509_VERIFY_PARAM_set1_host(checks, name.c_str(), name.size()) == 1 &&
           SSL_set_tlsext_host_name(tls, name.c_str()) == 1;
}

/// Whether what came first was no TLS at all.
inline bool is_plain_text(boost::system::error_code ec) noexcept {
    if (ec.category() != boost::asio::error::get_ssl_category()) return false;
    auto const reason = ERR_GET_REASON(static_cast<unsigned long>(ec.value()));
    return reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_PACKET_LENGTH_TOO_LONG ||
           reason == SSL_R_HTTP_REQUEST;
}

/// Why the handshake failed. \param peer who it was, and on which way
inline error handshake_failure(SSL* tls, std::string const& peer, boost::system::error_code ec) {
    auto const where = "the TLS handshake with " + peer + " failed: ";
    auto const verdict = SSL_get_verify_result(tls);
    if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return make_failure(error_kind::tls,
                            where + "the certificate was issued for another host (" +
                                X509_verify_cert_error_string(verdict) + ")",
                            ec);
    if (verdict != X509_V_OK)
        return make_failure(error_kind::tls,
                            where + "the certificate is not trusted (" +
                                X509_verify_cert_error_string(verdict) +
                                "); further authorities can be given in tls_options::ca_file",
                            ec);
    if (ec == boost::asio::error::eof || ec == boost::asio::ssl::error::stream_truncated)
        return make_failure(error_kind::tls, where + "the peer closed the connection; does it speak TLS?",
                            ec);
    if (is_plain_text(ec))
        return make_failure(
            error_kind::tls,
            where + "the peer does not speak TLS; is this a port for http? (" + ec.message() + ")", ec);
    if (ec.category() == boost::asio::error::get_ssl_category())
        return make_failure(error_kind::tls, where + ec.message(), ec);
    return make_failure(error_kind::connection, where + ec.message(), ec);
}

}  // namespace ferry::detail
