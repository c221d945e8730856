// Values of a description's component schemas, made up as ferry-gen makes them for tests: a line each, `name
// TAB json`.
//
//   peers-samples DESCRIPTION
#include <document/diagnostics.hpp>
#include <document/document.hpp>
#include <document/json_text.hpp>
#include <schema/schemas.hpp>
#include <tests/examples.hpp>

#include <cstddef>
#include <exception>
#include <iostream>
#include <set>
#include <string>

namespace {

using ferry::gen::node;
using ferry::gen::sampler;

constexpr std::size_t most_branches = 12;

void print_samples(ferry::gen::example_finder& from, node const& schema) {
    std::set<std::string> known;
    auto const print = [&](sampler::size size, std::size_t branch) {
        auto const made = from.made_up(schema, size, branch);
        if (!made || made->value == nullptr) return false;
        auto const json = ferry::gen::to_json(*made->value, std::string::npos / 2);
        if (!json || json->find('\n') != json->npos || !known.insert(*json).second) return false;
        std::cout << schema.key << '\t' << *json << '\n';
        return true;
    };
    for (std::size_t i = 0; i < most_branches && print(sampler::size::full, i); ++i) {
    }
    print(sampler::size::small, 0);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    try {
        auto const from = ferry::gen::document::load(argv[1]);
        ferry::gen::schemas known(from);
        ferry::gen::example_finder samples(known);
        auto const* components = from.root().find("components");
        auto const* schemas = components != nullptr ? components->find("schemas") : nullptr;
        if (schemas == nullptr) return 0;
        for (auto const& schema : schemas->children) print_samples(samples, *schema);
    } catch (std::exception const& e) {
        std::cerr << e.what() << '\n';
        return 2;
    }
}
