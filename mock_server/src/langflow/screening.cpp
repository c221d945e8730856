// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/screening.hpp"

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

}  // namespace ferry::mock::langflow
