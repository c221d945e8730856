#pragma once

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

/// A server that answers one request after the other with the next of its answers, whatever they are. The
/// first byte of an answer says what becomes of the connection: `k` it is kept, `r` it is reset, `d` the
/// answer comes in drops; else it is closed, as without an answer.
class peer {
    using tcp = boost::asio::ip::tcp;

public:
    peer(boost::asio::io_context& context, std::vector<std::string_view> answers)
        : acceptor_(context, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
          answers_(std::move(answers)) {
        accept();
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void stop() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        for (auto const& one : std::exchange(sessions_, {})) one->socket.close(ignored);
    }

private:
    struct session {
        explicit session(tcp::socket accepted) : socket(std::move(accepted)) {}
        tcp::socket socket;
        std::array<char, 4096> space{};
        std::string_view answer;
        char what = '\0';
    };
    using shared_session = std::shared_ptr<session>;

    void accept() {
        acceptor_.async_accept([this](boost::system::error_code ec, tcp::socket socket) {
            if (ec) return;
            auto const one = std::make_shared<session>(std::move(socket));
            sessions_.insert(one);
            read(one);
            accept();
        });
    }

    // Requests are short: what came at once is one.
    void read(shared_session const& one) {
        one->socket.async_read_some(boost::asio::buffer(one->space),
                                    [this, one](boost::system::error_code ec, std::size_t) {
                                        if (ec || next_ == answers_.size()) return end(one);
                                        one->answer = answers_[next_++];
                                        one->what = one->answer.empty() ? '\0' : one->answer.front();
                                        one->answer.remove_prefix(one->answer.empty() ? 0 : 1);
                                        write(one);
                                    });
    }

    void write(shared_session const& one) {
        auto const piece = one->answer.substr(0, one->what == 'd' ? 7 : one->answer.npos);
        one->answer.remove_prefix(piece.size());
        boost::asio::async_write(one->socket, boost::asio::buffer(piece),
                                 [this, one](boost::system::error_code ec, std::size_t) {
                                     if (ec) return end(one);
                                     if (!one->answer.empty()) return write(one);
                                     one->what == 'k' ? read(one) : end(one);
                                 });
    }

    void end(shared_session const& one) {
        boost::system::error_code ignored;
        if (one->what == 'r') one->socket.set_option(boost::asio::socket_base::linger(true, 0), ignored);
        one->socket.close(ignored);
        sessions_.erase(one);
    }

    tcp::acceptor acceptor_;
    std::vector<std::string_view> answers_;
    std::size_t next_ = 0;
    std::set<shared_session> sessions_;
};

}  // namespace fuzz
