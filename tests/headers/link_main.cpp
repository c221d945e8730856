// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Two files that include all of ferry and one that includes only light headers are one program.

#include "link.hpp"

#include <ferry/ferry.hpp>
#include <ferry/llamacloud/validation.hpp>

#include <cstdio>

namespace {

bool same(std::string const& got, std::string const& expected) {
    if (got == expected) return true;
    std::fprintf(stderr, "got      %s\nexpected %s\n", got.c_str(), expected.c_str());
    return false;
}

}  // namespace

int main() {
    ferry::client_options options;
    options.api_key = "key";
    options.base_url = "http://first.example";
    ferry::llamacloud::client const first(options);

    bool ok = same(target_of_list(first), "http://first.example/api/v1/beta/files?page_size=3");
    ok = same(target_of_list(client_made_under_hostile_macros()),
              "http://second.example/api/v1/beta/files?page_size=3") &&
         ok;
    ok = same(violation_under_hostile_macros(),
              ferry::validate(first.directories.create(""))[0].to_string()) &&
         ok;
    return ok ? 0 : 1;
}
