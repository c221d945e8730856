// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/plan.hpp"

#include "support/catch2.hpp"

using namespace ferry::cli;

namespace {

file_time at(int seconds) {
    return file_time(std::chrono::seconds(seconds));
}

local_entry here(std::string const& name, std::uint64_t size = 1, int changed = 100) {
    return {"/tree/" + name, name, size, at(changed)};
}

remote_entry there(std::string const& name, std::optional<std::uint64_t> size = 1,
                   std::optional<int> changed = 100, std::optional<int> stored = std::nullopt) {
    remote_entry made;
    made.name = name;
    made.id = "id of " + name;
    made.size = size;
    if (changed) made.changed = at(*changed);
    if (stored) made.stored = at(*stored);
    return made;
}

using locals = std::vector<local_entry>;
using remotes = std::vector<remote_entry>;

/// Each step as `+a`, `~a: why`, `=a: why`, `-a`, `!a: why`.
std::vector<std::string> plan(direction way, locals const& local, remotes const& remote,
                              plan_rules const& rules = {}, same_content const& same = {}) {
    std::vector<std::string> made;
    for (auto const& step : make_plan(way, local, remote, rules, same)) {
        auto const mark = std::string{"+~=-!"[static_cast<int>(step.kind)]};
        made.push_back(mark + step.name + (step.why.empty() ? "" : ": " + step.why));
    }
    return made;
}

using steps = std::vector<std::string>;

}  // namespace

TEST_CASE("what is at one end only is moved to the other, if it is where files come from") {
    locals const local{here("a"), here("b")};
    remotes const remote{there("b"), there("c")};
    CHECK(plan(direction::push, local, remote) == steps{"+a", "=b: it is there already"});
    CHECK(plan(direction::pull, local, remote) == steps{"=b: it is there already", "+c"});
}

TEST_CASE("what is only where files go is deleted last, and only on demand") {
    plan_rules const rules{.delete_others = true};
    CHECK(plan(direction::push, {here("b")}, {there("a"), there("c")}, rules) == steps{"+b", "-a", "-c"});
    CHECK(plan(direction::pull, {here("a"), here("c")}, {there("b")}, rules) == steps{"+b", "-a", "-c"});
}

TEST_CASE("steps lead to both ends") {
    locals const local{here("a")};
    remotes const remote{there("a", 2)};
    auto const made = make_plan(direction::push, local, remote, {}, {});
    REQUIRE(made.size() == 1);
    CHECK(made[0].local == &local[0]);
    CHECK(made[0].remote == &remote[0]);
}

TEST_CASE("files of one size and time are the same") {
    for (auto const way : {direction::push, direction::pull}) {
        CHECK(plan(way, {here("a", 1, 100)}, {there("a", 1, 100)}) == steps{"=a: it is there already"});
        CHECK(plan(way, {here("a", 1, 100)}, {there("a", 2, 100)}) == steps{"~a: another size"});
        CHECK(plan(way, {here("a", 1, 100)}, {there("a", 1, 99)}) == steps{"~a: changed since"});
        CHECK(plan(way, {here("a", 1, 100)}, {there("a", 1, 101)}) == steps{"~a: changed since"});
    }
}

TEST_CASE("where no time was noted, what was changed here after the service got it is another file") {
    for (auto const way : {direction::push, direction::pull}) {
        CHECK(plan(way, {here("a", 1, 100)}, {there("a", 1, {}, 100)}) == steps{"=a: it is there already"});
        CHECK(plan(way, {here("a", 1, 99)}, {there("a", 1, {}, 100)}) == steps{"=a: it is there already"});
        CHECK(plan(way, {here("a", 1, 101)}, {there("a", 1, {}, 100)}) == steps{"~a: changed since"});
        CHECK(plan(way, {here("a", 1, 101)}, {there("a", 1, {}, {})}) == steps{"=a: it is there already"});
        CHECK(plan(way, {here("a", 1, 99)}, {there("a", {}, {}, 100)}) == steps{"=a: it is there already"});
    }
}

TEST_CASE("with checksums contents count, whatever the times are") {
    plan_rules const rules{.checksum = true};
    auto const yes = [](local_entry const&, remote_entry const&) { return true; };
    auto const no = [](local_entry const&, remote_entry const&) { return false; };
    CHECK(plan(direction::push, {here("a", 1, 1)}, {there("a")}, rules, yes) ==
          steps{"=a: it is there already"});
    CHECK(plan(direction::push, {here("a")}, {there("a")}, rules, no) == steps{"~a: other contents"});
    CHECK(plan(direction::push, {here("a")}, {there("a", std::nullopt)}, rules, no) ==
          steps{"~a: other contents"});
    // Files of different sizes are not read for it.
    CHECK(plan(direction::push, {here("a")}, {there("a", 2)}, rules) == steps{"~a: another size"});
}

TEST_CASE("--newer replaces what is older only") {
    plan_rules const rules{.newer = true};
    auto const push = [&](int local, int remote) {
        return plan(direction::push, {here("a", 1, local)}, {there("a", 2, remote)}, rules).front();
    };
    auto const pull = [&](int local, int remote) {
        return plan(direction::pull, {here("a", 1, local)}, {there("a", 2, remote)}, rules).front();
    };
    CHECK(push(101, 100) == "~a: another size");
    CHECK(push(100, 100) == "=a: what is there is newer");
    CHECK(push(99, 100) == "=a: what is there is newer");
    CHECK(pull(100, 101) == "~a: another size");
    CHECK(pull(100, 99) == "=a: what is there is newer");
    CHECK(plan(direction::push, {here("a", 1, 101)}, {there("a", 2, {}, 100)}, rules) ==
          steps{"~a: another size"});
    CHECK(plan(direction::push, {here("a", 1, 99)}, {there("a", 2, {}, 100)}, rules) ==
          steps{"=a: what is there is newer"});
    CHECK(plan(direction::push, {here("a")}, {there("a", 2, {}, {})}, rules) == steps{"~a: another size"});
}

TEST_CASE("--no-overwrite replaces nothing, and adds what is missing") {
    plan_rules const rules{.no_overwrite = true};
    CHECK(plan(direction::pull, {here("a")}, {there("a", 2), there("b")}, rules) ==
          steps{"=a: it is there already", "+b"});
}

TEST_CASE("a name that cannot be here is refused where it would be moved") {
    plan_rules const rules{.delete_others = true};
    CHECK(plan(direction::pull, {}, {there("../a"), there("b")}) ==
          steps{"!../a: the name leads out of the directory, or nowhere", "+b"});
    CHECK(plan(direction::push, {here("a\nb")}, {}) == steps{"!a\nb: the name has control characters"});
    CHECK(plan(direction::push, {}, {there("../a")}, rules) == steps{"-../a"});
}
