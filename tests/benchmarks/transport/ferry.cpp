// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The works of the benchmark with ferry, as a user of the SDK would do them.

#include "allocations.hpp"
#include "client.hpp"
#include "work.hpp"

#include <ferry/async.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>

namespace {

using work::client;
using work::make_client;
constexpr std::string_view list_path = "/api/v1/beta/files";

/// A client of which list() asks for the URL.
client make_lister(work::words const& words) {
    if (!words.path.ends_with(list_path)) throw std::runtime_error(words.path + " is not the path of a list");
    return make_client(words, words.path.substr(0, words.path.size() - list_path.size()));
}

void check(ferry::result<ferry::llamacloud::models::file_page> const& page) {
    if (page.value().items.empty()) throw std::runtime_error("the page has no files");
}

/// One call.
void list(client const& cloud) {
    check(cloud.files.list().send());
}

/// One call too: the page is the only one.
void page(client const& cloud) {
    int files = 0;
    for (auto const& file : cloud.files.list().items()) files += file.value().id.empty() ? 0 : 1;
    if (files == 0) throw std::runtime_error("the page has no files");
}

void calls(work::words const& words, void (*once)(client const&)) {
    auto const cloud = make_lister(words);
    work::measure([&] { once(cloud); },
                  [&] {
                      for (int i = 0; i < words.count; ++i) once(cloud);
                  });
}

void allocations(work::words const& words, void (*once)(client const&)) {
    auto const cloud = make_lister(words);
    for (int i = 0; i < 3; ++i) once(cloud);
    auto const before = work::allocations();
    for (int i = 0; i < words.count; ++i) once(cloud);
    std::printf("%.1f\n", double(work::allocations() - before) / words.count);
}

/// Lists again and again, as often as all of them together shall.
class lister {
public:
    lister(client const& cloud, boost::asio::io_context& context, int& left)
        : cloud_(cloud), context_(context), left_(left) {}

    void next() {
        if (left_ <= 0) return;
        --left_;
        cloud_.files.list().async_send(boost::asio::bind_executor(context_.get_executor(), [this](auto page) {
            check(page);
            next();
        }));
    }

private:
    client const& cloud_;
    boost::asio::io_context& context_;
    int& left_;
};

void in_flight(work::words const& words) {
    constexpr std::size_t at_once = 64;
    auto const cloud = make_lister(words);
    boost::asio::io_context context{1};
    auto const round = [&](int count) {
        std::vector<lister> listers(at_once, lister(cloud, context, count));
        for (auto& one : listers) one.next();
        context.run();
        context.restart();
    };
    work::measure([&] { round(at_once); }, [&] { round(words.count); });
}

void upload(work::words const& words) {
    auto const cloud = make_client(words, "");
    auto const send = [&](ferry::upload_source file) {
        (void)cloud.files.create(std::move(file), "user_data").send().value();
    };
    work::measure([&] { send(ferry::from_string("warm", "warm.bin")); },
                  [&] {
                      for (int i = 0; i < words.count; ++i) send(ferry::from_path(words.file));
                  });
}

void download(work::words const& words) {
    auto const cloud = make_client(words, "");
    auto const fetch = [&](std::string const& path) {
        (void)cloud.call("GET", path).save_to(words.file).value();
    };
    work::measure([&] { fetch("/warm"); },
                  [&] {
                      for (int i = 0; i < words.count; ++i) fetch(words.path);
                  });
}

}  // namespace

int main(int argc, char** argv) {
    return work::guarded([&] {
        auto const words = work::read_words(argc, argv);
        if (words.work == "calls") return calls(words, list);
        if (words.work == "pages") return calls(words, page);
        if (words.work == "calls_allocations") return allocations(words, list);
        if (words.work == "pages_allocations") return allocations(words, page);
        if (words.work == "in_flight") return in_flight(words);
        if (words.work == "upload") return upload(words);
        if (words.work == "download") return download(words);
        throw std::runtime_error("no such work: " + words.work);
    });
}
