// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application/admin.hpp"

#include "application/gate.hpp"
#include "core/responses.hpp"
#include "ferry/mock/name_space.hpp"
#include "http/text.hpp"

#include <array>
#include <utility>

namespace ferry::mock {
namespace {

constexpr std::uint64_t largest_state = 64 * mebibyte;  // it has the contents of files
constexpr std::uint64_t largest_order = 4 * mebibyte;

/// A request to the control surface and the namespace that it is about.
struct order {
    name_spaces& all;
    name_space_contents& home;
    http_request const& request;

    [[nodiscard]] std::string_view query(std::string_view name) const {
        std::string const* const value = last_value(request.query, name);
        return value == nullptr ? std::string_view{} : std::string_view{*value};
    }
    [[nodiscard]] json::value body() const { return parse_document(request.body.text()); }
};

http_response reset(order const& given) {
    std::string_view const all = given.query("all");
    if (!all.empty() && all != "true" && all != "false") {
        throw document_error({}, "'all' must be true or false, not '" + std::string(all) + "'");
    }
    if (all == "true") {
        given.all.reset_all();
    } else {
        given.all.reset(given.home.shared.name_space);
    }
    return empty_response(204);
}

http_response show_state(order const& given) {
    std::string_view const text = given.query("largest_content");
    if (text.empty()) return json_response(200, given.home.state(name_space::default_largest_content));
    auto const largest = whole_number<std::uint64_t>(text);
    if (largest) return json_response(200, given.home.state(*largest));
    throw document_error({}, "'largest_content' must be a number of bytes, not '" + std::string(text) + "'");
}

http_response load_state(order const& given) {
    given.home.load(given.body());
    return empty_response(204);
}

http_response show_faults(order const& given) {
    return json_response(200, to_json(given.home.faults.list()));
}

http_response add_faults(order const& given) {
    json::value const body = given.body();
    std::vector<fault> rules;
    if (json::array const* const several = body.if_array()) {
        for (json::value const& item : *several) {
            rules.push_back(fault_from_json(document(item, '/' + std::to_string(rules.size()))));
        }
    } else {
        rules.push_back(fault_from_json(document(body)));
    }
    return json_response(201, to_json(given.home.faults.add(std::move(rules))));
}

http_response clear_faults(order const& given) {
    given.home.faults.clear();
    return empty_response(204);
}

http_response show_journal(order const& given) {
    return json_response(200, to_json(given.home.journal.find(journal_query_from(given.request.query))));
}

http_response clear_journal(order const& given) {
    std::uint64_t const count = given.home.journal.erase(journal_query_from(given.request.query));
    return json_response(200, json::object{{"count", count}});
}

http_response show_deviations(order const& given) {
    return json_response(200, given.home.shared.deviations.describe());
}

http_response clear_deviations(order const& given) {
    given.home.shared.deviations.clear();
    return empty_response(204);
}

http_response show_clock(order const& given) {
    return json_response(200, to_json(given.home.shared.clock.describe()));
}

http_response set_clock(order const& given) {
    json::value const body = given.body();
    return json_response(200, to_json(given.home.shared.clock.set(clock_setting_from(document(body)))));
}

http_response show_health(order const& given) {
    json::array names;
    for (auto const& item : given.all.all()) names.emplace_back(item->shared.name_space);
    json::object answer{{"status", "ok"}};
    answer["profile"] = given.all.options().profile == profile::documented ? "documented" : "observed";
    answer["namespaces"] = std::move(names);
    return json_response(200, answer);
}

struct operation {
    std::string_view method;
    std::string_view path;
    http_response (*carry_out)(order const&);
};
constexpr std::array operations{
    operation{"POST", "/_ferry/reset", reset},
    operation{"GET", "/_ferry/state", show_state},
    operation{"POST", "/_ferry/state", load_state},
    operation{"GET", "/_ferry/faults", show_faults},
    operation{"POST", "/_ferry/faults", add_faults},
    operation{"DELETE", "/_ferry/faults", clear_faults},
    operation{"GET", "/_ferry/journal", show_journal},
    operation{"DELETE", "/_ferry/journal", clear_journal},
    operation{"GET", "/_ferry/clock", show_clock},
    operation{"POST", "/_ferry/clock", set_clock},
    operation{"GET", "/_ferry/deviations", show_deviations},
    operation{"DELETE", "/_ferry/deviations", clear_deviations},
    operation{"GET", "/_ferry/health", show_health},
};

http_response explain(int status, std::string const& text) {
    return json_response(status, json::object{{"error", text}});
}

http_response not_found(http_request const& request) {
    std::string methods;
    std::string paths;
    std::string_view last;
    for (auto const& known : operations) {
        if (known.path == request.path) (methods += methods.empty() ? "" : ", ") += known.method;
        if (known.path != std::exchange(last, known.path)) (paths += paths.empty() ? "" : ", ") += known.path;
    }
    if (methods.empty()) return explain(404, "there is no " + request.path + "; there are " + paths);
    return explain(405, request.method + " is not for " + request.path + "; use " + methods)
        .with("Allow", methods);
}

}  // namespace

bool is_admin(http_request const& request) noexcept {
    return request.path.starts_with("/_ferry/");
}

body_limit admin_limit(name_spaces const& all, http_request const& head) {
    if (refuse_stranger(head, all.options().host)) return {0};
    return {head.path == "/_ferry/state" ? largest_state : largest_order};
}

http_response administer(name_spaces& all, std::string_view name, http_request const& request) {
    if (auto refused = refuse_stranger(request, all.options().host)) return *std::move(refused);
    if (request.body_too_large) {
        std::uint64_t const limit = admin_limit(all, request).bytes / mebibyte;
        return explain(413, "the body is too large; at most " + std::to_string(limit) + " MiB are read");
    }
    if (auto refused = refuse_body(request)) return *std::move(refused);
    for (auto const& known : operations) {
        if (known.path != request.path || known.method != request.method) continue;
        std::shared_ptr<name_space_contents> const home = all.find(name);
        try {
            return known.carry_out({all, *home, request});
        } catch (document_error const& error) {
            json::object answer{{"error", error.what()}};
            answer["pointer"] = error.pointer();
            return json_response(400, answer);
        } catch (std::invalid_argument const& error) {
            return explain(400, error.what());
        }
    }
    return not_found(request);
}

}  // namespace ferry::mock
