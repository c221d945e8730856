// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What is uploaded may be silent, slow, or not what it says. The file is stored as it is, or not at all.

#include "matrix.hpp"
#include "support/eventually.hpp"
#include "upload_ways.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

/// Says one size and gives another, or fails on the way.
class lying_source final : public ferry::byte_source {
public:
    enum class ending { well, with_an_error, with_an_exception };

    lying_source(std::optional<std::uint64_t> says, std::size_t gives, ending how)
        : says_(says), gives_(gives), how_(how) {}

    ferry::result<std::optional<std::uint64_t>> open() override { return says_; }
    ferry::result<std::size_t> read(char* to, std::size_t size) override {
        auto const count = uploaded_bytes().substr(0, gives_).copy(to, size, given_);
        given_ += count;
        if (count > 0 || how_ == ending::well) return count;
        if (how_ == ending::with_an_exception) throw std::runtime_error("the source is broken");
        return ferry::error(error_kind::file, "the source is broken");
    }
    bool repeatable() const noexcept override { return false; }

private:
    std::optional<std::uint64_t> says_;
    std::size_t gives_;
    ending how_;
    std::size_t given_ = 0;
};

/// A pipe, and somebody who writes into it.
class piped {
public:
    piped() { must(::pipe2(ends_.data(), O_CLOEXEC) == 0); }
    ~piped() {
        if (writer_.joinable()) writer_.join();
        for (int const end : ends_) ::close(end);
    }
    piped(piped const&) = delete;
    piped& operator=(piped const&) = delete;

    /// In pieces that the pipe cannot hold all at once.
    void write(std::string const& bytes) {
        writer_ = std::thread([this, &bytes] {
            for (std::size_t sent = 0; sent < bytes.size();) {
                auto const piece = bytes.substr(sent, 1000);
                auto const count = ::write(ends_[1], piece.data(), piece.size());
                if (count <= 0) break;
                sent += static_cast<std::size_t>(count);
            }
            ::close(std::exchange(ends_[1], -1));
        });
    }
    int reading_end() const { return ends_[0]; }

private:
    std::array<int, 2> ends_{-1, -1};
    std::thread writer_;
};

/// What one upload is made of; lives until it has ended.
struct stage {
    scratch_directory folder;
    std::optional<piped> pipe;
    std::string expected;  ///< Where it succeeds.
};

ferry::upload_source lies(std::optional<std::uint64_t> says, std::size_t gives,
                          lying_source::ending how = lying_source::ending::well) {
    return {std::make_shared<lying_source>(says, gives, how), "a.bin"};
}

struct source_row {
    char const* name;
    ferry::upload_source (*make)(stage&);
    std::optional<error_kind> kind;  ///< Nothing: it is stored.
    char const* words = "";          ///< Of the message.
    bool waits = false;              ///< Ends with the call's timeout only.
};

source_row const rows[] = {
    {"a silent pipe",
     [](stage& on) { return ferry::from_descriptor(on.pipe.emplace().reading_end(), "a.bin"); },
     error_kind::timeout, "while waiting for bytes to send", true},
    {"a named pipe that nobody writes into",
     [](stage& on) {
         auto const path = on.folder.path("pipe.bin");
         must(::mkfifo(path.c_str(), 0600) == 0);
         return ferry::from_path(path);
     },
     error_kind::timeout, "while waiting for bytes to send", true},
    {"a pipe that is filled bit by bit",
     [](stage& on) {
         on.expected = uploaded_bytes();
         on.pipe.emplace().write(uploaded_bytes());
         return ferry::from_descriptor(on.pipe->reading_end(), "a.bin");
     },
     std::nullopt},
    {"a file of the system that claims to be empty",
     [](stage& on) {
         std::ifstream in("/proc/version", std::ios::binary);
         on.expected.assign(std::istreambuf_iterator<char>(in), {});
         return ferry::from_path("/proc/version");
     },
     std::nullopt},
    {"less than it says", [](stage&) { return lies(2000, 1000); }, error_kind::file, "1000"},
    {"nothing, and it says so much", [](stage&) { return lies(2000, 0); }, error_kind::file},
    {"more than it says",
     [](stage& on) {
         on.expected = uploaded_bytes().substr(0, 1000);
         return lies(1000, 2000);
     },
     std::nullopt},
    {"an error on the way", [](stage&) { return lies(100'000, 50'000, lying_source::ending::with_an_error); },
     error_kind::file, "the source is broken"},
    {"an error on the way of who knows how much",
     [](stage&) { return lies({}, 50'000, lying_source::ending::with_an_error); }, error_kind::file,
     "the source is broken"},
    {"an exception on the way",
     [](stage&) { return lies({}, 50'000, lying_source::ending::with_an_exception); }, error_kind::file,
     "the source is broken"},
    {"a directory", [](stage& on) { return ferry::from_path(on.folder.path(".")); }, error_kind::file},
    {"no file", [](stage& on) { return ferry::from_path(on.folder.path("none")); }, error_kind::file},
    {"a socket",
     [](stage& on) {
         ::sockaddr_un at = {};
         at.sun_family = AF_UNIX;
         auto const path = on.folder.path("s");
         must(path.copy(at.sun_path, sizeof at.sun_path - 1) == path.size());
         int const one = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
         must(::bind(one, reinterpret_cast<::sockaddr const*>(&at), sizeof at) == 0);
         ::close(one);
         return ferry::from_path(path);
     },
     error_kind::file},
};

std::string try_source(upload_way const& way, source_row const& row, call_form form,
                       std::chrono::milliseconds timeout) {
    services at(std::chrono::minutes(1));
    stage on;
    auto const source = row.make(on);
    ferry::request_options how;
    how.timeout = timeout;
    auto const failure = way.send(at, sender(form), source, how);
    std::string wrong;
    if (failure && !row.kind) wrong += "\n    failed: " + failure->message();
    if (!failure && row.kind) wrong += "\n    succeeded";
    if (failure && row.kind && failure->kind() != *row.kind) wrong += "\n    " + failure->message();
    if (failure && failure->message().find(row.words) == std::string::npos)
        wrong += "\n    says something else: " + failure->message();
    auto const stored = way.stored(at);
    if (stored.size() != (row.kind ? 0U : 1U))
        wrong += "\n    " + std::to_string(stored.size()) + " files are stored";
    else if (!row.kind && stored.front() != on.expected)
        wrong += "\n    something else is stored, of " + std::to_string(stored.front().size()) + " bytes";
    return wrong;
}

}  // namespace

TEST_CASE("whatever a source does, a file is stored as it is or not at all") {
    std::size_t const ways = std::size(upload_ways);
    all_at_once(ways * std::size(rows) * 2, [&](std::size_t i) {
        auto const& way = upload_ways[i / 2 % ways];
        auto const& row = rows[i / 2 / ways];
        auto const form = i % 2 ? coroutine : blocking;
        std::string wrong;
        if (row.waits)
            at_some_pace([&](std::chrono::milliseconds pace) {
                wrong = try_source(way, row, form, 2 * pace);
                return wrong.empty();
            });
        else
            wrong = try_source(way, row, form, std::chrono::minutes(1));
        return wrong.empty() ? wrong : std::string(way.name) + " / " + row.name + ":" + wrong;
    });
}
