// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <stdexcept>

namespace mock_test {
namespace {

bool same_name(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::tolower(static_cast<unsigned char>(a[i])) != std::tolower(static_cast<unsigned char>(b[i])))
            return false;
    }
    return true;
}

}  // namespace

std::string response::header(std::string_view name) const {
    for (auto const& [key, value] : fields) {
        if (same_name(key, name)) return value;
    }
    return {};
}

bool response::has(std::string_view name) const {
    for (auto const& [key, value] : fields) {
        if (same_name(key, name)) return true;
    }
    return false;
}

json::value response::json() const {
    return json::parse(body);
}

std::string response::detail() const {
    return member(json(), "detail");
}

std::string response::item(std::size_t i) const {
    return json::serialize(json().as_object().at("detail").as_array().at(i));
}

std::string member(json::value const& object, std::string_view name) {
    return std::string(object.as_object().at(name).as_string());
}

connection::connection(int port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect to the mock");
    }
    timeval const limit{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    int const on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

connection::~connection() {
    ::close(socket_);
}

void connection::write(std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;  // read() will show what the peer had to say
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void connection::finish_writing() {
    ::shutdown(socket_, SHUT_WR);
}

bool connection::fill() {
    char block[64 * 1024];
    ssize_t const count = ::recv(socket_, block, sizeof block, 0);
    if (count < 0) (errno == ECONNRESET ? reset_ : gave_up_) = true;
    if (count <= 0) return false;
    buffer_.append(block, static_cast<std::size_t>(count));
    return true;
}

bool connection::closed_by_peer() {
    return buffer_.empty() && !fill() && !gave_up_;
}

std::string connection::read_line() {
    while (buffer_.find("\r\n") == std::string::npos && fill()) {
    }
    std::string line = buffer_.substr(0, buffer_.find("\r\n"));
    buffer_.erase(0, line.size() + 2);
    return line;
}

std::string connection::read_all() {
    while (fill()) {
    }
    return std::exchange(buffer_, {});
}

response connection::read_head() {
    response result;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return result;
    }
    std::string const head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    result.status = std::stoi(head.substr(9, 3));
    if (result.status == 100) return read_head();
    for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
        std::size_t const stop = head.find("\r\n", at);
        std::size_t const colon = head.find(':', at);
        result.fields.emplace_back(head.substr(at, colon - at), head.substr(colon + 2, stop - colon - 2));
        at = stop + 2;
    }
    result.chunked = result.header("transfer-encoding") == "chunked";
    return result;
}

std::string connection::read_bytes(std::size_t count) {
    while (buffer_.size() < count && fill()) {
    }
    std::string bytes = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return bytes;
}

response connection::read(bool head_request) {
    response result = read_head();
    if (result.status == 0) return result;
    if (head_request || result.status == 204) {
        result.complete = true;
    } else if (result.chunked) {
        for (;;) {
            std::size_t line = 0;
            while ((line = buffer_.find("\r\n")) == std::string::npos) {
                if (!fill()) return result;
            }
            std::size_t const size = std::stoul(buffer_.substr(0, line), nullptr, 16);
            while (buffer_.size() < line + 4 + size) {
                if (!fill()) return result;
            }
            result.body += buffer_.substr(line + 2, size);
            buffer_.erase(0, line + 4 + size);
            if (size == 0) break;
        }
        result.complete = true;
    } else {
        std::size_t const length =
            result.has("content-length") ? std::stoul(result.header("content-length")) : 0;
        result.body = read_bytes(length);
        result.complete = result.body.size() == length;
    }
    return result;
}

std::string request_bytes(std::string const& method, std::string const& target, headers const& fields,
                          std::string const& body) {
    std::string bytes = method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (auto const& [name, value] : fields) bytes += name + ": " + value + "\r\n";
    if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

std::string multipart(std::vector<part> const& parts) {
    std::string body;
    for (part const& item : parts) {
        body +=
            "--" + std::string(boundary) + "\r\nContent-Disposition: form-data; name=\"" + item.name + '"';
        if (item.is_file)
            body += "; filename=\"" + item.filename + "\"\r\nContent-Type: application/octet-stream";
        body += "\r\n\r\n" + item.content + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

response client::send(std::string const& method, std::string const& target, headers extra,
                      std::string const& body) const {
    connection wire(port_);
    extra.insert(extra.begin(), identity_.begin(), identity_.end());
    wire.write(request_bytes(method, target, extra, body));
    return wire.read(method == "HEAD");
}

response client::post_form(std::string const& target, std::vector<part> const& parts) const {
    return send("POST", target, {{"Content-Type", std::string("multipart/form-data; boundary=") + boundary}},
                multipart(parts));
}

}  // namespace mock_test
