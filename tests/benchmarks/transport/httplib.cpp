// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Sequential calls with cpp-httplib's client.

#include "work.hpp"

#include <httplib.h>

int main(int argc, char** argv) {
    return work::guarded([&] {
        auto const words = work::read_words(argc, argv);
        httplib::Client client((words.secure ? "https://" : "http://") + words.host + ":" + words.port);
        client.set_keep_alive(true);
        client.set_tcp_nodelay(true);
        client.set_bearer_token_auth("llx-benchmark");
        if (!words.ca.empty()) client.set_ca_cert_path(words.ca);
        auto const once = [&] {
            auto const answer = client.Get(words.path);
            if (!answer || answer->status != 200) throw std::runtime_error("no answer of 200");
            (void)work::decode(answer->body);
        };
        work::measure(once, [&] {
            for (int i = 0; i < words.count; ++i) once();
        });
    });
}
