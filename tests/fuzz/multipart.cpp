// Any names, file names, types and contents as a multipart form: they arrive at the mock server as they were
// given.
#include "input.hpp"

#include <ferry/core/body.hpp>
#include <ferry/core/detail/text.hpp>
#include <ferry/core/headers.hpp>
#include <ferry/engine/detail/multipart.hpp>
#include <http/multipart.hpp>
#include <http/url.hpp>

#include <vector>

namespace {

struct part {
    bool is_file = false;
    std::string_view name;
    std::string_view file_name;
    std::string_view type;
    std::string_view content;
};

constexpr std::string_view boundary = "ferry-fuzz";

/// Whether the client sends such a part: it refuses line breaks, and chooses boundaries that no content
/// holds.
bool can_be_sent(part const& p) {
    return !ferry::detail::has_line_break(p.name) && !ferry::detail::has_line_break(p.file_name) &&
           !ferry::detail::has_line_break(p.type) && p.content.find(boundary) == p.content.npos;
}

/// Whether the server keeps the name as it is: it cuts what looks like a path of Windows, and guesses where
/// the text is not UTF-8.
bool is_kept(std::string_view name) {
    bool const windows = name.starts_with('\\') || (name.size() > 2 && name.substr(1, 2) == ":\\");
    return !windows && ferry::mock::is_utf8(name);
}

std::string read_all(ferry::detail::multipart_source& source, std::string_view sizes) {
    auto const total = source.open();
    fuzz::expect(total && *total, "the length is known");
    std::string body(static_cast<std::size_t>(**total), '\0');
    std::size_t done = 0;
    fuzz::in_pieces(body, sizes, [&](std::string_view piece) {
        auto const count = source.read(body.data() + done, piece.size());
        fuzz::expect(count && *count == piece.size(), "as many bytes come as were announced");
        done += piece.size();
        return true;
    });
    char byte = 0;
    fuzz::expect(*source.read(&byte, 1) == 0, "no more bytes come than were announced");
    return body;
}

void compare(part const& sent, ferry::mock::form_part const& got) {
    fuzz::expect(got.is_file == sent.is_file, "files arrive as files, fields as fields");
    if (ferry::mock::is_utf8(sent.name)) fuzz::expect(got.name == sent.name, "the name arrives");
    fuzz::expect(got.content_type == ferry::detail::trim(sent.type), "the media type arrives");
    if (sent.is_file) {
        if (is_kept(sent.file_name)) fuzz::expect(got.filename == sent.file_name, "the file name arrives");
        fuzz::expect(got.content.text() == sent.content, "the file arrives");
    } else if (ferry::mock::is_utf8(sent.content)) {
        fuzz::expect(got.text == sent.content, "the text arrives");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const sizes = input.field();
    ferry::detail::multipart_source source{std::string(boundary)};
    std::vector<part> parts;
    while (!input.empty()) {
        part next;
        next.is_file = input.number() % 2 == 1;
        next.name = input.field();
        next.file_name = next.is_file ? input.field() : "";
        next.type = input.field();
        next.content = input.field();
        if (!can_be_sent(next)) return 0;
        if (next.is_file)
            source.add_file(next.name, ferry::from_memory(next.content, std::string(next.file_name))
                                           .content_type(std::string(next.type)));
        else
            source.add_text(next.name, std::string(next.content), next.type);
        parts.push_back(next);
    }
    auto const body = read_all(source, sizes);
    auto const form = ferry::mock::parse_form(source.content_type(), ferry::mock::blob::of(body));
    auto const* const got = std::get_if<0>(&form);
    fuzz::expect(got != nullptr, "the form can be read");
    fuzz::expect(got->size() == parts.size(), "all parts arrive");
    for (std::size_t i = 0; i < parts.size(); ++i) compare(parts[i], (*got)[i]);
    return 0;
}
