// Ctrl-C ends all that a program does with a service: one stop token for the client, a signal requests the
// stop.
#include "support/report.hpp"

#include <ferry/langflow.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <stop_token>
#include <thread>

namespace net = boost::asio;

namespace {

/// Requests a stop when the user presses Ctrl-C, or somebody ends the program.
class interrupt {
public:
    interrupt() {
        signals_.async_wait([this](boost::system::error_code failed, int) {
            if (!failed) stop_.request_stop();
        });
        listener_ = std::jthread([this] { context_.run(); });
    }
    ~interrupt() { context_.stop(); }

    std::stop_token token() const { return stop_.get_token(); }

private:
    std::stop_source stop_;
    net::io_context context_;
    net::signal_set signals_{context_, SIGINT, SIGTERM};
    std::jthread listener_;  // ends before what it uses
};

}  // namespace

int main() {
    demo::report report("Ctrl-C");
    interrupt const pressed;
    ferry::client_options options;
    options.stop_token = pressed.token();
    ferry::langflow::client const langflow(options);

    // A file without end, and a user who has seen enough of it.
    auto const endless = ferry::from_callback(
        [](char* to, std::size_t size) {
            std::fill(to, to + size, 'x');
            return size;
        },
        "endless.txt");
    auto const press = [](ferry::transfer_progress const& now) {
        if (now.bytes > 0) std::raise(SIGINT);
    };
    auto const upload = langflow.files.upload(endless).progress(press).send();
    report.step("an upload ends", upload.error() == ferry::error_kind::cancelled, upload.error().message());

    auto const after = langflow.files.list().send();
    report.step("and no other call begins", after.error() == ferry::error_kind::cancelled,
                after.error().message());
    return report.exit_code();
}
