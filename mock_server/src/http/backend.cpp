// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/backend.hpp"

#include "http/http_date.hpp"
#include "http/text.hpp"

#include <httplib.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <csignal>
#include <ostream>  // status.hpp of Boost 1.81 lacks it

#include <boost/beast/http/status.hpp>

#include <condition_variable>
#include <cstring>
#include <deque>
#include <filesystem>
#include <functional>
#include <list>
#include <stdexcept>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ferry::mock {
namespace {

// What the two supported generations of cpp-httplib do differently is found out here, by asking the
// declarations.
using enqueue_result =
    decltype(std::declval<httplib::TaskQueue&>().enqueue({}));  // void in 0.11, bool in 0.18

/// A thread for every connection, as many as there are: idle keep-alive connections must not keep others
/// waiting. Threads are used again, and end when there is nothing to do for a while.
class growing_pool final : public httplib::TaskQueue {
public:
    enqueue_result enqueue(std::function<void()> task) override {
        std::vector<std::thread> finished;
        {
            std::lock_guard const lock(mutex_);
            tasks_.push_back(std::move(task));
            if (tasks_.size() > idle_) start_worker();
            finished.swap(finished_);
        }
        ready_.notify_one();
        for (std::thread& worker : finished) worker.join();
        return enqueue_result(true);
    }

    void shutdown() override {
        std::unique_lock lock(mutex_);
        closing_ = true;
        ready_.notify_all();
        changed_.wait(lock, [this] { return running_.empty(); });
        for (std::thread& worker : finished_) worker.join();
        finished_.clear();
    }

private:
    static constexpr std::chrono::seconds patience{2};

    void start_worker() {
        try {
            auto const place = running_.emplace(running_.end());
            *place = std::thread([this, place] { work(place); });
        } catch (std::system_error const&) {
            running_.pop_back();  // No more threads to be had: the connection waits until another one ends.
        }
    }

    void work(std::list<std::thread>::iterator self) {
        std::unique_lock lock(mutex_);
        while (wait_for_task(lock)) {
            std::function<void()> const task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
        finished_.push_back(std::move(*self));
        running_.erase(self);
        changed_.notify_all();
    }

    bool wait_for_task(std::unique_lock<std::mutex>& lock) {
        ++idle_;
        ready_.wait_for(lock, patience, [this] { return closing_ || !tasks_.empty(); });
        --idle_;
        return !tasks_.empty();
    }

    std::mutex mutex_;
    std::condition_variable ready_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> tasks_;
    std::list<std::thread> running_;
    std::vector<std::thread> finished_;
    std::size_t idle_ = 0;
    bool closing_ = false;
};

/// Blocks the signals that are the program's affair, in this thread and those that it starts: a handler that
/// runs here would interrupt system calls, and OpenSSL writes without MSG_NOSIGNAL.
void block_signals() {
    sigset_t signals;
    sigfillset(&signals);
    for (int const fatal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPROF}) {
        sigdelset(&signals, fatal);
    }
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

/// Descriptors that are kept for stored files, and for telling those who come when there are too many.
constexpr rlim_t reserve = 64;

/// As many connections as leave the reserve.
std::size_t most_connections() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 1'000'000;
    return static_cast<std::size_t>((std::max)(limit.rlim_cur, 2 * reserve) - reserve);
}

/// Who is connected, and who has to go when there are too many: a descriptor is a seat, and those who sit
/// there without a word must not keep out those who ask for something. Thread-safe.
class seats {
public:
    enum class entry { refused, standing, seated };

    explicit seats(std::size_t most) : most_(most) {}

    /// A connection has come. Standing: there is no seat for it, but it can still be told so. Refused: it
    /// cannot, or the doors are closed.
    entry admit(socket_t socket) {
        std::lock_guard const lock(mutex_);
        if (closed_) return entry::refused;
        if (taken_ >= most_) clear_one();
        bool const full = taken_ >= most_;
        if (full && guests_.size() - taken_ >= reserve / 2) return entry::refused;
        guests_[socket] = {full ? state::standing : state::silent, clock::now()};
        if (!full) ++taken_;
        return full ? entry::standing : entry::seated;
    }

    /// It waits for a request, or has one.
    void waits(socket_t socket) { change(socket, state::idle); }
    void asks(socket_t socket) { change(socket, state::busy); }

    void leaves(socket_t socket) {
        std::lock_guard const lock(mutex_);
        auto const found = guests_.find(socket);
        if (found == guests_.end()) return;
        if (has_seat(found->second.is)) --taken_;
        guests_.erase(found);
    }

    /// Ends all of them; nobody comes in any more.
    void close() {
        std::lock_guard const lock(mutex_);
        closed_ = true;
        for (auto const& [socket, who] : guests_) ::shutdown(socket, SHUT_RDWR);
    }

private:
    using clock = std::chrono::steady_clock;
    /// A kept connection that has been quiet for so long may be closed for somebody else.
    static constexpr std::chrono::seconds quiet{10};

    enum class state {
        silent,    ///< has not asked for anything yet
        busy,      ///< has asked, and is not answered yet
        idle,      ///< has been answered
        standing,  ///< has no seat
        leaving,   ///< had one
    };
    struct guest {
        state is;
        clock::time_point since;
    };

    static bool has_seat(state is) noexcept { return is != state::standing && is != state::leaving; }

    void change(socket_t socket, state to) {
        std::lock_guard const lock(mutex_);
        guest& who = guests_.at(socket);
        if (has_seat(who.is)) who = {to, clock::now()};
    }

    /// The one that has been silent for longest goes; where all have asked for something, the one that has
    /// been idle for longest, if that was long.
    void clear_one() {
        auto const now = clock::now();
        auto chosen = guests_.end();
        for (auto at = guests_.begin(); at != guests_.end(); ++at) {
            guest const& who = at->second;
            bool const may_go = who.is == state::silent || (who.is == state::idle && now - who.since > quiet);
            if (may_go && (chosen == guests_.end() ||
                           std::pair(who.is, who.since) < std::pair(chosen->second.is, chosen->second.since)))
                chosen = at;
        }
        if (chosen == guests_.end()) return;
        ::shutdown(chosen->first, SHUT_RDWR);
        chosen->second.is = state::leaving;
        --taken_;
    }

    std::size_t const most_;
    std::mutex mutex_;
    std::unordered_map<socket_t, guest> guests_;
    std::size_t taken_ = 0;
    bool closed_ = false;
};

/// What cpp-httplib reads and writes while it frames one streamed response. It gets a head reduced to the
/// method: it would limit lines to 8 KiB, decode values, apply Range and Accept-Encoding by itself, and the
/// services do none of that.
class framing_stream final : public httplib::Stream {
public:
    framing_stream(channel& connection, std::string_view method)
        : connection_(connection),
          head_(method == "HEAD" ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n") {}

    bool is_readable() const override { return !head_.empty(); }
    bool is_writable() const override { return connection_.usable(); }

    ssize_t read(char* out, std::size_t size) override {
        std::size_t const count = head_.copy(out, size);
        head_.remove_prefix(count);
        return static_cast<ssize_t>(count);
    }

    ssize_t write(char const* bytes, std::size_t size) override {
        return connection_.write({bytes, size}) ? static_cast<ssize_t>(size) : -1;
    }

    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}
    socket_t socket() const override {
        return INVALID_SOCKET;
    }  // asked only to refuse descriptors above 1024

    // Newer generations ask for these as well.
    virtual bool wait_readable() const { return is_readable(); }
    virtual bool wait_writable() const { return is_writable(); }
    virtual time_t duration() const { return 0; }

private:
    channel& connection_;
    std::string_view head_;
};

/// The head of a response whose body is at hand. cpp-httplib takes as long for it as the services take for
/// the rest of an answer.
std::string head_of(http_response const& response, bool close) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ';
    head += std::string_view(
        boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status)));
    auto const add = [&head](std::string_view name, std::string_view value) {
        head.append("\r\n").append(name).append(": ").append(value);
    };
    for (auto const& [name, value] : response.headers) add(name, value);
    add("Date", current_http_date());
    if (close) add("Connection", "close");
    bool const has_length = response.status != 204 && response.status != 304;  // RFC 9110, 8.6
    if (has_length) add("Content-Length", std::to_string(response.body.size()));
    return head.append("\r\n\r\n");
}

/// The streamed response that the connection on this thread is about to send: cpp-httplib's hook gets no
/// context of ours.
struct outgoing {
    http_response* response = nullptr;
    bool chunks = true;  ///< the client knows them
};
thread_local outgoing pending;

void hand_over(http_response& from, bool chunks, httplib::Response& to) {
    to.status = from.status;
    std::string content_type;
    for (auto& [name, value] : from.headers) {
        if (equal_ignoring_case(name, "content-type")) content_type = value;
        to.headers.emplace(std::move(name), std::move(value));
    }
    to.headers.emplace("Date", current_http_date());
    auto const next = [source = from.stream, buffer = std::make_shared<std::string>(64 * 1024, '\0')] {
        return std::string_view(buffer->data(), source->read(buffer->data(), buffer->size()));
    };
    to.headers.erase("Content-Type");  // the setters below add it
    if (from.length && *from.length == 0) {
        if (!content_type.empty()) to.headers.emplace("Content-Type", content_type);
    } else if (from.length) {
        to.set_content_provider(static_cast<std::size_t>(*from.length), content_type,
                                [next](std::size_t, std::size_t, httplib::DataSink& sink) {
                                    std::string_view const bytes = next();
                                    return !bytes.empty() && sink.write(bytes.data(), bytes.size());
                                });
    } else {
        auto const provide = [next](std::size_t, httplib::DataSink& sink) {
            std::string_view const bytes = next();
            if (!bytes.empty()) return sink.write(bytes.data(), bytes.size());
            sink.done();
            return true;
        };
        if (chunks) {
            to.set_chunked_content_provider(content_type, provide);
        } else {
            to.set_content_provider(content_type, provide);
        }
    }
}

using tls_context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

tls_context make_tls_context(backend_options const& options) {
    tls_context context(nullptr, &SSL_CTX_free);
    if (options.tls_certificate.empty() && options.tls_key.empty()) return context;
    for (std::string const& path : {options.tls_certificate, options.tls_key}) {
        std::error_code ignored;
        if (std::filesystem::is_fifo(path, ignored))  // opening it may take for ever
            throw std::runtime_error("cannot use " + path + ": it is a pipe");
    }
    context.reset(SSL_CTX_new(TLS_server_method()));
    auto const fail = [](std::string const& what) {
        char reason[256];
        ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
        throw std::runtime_error(what + ": " + reason);
    };
    if (SSL_CTX_use_certificate_chain_file(context.get(), options.tls_certificate.c_str()) != 1) {
        fail("cannot use the certificate " + options.tls_certificate);
    }
    if (SSL_CTX_use_PrivateKey_file(context.get(), options.tls_key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1) {
        fail("cannot use the private key " + options.tls_key);
    }
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    return context;
}

}  // namespace

class backend::implementation final : public httplib::Server {
public:
    implementation(backend_options const& options, request_handler& handler,
                   std::shared_ptr<scratch_directory const> scratch)
        : handler_(handler),
          scratch_(std::move(scratch)),
          tls_(make_tls_context(options)),
          clients_(options.clients) {
        new_task_queue = [] { return new growing_pool; };
        set_keep_alive_max_count(1'000'000);
        set_keep_alive_timeout(options.clients.wait.count());
        set_socket_options([this](socket_t socket) {  // its default would let two servers share one port
            int const on = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
            listening_socket_ = socket;
        });
        set_pre_routing_handler([](httplib::Request const&, httplib::Response& response) {
            hand_over(*pending.response, pending.chunks, response);
            return httplib::Server::HandlerResponse::Handled;
        });
        if (options.host.empty()) throw std::runtime_error("cannot listen: the host has no name");
        if (options.port < 0 || options.port > 65535)
            throw std::runtime_error("cannot listen on port " + std::to_string(options.port) +
                                     ": ports go from 0 to 65535");
        errno = 0;
        if (options.port == 0) {
            port_ = bind_to_any_port(options.host);
        } else {
            port_ = bind_to_port(options.host, options.port) ? options.port : -1;
        }
        if (port_ <= 0) {
            throw std::runtime_error("cannot listen on " + options.host + ":" + std::to_string(options.port) +
                                     ": " + (errno != 0 ? std::strerror(errno) : "no such address"));
        }
        ::listen(listening_socket_, backlog);  // its own queue holds five: the sixth waits for a second
        listener_ = std::thread([this] {
            block_signals();
            listen_after_bind();
        });
        while (!is_running()) std::this_thread::sleep_for(std::chrono::microseconds(50));
    }

    ~implementation() override { shut_down(); }

    [[nodiscard]] int port() const noexcept { return port_; }

    void shut_down() {
        if (!listener_.joinable()) return;
        stopping_.raise();
        stop();
        seats_.close();
        listener_.join();
    }

private:
    static constexpr int backlog = 4096;
    /// With those who have no seat.
    static constexpr patience short_patience{std::chrono::seconds(2), std::chrono::seconds(5)};

    bool process_and_close_socket(socket_t socket) override {
        seats::entry const how = seats_.admit(socket);
        if (how != seats::entry::refused) {
            bool const one_too_many = how == seats::entry::standing;
            try {
                channel connection(socket, tls_.get(), one_too_many ? short_patience : clients_, stopping_);
                if (connection.handshake()) serve(connection, socket, one_too_many);
            } catch (std::exception const&) {
                // Out of memory for this connection: it is closed, the others go on.
            }
            seats_.leaves(socket);
        }
        ::close(socket);
        return true;
    }

    void serve(channel& connection, socket_t socket, bool one_too_many) {
        bool const loopback = connection.peer_is_loopback();
        std::string const peer = connection.peer_address();
        for (bool first = true;; first = false) {
            if (!first) seats_.waits(socket);
            switch (connection.read_head()) {
                case channel::head_result::closed:
                    return;
                case channel::head_result::line_too_long:
                    return refuse(connection, 414, "Request target too long.");
                case channel::head_result::too_large:
                    return refuse(connection, 431, "Request header fields too large.");
                case channel::head_result::complete:
                    seats_.asks(socket);
                    break;
            }
            if (one_too_many) {
                return refuse(connection, 503,
                              "More than " + std::to_string(most_connections_) +
                                  " connections; raise the limit of open files.");
            }
            std::optional<http_request> request = parse_head(connection.head());
            connection.consume_head();
            if (!request) return refuse(connection, 400, "Invalid HTTP request received.");
            request->from_loopback = loopback;
            request->peer = peer;
            request->over_tls = connection.over_tls();

            body_result body{};
            try {
                body = read_body(connection, *request, handler_.limit_for(*request), scratch_);
            } catch (std::exception const& no_room) {
                return refuse(connection, 500, no_room.what());
            }
            if (body == body_result::lost) return;
            if (body == body_result::late) return refuse(connection, 408, "The body took too long.");
            if (body == body_result::malformed)
                return refuse(connection, 400, "Invalid HTTP request received.");
            bool const unread = body == body_result::too_large;
            if (!answer(connection, *request, unread)) return unread ? connection.linger() : void();
        }
    }

    /// Returns whether the connection may carry another request.
    bool answer(channel& connection, http_request& request, bool unread) {
        auto [response, how] = handler_.handle(request);
        bool const endless = request.http_1_0 && response.stream && !response.length;  // no chunks there
        bool const close = unread || endless || !request.keep_alive;
        if (request.http_1_0 && !close) response.with("Connection", "keep-alive");
        if (how.delay.count() != 0 && !stopping_.sleep_for(how.delay)) return false;
        connection.begin_response(how);
        return send(connection, response, request, close) && !close;
    }

    void refuse(channel& connection, int status, std::string text) {
        http_response response;
        response.status = status;
        response.with("Content-Type", "text/plain; charset=utf-8");
        response.body = std::move(text);
        connection.begin_response({});
        send(connection, response, {}, true);
        connection.linger();
    }

    bool send(channel& connection, http_response& response, http_request const& request, bool close) {
        if (!response.stream) {
            bool const has_body = request.method != "HEAD";
            return connection.write(head_of(response, close)) &&
                   (!has_body || connection.write(response.body)) && connection.flush();
        }
        framing_stream stream(connection, request.method);
        bool closed = false;
        pending = {&response, !request.http_1_0};
        bool const sent = frame(*this, stream, close, closed);
        pending = {};
        return connection.flush() && sent;
    }

    /// process_request() took the addresses from the stream in 0.11 and takes them as arguments in 0.18.
    template <class Self>
    static bool frame(Self& self, framing_stream& stream, bool close, bool& closed) {
        if constexpr (requires { self.process_request(stream, close, closed, nullptr); }) {
            return self.process_request(stream, close, closed, nullptr);
        } else {
            return self.process_request(stream, std::string(), 0, std::string(), 0, close, closed, nullptr);
        }
    }

    request_handler& handler_;
    std::shared_ptr<scratch_directory const> scratch_;
    tls_context tls_;
    patience clients_;
    stop_signal stopping_;
    std::size_t most_connections_ = most_connections();
    seats seats_{most_connections_};
    socket_t listening_socket_ = INVALID_SOCKET;
    int port_ = -1;
    std::thread listener_;
};

backend::backend(backend_options const& options, request_handler& handler,
                 std::shared_ptr<scratch_directory const> scratch)
    : self_(std::make_unique<implementation>(options, handler, std::move(scratch))) {}

backend::~backend() = default;

int backend::port() const noexcept {
    return self_->port();
}

void backend::stop() {
    self_->shut_down();
}

}  // namespace ferry::mock
