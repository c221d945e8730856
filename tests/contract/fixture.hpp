// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What contract tests share: a mock server and clients of its users, both forms of a call, files to move.

#include "support/catch2.hpp"

#include <ferry/async.hpp>
#include <ferry/core/client_options.hpp>
#include <ferry/core/pager.hpp>
#include <ferry/mock/server.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry_test {

/// Whether the servers of this process speak TLS: environment FERRY_TEST_TLS=1. Every contract test runs both
/// ways.
bool over_tls();

/// The authority that signed this process's servers, as PEM text.
std::string const& authority_pem();
/// PEM files of a certificate for localhost and 127.0.0.1, and of its key.
std::string const& certificate_file();
std::string const& key_file();

/// Options that leave nothing to the environment: this URL, this key, no proxy, this process's authority.
ferry::client_options options_for(std::string base_url, std::string key);

/// A mock server with both services. Ready when constructed; each has its own state.
class service {
public:
    explicit service(ferry::mock::server_options options = {});

    /// For a client of the user with that key: `llx-alice`, `llx-bob`, `sk-alice`, `sk-bob`, `sk-root`.
    ferry::client_options options(std::string key) const;

    ferry::mock::server mock;
};

/// The two forms of a call. Tests run once with each: `sender const send(GENERATE(blocking, coroutine));`
enum call_form { blocking, coroutine };

/// Runs a coroutine to its end, on a context of its own; its exceptions come out.
void run(boost::asio::awaitable<void> todo);

namespace detail {

// Functions and no lambdas, because g++ 12 destroys captures of a temporary lambda too early.
template <class Call>
boost::asio::awaitable<void> await_send(Call const& call,
                                        std::optional<ferry::result<typename Call::value_type>>& outcome) {
    outcome = co_await call.async_send(boost::asio::use_awaitable);
}
template <class Call>
boost::asio::awaitable<void> await_response(
    Call const& call, std::optional<ferry::result<ferry::response<typename Call::value_type>>>& outcome) {
    outcome = co_await call.async_with_response(boost::asio::use_awaitable);
}
template <class Call>
boost::asio::awaitable<void> await_save(Call const& call, std::string path,
                                        std::optional<ferry::result<ferry::saved_file>>& outcome) {
    outcome = co_await call.async_save_to(std::move(path), boost::asio::use_awaitable);
}
template <class Call>
boost::asio::awaitable<void> await_items(Call const& call,
                                         std::vector<ferry::result<typename Call::item_type>>& items) {
    auto range = call.items();
    while (auto item = co_await range.async_next(boost::asio::use_awaitable))
        items.push_back(std::move(*item));
}

}  // namespace detail

/// Makes calls in one of the two forms.
class sender {
public:
    explicit sender(call_form form) : form_(form) {}

    template <class Call>
    ferry::result<typename Call::value_type> operator()(Call const& call) const {
        if (form_ == blocking) return call.send();
        std::optional<ferry::result<typename Call::value_type>> outcome;
        run(detail::await_send(call, outcome));
        return std::move(outcome).value();
    }
    template <class Call>
    ferry::result<ferry::response<typename Call::value_type>> with_response(Call const& call) const {
        if (form_ == blocking) return call.with_response();
        std::optional<ferry::result<ferry::response<typename Call::value_type>>> outcome;
        run(detail::await_response(call, outcome));
        return std::move(outcome).value();
    }
    template <class Call>
    ferry::result<ferry::saved_file> save(Call const& call, std::string const& path) const {
        if (form_ == blocking) return call.save_to(path);
        std::optional<ferry::result<ferry::saved_file>> outcome;
        run(detail::await_save(call, path, outcome));
        return std::move(outcome).value();
    }
    /// Everything that the walk over all pages yields; an error, if any, is the last element.
    template <class Call>
    std::vector<ferry::result<typename Call::item_type>> items(Call const& call) const {
        std::vector<ferry::result<typename Call::item_type>> all;
        if (form_ == blocking)
            for (auto& item : call.items()) all.push_back(std::move(item));
        else
            run(detail::await_items(call, all));
        return all;
    }

private:
    call_form form_;
};

/// The error of a call that has to have failed.
template <class T>
ferry::error error_of(ferry::result<T> const& outcome) {
    REQUIRE(outcome.has_error());
    INFO(outcome.error().message());
    CHECK_FALSE(outcome.error().message().empty());
    return outcome.error();
}

/// That the service refused with this status and these words.
void check_refusal(ferry::error const& why, int status, std::string const& detail);

/// That the service answered 422 with exactly this one issue.
void check_issue(ferry::error const& why, std::string const& location, std::string const& type,
                 std::string const& message);

/// An empty directory that is removed at the end.
class scratch_directory {
public:
    scratch_directory();
    ~scratch_directory();
    scratch_directory(scratch_directory const&) = delete;
    scratch_directory& operator=(scratch_directory const&) = delete;

    std::string path(std::string_view name) const { return (path_ / std::string(name)).string(); }
    /// Creates a file and returns its path.
    std::string write(std::string_view name, std::string_view bytes) const;
    std::string read(std::string_view name) const;
    /// The names of what is there, sorted.
    std::vector<std::string> names() const;

private:
    std::filesystem::path path_;
};

/// Bytes that look random, are different for each seed, and the same in every run.
std::string noise(std::size_t size, unsigned seed = 1);

}  // namespace ferry_test
