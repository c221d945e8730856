// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "matrix.hpp"
#include "support/eventually.hpp"

#include <boost/asio/ssl/context.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <thread>
#include <utility>

namespace ferry_test::faults {

namespace {

using namespace std::chrono_literals;

/// The shortest pauses that the retry loop makes.
class impatient final : public ferry::time_source {
public:
    double random() override { return 0.999; }
};

bool secure(fault const& what) {
    return !what.forwards && (over_tls() || what.when <= strikes::in_handshake);
}

bool has_proxy(fault const& what) {
    return what.forwards || what.when == strikes::in_tunnel;
}

/// As it is sent.
auto constexpr proxy_password = "dXNlcjo1ZWNyZXQtcHJveHk=";

std::string field(std::string const& head, std::string const& name) {
    auto const at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    auto const begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

/// The head that a proxy passes on.
std::string passed_on(std::string head) {
    if (auto const at = head.find(" http://"); at != std::string::npos)
        head.erase(at + 1, head.find('/', at + 8) - at - 1);
    if (auto const at = head.find("\r\nProxy-Authorization: "); at != std::string::npos)
        head.erase(at, head.find("\r\n", at + 2) - at);
    return head;
}

boost::asio::ssl::context& server_context() {
    static auto const context = authority().issue("IP:127.0.0.1").server_context();
    return *context;
}

/// The peer of one cell: answers well, except where the fault strikes.
class player {
public:
    explicit player(cell const& of) : one_(of) {}

    unsigned port() const { return server_.port(); }

    void report(observation& to) {
        std::lock_guard const lock(mutex_);
        to.met = met_;
        to.heads = heads_;
        to.bodies = bodies_;
    }

private:
    void serve(peer& client) {
        auto const when = one_.what->when;
        if (when == strikes::in_tunnel) {
            keep(heads_, client.read_head());
            if (spoils(meet())) return static_cast<void>(one_.what->play(client, {}));
            client.send("HTTP/1.1 200 Connected\r\n\r\n");
        }
        if (when == strikes::in_handshake && spoils(meet()))
            return static_cast<void>(one_.what->play(client, {}));
        if (secure(*one_.what) && !client.handshake(server_context())) return;
        while (answer(client)) {
        }
    }

    /// Whether there may be another request on this connection.
    bool answer(peer& client) {
        auto head = client.read_head();
        if (head.empty()) return false;
        if (one_.what->forwards) head = passed_on(head);
        keep(heads_, head);
        if (head.find(" /warm") != std::string::npos) {
            client.answer("warm");
            return true;
        }
        bool const at_storage = head.find(" /signed") != std::string::npos;
        auto const good = good_answer_for(at_storage);
        if (at_storage != one_.call->at_storage) {
            client.send(good.text("Connection: close\r\n"));
            return false;
        }
        auto const when = one_.what->when;
        bool const spoilt = when > strikes::in_handshake && spoils(meet());
        if (!spoilt || when == strikes::after_body) read_body(client, head);
        if (spoilt && when == strikes::in_body) read_half(client, head);
        if (spoilt) return one_.what->play(client, good);
        client.send(good.text());
        return true;
    }

    unsigned meet() {
        std::lock_guard const lock(mutex_);
        return ++met_;
    }
    bool spoils(unsigned nth) const { return one_.for_ever || nth == 1; }

    good_answer good_answer_for(bool at_storage) const {
        if (at_storage) return {"application/octet-stream", downloaded_bytes()};
        auto text = one_.call->good;
        if (auto const at = text.find(base_place); at != std::string::npos)
            text.replace(at, base_place.size(), base_url(*one_.what, port()));
        bool const bytes = one_.call->shape->answer == ferry::detail::answer_format::bytes;
        return {bytes ? "application/octet-stream" : "application/json", std::move(text)};
    }

    void read_body(peer& client, std::string const& head) {
        if (field(head, "Transfer-Encoding") == "chunked") {
            auto body = client.read_chunked();
            if (!body.ends_with(">")) keep(bodies_, std::move(body));
            return;
        }
        auto const size = length(head);
        auto body = client.read(size);
        if (body.size() == size) keep(bodies_, std::move(body));
    }
    void read_half(peer& client, std::string const& head) {
        client.read(field(head, "Transfer-Encoding") == "chunked" ? 1000 : length(head) / 2);
    }
    static std::size_t length(std::string const& head) {
        auto const text = field(head, "Content-Length");
        return text.empty() ? 0 : std::stoul(text);
    }

    void keep(std::vector<std::string>& all, std::string text) {
        std::lock_guard const lock(mutex_);
        all.push_back(std::move(text));
    }

    cell const& one_;
    std::mutex mutex_;
    unsigned met_ = 0;
    std::vector<std::string> heads_;
    std::vector<std::string> bodies_;
    raw_server server_{[this](peer& client) { serve(client); }};  // ends before what it uses

public:
    static std::string base_url(fault const& what, unsigned port) {
        return (secure(what) ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port);
    }
};

scratch_directory const& downloads() {
    static scratch_directory const folder;
    return folder;
}

/// Takes the downloaded file away.
void take_file(std::string const& path, observation& to) {
    to.file_exists = std::filesystem::exists(path);
    if (!to.file_exists) return;
    std::ifstream in(path, std::ios::binary);
    to.saved.assign(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(path);
}

std::size_t descriptors() {
    auto const all = std::filesystem::directory_iterator("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// Whether ferry repeats the call that meets the fault.
bool is_repeated(cell const& one, expectation const& expected) {
    auto const& call = *one.call;
    if (!expected.kind || !call.rewinds) return false;
    bool const idempotent = call.at_storage || call.shape->idempotent || one.retry_non_idempotent;
    return expected.again == repeated::always || (expected.again == repeated::if_idempotent && idempotent);
}

}  // namespace

certificate const& authority() {
    static auto const one = certificate::authority("fault tests");
    return one;
}

std::string good_answer::text(std::string const& more_headers) const {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n" + more_headers + "\r\n" + content;
}

bool fault::timed() const {
    return connect_timeout < 10s || idle_timeout < 10s || timeout < 10s;
}

std::function<expectation(operation const&)> everywhere(error_kind kind, repeated again) {
    return [=](operation const&) { return expectation{kind, again, 0}; };
}
std::function<expectation(operation const&)> answered(int status, repeated again) {
    return [=](operation const&) { return expectation{error_kind::status, again, status}; };
}
std::function<expectation(operation const&)> where(std::vector<content> notice, error_kind kind,
                                                   repeated again) {
    return [=](operation const& call) {
        bool const noticed = std::count(notice.begin(), notice.end(), call.content) > 0;
        return noticed ? expectation{kind, again, 0} : expectation{};
    };
}

observation observe(cell const& one,
                    std::function<void(ferry::client_options&, unsigned port)> const& adjust) {
    static std::atomic<int> files = 0;
    observation got;
    std::mutex mutex;  // of the log, which outlives the client
    player service(one);

    performance how;
    how.client = options_for(player::base_url(*one.what, service.port()), api_key);
    how.client.tls.ca_pem = authority().pem();
    how.client.max_retries = one.for_ever ? 1 : 3;
    how.client.retry_non_idempotent = one.retry_non_idempotent;
    how.client.connect_timeout = one.what->connect_timeout;
    how.client.idle_timeout = one.what->idle_timeout;
    how.client.max_body_size = 64 << 10;
    how.client.keep_alive_timeout_once = 1h;  // no machine is too slow for what strikes a kept connection
    how.client.time_source = std::make_shared<impatient>();
    how.client.logger = ferry::make_logger([&](ferry::log_event const& event) {
        std::lock_guard const lock(mutex);
        for (auto const text : {event.what, event.operation, event.method, event.url, event.message})
            got.log.append(text).append(" ");
        got.log += '\n';
    });
    how.call.timeout = one.what->timeout;
    how.form = one.form;
    how.warm = one.what->kept;
    how.path = downloads().path(std::to_string(files++));
    if (has_proxy(*one.what))
        how.client.proxy = "http://user:5ecret-proxy@127.0.0.1:" + std::to_string(service.port());
    if (adjust) adjust(how.client, service.port());

    got.failure = one.call->perform(how);
    if (got.failure) got.log += got.failure->message();
    take_file(how.path, got);
    service.report(got);
    return got;
}

std::string complaints(cell const& one, observation const& got) {
    auto const expected = one.what->expected(*one.call);
    bool const again = is_repeated(one, expected);
    bool const succeeds = !expected.kind || (again && !one.for_ever);
    std::string wrong;
    auto const complain = [&](std::string const& what) { wrong += "\n    " + what; };

    if (succeeds && got.failure) complain("failed: " + got.failure->message());
    if (!succeeds && !got.failure) complain("succeeded");
    if (!succeeds && got.failure) {
        auto const& why = *got.failure;
        bool const right =
            why.kind() == *expected.kind && (!expected.status || why.status() == expected.status);
        if (!right) complain("failed in another way: " + why.message());
        bool const named = why.message().find("the proxy http://127.0.0.1:") != std::string::npos;
        if (has_proxy(*one.what) && !named) complain("does not name the proxy: " + why.message());
        if (why.retries() != (again ? 1 : 0)) complain(std::to_string(why.retries()) + " retries");
    }

    unsigned const requests = expected.requests ? expected.requests : again ? 2 : 1;
    unsigned const most = requests + (one.what->timed() && again ? 2 : 0) + (one.what->kept && again ? 1 : 0);
    unsigned const least = one.what->timed() ? 0 : requests;
    if (got.met < least || got.met > most) complain(std::to_string(got.met) + " requests were counted");
    for (auto const& body : got.bodies)
        if (body != got.bodies.front()) complain("a repeated request has another body");
    if (succeeds && one.call->uploads() && got.bodies.empty()) complain("nothing was uploaded");
    if (succeeds && expected.kind && got.file_exists && got.saved != downloaded_bytes())
        complain("the file has other content");
    return wrong;
}

std::string indiscretions(observation const& got) {
    std::string wrong;
    auto const holds = [](std::string const& text, auto const&... words) {
        return ((text.find(words) != std::string::npos) || ...);
    };
    if (holds(got.log, "5ecret", proxy_password, signature))
        wrong += "\n    the log tells secrets: " + got.log;
    for (auto const& head : got.heads) {
        if (holds(head, " /signed", "CONNECT ") && holds(head, api_key))
            wrong += "\n    the key went to somebody else: " + head;
        if (!head.starts_with("CONNECT ") && holds(head, proxy_password))
            wrong += "\n    the proxy's password went to somebody else: " + head;
    }
    if (got.failure && got.file_exists) wrong += "\n    a file is there although the call failed";
    return wrong;
}

void must(bool done) {
    if (!done) throw std::system_error(errno, std::generic_category(), "cannot be prepared");
}

void all_at_once(std::size_t count, std::function<std::string(std::size_t)> const& todo) {
    constexpr std::size_t at_once = 64;
    todo(0);  // what is made once for the whole process is there then
    auto const before = descriptors();
    std::atomic<std::size_t> next = 0;
    std::mutex mutex;
    std::vector<std::string> wrong;
    auto const work = [&] {
        for (std::size_t i; (i = next++) < count;) {
            std::string text;
            try {
                text = todo(i);
            } catch (std::exception const& thrown) {
                text = std::string("threw ") + thrown.what();
            }
            std::lock_guard const lock(mutex);
            if (!text.empty()) wrong.push_back(std::move(text));
        }
    };
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < at_once; ++i) workers.emplace_back(work);
    }
    std::string first;
    for (std::size_t i = 0; i < wrong.size() && i < 20; ++i) first += wrong[i] + '\n';
    INFO(first);
    CHECK(wrong.size() == 0);
    CHECK(count > 0);
    CHECK(downloads().names().empty());
    CHECK(eventually([&] { return descriptors() <= before; }));
}

namespace {

/// What is wrong with what comes of it. A short deadline may end what should not meet it on a busy machine:
/// then another try with a longer one says whether that was it.
std::string trouble_with(cell one) {
    auto what = *one.what;
    one.what = &what;
    std::string wrong;
    at_some_pace([&](std::chrono::milliseconds) {
        auto const got = observe(one);
        auto const indiscreet = indiscretions(got);
        wrong = complaints(one, got) + indiscreet;
        if (wrong.empty() || !indiscreet.empty() || !what.timed()) return true;
        what.connect_timeout *= 2;
        what.idle_timeout *= 2;
        what.timeout *= 2;
        return false;
    });
    return wrong;
}

}  // namespace

void check_matrix(std::vector<fault> const& faults) {
    std::vector<cell> cells;
    auto const& operations = all_operations();
    for (std::size_t i = 0; i < faults.size(); ++i) {
        for (std::size_t j = 0; j < operations.size(); ++j) {
            if (faults[i].when <= strikes::in_handshake && operations[j].at_storage) continue;
            for (bool const for_ever : {false, true}) {
                // TLS costs most of the time and changes least: over it, each fault once or for ever.
                if (over_tls() && for_ever == ((i + j) / 2 % 2 == 0)) continue;
                auto const form = (i + j + for_ever) % 2 ? coroutine : blocking;
                cell one{&faults[i], &operations[j], form, for_ever, false};
                cells.push_back(one);
                one.retry_non_idempotent = true;
                auto const expected = faults[i].expected(operations[j]);
                // What the transport still has at hand of a body it may send again on a fresh connection.
                bool const open = faults[i].kept && !operations[j].rewinds;
                bool const matters = expected.kind && expected.again == repeated::if_idempotent &&
                                     !operations[j].shape->idempotent && !open;
                if (matters) cells.push_back(one);
            }
        }
    }
    all_at_once(cells.size(), [&](std::size_t i) {
        auto const& one = cells[i];
        auto const wrong = trouble_with(one);
        if (wrong.empty()) return wrong;
        return one.what->name + " / " + one.call->title() + (one.for_ever ? ", each time" : ", once") +
               (one.form == blocking ? ", blocking" : ", coroutine") +
               (one.retry_non_idempotent ? ", retry_non_idempotent" : "") + ":" + wrong;
    });
}

}  // namespace ferry_test::faults
