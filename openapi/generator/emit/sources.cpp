// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/partition.hpp"
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"

namespace ferry::gen {

namespace {

std::string source(api const& of, std::string const& tables) {
    return banner(of.source->name()) + R"(#if !defined(FERRY_SEPARATE_COMPILATION)
#error "to be compiled with FERRY_SEPARATE_COMPILATION, as all that includes the client"
#endif

)" + directives({{tables}});
}

}  // namespace

void emit_sources(api const& of, spelling const& spell, bool models_only, std::size_t most_parts,
                  file_set& to) {
    auto const add = [&](std::string const& name) {
        to[spell.folder() + "/" + name + ".cpp"] = source(of, spell.folder() + "/impl/" + name + ".ipp");
    };
    if (!models_only) add("operations");
    add("validation");
    auto const filled = partition(of, most_parts).size();
    for (std::size_t number = 1; number <= most_parts; ++number) {
        auto const name = "types_" + std::to_string(number);
        // A build may count on the number of files, which the description does not change.
        if (number <= filled)
            add(name);
        else
            to[spell.folder() + "/" + name + ".cpp"] = banner(of.source->name());
    }
}

}  // namespace ferry::gen
