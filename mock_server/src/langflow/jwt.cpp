// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/jwt.hpp"

#include "core/crypto.hpp"

namespace ferry::mock::langflow {

std::string make_jwt(json::object const& claims, std::string_view secret) {
    std::string token = base64url(R"({"alg":"HS256","typ":"JWT"})") + '.' + base64url(to_text(claims));
    token += '.' + base64url(hmac_sha256(secret, token));
    return token;
}

std::optional<json::object> read_jwt(std::string_view token, std::string_view secret) {
    auto const first = token.find('.');
    auto const last = token.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    std::string_view const content = token.substr(0, last);
    if (!equal_in_constant_time(token.substr(last + 1), base64url(hmac_sha256(secret, content))))
        return std::nullopt;
    auto header = parse_json(from_base64url(token.substr(0, first)));
    auto claims = parse_json(from_base64url(token.substr(first + 1, last - first - 1)));
    if (!header || !header->is_object() || text_member(header->get_object(), "alg") != "HS256")
        return std::nullopt;
    if (!claims || !claims->is_object()) return std::nullopt;
    return claims->get_object();
}

}  // namespace ferry::mock::langflow
