// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/description.hpp"
#include "ferry/engine/make_engine.hpp"
#include "ferry/json.hpp"
#include "ferry/testing/example_tests.hpp"
#include "ferry/testing/memory_transport.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <cstddef>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The part of the tests that `ferry-gen --tests` writes which calls a client's operations.

namespace ferry::inline FERRY_ABI::testing {

/// One call of an operation over a memory_transport that answers with an example, and what is expected of it.
class example_call {
public:
    /// \param name of the operation, for messages. \param description of the client's API
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

    // What the call returned.

    template <class T>
    void answered(result<T> const& got) {
        if (!got) fail(got.error().message());
    }
    void answered_text(result<std::string> const& got) {
        if (!got) return fail(got.error().message());
        if (*got != content_) fail("the answer was not returned as it came");
    }
    /// The value must be the same JSON as the answer. \param may_drop see json_difference
    template <class T>
    void answered_json(result<T> const& got, std::initializer_list<std::string_view> may_drop = {}) {
        if (!got) return fail(got.error().message());
        auto const text = to_json(*got);
        if (!text) return fail(text.error().message());
        tests_.compare(name_ + ", the answer", content_, *text, may_drop);
    }

    // What was asked.

    /// \param path decoded. Empty: not looked at
    void sent(std::string_view method, std::string_view path = {}) {
        if (asked().method != method) fail("was sent with " + asked().method);
        auto const target = boost::urls::parse_origin_form(asked().target);
        if (!target) return fail("the target is no path: " + asked().target);
        if (std::string const got = target->path(); !path.empty() && got != path)
            fail("expected the path " + std::string(path) + ", got " + got);
    }
    /// All values that the query has under this name, in their order.
    void sent_query(std::string_view name, std::initializer_list<std::string_view> values) {
        expect("the query parameter " + std::string(name), values, query_values(asked().target, name));
    }
    void sent_query_json(std::string_view name, std::string_view json) {
        auto const got = query_values(asked().target, name);
        if (got.size() != 1) return fail("expected the query parameter " + std::string(name));
        tests_.compare(name_ + ", the query parameter " + std::string(name), json, got[0]);
    }
    void sent_header(std::string_view name, std::string_view value) {
        expect("the header " + std::string(name), {value},
               {std::string(asked().headers.find(name).value_or(""))});
    }
    void sent_cookie(std::string_view name, std::string_view value) {
        auto const cookies = "; " + std::string(asked().headers.find("Cookie").value_or("")) + ";";
        if (cookies.find("; " + std::string(name) + "=" + std::string(value) + ";") == cookies.npos)
            fail("expected the cookie " + std::string(name) + "=" + std::string(value) + ", got " + cookies);
    }
    void sent_type(std::string_view media) {
        auto const got = std::string(asked().headers.find("Content-Type").value_or(""));
        if (!got.starts_with(media)) fail("expected Content-Type " + std::string(media) + ", got " + got);
    }
    void sent_json(std::string_view json, std::initializer_list<std::string_view> may_drop = {}) {
        tests_.compare(name_ + ", the body", json, asked().content, may_drop);
    }
    void sent_content(std::string_view content) {
        if (asked().content != content) fail("the body was not sent as it is");
    }
    void sent_form(std::string_view name, std::initializer_list<std::string_view> values) {
        sent_type("application/x-www-form-urlencoded");
        expect("the member " + std::string(name) + " of the form", values,
               query_values("/?" + asked().content, name));
    }
    void sent_part(std::string_view name, std::string_view content) {
        auto const head = "name=\"" + std::string(name) + "\"";
        auto const at = asked().content.find(head);
        if (at == std::string::npos) return fail("expected the part " + std::string(name));
        auto const begin = asked().content.find("\r\n\r\n", at);
        auto const got = std::string_view(asked().content).substr(begin + 4);
        if (!got.starts_with(content)) fail("the part " + std::string(name) + " has other content");
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

    static std::vector<std::string> query_values(std::string const& target, std::string_view name) {
        std::vector<std::string> found;
        auto const url = boost::urls::parse_origin_form(target);
        if (!url) return found;
        for (auto const& one : url->params())
            if (std::string_view(one.key) == name) found.push_back(one.value);
        return found;
    }

    /// Numbers may be spelled in another way.
    static bool same(std::string_view expected, std::string const& got) {
        if (expected == got) return true;
        std::string const text(expected);
        char* end_a = nullptr;
        char* end_b = nullptr;
        double const a = std::strtod(text.c_str(), &end_a);
        double const b = std::strtod(got.c_str(), &end_b);
        return !text.empty() && !got.empty() && *end_a == '\0' && *end_b == '\0' && a == b;
    }

    void expect(std::string const& what, std::initializer_list<std::string_view> values,
                std::vector<std::string> const& got) {
        bool good = values.size() == got.size();
        std::string wanted;
        std::string there;
        std::size_t i = 0;
        for (auto const value : values) {
            good = good && same(value, got[i++]);
            wanted += " '" + std::string(value) + "'";
        }
        for (auto const& one : got) there += " '" + one + "'";
        if (!good) fail("expected" + wanted + " as " + what + ", got" + (there.empty() ? " nothing" : there));
    }

    void fail(std::string const& why) { tests_.fail(name_, why); }

    example_tests& tests_;
    std::string name_;
    std::string content_;
    std::shared_ptr<memory_transport> service_;
    std::shared_ptr<ferry::engine> engine_;
    std::unique_ptr<received_request> asked_;
};

}  // namespace ferry::testing
