// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// One piece of work with ferry, for scripts that set up the peer and know what has to come of it:
//
//   driver get URL             reads the answer into memory
//   driver save URL FILE       downloads to a file
//   driver upload URL FILE     uploads to Langflow's POST /api/v2/files behind this base URL
//
// Further words are NAME=VALUE, see known_words. The work is done twice, with blocking calls and in a
// coroutine, each with a client of its own. Prints one line where both come to the same, and else both:
//
//   ok 200 5 bytes "hello" attempts=1 opened=1 reused=0 resent=0
//   error tls 0 "the message" retries=0 opened=1 reused=0 resent=0

#include <ferry/async.hpp>
#include <ferry/engine/make_engine.hpp>
#include <ferry/langflow.hpp>
#include <ferry/transports/beast_transport.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace net = boost::asio;
using std::chrono::milliseconds;

namespace {

struct words {
    std::string work;
    std::string base_url;
    std::string path;
    std::string file;
    ferry::client_options client;
    ferry::request_options call;
    int times = 1;
    milliseconds pause{0};
    bool chunked = false;
    std::string form;
};

milliseconds to_milliseconds(std::string const& text) {
    return milliseconds(std::stoi(text));
}

using setter = void (*)(words&, std::string const&);
std::map<std::string_view, setter> const known_words{
    // PEM files: authorities, a client's certificate and its key.
    {"ca", [](words& w, std::string const& text) { w.client.tls.ca_file = text; }},
    {"cert", [](words& w, std::string const& text) { w.client.tls.certificate_file = text; }},
    {"key", [](words& w, std::string const& text) { w.client.tls.private_key_file = text; }},
    // A URL, or `environment`; without it there is none.
    {"proxy",
     [](words& w, std::string const& text) {
         w.client.proxy = text == "environment" ? std::nullopt : std::optional(text);
     }},
    // Milliseconds.
    {"connect", [](words& w, std::string const& text) { w.client.connect_timeout = to_milliseconds(text); }},
    {"idle", [](words& w, std::string const& text) { w.client.idle_timeout = to_milliseconds(text); }},
    {"total", [](words& w, std::string const& text) { w.call.timeout = to_milliseconds(text); }},
    {"retries", [](words& w, std::string const& text) { w.client.max_retries = std::stoi(text); }},
    {"header",
     [](words& w, std::string const& text) {
         auto const colon = text.find(':');
         w.call.headers.add(text.substr(0, colon), text.substr(colon + 1));
     }},
    // Repeats the work with the same client, after pauses of so many milliseconds; the last outcome counts.
    {"times", [](words& w, std::string const& text) { w.times = std::stoi(text); }},
    {"pause", [](words& w, std::string const& text) { w.pause = to_milliseconds(text); }},
    // `yes`: an upload of unknown length.
    {"chunked", [](words& w, std::string const& text) { w.chunked = text == "yes"; }},
    // `blocking` or `coroutine`; without it, both.
    {"form", [](words& w, std::string const& text) { w.form = text; }},
};

words read_words(std::vector<std::string> const& given) {
    words all;
    all.client.proxy = "";
    all.client.tls.use_system_store = false;
    all.client.api_key = "sk-alice";
    std::vector<std::string> positional;
    for (auto const& word : given) {
        auto const equals = word.find('=');
        if (positional.size() < 2 || equals == std::string::npos) {
            positional.push_back(word);
            continue;
        }
        auto const known = known_words.find(word.substr(0, equals));
        if (known == known_words.end()) throw std::invalid_argument("unknown word: " + word);
        known->second(all, word.substr(equals + 1));
    }
    positional.resize(3);
    all.work = positional[0];
    all.file = positional[2];
    auto const& url = positional[1];
    auto const slash = url.find('/', url.find("://") + 3);
    all.base_url = url.substr(0, slash);
    all.path = slash == std::string::npos ? "/" : url.substr(slash);
    if (all.work == "upload" && all.path != "/") all.base_url = url;
    all.client.base_url = all.base_url;
    return all;
}

std::string shown(std::string const& body) {
    return body.size() > 60 || body.find('\n') != std::string::npos ? "..." : body;
}

std::string describe(ferry::error const& why) {
    return "error " + std::string(ferry::to_string(why.kind())) + ' ' + std::to_string(why.status()) + " \"" +
           why.message() + "\" retries=" + std::to_string(why.retries());
}
std::string describe(ferry::response<std::string> const& answer) {
    return "ok " + std::to_string(answer.status) + ' ' + std::to_string(answer.value.size()) + " bytes \"" +
           shown(answer.value) + "\" attempts=" + std::to_string(answer.attempts);
}
std::string describe(ferry::saved_file const& file) {
    return "ok saved " + std::to_string(file.size) + " bytes";
}
template <class T>
std::string describe(ferry::result<T> const& outcome) {
    return outcome ? describe(*outcome) : describe(outcome.error());
}

ferry::upload_source source_of(words const& what, std::ifstream& stream) {
    if (!what.chunked) return ferry::from_path(what.file);
    stream.open(what.file, std::ios::binary);
    auto read = [&stream](char* to, std::size_t size) {
        stream.read(to, static_cast<std::streamsize>(size));
        return static_cast<std::size_t>(stream.gcount());
    };
    return ferry::from_callback(read, "file");
}

std::string read_file(std::string const& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

using uploaded = ferry::result<ferry::response<ferry::langflow::models::uploaded_file>>;

// An upload has succeeded when the same bytes come back.
std::string describe_upload(words const& what, uploaded const& up, ferry::result<std::string> const& back) {
    if (!up) return describe(up.error());
    if (!back) return "uploaded, but not there: " + describe(back.error());
    return "ok " + std::to_string(up->status) + ' ' + std::to_string(back->size()) + " bytes " +
           (*back == read_file(what.file) ? "came back" : "came back DIFFERENT") +
           " attempts=" + std::to_string(up->attempts);
}

std::string work_blocking(ferry::langflow::client const& client, words const& what) {
    if (what.work == "upload") {
        std::ifstream stream;
        auto const up = client.files.upload(source_of(what, stream)).options(what.call).with_response();
        return describe_upload(what, up, up ? client.files.get(up->value.id).send() : std::string());
    }
    auto const call = client.call("GET", what.path).options(what.call);
    return what.work == "save" ? describe(call.save_to(what.file)) : describe(call.with_response());
}

net::awaitable<std::string> work_awaiting(ferry::langflow::client const& client, words const& what) {
    if (what.work == "upload") {
        std::ifstream stream;
        auto const call = client.files.upload(source_of(what, stream)).options(what.call);
        auto const up = co_await call.async_with_response(net::use_awaitable);
        ferry::result<std::string> back = std::string();
        if (up) back = co_await client.files.get(up->value.id).async_send(net::use_awaitable);
        co_return describe_upload(what, up, back);
    }
    auto const call = client.call("GET", what.path).options(what.call);
    if (what.work == "save") co_return describe(co_await call.async_save_to(what.file, net::use_awaitable));
    co_return describe(co_await call.async_with_response(net::use_awaitable));
}

net::awaitable<std::string> repeat_awaiting(ferry::langflow::client client, words const& what) {
    std::string last;
    for (int i = 0; i < what.times; ++i) {
        if (i > 0) {
            net::steady_timer timer(co_await net::this_coro::executor, what.pause);
            co_await timer.async_wait(net::use_awaitable);
        }
        last = co_await work_awaiting(client, what);
    }
    co_return last;
}

std::string repeat_blocking(ferry::langflow::client const& client, words const& what) {
    std::string last;
    for (int i = 0; i < what.times; ++i) {
        if (i > 0) std::this_thread::sleep_for(what.pause);
        last = work_blocking(client, what);
    }
    return last;
}

std::string run(words const& what, bool awaiting) {
    net::io_context context;
    auto const transport = std::make_shared<ferry::beast_transport>(what.client);
    ferry::langflow::client const client(
        ferry::make_engine(ferry::langflow::description(), what.client, transport));
    std::string line;
    if (awaiting) {
        auto last = net::co_spawn(context, repeat_awaiting(client, what), net::use_future);
        context.run();
        line = last.get();
    } else {
        line = repeat_blocking(client, what);
    }
    auto const count = transport->counters();
    return line + " opened=" + std::to_string(count.opened) + " reused=" + std::to_string(count.reused) +
           " resent=" + std::to_string(count.resent);
}

}  // namespace

int main(int argc, char** argv) try {
    auto const what = read_words({argv + 1, argv + argc});
    if (what.work != "get" && what.work != "save" && what.work != "upload")
        throw std::invalid_argument("get, save or upload, not '" + what.work + "'");
    if (!what.form.empty()) {
        std::cout << run(what, what.form == "coroutine") << '\n';
        return 0;
    }
    auto const blocking = run(what, false);
    auto const awaited = run(what, true);
    if (blocking == awaited)
        std::cout << blocking << '\n';
    else
        std::cout << "blocking: " << blocking << "\ncoroutine: " << awaited << '\n';
} catch (std::exception const& failure) {
    std::cerr << failure.what() << '\n';
    return 2;
}
