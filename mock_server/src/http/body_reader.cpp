// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/body_reader.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace ferry::mock {
namespace {

constexpr std::size_t block = 64 * 1024;
constexpr std::size_t longest_line = 8 * 1024;
constexpr int most_trailers = 100;
constexpr std::size_t longest_tail = 128;

class collector {
public:
    collector(channel& connection, http_request& request, body_limit limit,
              std::shared_ptr<scratch_directory const> const& scratch)
        : connection_(connection),
          request_(request),
          limit_(limit),
          bytes_(std::make_shared<spool>(scratch)) {}

    body_result take(std::uint64_t count) {
        while (count != 0) {
            std::string_view const piece =
                connection_.read_some(static_cast<std::size_t>((std::min)(count, std::uint64_t{block})));
            if (piece.empty()) return why_it_ended();
            count -= piece.size();
            request_.body_received += piece.size();
            if (limit_.hear_out) keep_tail(piece);
            if (request_.body_received > limit_.bytes) {
                request_.body_too_large = true;
                if (!limit_.hear_out) return body_result::too_large;
            } else {
                bytes_->append(piece);
            }
        }
        return body_result::complete;
    }

    body_result take_chunked() {
        std::string line;
        for (;;) {
            if (!connection_.read_line(line, longest_line)) return why_it_ended();
            // A bare CR would be the end of the line for others.
            if (std::any_of(line.begin(), line.end(), is_control)) return body_result::malformed;
            std::uint64_t size = 0;
            auto const [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
            if (error != std::errc{}) return body_result::malformed;
            std::string_view const rest =
                trim({end, static_cast<std::size_t>(line.data() + line.size() - end)});
            if (!rest.empty() && rest.front() != ';') return body_result::malformed;
            if (size == 0) break;
            if (body_result const taken = take(size); taken != body_result::complete) return taken;
            if (!connection_.read_line(line, 2)) return why_it_ended();
            if (!line.empty()) return body_result::malformed;
        }
        for (int trailers = 0; trailers <= most_trailers; ++trailers) {
            if (!connection_.read_line(line, longest_line)) return why_it_ended();
            if (line.empty()) return body_result::complete;
            if (!is_field(line)) return body_result::malformed;
        }
        return body_result::malformed;
    }

    void finish() {
        bytes_->seal();
        request_.body = blob(std::move(bytes_));
    }

private:
    void keep_tail(std::string_view piece) {
        std::string& tail = request_.body_tail;
        tail += piece.substr(piece.size() - (std::min)(piece.size(), longest_tail));
        if (tail.size() > longest_tail) tail.erase(0, tail.size() - longest_tail);
    }

    [[nodiscard]] body_result why_it_ended() const {
        if (connection_.ran_out_of_time()) return body_result::late;
        return connection_.usable() ? body_result::malformed : body_result::lost;
    }

    channel& connection_;
    http_request& request_;
    body_limit limit_;
    std::shared_ptr<spool> bytes_;
};

/// Whether the headers that frame the message leave more than one reading: two lengths, two codings (also
/// twice the same, which would be chunks within chunks), or one of each, or chunks from before there were
/// any.
bool is_ambiguous(http_request const& request) {
    std::string const* length = nullptr;
    int codings = 0;
    for (auto const& [name, value] : request.headers) {
        if (equal_ignoring_case(name, "transfer-encoding")) ++codings;
        if (!equal_ignoring_case(name, "content-length")) continue;
        if (length != nullptr && *length != value) return true;
        length = &value;
    }
    return codings > 1 || (codings == 1 && (length != nullptr || request.http_1_0));
}

}  // namespace

body_result read_body(channel& connection, http_request& request, body_limit limit,
                      std::shared_ptr<scratch_directory const> const& scratch) {
    std::string const* const coding = request.header("transfer-encoding");
    std::string const* const length = request.header("content-length");
    if (is_ambiguous(request)) return body_result::malformed;
    if (coding == nullptr && (length == nullptr || *length == "0")) return body_result::complete;

    std::uint64_t declared = 0;
    if (coding != nullptr) {
        if (!equal_ignoring_case(*coding, "chunked")) return body_result::malformed;
    } else {
        std::optional<std::uint64_t> const size = whole_number<std::uint64_t>(*length);
        if (!size) return body_result::malformed;
        declared = *size;
    }
    if (declared > limit.bytes && !limit.hear_out) {
        request.body_received = declared;
        request.body_too_large = true;
        return body_result::too_large;
    }
    if (equal_ignoring_case(request.header_or_empty("expect"), "100-continue")) {
        connection.write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    connection.begin_body();
    collector body(connection, request, limit, scratch);
    body_result const outcome = coding != nullptr ? body.take_chunked() : body.take(declared);
    body.finish();
    if (outcome == body_result::complete && request.body_too_large) return body_result::too_large;
    return outcome;
}

}  // namespace ferry::mock
