// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/middleware.hpp"

#include "core/responses.hpp"
#include "http/text.hpp"

#include <algorithm>

namespace ferry::mock::langflow {
namespace {

bool is_boundary(std::string_view text) {
    return !text.empty() && text.size() <= 70 && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '_' || c == '-';
    });
}

/// Whether the body begins and ends with the boundary. Of a body that is too large the tail was kept.
bool frames(http_request const& request, std::string const& boundary) {
    std::string const opening = "--" + boundary;
    std::string const closing = opening + "--";
    if (request.body.slice(0, opening.size()).text() != opening) return false;
    return request.body_tail.ends_with(closing) || request.body_tail.ends_with(closing + "\r\n");
}

}  // namespace

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

bool is_screened(http_request const& request) noexcept {
    return request.path.find("/api/v1/files/upload") != std::string::npos;
}

void screen(http_request const& request) {
    if (!is_screened(request)) return;
    std::string_view const type = request.header_or_empty("content-type");
    auto const at = type.rfind("boundary=");
    if (type.find("multipart/form-data") == std::string_view::npos || at == std::string_view::npos) {
        throw http_error(422, "Content-Type header must be 'multipart/form-data' with a boundary parameter.");
    }
    std::string const boundary(trim(type.substr(at + 9)));
    if (!is_boundary(boundary)) throw http_error(422, "Invalid boundary format");
    if (!frames(request, boundary)) throw http_error(422, "Invalid multipart formatting");
}

void split_query_values(call& current) {
    string_pairs pieces;
    for (auto const& [name, value] : current.values.query) {
        for (std::string_view const piece : split(value, ',')) pieces.emplace_back(name, piece);
    }
    current.values.query = std::move(pieces);
}

}  // namespace ferry::mock::langflow
