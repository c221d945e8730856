// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/files.hpp"
#include "cpp/spelling.hpp"
#include "cpp/writer.hpp"
#include "tests/examples.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace ferry::gen {

/// The tests of a client from its description's examples: a program of several source files.
/// \returns a line that says how many there are
std::string emit_tests(api const& of, spelling const& spell, bool models_only, file_set& to);

/// The source files of a program of tests, each of a bearable size, and the functions in them.
class test_files {
public:
    test_files(api const& of, spelling const& spell, file_set& to) : api_(of), spell_(spell), to_(to) {}

    /// Adds one test, `body`, to the file `<kind>_<number>.cpp`.
    void add(std::string const& kind, std::string const& name, writer const& body);
    /// Writes what has not been written yet, and the program around it.
    void finish(std::vector<skipped_example> const& skipped);

private:
    struct file {
        std::string kind;
        std::vector<std::string> names;
        std::string text;
    };
    void close();
    std::string begin(std::string const& more) const;
    std::string main_text(std::vector<skipped_example> const& skipped) const;

    api const& api_;
    spelling const& spell_;
    file_set& to_;
    file open_;
    std::map<std::string, std::size_t> numbers_;
    std::vector<std::string> functions_;
};

/// `R"json(…)json"`
std::string raw_literal(std::string const& json);
/// What may be missing, behind a comma; empty where that is nothing.
std::string may_drop_argument(example const& from);
/// The arguments of a check: the JSON and, where there is any, what may be missing.
std::string json_arguments(example const& from);

/// One test for each operation.
std::size_t emit_call_tests(api const& of, spelling const& spell, example_finder& examples, test_files& to);

}  // namespace ferry::gen
