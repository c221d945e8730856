// Any bytes as a description, all the way to the files of its client.
#include <document/diagnostics.hpp>
#include <generate.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace ferry::gen;
    try {
        auto const source =
            document::parse(std::string(reinterpret_cast<char const*>(data), size), "fuzz.json");
        auto const made = read_api(source, {});
        if (client_files(made, spelling("acme::fuzz"), false).empty()) std::abort();
    } catch (failure const& e) {
        if (!std::string(e.what()).starts_with("fuzz.json:")) std::abort();
    }
    return 0;
}
