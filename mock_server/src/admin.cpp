// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The control surface under /_ferry/: for tests, without credentials, for loopback peers.
#include <array>

#include "application.hpp"
#include "core/api.hpp"
#include "core/document.hpp"

namespace ferry::mock {
namespace {

struct admin_path {
    std::string_view path;
    std::string_view methods;
};
constexpr std::uint64_t largest_content = 1024 * 1024;  // of one file in an exported state

constexpr std::array<admin_path, 4> paths{{
    {"/_ferry/reset", "POST"},
    {"/_ferry/faults", "GET, POST, DELETE"},
    {"/_ferry/state", "GET, POST"},
    {"/_ferry/clock", "GET, POST"},
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

json::value json_body(http_request const& request) {
    json_mistake mistake;
    std::optional<json::value> body = parse_json(request.body.text(), mistake);
    if (body) return *std::move(body);
    throw document_error(
        {}, "the body is not JSON: " + mistake.message + " at character " + std::to_string(mistake.position));
}

http_response add_faults(fault_book& book, http_request const& request) {
    json::value const body = json_body(request);
    std::vector<fault> rules;
    if (json::array const* const several = body.if_array()) {
        for (json::value const& item : *several) {
            rules.push_back(fault_from_json(document(item, '/' + std::to_string(rules.size()))));
        }
    } else {
        rules.push_back(fault_from_json(document(body)));
    }
    for (fault& rule : rules) book.add(std::move(rule));
    return json_response(201, book.describe());
}

json::object state_of(world& home) {
    json::object result;
    result["llamacloud"] = home.llamacloud.state(largest_content);
    result["langflow"] = home.langflow.state(largest_content);
    return result;
}

/// A service that the document does not name stays as it is.
void load(world& home, json::value const& body) {
    document source(body);
    json::value const* const llamacloud = source.any("llamacloud");
    json::value const* const langflow = source.any("langflow");
    source.finish();
    if (llamacloud != nullptr) home.llamacloud.load(document(*llamacloud, "/llamacloud"));
    if (langflow != nullptr) home.langflow.load(document(*langflow, "/langflow"));
}

http_response load_state(world& home, http_request const& request) {
    json::value const body = json_body(request);
    world rehearsal(home.shared.options, home.shared.space, home.shared.scratch);
    load(rehearsal, body);  // a mistake in one service must leave the other alone
    load(home, body);
    return empty_response(204);
}

json::object describe(clock& time) {
    clock::setting const now = time.describe();
    json::object result{{"now", utc_text(now.now)}, {"fixed", now.fixed}};
    result["offset_s"] = static_cast<double>(now.offset) / static_cast<double>(second);
    result["step_ms"] = now.step / 1000;
    return result;
}

http_response set_clock(clock& time, http_request const& request) {
    json::value const body = json_body(request);
    document source(body);
    std::optional<std::int64_t> const fixed = source.time_if("now");
    std::optional<std::int64_t> const advance = source.integer_if("advance_s");
    std::optional<std::uint64_t> const step = source.count_if("step_ms");
    bool const follow = source.flag_if("real").value_or(false);
    source.finish();
    if (follow) time.follow();
    if (fixed) time.fix(*fixed);
    if (advance) time.advance(*advance * second);
    if (step) time.step(static_cast<std::int64_t>(*step) * 1000);
    return json_response(200, describe(time));
}

}  // namespace

http_response application::administer(world& home, http_request const& request) {
    if (!request.from_loopback) return explain(403, "admin paths answer loopback peers only");
    bool const is_get = request.method == "GET";
    bool const is_post = request.method == "POST";
    try {
        if (request.path == "/_ferry/reset" && is_post) {
            std::string const* const all = last_value(request.query, "all");
            if (all != nullptr && *all == "true") {
                worlds.reset_all();
            } else {
                worlds.reset(home.shared.space);
            }
            return empty_response(204);
        }
        if (request.path == "/_ferry/state" && is_get) return json_response(200, state_of(home));
        if (request.path == "/_ferry/state" && is_post) return load_state(home, request);
        if (request.path == "/_ferry/clock" && is_get) return json_response(200, describe(home.shared.clock));
        if (request.path == "/_ferry/clock" && is_post) return set_clock(home.shared.clock, request);
        if (request.path == "/_ferry/faults" && is_post) return add_faults(home.faults, request);
        if (request.path == "/_ferry/faults" && is_get) return json_response(200, home.faults.describe());
        if (request.path == "/_ferry/faults" && request.method == "DELETE") {
            home.faults.clear();
            return empty_response(204);
        }
    } catch (document_error const& error) {
        json::object answer{{"error", error.what()}};
        answer["pointer"] = error.pointer();
        return json_response(400, answer);
    }
    return not_found(request);
}

}  // namespace ferry::mock
