// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/files.hpp"

#include "ferry_cli/settings/files.hpp"
#include "support/catch2.hpp"
#include "trees/digest.hpp"

#include <unistd.h>

using namespace ferry::cli;
using ferry_test::home;

namespace {

struct found {
    std::vector<std::string> names;
    std::vector<std::string> remarks;
    exit_code code = exit_code::done;
};

found files_of(std::string const& path, name_filter const& filter = {}, bool follow_links = false) {
    found made;
    tree_report report(tree_report::lines::records,
                       {.data = {},
                        .record = [&](json_value const& one) { made.remarks.push_back(compact(one)); },
                        .remark = {}},
                       8, "KEY");
    auto const local = local_files(path, filter, follow_links, report);
    REQUIRE(local.has_value());
    for (auto const& one : *local) made.names.push_back(one.name + ":" + std::to_string(one.size));
    made.code = report.finish(false);
    made.remarks.pop_back();  // the summary
    return made;
}

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("the files below a directory have names below it") {
    home const at;
    at.write("t/a.txt", "a");
    at.write("t/deep/er/b.txt", "bb");
    at.write("t/.hidden", "");
    CHECK(files_of(at.path("t")).names == texts{".hidden:0", "a.txt:1", "deep/er/b.txt:2"});
    CHECK(files_of(at.path("t") + "/").names.size() == 3);
    CHECK(files_of(at.path("t"), {{"*.txt"}, {"deep/"}}).names == texts{"a.txt:1"});
}

TEST_CASE("a single file is a tree of one") {
    home const at;
    auto const path = at.write("a.txt", "abc");
    CHECK(files_of(path).names == texts{"a.txt:3"});
}

TEST_CASE("what is not there cannot be listed") {
    home const at;
    tree_report report(tree_report::lines::quiet, {}, 8, "KEY");
    CHECK(local_files(at.path("nothing"), {}, false, report).has_error());
}

TEST_CASE("links are left out with a remark, and followed on demand") {
    home const at;
    at.write("t/a.txt", "a");
    REQUIRE(::symlink("a.txt", at.path("t/link.txt").c_str()) == 0);
    auto const without = files_of(at.path("t"));
    CHECK(without.names == texts{"a.txt:1"});
    REQUIRE(without.remarks.size() == 1);
    CHECK(without.remarks[0].find("\"left out\"") != std::string::npos);
    CHECK(without.code == exit_code::done);
    CHECK(files_of(at.path("t"), {}, true).names == texts{"a.txt:1", "link.txt:1"});
    CHECK(files_of(at.path("t"), {{}, {"link*"}}).remarks.empty());
}

TEST_CASE("a file gets the time that it is given, to the second") {
    home const at;
    auto const path = at.write("a", "a");
    file_time const when(std::chrono::seconds(1'234'567'890));
    set_time(path, when);
    tree_report report(tree_report::lines::quiet, {}, 8, "KEY");
    CHECK(local_files(path, {}, false, report)->front().changed == when);
    set_time(at.path("nothing"), when);  // no error
}

TEST_CASE("deleting a file that is gone is no error, a directory that is full is one") {
    home const at;
    auto const path = at.write("full/a", "a");
    CHECK(remove_file(at.path("full")).has_error());
    CHECK(remove_file(path).has_value());
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(remove_file(path).has_value());
}

TEST_CASE("the checksum of a file is SHA-256 in hexadecimal digits") {
    home const at;
    CHECK(sha256_of_file(at.write("abc", "abc")).value() ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_of_file(at.write("empty", "")).value() ==
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_of_file(at.path("nothing")).has_error());
}

namespace {

/// A place with one file.
class one_file final : public store {
public:
    explicit one_file(std::string bytes) : bytes_(std::move(bytes)) {}

    ferry::result<std::vector<remote_entry>> list(std::stop_token) override {
        return std::vector<remote_entry>();
    }
    ferry::result<bool> exists(std::stop_token) override { return exists_; }
    ferry::result<void> prepare(std::stop_token) override { return {}; }
    ferry::result<std::string> add(local_entry const&, std::string const&,
                                   ferry::request_options const&) override {
        return std::string();
    }
    ferry::result<std::string> replace(remote_entry const&, local_entry const&, std::string const&,
                                       ferry::request_options const&) override {
        return std::string();
    }
    ferry::result<ferry::saved_file> fetch(remote_entry const&, std::string const&,
                                           ferry::request_options const&) override {
        return ferry::saved_file();
    }
    ferry::result<void> read(remote_entry const&, ferry::byte_sink& to,
                             ferry::request_options const&) override {
        ++reads;
        static_cast<void>(to.write("what came before the line broke"));
        CHECK(to.restart());
        return to.write(bytes_);
    }
    ferry::result<void> remove(remote_entry const&, ferry::request_options const&) override { return {}; }
    ferry::result<void> rename(remote_entry const&, std::string const&,
                               ferry::request_options const&) override {
        return {};
    }
    ferry::result<std::string> describe(remote_entry const&, ferry::request_options const&) override {
        return std::string();
    }

    int reads = 0;
    bool exists_ = true;

private:
    std::string bytes_;
};

}  // namespace

TEST_CASE("the checksum of a file at a service is the one that was noted, else that of its bytes") {
    one_file at("abc");
    remote_entry entry;
    CHECK(sha256_of(entry, at, {}).value() ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(at.reads == 1);
    entry.sha256 = "noted";
    CHECK(sha256_of(entry, at, {}).value() == "noted");
    CHECK(at.reads == 1);
}

TEST_CASE("a place that is not there, and a path with nothing below it, are not found") {
    one_file at("abc");
    auto const whole = parse_remote("llamacloud:docs", remote_service::llamacloud);
    CHECK(list_existing(at, whole, {}).has_value());
    CHECK(exit_code_of(list_existing(at, whole.below("in"), {}).error()) == exit_code::not_found);
    at.exists_ = false;
    auto const missing = list_existing(at, whole, {});
    REQUIRE(missing.has_error());
    CHECK(exit_code_of(missing.error()) == exit_code::not_found);
    CHECK(missing.error().message() == "there is no 'llamacloud:docs'");
}
