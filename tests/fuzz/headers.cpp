// Any bytes as an answer, and any fields as a request: an answer is the same in pieces as in one, and a
// request that is not refused arrives at the mock server as it was given.
#include "input.hpp"

#include <ferry/core/detail/text.hpp>
#include <ferry/transports/detail/request_writer.hpp>
#include <ferry/transports/detail/response_parser.hpp>
#include <http/message.hpp>

#include <vector>

namespace {

namespace http = boost::beast::http;

struct answer final : ferry::response_handler {
    int status = 0;
    ferry::header_fields headers;
    std::string content;
    int heads = 0;
    bool complete = false;
    bool refused = false;

    ferry::result<void> on_head(int code, ferry::header_fields&& fields) override {
        fuzz::expect(++heads == 1, "there is one head");
        fuzz::expect(code >= 200 && code <= 999, "a final status");
        status = code;
        headers = std::move(fields);
        return {};
    }
    ferry::result<void> on_content(std::string_view piece) override {
        fuzz::expect(heads == 1 && !piece.empty(), "content follows the head");
        content += piece;
        return {};
    }
};

/// As the exchange does it: what the parser leaves comes again with the next piece.
void read(answer& got, std::string_view text, std::string_view sizes, bool without_content) {
    // Beyond any input: whether a head that ends at the limit is refused depends on its pieces.
    constexpr std::uint32_t header_limit = 1 << 20;
    ferry::detail::response_parser parser(&got, header_limit, without_content);
    std::string unread;
    fuzz::in_pieces(text, sizes, [&](std::string_view piece) {
        unread += piece;
        while (!unread.empty() && !parser.is_done()) {
            boost::system::error_code ec;
            unread.erase(0, parser.put(boost::asio::buffer(unread), ec));
            if (ec == http::error::need_more) return true;
            if (ec) return !(got.refused = true);
        }
        return !parser.is_done();
    });
    if (!got.refused && !parser.is_done() && parser.head_delivered() && parser.need_eof()) {
        boost::system::error_code ec;
        parser.put_eof(ec);
        got.refused = ec.failed();
    }
    got.complete = !got.refused && parser.is_done();
    fuzz::expect(parser.content_received() == got.content.size(), "all content is handed on");
    if (got.complete && parser.content_expected() && !without_content)
        fuzz::expect(got.content.size() == *parser.content_expected(), "all content came");
    for (auto const& [name, value] : got.headers)
        fuzz::expect(ferry::detail::is_token(name) && !ferry::detail::has_line_break(value),
                     "fields have one line");
}

void check_answer(std::string_view text, std::string_view sizes, bool without_content) {
    answer whole;
    answer joined;
    read(whole, text, {}, without_content);
    read(joined, text, sizes, without_content);
    fuzz::expect(whole.complete == joined.complete, "pieces are read as the whole is");
    if (!whole.complete) return;
    fuzz::expect(whole.status == joined.status && whole.content == joined.content &&
                     std::equal(whole.headers.begin(), whole.headers.end(), joined.headers.begin(),
                                joined.headers.end()),
                 "pieces make the answer of the whole");
}

std::string written(ferry::http_request const& request) {
    ferry::detail::request_writer writer(request, request.target, "");
    std::string text;
    while (!writer.done()) {
        auto const pieces = writer.next();
        fuzz::expect(pieces.has_value(), "a request can be written");
        for (auto const& piece : *pieces) {
            text.append(static_cast<char const*>(piece.data()), piece.size());
            writer.consume(piece.size());
        }
    }
    return text;
}

void check_request(ferry::http_request const& request) {
    if (ferry::detail::refuse(request)) return;
    auto const text = written(request);
    auto const end = text.find("\r\n\r\n");
    fuzz::expect(end != text.npos && text.substr(end + 4) == request.content, "the content follows the head");
    auto const got = ferry::mock::parse_head(std::string_view(text).substr(0, end + 4));
    if (!request.target.starts_with('/')) return;
    fuzz::expect(got.has_value(), "the head can be read");
    fuzz::expect(got->method == request.method && got->target == request.target, "the first line arrives");
    for (auto const& sent : request.headers) {
        auto const arrived = std::any_of(got->headers.begin(), got->headers.end(), [&](auto const& field) {
            return field.first == sent.first && field.second == ferry::detail::trim(sent.second);
        });
        fuzz::expect(arrived, "each field arrives");
    }
    auto const own = request.has_body() || request.method == "POST" || request.method == "PUT" ||
                     request.method == "PATCH";
    fuzz::expect(got->headers.size() == request.headers.size() + 1 + own, "no other field arrives");
}

void check_fields(ferry::header_fields fields, std::string const& name) {
    auto const first = fields.find(name);
    fuzz::expect(first.has_value() == fields.contains(name), "a field that is there is found");
    fields.set(name, "new");
    fuzz::expect(fields.find(name) == "new", "a field that was set is found");
    fields.erase(name);
    fuzz::expect(!fields.contains(name), "a field that was erased is gone");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const kind = input.number() % 4;
    if (kind < 2) {
        auto const sizes = input.field();
        check_answer(input.rest(), sizes, kind == 1);
        return 0;
    }
    ferry::http_request request;
    request.method = input.field();
    request.origin = {"http", "example.com", 80};
    request.target = input.field();
    if (kind == 3) request.content = input.field();
    while (!input.empty()) {
        std::string name(input.field());
        request.headers.add(std::move(name), std::string(input.field()));
    }
    check_request(request);
    if (!request.headers.empty()) check_fields(request.headers, request.headers.begin()->first);
    return 0;
}
