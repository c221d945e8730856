// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Takes getaddrinfo's place in the program that it is linked into.

#include "support/slow_names.hpp"

#include <dlfcn.h>
#include <netdb.h>
#include <algorithm>
#include <chrono>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>

namespace {

using function = int (*)(char const*, char const*, addrinfo const*, addrinfo**);

// "127.0.0.1+--1+.addresses.test": see name_of().
int parse_addresses(function real, std::string_view name, char const* service, addrinfo const* hints,
                    addrinfo** result) {
    auto** end = result;
    for (auto at = name.find('+'); at != std::string_view::npos; at = name.find('+')) {
        std::string address(name.substr(0, at));
        std::replace(address.begin(), address.end(), '-', ':');
        if (int const failed = real(address.c_str(), service, hints, end)) return failed;
        while (*end) end = &(*end)->ai_next;
        name.remove_prefix(at + 1);
    }
    return 0;
}

}  // namespace

extern "C" int getaddrinfo(char const* node, char const* service, addrinfo const* hints, addrinfo** result) {
    static auto const real = reinterpret_cast<function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    if (node && std::strcmp(node, ferry_test::slow_name) == 0) {
        std::this_thread::sleep_for(std::chrono::hours(1));
        return EAI_AGAIN;
    }
    if (node && std::string_view(node).ends_with(".addresses.test"))
        return parse_addresses(real, node, service, hints, result);
    return real(node, service, hints, result);
}
