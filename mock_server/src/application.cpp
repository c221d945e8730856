// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application.hpp"

#include <chrono>
#include <exception>

#include "admin.hpp"
#include "core/api.hpp"
#include "core/redaction.hpp"
#include "core/response_check.hpp"
#include "near_miss.hpp"

namespace ferry::mock {
namespace {

constexpr std::string_view namespace_field = "X-Ferry-Namespace";
constexpr std::string_view hint_field = "X-Ferry-Hint";
constexpr std::uint64_t mebibyte = 1024 * 1024;
constexpr std::uint64_t largest_admin_body = 64 * mebibyte;

/// Signed URLs are fetched by clients that do not send our header, so they name the namespace themselves.
std::string_view namespace_of(http_request const& request) {
    if (std::string const* const named = request.header(namespace_field)) return *named;
    static constexpr std::string_view storage = llamacloud::signed_urls::prefix;
    if (std::string_view(request.path).substr(0, storage.size()) != storage) return {};
    std::string const* const named = last_value(request.query, namespace_field);
    return named == nullptr ? std::string_view{} : std::string_view{*named};
}

/// Whether the request met nothing, or was refused; not where it was only sent to the path with the slash
/// toggled.
bool misses(request_notes const& notes, http_response const& response) {
    if (notes.operation.empty()) return response.status != 307;
    return response.status == 401 || response.status == 403 || response.status == 404 ||
           response.status == 405;
}

/// What a request was about whose service was not asked or did not come that far.
void complete(request_notes& notes, world& home, http_request const& request) {
    if (!notes.operation.empty()) return;
    route const* const found = find_route(home, request);
    if (found == nullptr) return;
    notes.operation = found->operation;
    notes.open = found->open;
    notes.identity = home.identity_of(request);
}

std::string beginning(blob const& content, std::size_t length) {
    if (content.size() == 0 || length == 0) return {};
    return content.slice(0, (std::min)(content.size(), std::uint64_t{length})).text();
}

}  // namespace

body_limit application::limit_for(http_request const& head) const {
    if (is_admin(head)) return {largest_admin_body};
    std::shared_ptr<world> const any = worlds_->default_one();  // all have the same options
    if (any->llamacloud.knows(head)) return any->llamacloud.limit_for(head);
    return any->langflow.limit_for(head);
}

http_response application::handle(http_request& request) {
    try {
        std::string_view const space = namespace_of(request);
        if (is_admin(request)) return administer(*worlds_, space, request);
        return exchange(*worlds_->find(space), request);
    } catch (namespace_error const& error) {
        return json_response(400, json::object{{"error", error.what()}});
    } catch (std::exception const& error) {
        return json_response(500, json::object{{"message", error.what()}});
    }
}

http_response application::exchange(world& home, http_request& request) {
    journal_entry entry;
    entry.time = std::chrono::system_clock::now();
    auto const start = std::chrono::steady_clock::now();
    request_notes notes;
    request.notes = &notes;
    home.shared.clock.tick();
    auto const who = [&] { return home.identity_of(request); };
    std::optional<fault> const rule = home.faults.take(request, who);
    http_response response = meet(home, request, rule);
    complete(notes, home, request);
    if (rule) {
        entry.fault = effects_of(*rule);
    } else if (misses(notes, response)) {
        entry.hint = explain_miss(*worlds_, home, request, response);
        if (!entry.hint.empty()) response.with(std::string(hint_field), entry.hint);
    }
    entry.duration =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    record(home, request, response, std::move(entry));
    request.notes = nullptr;
    return response;
}

http_response application::meet(world& home, http_request& request, std::optional<fault> const& rule) {
    if (!rule) return serve(home, request);
    request.storage = rule->storage;
    std::optional<http_response> prepared = answer_of(*rule);
    http_response response = prepared ? *std::move(prepared) : serve(home, request);
    if (home.llamacloud.knows(request)) home.llamacloud.add_correlation_id(response);
    apply(*rule, response);
    return response;
}

http_response application::serve(world& home, http_request& request) {
    try {
        return checked(
            home, request,
            home.llamacloud.knows(request) ? home.llamacloud.serve(request) : home.langflow.serve(request));
    } catch (std::exception const& error) {
        return json_response(500, json::object{{"message", error.what()}});
    }
}

/// The answer, or what is wrong with it.
http_response application::checked(world& home, http_request const& request, http_response response) {
    exchanges_.add(request, response);
    if (!worlds_->options().check_responses) return response;
    route const* const operation = home.llamacloud.knows(request) ? home.llamacloud.operation_of(request)
                                                                  : home.langflow.operation_of(request);
    if (operation == nullptr) return response;
    std::vector<finding> const findings = check_response(*operation, response);
    if (findings.empty()) return response;
    home.shared.deviations.add_response(*operation, request, response.status, findings);
    return explain_response(*operation, findings);
}

/// Takes from the request what its connection does not need any more.
void application::record(world& home, http_request& request, http_response const& response,
                         journal_entry entry) {
    server_options const& options = worlds_->options();
    if (options.journal_entries == 0 && !options.observer) return;
    request_notes& notes = *request.notes;
    entry.space = home.shared.space;
    entry.method = request.method;
    entry.target = std::move(request.target);
    if (!notes.operation.empty()) {
        entry.operation = home.llamacloud.knows(request) ? "llamacloud." : "langflow.";
        entry.operation += notes.operation;
    }
    entry.path = std::move(request.path);
    entry.query = std::move(request.query);
    entry.headers = std::move(request.headers);
    entry.parts = std::move(notes.parts);
    entry.identity = std::move(notes.identity);
    entry.body = beginning(request.body, options.journal_body_limit);
    entry.body_size = (std::max)(request.body.size(), request.body_received);
    entry.status = response.status;
    entry.response_headers = response.headers;
    entry.response_body = response.body.substr(0, options.journal_body_limit);
    entry.response_size = response.stream ? response.length.value_or(0) : response.body.size();
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
