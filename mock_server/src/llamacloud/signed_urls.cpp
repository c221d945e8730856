// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/signed_urls.hpp"

#include "core/crypto.hpp"
#include "core/environment.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

namespace ferry::mock::llamacloud {

std::string signed_urls::signature(std::string_view file_id, std::string_view expires,
                                   purpose good_for) const {
    std::string_view const method = good_for == purpose::upload ? "PUT" : "GET";
    return hex(hmac_sha256(secret_,
                           std::string(method) + '\n' + std::string(file_id) + '\n' + std::string(expires)));
}

std::string signed_urls::make(std::string const& origin, std::string_view file_id, std::string_view name,
                              std::int64_t expires, purpose good_for) const {
    std::string const until = std::to_string(expires);
    std::string url = origin + std::string(prefix) + std::string(file_id) + '/' + percent_encode(name) +
                      "?expires=" + until + "&signature=" + signature(file_id, until, good_for);
    if (name_space_.empty()) return url;
    return url + '&' + std::string(namespace_field) + '=' + percent_encode(name_space_);
}

signed_urls::target signed_urls::check(http_request const& request, std::int64_t now) const {
    std::string_view rest = std::string_view(request.path).substr(prefix.size());
    std::string_view const file_id = rest.substr(0, rest.find('/'));
    std::string const* const expires = last_value(request.query, "expires");
    std::string const* const given = last_value(request.query, "signature");
    purpose const used_for = request.method == "PUT" ? purpose::upload : purpose::download;
    if (expires == nullptr || given == nullptr ||
        !equal_in_constant_time(*given, signature(file_id, *expires, used_for))) {
        return {verdict::bad_signature, {}};
    }
    std::int64_t const until = whole_number<std::int64_t>(*expires).value_or(0);
    return {now < until ? verdict::good : verdict::expired, std::string(file_id)};
}

}  // namespace ferry::mock::llamacloud
