// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/cors.hpp"

namespace ferry::mock::langflow {

std::optional<http_response> preflight(http_request const& request) {
    bool const asks = request.method == "OPTIONS" && request.header("origin") != nullptr &&
                      request.header("access-control-request-method") != nullptr;
    if (!asks) return std::nullopt;
    http_response answer;
    answer.body = "OK";
    answer.with("Content-Type", "text/plain; charset=utf-8")
        .with("Access-Control-Allow-Origin", "*")
        .with("Access-Control-Allow-Methods", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT")
        .with("Access-Control-Max-Age", "600");
    if (std::string const* const wanted = request.header("access-control-request-headers"))
        answer.with("Access-Control-Allow-Headers", *wanted);
    return answer;
}

void share_with_origin(http_request const& request, http_response& answer) {
    if (request.header("origin") != nullptr) answer.with("Access-Control-Allow-Origin", "*");
}

}  // namespace ferry::mock::langflow
