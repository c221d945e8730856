// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/responses.hpp"

namespace ferry::mock {

http_response empty_response(int status) {
    http_response response;
    response.status = status;
    return response;
}

http_response json_response(int status, json::value const& body) {
    http_response response = empty_response(status);
    response.with("Content-Type", "application/json");
    response.body = to_text(body);
    return response;
}

http_error::http_error(int status, json::value detail)
    : response(json_response(status, json::object{{"detail", std::move(detail)}})) {}

}  // namespace ferry::mock
