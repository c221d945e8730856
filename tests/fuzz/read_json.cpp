// Any bytes as a description in JSON: read, or refused with their place.
#include <document/diagnostics.hpp>
#include <document/document.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    try {
        ferry::gen::document::parse(std::string(reinterpret_cast<char const*>(data), size), "fuzz.json");
    } catch (ferry::gen::failure const& e) {
        if (!std::string(e.what()).starts_with("fuzz.json:")) std::abort();
    }
    return 0;
}
