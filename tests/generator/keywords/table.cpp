// What becomes of every keyword of schemas, and how often each stands in descriptions.
//
//   generator-keyword-table                  a line for each keyword: name, fate, and what defines it
//   generator-keyword-table DESCRIPTION...   the table of openapi/README.md
#include <document/diagnostics.hpp>
#include <document/document.hpp>
#include <generate.hpp>
#include <schema/keywords.hpp>

#include <iostream>
#include <map>
#include <string>

namespace {

struct sum {
    std::size_t number = 0;
    std::size_t documents = 0;
};
using sums = std::map<std::string, sum, std::less<>>;

/// \returns false where it is no description
bool count(char const* path, sums& to) {
    auto const from = ferry::gen::document::load(path);
    if (from.root().find("openapi") == nullptr) return false;
    auto const read = ferry::gen::read_api(from, {}, ferry::gen::memory());
    for (auto const& [name, seen] : read.schemas->words().all()) {
        auto& here = to[name];
        here.number += seen.number;
        ++here.documents;
    }
    return true;
}

void print(std::size_t documents, sums const& of) {
    std::cout
        << "| keyword | defined by | what becomes of it | times | descriptions |\n|---|---|---|---|---|\n";
    for (auto const& one : ferry::gen::known_keywords()) {
        auto const found = of.find(one.name);
        auto const seen = found != of.end() ? found->second : sum();
        std::cout << "| `" << one.name << "` | " << one.from << " | " << words_of(one.what)
                  << (one.remark.empty() ? "" : ": ") << one.remark << " | " << seen.number << " | "
                  << seen.documents << " |\n";
    }
    sum others;
    for (auto const& [name, seen] : of)
        if (ferry::gen::find_keyword(name) == nullptr) others.number += seen.number, ++others.documents;
    std::cout << "\nCounted in the schemas that clients of " << documents
              << " descriptions of others are made of. " << others.documents
              << " further words, which stand there " << others.number
              << " times, are no keywords, and each is warned about.\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 1) {
        for (auto const& one : ferry::gen::known_keywords())
            std::cout << one.name << '\t' << words_of(one.what) << '\t' << one.from << '\n';
        return 0;
    }
    sums all;
    std::size_t documents = 0;
    for (int i = 1; i < argc; ++i) {
        try {
            documents += count(argv[i], all);
        } catch (ferry::gen::failure const& e) {
            std::cerr << e.what() << '\n';
            return 2;
        }
    }
    print(documents, all);
}
