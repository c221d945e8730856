// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The control surface under /_ferry/: for tests, without credentials, for loopback peers.
#include <array>
#include <stdexcept>

#include "application.hpp"

namespace ferry::mock {
namespace {

struct admin_path {
    std::string_view path;
    std::string_view methods;
};
constexpr std::array<admin_path, 3> paths{{
    {"/_ferry/reset", "POST"},
    {"/_ferry/faults", "GET, POST, DELETE"},
    {"/_ferry/state", "GET"},
}};

http_response explain(int status, std::string const& text) {
    return json_response(status, json::object{{"error", text}});
}

http_response not_found(http_request const& request) {
    for (admin_path const& known : paths) {
        if (known.path != request.path) continue;
        std::string const methods(known.methods);
        return explain(405, request.method + " is not for " + request.path + "; use " + methods)
            .with("Allow", methods);
    }
    std::string known;
    for (admin_path const& item : paths) known += (known.empty() ? "" : ", ") + std::string(item.path);
    return explain(404, "there is no " + request.path + "; there are " + known);
}

}  // namespace

http_response application::administer(http_request const& request) {
    if (!request.from_loopback) return explain(403, "admin paths answer loopback peers only");
    bool const is_post = request.method == "POST";
    if (request.path == "/_ferry/reset" && is_post) {
        reset();
        return empty_response(204);
    }
    if (request.path == "/_ferry/state" && request.method == "GET") {
        json::object state;
        state["llamacloud"] = llamacloud_.state();
        state["langflow"] = langflow_.state();
        return json_response(200, state);
    }
    if (request.path != "/_ferry/faults") return not_found(request);
    if (is_post) return add_faults(request);
    if (request.method == "GET") return json_response(200, faults.describe());
    if (request.method != "DELETE") return not_found(request);
    faults.clear();
    return empty_response(204);
}

http_response application::add_faults(http_request const& request) {
    std::optional<json::value> const body = parse_json(request.body.text());
    if (!body) return explain(400, "the body is not JSON; send one fault or an array of them");
    std::vector<fault> rules;
    try {
        if (json::array const* const several = body->if_array()) {
            for (json::value const& item : *several) rules.push_back(fault_from_json(item));
        } else {
            rules.push_back(fault_from_json(*body));
        }
    } catch (std::invalid_argument const& error) {
        return explain(400, error.what());
    }
    for (fault& rule : rules) faults.add(std::move(rule));
    return json_response(201, faults.describe());
}

}  // namespace ferry::mock
