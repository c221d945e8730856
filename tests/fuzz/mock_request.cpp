// Any bytes at the mock server's door: requests are the same in pieces as in one, and so are the texts,
// numbers and times in them.
#include "input.hpp"

#include <core/json.hpp>
#include <core/scalars.hpp>
#include <core/times.hpp>
#include <http/body_reader.hpp>
#include <http/channel.hpp>
#include <http/url.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>

namespace {

using namespace ferry::mock;

/// Two ends of a connection that keeps the pieces apart.
class socket_pair {
public:
    socket_pair() {
        fuzz::expect(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends_.data()) == 0, "there are sockets");
    }
    ~socket_pair() {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    socket_pair(socket_pair const&) = delete;

    /// False where there are more pieces than the socket holds.
    bool send(std::string_view text, std::string_view sizes) const {
        bool fits = true;
        fuzz::in_pieces(text, sizes, [&](std::string_view piece) {
            return fits = ::send(ends_[0], piece.data(), piece.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
                          static_cast<ssize_t>(piece.size());
        });
        ::shutdown(ends_[0], SHUT_WR);
        return fits;
    }
    int server() const noexcept { return ends_[1]; }

private:
    std::array<int, 2> ends_{};
};

void check_head(http_request const& request) {
    fuzz::expect(is_utf8(request.path), "a path is UTF-8");
    for (auto const& [name, value] : request.query)
        fuzz::expect(is_utf8(name) && is_utf8(value), "a query is UTF-8");
    for (auto const& [name, value] : request.headers)
        fuzz::expect(!name.empty() && value.find_first_of(std::string_view("\r\n\0", 3)) == value.npos,
                     "a field is a line");
    for (auto const& [name, value] : parse_query("x=" + percent_encode(request.path)))
        fuzz::expect(name == "x" && value == request.path, "what was encoded is decoded");
}

/// What the server understands of a connection, as text; nothing where the pieces do not fit.
std::optional<std::string> understood(std::string_view text, std::string_view sizes) {
    static auto const scratch = std::make_shared<scratch_directory const>();
    static stop_signal const stop;
    socket_pair sockets;
    if (!sockets.send(text, sizes)) return std::nullopt;
    channel connection(sockets.server(), nullptr, {.wait = std::chrono::seconds(5)}, stop);
    std::string said;
    for (bool more = true; more;) {
        auto const head = connection.read_head();
        said += "head " + std::to_string(static_cast<int>(head));
        if (head != channel::head_result::complete) break;
        auto request = parse_head(connection.head());
        connection.consume_head();
        if (!request) break;
        check_head(*request);
        auto const body = read_body(connection, *request, {2048, text.size() % 2 == 0}, scratch);
        fuzz::expect(request->body.size() <= 2048 && request->body.size() <= text.size(),
                     "a body has its limit");
        said += ' ' + request->method + ' ' + request->target + ' ' + std::to_string(request->headers.size());
        said += " body " + std::to_string(static_cast<int>(body)) + ' ' + request->body.text() +
                request->body_tail + '\n';
        more = body == body_result::complete && request->keep_alive;
    }
    return said;
}

void check_json(std::string_view text) {
    json_mistake mistake;
    auto const value = parse_json(text, mistake);
    if (!value) {
        fuzz::expect(!mistake.message.empty() && mistake.position <= code_points(text),
                     "a mistake has its place");
        return;
    }
    auto const written = to_text(*value);
    auto const again = parse_json(written);
    fuzz::expect(again.has_value(), "JSON that was written is read");
    // Boost's parser may be off in the last digit of a fraction.
    bool const fractions = written.find('.') != written.npos || written.find("e+") != written.npos ||
                           written.find("e-") != written.npos;
    fuzz::expect(fractions || to_text(*again) == written, "JSON that was written is read as it was");
}

void check_scalars(std::string_view text) {
    auto const uuid = parse_uuid(text);
    fuzz::expect(uuid ? parse_uuid(*uuid) == uuid : !uuid_mistake(text).empty(),
                 "a UUID is read, or refused with a reason");
    static_cast<void>(parse_boolean(text));
    static_cast<void>(parse_number(text));
    auto const whole = parse_integer(text);
    if (whole)
        fuzz::expect(parse_integer(std::to_string(*whole)) == whole, "an integer that was written is read");
    std::string mistake;
    auto const when = parse_date_time(text, mistake);
    fuzz::expect(when || !mistake.empty(), "a time is read, or refused with a reason");
    if (when)
        fuzz::expect(parse_date_time(utc_text(*when), mistake) == when, "a time that was written is read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const sizes = input.field();
    auto const text = input.rest();
    auto const joined = understood(text, sizes);
    auto const whole = understood(text, {});
    if (whole && joined) fuzz::expect(*whole == *joined, "pieces are understood as the whole is");
    check_json(text);
    check_scalars(text);
    return 0;
}
