// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Sequential calls with Boost.Beast alone, asynchronous because only that has deadlines: what ferry's
// transport could cost at the least. No retries, no pool, no redirects; pages are decoded by ferry's reader,
// so that only the call differs.

#include "allocations.hpp"
#include "work.hpp"

#include <ferry/json.hpp>
#include <ferry/llamacloud/description.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

template <class Stream>
class caller {
public:
    caller(work::words const& words, net::io_context& context, Stream& stream)
        : context_(context), stream_(stream), request_(http::verb::get, words.path, 11) {
        buffer_.reserve(64 << 10);
        request_.set(http::field::host, words.host + ":" + words.port);
        request_.set(http::field::authorization, "Bearer llx-benchmark");
        request_.set(http::field::accept, "application/json");
    }

    void once() {
        beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(60));
        http::response<http::string_body> answer;
        http::async_write(stream_, request_, [&](beast::error_code failed, std::size_t) {
            if (failed) throw beast::system_error(failed);
            http::async_read(stream_, buffer_, answer, [](beast::error_code code, std::size_t) {
                if (code) throw beast::system_error(code);
            });
        });
        context_.restart();
        context_.run();
        ferry::llamacloud::models::file_page page;
        ferry::json::failure why;
        auto const& type = ferry::json::describe<ferry::llamacloud::models::file_page>::get();
        if (!ferry::json::decode(type, &page, answer.body(), why) || page.items.empty())
            throw std::runtime_error("the page has no files");
    }

    void run(work::words const& words) {
        if (words.work == "allocations") {
            for (int i = 0; i < 3; ++i) once();
            auto const before = work::allocations();
            for (int i = 0; i < words.count; ++i) once();
            std::printf("%.1f\n", double(work::allocations() - before) / words.count);
            return;
        }
        work::measure([&] { once(); },
                      [&] {
                          for (int i = 0; i < words.count; ++i) once();
                      });
    }

private:
    net::io_context& context_;
    Stream& stream_;
    http::request<http::empty_body> request_;
    beast::flat_buffer buffer_;
};

void connect(work::words const& words, net::io_context& context, beast::tcp_stream& stream) {
    stream.connect(net::ip::tcp::resolver(context).resolve(words.host, words.port));
    stream.socket().set_option(net::ip::tcp::no_delay(true));
}

}  // namespace

int main(int argc, char** argv) {
    return work::guarded([&] {
        auto const words = work::read_words(argc, argv);
        net::io_context context{1};
        if (words.secure) {
            net::ssl::context tls(net::ssl::context::tls_client);
            tls.load_verify_file(words.ca);
            tls.set_verify_mode(net::ssl::verify_peer);
            beast::ssl_stream<beast::tcp_stream> stream(context, tls);
            connect(words, context, beast::get_lowest_layer(stream));
            SSL_set_tlsext_host_name(stream.native_handle(), words.host.c_str());
            stream.handshake(net::ssl::stream_base::client);
            caller(words, context, stream).run(words);
        } else {
            beast::tcp_stream stream(context);
            connect(words, context, stream);
            caller(words, context, stream).run(words);
        }
    });
}
