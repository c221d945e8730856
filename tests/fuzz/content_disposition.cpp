// Any Content-Disposition: the file name in it is a name, never a path, and a name that was written is read.
#include "input.hpp"

#include <ferry/engine/detail/file_sink.hpp>
#include <ferry/engine/detail/multipart.hpp>
#include <http/multipart.hpp>
#include <http/url.hpp>
#include <langflow/names.hpp>

namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_name(std::string_view text) {
    return text != "." && text != ".." && text.find_first_of("/\\") == text.npos &&
           std::none_of(text.begin(), text.end(), is_control);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using ferry::detail::disposition_file_name;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const name = disposition_file_name(text);
    fuzz::expect(is_name(name), "a file name is no path");
    fuzz::expect(name.size() <= text.size(), "a file name comes from the header");

    if (is_name(text)) {
        auto const quoted = ferry::detail::quoted_parameter(text);
        fuzz::expect(disposition_file_name("attachment; filename=" + quoted) == text,
                     "a quoted name is read as it was written");
        auto const parsed = ferry::mock::parse_header_value("form-data; filename=" + quoted);
        auto const* const got = parsed.parameter("filename");
        fuzz::expect(got != nullptr && *got == text, "the mock server reads it, too");
    }
    if (is_name(text) && ferry::mock::is_utf8(text))
        fuzz::expect(disposition_file_name(ferry::mock::langflow::attachment(text)) == text,
                     "a name that the mock server writes is read");
    return 0;
}
