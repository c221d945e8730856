// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// One service's operations: finds the route, reads the body, lets the guards decide in the order in which
// FastAPI runs them, validates, and calls the behaviour that was bound to the operation.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "deviations.hpp"
#include "json.hpp"
#include "schema.hpp"
#include "validate.hpp"

namespace ferry::mock {

/// Thrown by behaviour and guards to end a request with this response.
struct http_error {
    http_response response;

    explicit http_error(http_response answer) : response(std::move(answer)) {}
    /// `{"detail": …}`
    http_error(int status, json::value detail);
};

[[nodiscard]] http_response json_response(int status, json::value const& body);
[[nodiscard]] http_response empty_response(int status);

[[nodiscard]] string_pairs parse_cookies(http_request const& request);

/// A request on its way to the behaviour bound to its operation. Values are validated before `behaviour`
/// runs.
class call {
public:
    call(http_request const& sent, route const& found) : request(sent), target(found) {}

    http_request const& request;
    route const& target;
    request_values values;

    /// A path parameter; UUIDs in their canonical spelling.
    [[nodiscard]] std::string path(std::string_view name) const;
    /// Query parameters: absent stays absent, text is as sent.
    [[nodiscard]] std::optional<std::string> query(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> query_list(std::string_view name) const;
    [[nodiscard]] bool query_flag(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> query_integer(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> query_time(std::string_view name) const;

    /// The JSON body as an object; empty when there was none.
    [[nodiscard]] json::object const& body() const;
    /// The part that counts, nullptr when it is absent or an empty plain field.
    [[nodiscard]] form_part const* part(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> part_text(std::string_view name) const;
};

using guard = std::function<void(call&)>;

struct operation {
    std::function<http_response(call&)> behaviour;
    guard before_auth{};        ///< looks at path values that may be invalid
    guard before_validation{};  ///< runs when the path values are valid, even if the rest is not
    bool reads_body_itself = false;
};

class api {
public:
    /// `authenticate` runs for routes that are not open and throws http_error. `prepare` may rewrite values
    /// (query).
    api(std::span<route const> routes, guard authenticate, guard prepare = {});

    /// Throws std::logic_error when no route has that name.
    void bind(std::string_view name, operation how);
    /// Names of operations without behaviour; empty when all is in place.
    [[nodiscard]] std::vector<std::string> unbound() const;

    /// The answer, including 404, 405, 422 and the redirect to the path with the slash toggled.
    [[nodiscard]] http_response serve(http_request const& request) const;
    [[nodiscard]] bool knows(http_request const& request) const;
    /// The route that takes this method and path; nullptr when there is none.
    [[nodiscard]] route const* find_route(http_request const& request) const;
    [[nodiscard]] std::span<route const> routes() const noexcept { return routes_; }

    /// From now on, requests that the service accepts but the description does not have are refused (422) and
    /// noted there.
    void be_strict(deviation_log& log) { strict_ = &log; }

private:
    struct match {
        route const* found = nullptr;
        string_pairs values;
        std::string_view
            allowed{};  ///< when only the method was wrong: what the first route with that path takes
    };
    [[nodiscard]] match find(std::string_view method, std::string_view path) const;
    [[nodiscard]] http_response run(call& current, operation const& how) const;
    static void read_body(call& current);
    void require_description(call const& current) const;

    std::span<route const> routes_;
    guard authenticate_;
    guard prepare_;
    std::unordered_map<route const*, operation> operations_;
    deviation_log* strict_ = nullptr;
};

}  // namespace ferry::mock
