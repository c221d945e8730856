// Any bytes as the JSON of generated models: what is read can be written and read again, and it does not
// matter in which pieces it comes.
#include "input.hpp"

#include <ferry/json/reader.hpp>
#include <ferry/json/writer.hpp>
#include <ferry/langflow.hpp>
#include <ferry/langflow/impl/declarations.hpp>
#include <ferry/llamacloud.hpp>
#include <ferry/llamacloud/impl/declarations.hpp>

#include <map>
#include <variant>
#include <vector>

namespace {

namespace json = ferry::json;

template <class T>
void read_and_write(std::string_view text, std::string_view sizes) {
    auto const& type = json::describe<T>::get();
    T whole;
    json::failure why;
    bool const good = json::decode(type, &whole, text, why);

    T joined;
    json::failure why_in_pieces;
    json::reader reader(type, &joined, {});
    bool good_in_pieces = true;
    fuzz::in_pieces(text, sizes, [&](std::string_view piece) {
        return good_in_pieces = reader.write_some(piece, why_in_pieces);
    });
    good_in_pieces = good_in_pieces && reader.finish(why_in_pieces);

    fuzz::expect(good == good_in_pieces, "pieces are read as the whole is");
    if (!good) {
        fuzz::expect(why.offset <= text.size(), "the offset of a failure lies in the text");
        bool const same = why.message == why_in_pieces.message && why.pointer == why_in_pieces.pointer;
        fuzz::expect(same, "pieces are refused for what the whole is refused for");
        return;
    }
    fuzz::expect(whole == joined, "pieces make the value of the whole");
    std::string written;
    fuzz::expect(json::encode(type, &whole, written, why), "what was read can be written");
    T again;
    fuzz::expect(json::decode(type, &again, written, why), "what was written can be read");
    fuzz::expect(again == whole, "what was written is the value");
}

using everything_loose =
    std::map<std::string,
             std::vector<std::variant<bool, std::int64_t, double, std::string, ferry::raw_json>>>;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    namespace flow = ferry::langflow::models;
    namespace cloud = ferry::llamacloud::models;
    auto const model = input.number();
    auto const sizes = input.field();
    auto const text = input.rest();
    switch (model % 12) {
        case 0:
            read_and_write<flow::run_request>(text, sizes);
            break;
        case 1:
            read_and_write<flow::run_response>(text, sizes);
            break;
        case 2:
            read_and_write<flow::validation_errors>(text, sizes);
            break;
        case 3:
            read_and_write<flow::error_body>(text, sizes);
            break;
        case 4:
            read_and_write<std::vector<flow::user>>(text, sizes);
            break;
        case 5:
            read_and_write<cloud::file_page>(text, sizes);
            break;
        case 6:
            read_and_write<cloud::file_query>(text, sizes);
            break;
        case 7:
            read_and_write<cloud::directory_file_page>(text, sizes);
            break;
        case 8:
            read_and_write<cloud::directory_file_update>(text, sizes);
            break;
        case 9:
            read_and_write<cloud::error_body>(text, sizes);
            break;
        case 10:
            read_and_write<ferry::raw_json>(text, sizes);
            break;
        default:
            read_and_write<everything_loose>(text, sizes);
            break;
    }
    return 0;
}
