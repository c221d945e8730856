// The whole client against a server that answers with any bytes: a call ends in a value or in an error of a
// known kind, leaves nothing behind, and shows its key to nobody else.
#include "input.hpp"
#include "peer.hpp"

#include <ferry/async.hpp>
#include <ferry/langflow.hpp>
#include <ferry/llamacloud.hpp>
#include <ferry/transports/beast_transport.hpp>
#include <ferry/transports/detail/request_writer.hpp>

#include <filesystem>
#include <optional>

namespace {

namespace net = boost::asio;
using namespace std::chrono_literals;

constexpr std::string_view secret = "key-of-the-client";

bool tells(std::string_view text) {
    return text.find(secret) != text.npos;
}

/// Brings every request to the peer, whatever host it is for, and looks at it on its way.
class way_to_peer final : public ferry::transport {
public:
    way_to_peer(ferry::client_options const& options, std::uint16_t port) : wire_(options), port_(port) {}

    ferry::exchange_result run(ferry::http_request const&, ferry::exchange_limits const&,
                               ferry::response_handler&) override {
        std::abort();  // calls are made asynchronously
    }
    std::shared_ptr<ferry::exchange_handle> start(net::any_io_executor executor,
                                                  ferry::http_request const& request,
                                                  ferry::exchange_limits const& limits,
                                                  ferry::response_handler& handler,
                                                  std::function<void(ferry::exchange_result)> done) override {
        look_at(request);
        auto const sent = std::make_shared<ferry::http_request>(request);
        sent->origin = {"http", "127.0.0.1", port_};
        return wire_.start(
            std::move(executor), *sent, limits, handler,
            [sent, done = std::move(done)](ferry::exchange_result how) { done(std::move(how)); });
    }
    ferry::connection_counters counters() const { return wire_.counters(); }

private:
    static void look_at(ferry::http_request const& request) {
        fuzz::expect(!ferry::detail::refuse(request), "no answer leads to a request that cannot be sent");
        if (request.origin == ferry::origin{"https", "api.example.com", 443}) return;
        fuzz::expect(!tells(request.target), "no other origin sees the key in a URL");
        for (auto const& [name, value] : request.headers)
            fuzz::expect(!tells(value), "no other origin sees the key");
    }

    ferry::beast_transport wire_;
    std::uint16_t port_;
};

struct memory_sink final : ferry::byte_sink {
    std::string bytes;
    bool may_restart = true;

    ferry::result<void> write(std::string_view piece) override {
        bytes += piece;
        return {};
    }
    bool restart() override {
        bytes.clear();
        return may_restart;
    }
};

ferry::client_options options() {
    ferry::client_options with;
    with.api_key = secret;
    with.base_url = "https://api.example.com/base";
    with.proxy = "";
    with.total_timeout = with.idle_timeout = 50ms;
    with.transfer_timeout = 50ms;
    with.max_body_size = 1 << 20;
    with.logger = ferry::make_logger([](ferry::log_event const& event) {
        fuzz::expect(!tells(event.url) && !tells(event.message), "no event shows the key");
        fuzz::expect(!ferry::detail::has_line_break(event.url), "a URL in an event is a line");
    });
    return with;
}

void check(ferry::error const& why) {
    bool const answered = why.status() != 0;
    fuzz::expect(why.kind() <= ferry::error_kind::status, "an error has a kind");
    fuzz::expect(why.kind() != ferry::error_kind::invalid_argument,
                 "the service's mistakes are not the caller's");
    fuzz::expect(!why.message().empty() && !tells(why.message()),
                 "an error says what happened, and not the key");
    if (why.kind() == ferry::error_kind::status)
        fuzz::expect(answered && why.status() / 100 != 2, "an error's status is one");
    if (auto const wait = why.retry_after()) fuzz::expect(*wait >= 0ms, "a wait is not negative");
}

/// Where downloads to files go.
class folder {
public:
    folder() : path_(std::filesystem::temp_directory_path() / ("fuzz-client-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(path_);
    }
    ~folder() { std::filesystem::remove_all(path_); }
    folder(folder const&) = delete;

    std::string file() const { return (path_ / "file").string(); }
    void expect_nothing_but(std::optional<ferry::saved_file> const& saved) const {
        if (saved) {
            fuzz::expect(std::filesystem::file_size(saved->path) == saved->size, "the file is complete");
            fuzz::expect(saved->file_name.find_first_of("/\\") == std::string::npos,
                         "a file name is no path");
            std::filesystem::remove(saved->path);
        }
        fuzz::expect(std::filesystem::is_empty(path_), "no temporary file is left");
    }

private:
    std::filesystem::path path_;
};

/// One call of one kind, up to its end.
class attempt {
    // What a call ends in.
    template <class T>
    auto end(std::optional<T>* value = nullptr) {
        return net::bind_executor(context_.get_executor(), [this, value](ferry::result<T> outcome) {
            if (!outcome) check(outcome.error());
            if (outcome && value) *value = std::move(*outcome);
            finish();
        });
    }
    auto end() {
        return net::bind_executor(context_.get_executor(), [this](ferry::result<void> outcome) {
            if (!outcome) check(outcome.error());
            finish();
        });
    }

public:
    attempt(net::io_context& context, std::shared_ptr<way_to_peer> const& way, fuzz::peer& peer)
        : context_(context),
          peer_(peer),
          flow_(ferry::make_engine(ferry::langflow::description(), options(), way)),
          cloud_(ferry::make_engine(ferry::llamacloud::description(), options(), way)) {}

    void run(unsigned kind) {
        static folder const files;
        std::optional<ferry::saved_file> saved;
        sink_.may_restart = kind % 2 == 0;
        switch (kind % 8) {
            case 0:
                flow_.files.get("id").async_write_to(sink_, end());
                break;
            case 1:
                cloud_.files.content("id").async_write_to(sink_, end());
                break;
            case 2:
                next_item();
                break;
            case 3:
                cloud_.files.create(ferry::from_memory(std::string_view("bytes"), "name"), "parse")
                    .async_send(end<ferry::llamacloud::models::file>());
                break;
            case 4:
                flow_.files.list().async_send(end<std::vector<ferry::langflow::models::file>>());
                break;
            case 5:
                cloud_.files.content("id").async_save_to(files.file(), end(&saved));
                break;
            case 6:
                flow_.flows.run("id").input_value("hello").async_send(
                    end<ferry::langflow::models::run_response>());
                break;
            default:
                flow_.files.get("id")
                    .expect_sha256(std::string(64, '0'))
                    .async_save_to(files.file(), end<ferry::saved_file>());
                break;
        }
        context_.run();
        fuzz::expect(ends_ == 1, "a call ends once");
        files.expect_nothing_but(saved);
    }

private:
    void next_item() {
        items_.async_next(net::bind_executor(context_.get_executor(), [this](auto item) {
            if (!item) return finish();
            if (!*item) check(item->error());
            fuzz::expect(++count_ < 1'000'000, "a list ends");
            next_item();
        }));
    }
    void finish() {
        ++ends_;
        peer_.stop();
    }

    net::io_context& context_;
    fuzz::peer& peer_;
    ferry::langflow::client flow_;
    ferry::llamacloud::client cloud_;
    ferry::item_range<ferry::llamacloud::files_list> items_{cloud_.files.list()};
    memory_sink sink_;
    std::size_t count_ = 0;
    int ends_ = 0;
};

/// The lowest free descriptor: it rises with each one that is left open.
int free_descriptor() {
    int const lowest = ::dup(0);
    ::close(lowest);
    return lowest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const kind = input.number();
    std::vector<std::string_view> answers;
    while (!input.empty()) answers.push_back(input.field());
    int const lowest = free_descriptor();
    {
        net::io_context context(1);
        fuzz::peer peer(context, std::move(answers));
        auto const way = std::make_shared<way_to_peer>(options(), peer.port());
        attempt(context, way, peer).run(kind);
        auto const counters = way->counters();
        fuzz::expect(counters.in_use == 0, "no connection is in use after the call");
    }
    fuzz::expect(free_descriptor() == lowest, "no descriptor is left open");
    return 0;
}
