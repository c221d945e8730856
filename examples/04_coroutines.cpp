// Eight uploads at once on one thread, a list read page by page, and a deadline, with coroutines.
#include "support/report.hpp"

#include <ferry/async.hpp>
#include <ferry/llamacloud.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

namespace net = boost::asio;

namespace {

net::awaitable<std::string> upload(ferry::llamacloud::client cloud, int number) {
    auto const name = "note-" + std::to_string(number) + ".txt";
    auto file =
        co_await cloud.files.create(ferry::from_string("note " + std::to_string(number), name), "user_data")
            .external_file_id("ferry-coroutines")
            .async_send(net::use_awaitable);
    co_return file.value().id;
}

net::awaitable<std::size_t> delete_uploads(ferry::llamacloud::client cloud) {
    std::vector<std::string> ids;
    auto files = cloud.files.list().external_file_id("ferry-coroutines").page_size(3).items();
    while (auto file = co_await files.async_next(net::use_awaitable)) ids.push_back(file->value().id);
    for (auto const& id : ids) (co_await cloud.files.delete_(id).async_send(net::use_awaitable)).value();
    co_return ids.size();
}

int run() {
    demo::report report("LlamaCloud with coroutines");
    net::io_context context;
    ferry::llamacloud::client const cloud;

    std::vector<std::future<std::string>> uploads;
    for (int i = 0; i < 8; ++i) uploads.push_back(net::co_spawn(context, upload(cloud, i), net::use_future));
    context.run();
    for (auto& one : uploads) report.step("uploaded", true, one.get());

    auto deleted = net::co_spawn(context, delete_uploads(cloud), net::use_future);
    context.restart();
    context.run();
    auto const count = deleted.get();
    report.step("listed over pages of 3 and deleted", count == 8, std::to_string(count) + " files");
    return report.exit_code();
}

}  // namespace

int main() try { return run(); } catch (ferry::api_exception const& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
}
