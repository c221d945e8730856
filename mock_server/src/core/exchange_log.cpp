// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/exchange_log.hpp"

#include "core/json.hpp"
#include "http/text.hpp"
#include "http/url.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace ferry::mock {
namespace {

json::value describe_body(http_response const& response) {
    bool const readable = response.stream == nullptr && response.body.size() <= exchange_log::largest_body &&
                          is_utf8(response.body);
    return readable ? json::value(response.body) : json::value(nullptr);
}

json::array describe_headers(http_response const& response) {
    json::array headers;
    for (auto const& [name, value] : response.headers) {
        if (!equal_ignoring_case(name, "set-cookie")) headers.push_back(json::array{name, value});
    }
    return headers;
}

}  // namespace

exchange_log::exchange_log(std::string const& path) {
    if (path.empty()) return;
    // Without O_NONBLOCK a pipe that nobody reads would be waited for here.
    descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0600);
    if (descriptor_ < 0)
        throw std::runtime_error("cannot write exchanges to " + path + ": " + std::strerror(errno));
    struct stat about{};
    if (::fstat(descriptor_, &about) != 0 || S_ISFIFO(about.st_mode)) {
        ::close(descriptor_);
        throw std::runtime_error("cannot write exchanges to " + path +
                                 ": it is a pipe, whose reader all would wait for");
    }
}

exchange_log::~exchange_log() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void exchange_log::add(http_request const& request, http_response const& response) {
    if (descriptor_ < 0) return;
    json::object entry{{"method", request.method}, {"path", request.path}, {"status", response.status}};
    entry["headers"] = describe_headers(response);
    entry["body"] = describe_body(response);
    std::string line = to_text(entry) + '\n';
    std::lock_guard const lock(mutex_);
    for (std::string_view rest = line; !rest.empty();) {
        ssize_t const count = ::write(descriptor_, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) throw std::system_error(errno, std::generic_category(), "writing exchanges");
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace ferry::mock
