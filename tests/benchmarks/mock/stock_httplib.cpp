// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// cpp-httplib as it comes, with a constant answer: stock_httplib PORT FILE_WITH_THE_BODY
#include <httplib.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    std::ifstream file(argv[2], std::ios::binary);
    std::string const body(std::istreambuf_iterator<char>(file), {});
    httplib::Server server;
    server.set_tcp_nodelay(true);  // without it every answer waits 40 ms
    server.set_keep_alive_max_count(1'000'000'000);
    server.new_task_queue = [] { return new httplib::ThreadPool(16); };
    server.Get("/api/v1/beta/files/([^/]+)", [&](httplib::Request const&, httplib::Response& response) {
        response.set_content(body, "application/json");
    });
    return server.listen("127.0.0.1", std::atoi(argv[1])) ? 0 : 1;
}
