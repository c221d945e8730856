// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Where a download goes may be a link, no file, or full. What was there stays, or the new file is there
// whole.

#include "contract/langflow.hpp"
#include "contract/llamacloud.hpp"
#include "matrix.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

namespace fs = std::filesystem;

std::string read(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Files of both services, to be downloaded.
struct library : service {
    library()
        : cloud_file(cloud::stored(cloud, downloaded_bytes(), "a.bin")),
          langflow_file(langflow.files.upload(file()).send().value().id) {
        auto const stored = langflow.flow_files.upload(alice_flow, file()).send().value().file_path;
        flow_file = stored.substr(stored.rfind('/') + 1);
    }
    static ferry::upload_source file() { return ferry::from_string(downloaded_bytes(), "a.bin"); }

    ferry::llamacloud::client cloud{options("llx-alice")};
    ferry::langflow::client langflow{options("sk-alice")};
    std::string cloud_file;
    std::string langflow_file;
    std::string flow_file;
};

struct download_way {
    char const* name;
    ferry::result<ferry::saved_file> (*save)(library const&, sender const&, std::string const& path);
};

download_way const ways[] = {
    {"files.content",
     [](library const& from, sender const& send, std::string const& path) {
         return send.save(from.cloud.files.content(from.cloud_file), path);
     }},
    {"files.get",
     [](library const& from, sender const& send, std::string const& path) {
         return send.save(from.langflow.files.get(from.langflow_file), path);
     }},
    {"flow_files.download",
     [](library const& from, sender const& send, std::string const& path) {
         return send.save(from.langflow.flow_files.download(alice_flow, from.flow_file), path);
     }},
};

struct target_row {
    char const* name;
    /// Prepares the place. \returns the path to download to
    std::string (*make)(scratch_directory const&);
    bool succeeds;
    /// What else must hold afterwards.
    bool (*right)(scratch_directory const&);
    char const* words = "";  ///< Of the message.
};

bool is_old(scratch_directory const& at) {
    return read(at.path("old")) == "old";
}
bool is_new(scratch_directory const& at) {
    return read(at.path("old")) == downloaded_bytes();
}

target_row const rows[] = {
    {"nothing yet", [](scratch_directory const& at) { return at.path("old"); }, true, is_new},
    {"a file", [](scratch_directory const& at) { return at.write("old", "old"); }, true, is_new},
    {"a link to a file",
     [](scratch_directory const& at) {
         at.write("old", "old");
         fs::create_symlink("old", at.path("link"));
         return at.path("link");
     },
     true, [](scratch_directory const& at) { return fs::is_symlink(at.path("link")) && is_new(at); }},
    {"a link to where nothing is yet",
     [](scratch_directory const& at) {
         fs::create_symlink("old", at.path("link"));
         return at.path("link");
     },
     true, [](scratch_directory const& at) { return fs::is_symlink(at.path("link")) && is_new(at); }},
    {"a link to itself",
     [](scratch_directory const& at) {
         fs::create_symlink("link", at.path("link"));
         return at.path("link");
     },
     false, [](scratch_directory const& at) { return fs::is_symlink(at.path("link")); }, "link"},
    {"one of two names of a file",
     [](scratch_directory const& at) {
         fs::create_hard_link(at.write("old", "old"), at.path("other"));
         return at.path("other");
     },
     true,
     [](scratch_directory const& at) { return fs::hard_link_count(at.path("old")) == 2 && is_new(at); }},
    {"a file that nobody may write",
     [](scratch_directory const& at) {
         auto path = at.write("old", "old");
         fs::permissions(path, fs::perms::owner_read);
         return path;
     },
     false, is_old, "Permission denied"},
    {"a program that runs as its owner",
     [](scratch_directory const& at) {
         auto path = at.write("old", "old");
         fs::permissions(path, fs::perms::owner_all | fs::perms::set_uid);
         return path;
     },
     true,
     [](scratch_directory const& at) {
         return fs::status(at.path("old")).permissions() == fs::perms::owner_all && is_new(at);
     }},
    {"a directory",
     [](scratch_directory const& at) {
         fs::create_directory(at.path("directory"));
         return at.path("directory");
     },
     false, [](scratch_directory const& at) { return fs::is_empty(at.path("directory")); }, "Is a directory"},
    {"a named pipe",
     [](scratch_directory const& at) {
         auto path = at.path("pipe");
         must(::mkfifo(path.c_str(), 0600) == 0);
         return path;
     },
     false, [](scratch_directory const& at) { return fs::is_fifo(at.path("pipe")); },
     "is not a regular file"},
    {"a device", [](scratch_directory const&) { return std::string("/dev/null"); }, false,
     [](scratch_directory const&) { return fs::is_character_file("/dev/null"); }, "is not a regular file"},
    {"a directory that is not there", [](scratch_directory const& at) { return at.path("none/old"); }, false,
     [](scratch_directory const& at) { return !fs::exists(at.path("none")); }, "No such file"},
    {"below a file", [](scratch_directory const& at) { return at.write("old", "old") + "/new"; }, false,
     is_old, "Not a directory"},
};

/// What a call leaves beside what the row has made itself.
std::string leftovers(scratch_directory const& at) {
    for (auto const& name : at.names())
        if (name.find("ferry") != std::string::npos) return "\n    left " + name;
    return {};
}

std::string try_target(download_way const& way, target_row const& row, call_form form) {
    library const from;
    scratch_directory const at;
    auto const path = row.make(at);
    auto const got = way.save(from, sender(form), path);
    std::string wrong;
    if (got.has_value() != row.succeeds)
        wrong += got ? "\n    succeeded" : "\n    failed: " + got.error().message();
    if (!got && (got.error().kind() != error_kind::file ||
                 got.error().message().find(row.words) == std::string::npos))
        wrong += "\n    failed in another way: " + got.error().message();
    if (got && got->size != downloaded_bytes().size()) wrong += "\n    has another size";
    if (!row.right(at)) wrong += "\n    the place is not as it should be";
    return wrong + leftovers(at);
}

}  // namespace

TEST_CASE("wherever a download goes, there is the new file or what was there before") {
    all_at_once(std::size(ways) * std::size(rows) * 2, [&](std::size_t i) {
        auto const& way = ways[i / 2 % std::size(ways)];
        auto const& row = rows[i / 2 / std::size(ways)];
        auto const wrong = try_target(way, row, i % 2 ? coroutine : blocking);
        return wrong.empty() ? wrong : std::string(way.name) + " / " + row.name + ":" + wrong;
    });
}

namespace {

/// While it lives, no file of this process grows beyond `size`, as on a full disk.
class full_disk {
public:
    explicit full_disk(std::size_t size) {
        must(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        ::rlimit const limit{size, before_.rlim_max};
        must(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~full_disk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    full_disk(full_disk const&) = delete;
    full_disk& operator=(full_disk const&) = delete;

private:
    ::rlimit before_{};
    void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

}  // namespace

TEST_CASE("a disk that becomes full leaves what was there before") {
    auto const& way = ways[GENERATE(0, 1, 2)];
    sender const send(GENERATE(blocking, coroutine));
    INFO(way.name);
    library const from;
    scratch_directory const at;
    auto const path = at.write("old", "old");
    {
        full_disk const disk(downloaded_bytes().size() / 2);
        auto const why = error_of(way.save(from, send, path));
        CHECK(why.kind() == error_kind::file);
        CHECK(why.code().value() == EFBIG);
    }
    CHECK(is_old(at));
    CHECK(at.names() == std::vector<std::string>{"old"});
    CHECK(way.save(from, send, path).has_value());
    CHECK(is_new(at));
}
