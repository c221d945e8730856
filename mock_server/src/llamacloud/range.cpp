// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/range.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <optional>

namespace ferry::mock::llamacloud {
namespace {

struct byte_range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;  ///< inclusive
};
enum class wish { everything, part, impossible };

wish read_range(std::string_view header, std::uint64_t size, byte_range& range) {
    constexpr std::string_view unit = "bytes=";
    if (header.size() < unit.size() || !equal_ignoring_case(header.substr(0, unit.size()), unit))
        return wish::everything;
    std::string_view const text = trim(header.substr(unit.size()));
    auto const dash = text.find('-');
    if (dash == std::string_view::npos || text.find(',') != std::string_view::npos) return wish::everything;
    auto const first = whole_number<std::uint64_t>(text.substr(0, dash));
    auto const last = whole_number<std::uint64_t>(text.substr(dash + 1));
    if (dash == 0) {  // the last so many bytes
        if (!last) return wish::everything;
        if (*last == 0) return wish::impossible;
        range = {size - (std::min)(size, *last), size - 1};
        return wish::part;
    }
    if (!first || (!last && dash + 1 != text.size()) || (last && *last < *first)) return wish::everything;
    if (*first >= size) return wish::impossible;
    range = {*first, (std::min)(last.value_or(size - 1), size - 1)};
    return wish::part;
}

}  // namespace

http_response serve_range(http_request const& request, representation const& whole) {
    std::uint64_t const size = whole.content.size();
    http_response response;
    std::string_view const condition = request.header_or_empty("if-range");
    bool const same = condition.empty() || condition == whole.entity_tag || condition == whole.last_modified;
    byte_range range{0, size};
    wish const wanted = same ? read_range(request.header_or_empty("range"), size, range) : wish::everything;
    if (wanted == wish::impossible) {
        response.status = 416;
        response.with("Content-Range", "bytes */" + std::to_string(size));
        return response;
    }
    response.with("Content-Type", "application/octet-stream");
    response.with("Accept-Ranges", "bytes");
    response.with("ETag", whole.entity_tag);
    response.with("Last-Modified", whole.last_modified);
    blob content = whole.content;
    if (wanted == wish::part) {
        response.status = 206;
        response.with("Content-Range", "bytes " + std::to_string(range.first) + '-' +
                                           std::to_string(range.last) + '/' + std::to_string(size));
        content = content.slice(range.first, range.last - range.first + 1);
    }
    response.length = content.size();
    response.stream = std::make_shared<blob_reader>(std::move(content));
    return response;
}

}  // namespace ferry::mock::llamacloud
