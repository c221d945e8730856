// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "worker.hpp"

#include <algorithm>
#include <stdexcept>

namespace soak {

std::string content::bytes() const {
    std::mt19937_64 random(seed);
    std::string result(size, '\0');
    for (std::size_t at = 0; at < size; at += 8) {
        std::uint64_t word = random();
        for (std::size_t i = at; i < (std::min)(at + 8, size); ++i, word >>= 8U)
            result[i] = static_cast<char>(word & 0xFFU);
    }
    return result;
}

worker::worker(setup how, headers identity)
    : how_(std::move(how)), identity_(std::move(identity)), random_(how_.number) {
    if (alone()) identity_.emplace_back("X-Ferry-Namespace", how_.name_space);
}

response worker::exchange(std::string const& method, std::string const& target, headers extra,
                          std::string const& body) {
    last_ = method + ' ' + target;
    if (!wire_ || lot(20) == 0) wire_.emplace(how_.port);
    extra.insert(extra.begin(), identity_.begin(), identity_.end());
    wire_->write(mock_test::request_bytes(method, target, extra, body));
    response answer = wire_->read(method == "HEAD");
    if (answer.status == 0 || !answer.complete) fail("the answer did not arrive");
    if (answer.header("connection") == "close") wire_.reset();
    return answer;
}

response worker::exchange_unnamed(std::string const& method, std::string const& target) {
    last_ = method + ' ' + target;
    return mock_test::client(how_.port).send(method, target);
}

response worker::exchange_json(std::string const& method, std::string const& target,
                               std::string const& body) {
    return exchange(method, target, {{"Content-Type", "application/json"}}, body);
}

response worker::exchange_form(std::string const& target, std::vector<part> const& parts) {
    std::string const type = std::string("multipart/form-data; boundary=") + mock_test::boundary;
    return exchange("POST", target, {{"Content-Type", type}}, mock_test::multipart(parts));
}

response worker::expect(int status, response answer) const {
    if (answer.status != status) {
        fail("expected " + std::to_string(status) + ", got " + std::to_string(answer.status) + ' ' +
             answer.body.substr(0, 500));
    }
    return answer;
}

void worker::break_off(std::string const& target) {
    mock_test::connection wire(how_.port);
    headers fields = identity_;
    fields.emplace_back("Content-Type", std::string("multipart/form-data; boundary=") + mock_test::boundary);
    fields.emplace_back("Content-Length", "1000000");
    wire.write(mock_test::request_bytes("POST", target, fields) + std::string(lot(200'000), 'x'));
}

std::size_t worker::lot(std::size_t below) {
    return static_cast<std::size_t>(random_() % below);
}

content worker::new_content() {
    // Mostly small; one in five beyond the size up to which uploads stay in memory.
    std::size_t const size = lot(5) == 0 ? 60'000 + lot(200'000) : 1 + lot(4000);
    return {random_(), size};
}

std::string worker::new_name() {
    return "w" + std::to_string(how_.number) + '-' + std::to_string(++counter_) + "-end.bin";
}

void worker::fail(std::string const& what) const {
    throw std::runtime_error(last_ + ": " + what);
}

}  // namespace soak
