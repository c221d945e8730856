// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Takes getaddrinfo's place in this program.

#include "support/slow_names.hpp"

#include <dlfcn.h>
#include <netdb.h>
#include <chrono>
#include <cstring>
#include <thread>

extern "C" int getaddrinfo(char const* node, char const* service, addrinfo const* hints, addrinfo** result) {
    using function = int (*)(char const*, char const*, addrinfo const*, addrinfo**);
    if (node && std::strcmp(node, ferry_test::slow_name) == 0) {
        std::this_thread::sleep_for(std::chrono::seconds(10));
        return EAI_AGAIN;
    }
    static auto const real = reinterpret_cast<function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}
