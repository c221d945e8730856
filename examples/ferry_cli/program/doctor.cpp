// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/doctor.hpp"

#include "command_line/exit_code.hpp"
#include "program/reach.hpp"
#include "settings/connection.hpp"
#include "terminal/numbers.hpp"
#include "terminal/text_width.hpp"

#include "generated/langflow/commands.hpp"
#include "generated/llamacloud/commands.hpp"

#include "ferry/core/call.hpp"
#include "ferry/langflow/client.hpp"
#include "ferry/llamacloud/client.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <chrono>
#include <cstdlib>
#include <ostream>

namespace ferry::cli {

namespace {

constexpr std::chrono::seconds patience{10};
constexpr std::chrono::seconds tolerable_difference{60};

/// Rows of what was found, and the first thing that is wrong.
class findings {
public:
    explicit findings(std::ostream& to) : to_(to) {}

    void good(std::string_view step, std::string const& what) { row("ok", step, what); }
    void skipped(std::string_view step, std::string const& what) { row("-", step, what); }
    /// \param todo what to do about it
    void bad(std::string_view step, std::string const& what, std::string const& todo,
             exit_code code = exit_code::failed) {
        row("FAIL", step, what);
        to_ << std::string(18, ' ') << todo << '\n';
        if (code_ == exit_code::done) code_ = code;
    }
    bool healthy() const { return code_ == exit_code::done; }
    exit_code code() const { return code_; }

private:
    void row(std::string_view state, std::string_view step, std::string const& what) {
        to_ << padded(state, 6) << padded(step, 12) << printable(what) << '\n';
    }

    std::ostream& to_;
    exit_code code_ = exit_code::done;
};

std::string proxy_for(std::string const& scheme, environment_reader const& environment) {
    for (auto const* name : {scheme == "https" ? "https_proxy" : "http_proxy",
                             scheme == "https" ? "HTTPS_PROXY" : "http_proxy", "all_proxy", "ALL_PROXY"})
        if (auto const value = environment(name); value && !value->empty()) return std::string(name);
    return {};
}

/// A request that needs no key and whose answer may be anything.
result<response<std::string>> greet(service const& to, client_options options) {
    options.max_retries = 0;
    options.total_timeout = patience;
    options.api_key = "none";
    request_options with;
    with.headers.set("Authorization", "");
    with.headers.set("x-api-key", "");
    return unlisted_call(to.connect(std::move(options)), "GET", "/").options(with).with_response();
}

void look_at_clock(header_fields const& headers, findings& to) {
    auto const date = headers.find("Date");
    if (!date) return to.skipped("clock", "the server does not say what time it has");
    auto const there = parse_http_date(*date);
    if (!there) return to.skipped("clock", "the server's time cannot be read: " + std::string(*date));
    auto const here = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto const apart = here > *there ? here - *there : *there - here;
    if (apart <= tolerable_difference)
        return to.good("clock",
                       "within " + std::to_string(tolerable_difference.count()) + " s of the server's");
    to.bad("clock", duration_text(apart) + (here > *there ? " ahead of" : " behind") + " the server's",
           "Set this machine's clock: signed URLs and certificates depend on it.");
}

void look_at_key(service const& of, std::shared_ptr<engine> const& over, findings& to) {
    request_options with;
    with.max_retries = 0;
    with.timeout = patience;
    error why;
    if (of.name == llamacloud::commands::service.name)
        why = llamacloud::client(over).files.list().options(with).page_size(1).send().error();
    else
        why = langflow::client(over).users.whoami().options(with).send().error();
    if (why.kind() == error_kind::none) return to.good("credentials", "the key is accepted");
    to.bad("credentials", why.message(), advice(why, std::string(of.key_variables.front())),
           exit_code::not_authenticated);
}

void examine(service const& of, session& with, findings& to) {
    auto const& around = with.around();
    auto const reached = with.connection_of(of);
    auto const& url = reached.base_url->value;
    auto const parsed = boost::urls::parse_uri(url);
    if (!parsed || parsed->host().empty())
        return to.bad("URL", url + " (" + reached.base_url->from + ")",
                      "It must be like https://host or http://host:port/path.");
    to.good("URL", url + " (" + reached.base_url->from + ")");
    auto const scheme = std::string(parsed->scheme());
    auto const host = parsed->host_name().empty() ? parsed->host_address() : parsed->host_name();
    auto const port = parsed->has_port() ? std::string(parsed->port()) : scheme == "https" ? "443" : "80";

    if (auto const variable = proxy_for(scheme, around.environment); !variable.empty()) {
        to.good("proxy", variable + "; name, TCP and TLS are its to reach, unless no_proxy has the host");
    } else {
        auto const capitals = around.environment("HTTP_PROXY");
        bool const meant = scheme == "http" && capitals && !capitals->empty();
        to.good("proxy", meant ? "none; HTTP_PROXY is not read, http_proxy in lower case is" : "none");
        auto const found = resolve(host, port, patience);
        if (!found.addresses.empty())
            to.good("name", host + " is " + found.addresses.front().text);
        else
            return to.bad("name", host + ": " + found.why,
                          "Is the host spelled right, and does this machine have a name server?");
        if (auto const why = knock(found.addresses, patience); !why.empty())
            return to.bad("TCP", host + ":" + port + ": " + why,
                          "Is the server up, and does a firewall stand in between?");
        to.good("TCP", "port " + port + " is open");
    }
    auto const greeting = greet(of, reached.options());
    auto const& why = greeting.error();
    if (why == error_kind::tls)
        return to.bad("TLS", why.message(),
                      "Whose certificate is that? A company's own authority is told by SSL_CERT_FILE.");
    if (!greeting && why.status() == 0) return to.bad("HTTP", why.message(), advice(why, {}));
    if (scheme == "https")
        to.good("TLS", "the certificate is good");
    else
        to.skipped("TLS", "not used: keys and files travel in the clear");
    look_at_clock(greeting ? greeting->headers : why.headers(), to);
    if (!reached.api_key)
        return to.bad(
            "credentials", "no key",
            "Set " + std::string(of.key_variables.front()) + ", or name a file with --api-key-file.",
            exit_code::not_authenticated);
    to.good("key", "from " + reached.api_key->from);
    look_at_key(of, of.connect(reached.options()), to);
}

}  // namespace

exit_code doctor_command(session& with) {
    auto const name = with.text("service");
    findings found(with.around().out);
    for (auto const* of : {&llamacloud::commands::service, &langflow::commands::service}) {
        if (!name.empty() && name != of->name) continue;
        with.around().out << of->title << '\n';
        examine(*of, with, found);
    }
    return found.code();
}

}  // namespace ferry::cli
