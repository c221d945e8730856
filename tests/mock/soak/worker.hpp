// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// One client in a thread of its own, which knows what it stored.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "../client.hpp"

namespace soak {

using mock_test::headers;
using mock_test::part;
using mock_test::response;
namespace json = mock_test::json;

struct setup {
    int port;
    unsigned number;         ///< of the worker
    std::string name_space;  ///< empty: the default one, which others use too
};

/// What a stored file has to contain: bytes that only this seed makes.
struct content {
    std::uint64_t seed;
    std::size_t size;
    [[nodiscard]] std::string bytes() const;
};

class worker {
public:
    virtual ~worker() = default;

    /// One operation, drawn by lot. Throws std::runtime_error when an answer is not as it has to be.
    virtual void step() = 0;
    /// Checks everything, then deletes it.
    virtual void finish() = 0;

protected:
    worker(setup how, headers identity);

    /// Over a kept connection, mostly.
    response exchange(std::string const& method, std::string const& target, headers extra = {},
                      std::string const& body = {});
    /// The same without key and namespace, over a connection of its own: for signed URLs.
    response exchange_unnamed(std::string const& method, std::string const& target);
    response exchange_json(std::string const& method, std::string const& target, std::string const& body);
    response exchange_form(std::string const& target, std::vector<part> const& parts);
    /// As exchange(); throws unless the status is this one.
    response expect(int status, response answer) const;
    /// Starts an upload and leaves in the middle of it.
    void break_off(std::string const& target);

    [[nodiscard]] std::size_t lot(std::size_t below);
    [[nodiscard]] content new_content();
    [[nodiscard]] std::string new_name();
    [[nodiscard]] bool alone() const noexcept { return !how_.name_space.empty(); }

    [[noreturn]] void fail(std::string const& what) const;

    template <class Map>
    auto any_of(Map& map) {
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(lot(map.size())));
    }

private:
    setup how_;
    headers identity_;
    std::mt19937_64 random_;
    std::uint64_t counter_ = 0;
    std::string last_;  // request line, for messages
    std::optional<mock_test::connection> wire_;
};

[[nodiscard]] std::unique_ptr<worker> make_llamacloud_worker(setup how, bool alice);
[[nodiscard]] std::unique_ptr<worker> make_langflow_worker(setup how, bool alice);

}  // namespace soak
