// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// A server that reads uploads to their end and forgets them. `sink PORT [CERTIFICATE KEY]`; one thread for
// each connection.

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace net = boost::asio;
namespace http = boost::beast::http;

namespace {

constexpr char const* answer_text =
    R"({"id":"file-1","name":"blob.bin","project_id":"project-1","purpose":"user_data"})";

template <class Stream>
void serve(Stream& stream) {
    boost::beast::flat_buffer buffer;
    buffer.reserve(64 << 10);
    std::vector<char> bytes(1 << 20);
    while (true) {
        http::request_parser<http::buffer_body> parser;
        parser.body_limit(boost::none);
        http::read_header(stream, buffer, parser);
        // What has a length is read past the parser: the server shall not be what is measured.
        auto left = parser.content_length_remaining().value_or(0);
        auto const ahead = (std::min<std::uint64_t>)(left, buffer.size());
        bool const known = parser.content_length().has_value();
        buffer.consume(ahead);
        for (left -= ahead; left > 0;)
            left -= stream.read_some(net::buffer(bytes, (std::min<std::uint64_t>)(left, bytes.size())));
        while (!known && !parser.is_done()) {
            parser.get().body().data = bytes.data();
            parser.get().body().size = bytes.size();
            boost::beast::error_code code;
            http::read(stream, buffer, parser, code);
            if (code && code != http::error::need_buffer) return;
        }
        http::response<http::string_body> answer(http::status::ok, 11, answer_text);
        answer.set(http::field::content_type, "application/json");
        answer.prepare_payload();
        http::write(stream, answer);
    }
}

void serve_connection(net::ip::tcp::socket socket, net::ssl::context* tls) try {
    socket.set_option(net::ip::tcp::no_delay(true));
    if (tls == nullptr) return serve(socket);
    net::ssl::stream<net::ip::tcp::socket> stream(std::move(socket), *tls);
    stream.handshake(net::ssl::stream_base::server);
    serve(stream);
} catch (std::exception const&) {
    // The client has gone.
}

}  // namespace

int main(int argc, char** argv) try {
    net::io_context context;
    std::optional<net::ssl::context> tls;
    if (argc == 4) {
        tls.emplace(net::ssl::context::tls_server);
        tls->use_certificate_chain_file(argv[2]);
        tls->use_private_key_file(argv[3], net::ssl::context::pem);
    }
    auto const port = static_cast<unsigned short>(std::atoi(argc > 1 ? argv[1] : "0"));
    net::ip::tcp::acceptor acceptor(context, {net::ip::address_v4::loopback(), port});
    while (true)
        std::thread([socket = acceptor.accept(), &tls]() mutable {
            serve_connection(std::move(socket), tls ? &*tls : nullptr);
        }).detach();
} catch (std::exception const& e) {
    std::cerr << e.what() << '\n';
    return 1;
}
