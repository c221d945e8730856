// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The program of every consumer: makes a client and shows one request, without a network.

#include <ferry/llamacloud.hpp>

#include <cstdio>
#include <string>

int main() {
    ferry::client_options options;
    options.api_key = "key";
    options.base_url = "http://example.org";
    ferry::llamacloud::client const cloud(options);

    std::string const url = cloud.files.list().page_size(3).request().value().url;
    std::printf("%s\n", url.c_str());
    return url == "http://example.org/api/v1/beta/files?page_size=3" ? 0 : 1;
}
