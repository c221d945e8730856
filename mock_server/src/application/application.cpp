// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application/application.hpp"

#include "application/admin.hpp"
#include "application/near_miss.hpp"
#include "core/redaction.hpp"
#include "core/response_check.hpp"
#include "core/responses.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

namespace ferry::mock {
namespace {

using std::chrono::steady_clock;

/// Whether the request met nothing, or was refused; not where it was only sent to the path with the slash
/// toggled.
bool misses(exchange const& on, int status) {
    if (on.target.found == nullptr) return status != 307;
    return status == 401 || status == 403 || status == 404 || status == 405;
}

journal_body beginning(blob const& content, std::uint64_t whole, std::size_t length) {
    return {whole, content.slice(0, length).text()};
}

}  // namespace

body_limit application::limit_for(http_request const& head) const {
    if (is_admin(head)) return admin_limit(*all_, head);
    return all_->default_one()->service_for(head).limit_for(head);  // all namespaces have the same options
}

/// Signed links are followed by clients that do not send our header, so they name the namespace themselves.
std::string_view application::namespace_of(http_request const& request) const {
    if (std::string const* const named = request.header(namespace_field)) return *named;
    std::string const* const named = last_value(request.query, namespace_field);
    if (named == nullptr || !all_->default_one()->service_for(request).is_signed_link(request)) return {};
    return *named;
}

reply application::handle(http_request& request) {
    try {
        std::string_view const name = namespace_of(request);
        if (is_admin(request)) return administer(*all_, name, request);
        return answer(*all_->find(name), request);
    } catch (namespace_error const& error) {
        return json_response(400, json::object{{"error", error.what()}});
    } catch (std::exception const& error) {
        return json_response(500, json::object{{"message", error.what()}});
    }
}

reply application::answer(name_space_contents& home, http_request& request) {
    journal_entry entry;
    entry.time = std::chrono::system_clock::now();
    auto const start = steady_clock::now();
    service& asked = home.service_for(request);
    exchange on{asked, request, asked.find(request)};
    home.shared.clock.tick();
    auto const who = [&] { return asked.identity_of(request); };
    std::optional<fault> const rule = home.faults.take(request, who);
    reply result = meet(home, on, rule);
    if (on.target.found != nullptr && !on.identity) on.identity = who();
    if (rule) {
        entry.fault = effects_of(*rule);
    } else if (misses(on, result.response.status)) {
        entry.hint = explain_miss(*all_, home, on, result.response.status);
        if (!entry.hint.empty()) result.response.with("X-Ferry-Hint", entry.hint);
    }
    entry.duration_us = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start);
    record(home, request, on, result.response, std::move(entry));
    return result;
}

reply application::meet(name_space_contents& home, exchange& on, std::optional<fault> const& rule) {
    if (!rule) return serve(home, on);
    on.storage = rule->storage;
    std::optional<http_response> prepared = answer_of(*rule);
    reply result(prepared ? *std::move(prepared) : serve(home, on), delivery_of(*rule));
    on.service.complete(result.response);
    return result;
}

/// The service's answer; where it is to be checked and deviates, what is wrong with it.
http_response application::serve(name_space_contents& home, exchange& on) {
    try {
        http_response response = on.service.serve(on);
        if (response.stream) response.stream->require_readable();
        answers_.add(on.request, response);
        route const* const operation = on.target.found;
        if (!all_->options().check_responses || operation == nullptr) return response;
        std::vector<finding> const findings = check_response(*operation, response);
        if (findings.empty()) return response;
        home.shared.deviations.add_response(*operation, on.request, response.status, findings);
        return explain_response(*operation, findings);
    } catch (std::exception const& error) {
        return json_response(500, json::object{{"message", error.what()}});
    }
}

/// Takes from the request what its connection does not need any more.
void application::record(name_space_contents& home, http_request& request, exchange& on,
                         http_response const& response, journal_entry entry) {
    server_options const& options = all_->options();
    if (options.journal_entries == 0 && !options.observer) return;
    entry.name_space = home.shared.name_space;
    entry.method = request.method;
    entry.target = std::move(request.target);
    entry.path = std::move(request.path);
    entry.query = std::move(request.query);
    entry.headers = std::move(request.headers);
    entry.parts = std::move(on.parts);
    entry.body = beginning(request.body, (std::max)(request.body.size(), request.body_received),
                           options.journal_body_limit);
    if (on.target.found != nullptr)
        (entry.operation = on.service.name()).append(".").append(on.target.found->operation);
    entry.identity = std::move(on.identity).value_or("");
    entry.status = response.status;
    entry.response_headers = response.headers;
    entry.response_body = {response.stream ? response.length.value_or(0) : response.body.size(),
                           response.body.substr(0, options.journal_body_limit)};
    if (!options.observer) {
        home.journal.record(std::move(entry));
        return;
    }
    journal_entry told = entry;
    told.number = home.journal.record(std::move(entry));
    redact(told);
    options.observer(told);
}

}  // namespace ferry::mock
