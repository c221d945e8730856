// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"
#include "ferry/engine/make_engine.hpp"
#include "ferry/json.hpp"
#include "ferry/testing/detail/request_checks.hpp"
#include "ferry/testing/example_tests.hpp"
#include "ferry/testing/memory_transport.hpp"

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The part of the tests that `ferry-gen --tests` writes which calls a client's operations. As
/// example_tests.hpp, it changes with the generator.

namespace ferry::inline FERRY_ABI::testing {

/// One call of an operation over a memory_transport that answers with an example, and what is expected of it.
///
/// The client has the base URL `https://service.example`, `user:password` for every credential of the
/// description, and no retries.
///
/// \par Errors
/// What is not as expected is a failure of the tests, with the operation's name, and the call goes on. All
/// `sent…` functions throw `std::runtime_error` where nothing was sent; example_tests::run counts that, too.
///
/// \par Lifetime
/// Refers to the tests. The engine is shared, but asks no more than one answer.
///
/// \par Thread safety
/// Not synchronised: one thread at a time.
///
/// \par Example
/// ```cpp
/// tests.run("GET /files/{id}", [](example_tests& in) {
///     example_call call(in, "files.get", acme::description(), {200, R"({"id":"1"})", "application/json"});
///     acme::client client(call.engine());
///     auto request = client.files.get("1");
///     call.answered_json(request.send());
///     call.sent("GET", "/files/1");
/// });
/// ```
class example_call {
public:
    /// \param tests count the call and its failures
    /// \param name of the operation, for messages
    /// \param description of the client's API
    /// \param answer to the one request; a second one finds no connection
    example_call(example_tests& tests, std::string name, api_description const& description,
                 canned_response answer)
        : tests_(tests),
          name_(std::move(name)),
          content_(answer.content),
          service_(std::make_shared<memory_transport>(std::vector<canned_response>{std::move(answer)})) {
        client_options options;
        options.base_url = "https://service.example";
        for (auto const& one : description.credentials)
            options.credentials.emplace(one.scheme, "user:password");
        options.max_retries = 0;
        engine_ = make_engine(description, options, service_);
        tests_.count_call();
    }

    /// What the client is made of.
    std::shared_ptr<ferry::engine> engine() const { return engine_; }

    /// An argument from JSON. \throws std::runtime_error where it does not fit the type
    template <class T>
    T value(std::string_view json) const {
        auto made = from_json<T>(json);
        if (!made) throw std::runtime_error("an argument is not read: " + made.error().message());
        return std::move(made).value();
    }

    // What the call returned. An error is a failure of the tests.

    /// The call succeeded; the value is not looked at.
    template <class T>
    void answered(result<T> const& got) {
        if (!got) fail(got.error().message());
    }
    /// The value is the answer's content, byte by byte.
    void answered_text(result<std::string> const& got) {
        if (!got) return fail(got.error().message());
        if (*got != content_) fail("the answer was not returned as it came");
    }
    /// The value is the same JSON as the answer. \param may_drop see json_difference
    template <class T>
    void answered_json(result<T> const& got, std::initializer_list<std::string_view> may_drop = {}) {
        if (!got) return fail(got.error().message());
        auto const text = to_json(*got);
        if (!text) return fail(text.error().message());
        tests_.compare(name_ + ", the answer", content_, *text, may_drop);
    }

    // What was asked.

    /// The request line.
    /// \param method as it is sent
    /// \param path decoded, without the query. Empty: not looked at
    void sent(std::string_view method, std::string_view path = {}) {
        check(asked().method == method ? std::string() : "was sent with " + asked().method);
        check(detail::wrong_path(asked(), path));
    }
    /// All values that the query has under this name, decoded and in their order. Numbers may be spelled in
    /// another way.
    void sent_query(std::string_view name, std::initializer_list<std::string_view> values) {
        check(detail::wrong_values("the query parameter " + std::string(name), values,
                                   detail::query_values(asked().target, name)));
    }
    /// The query has one parameter of this name, and its value is this JSON.
    void sent_query_json(std::string_view name, std::string_view json) {
        auto const got = detail::query_values(asked().target, name);
        if (got.size() != 1) return fail("expected the query parameter " + std::string(name));
        tests_.compare(name_ + ", the query parameter " + std::string(name), json, got[0]);
    }
    /// The first field of this name has this value; a field that is not there counts as empty.
    void sent_header(std::string_view name, std::string_view value) {
        check(detail::wrong_values("the header " + std::string(name), {value},
                                   {detail::header_of(asked(), name)}));
    }
    /// The field `Cookie` has this pair among others.
    void sent_cookie(std::string_view name, std::string_view value) {
        check(detail::wrong_cookie(asked(), name, value));
    }
    /// `Content-Type` begins with `media`; parameters may follow, such as the boundary of a form.
    void sent_type(std::string_view media) { check(detail::wrong_type(asked(), media)); }
    /// The body is this JSON. \param may_drop see json_difference
    void sent_json(std::string_view json, std::initializer_list<std::string_view> may_drop = {}) {
        tests_.compare(name_ + ", the body", json, asked().content, may_drop);
    }
    /// The body is `content`, byte by byte.
    void sent_content(std::string_view content) {
        if (asked().content != content) fail("the body was not sent as it is");
    }
    /// The body is a form of `application/x-www-form-urlencoded` whose members of this name have these
    /// values, as in sent_query().
    void sent_form(std::string_view name, std::initializer_list<std::string_view> values) {
        sent_type("application/x-www-form-urlencoded");
        check(detail::wrong_values("the member " + std::string(name) + " of the form", values,
                                   detail::query_values("/?" + asked().content, name)));
    }
    /// The form has a part of this name whose content begins with `content`.
    void sent_part(std::string_view name, std::string_view content) {
        check(detail::wrong_part(asked(), name, content));
    }

private:
    received_request const& asked() {
        if (!asked_) {
            auto all = service_->requests();
            if (all.empty()) throw std::runtime_error("nothing was sent");
            asked_ = std::make_unique<received_request>(std::move(all.front()));
        }
        return *asked_;
    }

    void fail(std::string const& why) { tests_.fail(name_, why); }
    void check(std::string const& wrong) {
        if (!wrong.empty()) fail(wrong);
    }

    example_tests& tests_;
    std::string name_;
    std::string content_;
    std::shared_ptr<memory_transport> service_;
    std::shared_ptr<ferry::engine> engine_;
    std::unique_ptr<received_request> asked_;
};

}  // namespace ferry::testing
