// Any bytes as a form at the mock server: in pieces as in one, and nothing is in a part that was not in the
// body.
#include "input.hpp"

#include <http/multipart.hpp>
#include <http/url.hpp>

namespace {

using form = std::variant<std::vector<ferry::mock::form_part>, ferry::mock::form_error>;

void compare(form const& whole, form const& joined) {
    fuzz::expect(whole.index() == joined.index(), "pieces are read as the whole is");
    if (auto const* const why = std::get_if<1>(&whole)) {
        fuzz::expect(!why->message.empty() && why->message == std::get<1>(joined).message,
                     "pieces are refused for what the whole is refused for");
        return;
    }
    auto const& a = std::get<0>(whole);
    auto const& b = std::get<0>(joined);
    fuzz::expect(a.size() == b.size(), "pieces make as many parts as the whole");
    for (std::size_t i = 0; i < a.size(); ++i)
        fuzz::expect(a[i].name == b[i].name && a[i].filename == b[i].filename && a[i].text == b[i].text &&
                         a[i].content.text() == b[i].content.text(),
                     "pieces make the parts of the whole");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace ferry::mock;
    fuzz::input input(data, size);
    std::string const type(input.field());
    auto const sizes = input.field();
    auto const body = input.rest();
    blob pieces;
    fuzz::in_pieces(body, sizes, [&](std::string_view piece) {
        pieces = pieces.followed_by(blob::of(piece));
        return true;
    });
    auto const whole = parse_form(type, blob::of(body));
    compare(whole, parse_form(type, pieces));
    if (auto const* const parts = std::get_if<0>(&whole)) {
        for (auto const& part : *parts) {
            fuzz::expect(is_utf8(part.name) && is_utf8(part.filename) && is_utf8(part.text),
                         "names and texts are UTF-8");
            fuzz::expect(body.find(part.content.text()) != body.npos, "a file is a part of the body");
        }
    }
    return 0;
}
