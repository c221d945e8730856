// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "program/command_line.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace ferry::mock::program {
namespace {

constexpr char const* description =
    "Answers as LlamaCloud's and Langflow's file services do, from memory, for tests.\n"
    "\n"
    "The first line on standard output is `listening on http://HOST:PORT`; when it is there, the server "
    "answers.\n"
    "SIGTERM, SIGINT, SIGHUP and SIGQUIT end it.";

constexpr char const* manual = R"(
Identities (each sees only its own files):
  LlamaCloud  alice  Authorization: Bearer llx-alice
              bob    Authorization: Bearer llx-bob
  Langflow    alice  x-api-key: sk-alice (password alice)
              bob    x-api-key: sk-bob   (password bob)
              root   x-api-key: sk-root  (password root), a superuser

Examples:
  ferry-mock-server --port 0
  curl -H 'Authorization: Bearer llx-alice' -F file=@a.pdf -F purpose=parse http://127.0.0.1:8080/api/v1/beta/files
  curl -H 'x-api-key: sk-alice' -F file=@a.pdf http://127.0.0.1:8080/api/v2/files

Control surface (no key; loopback peers only, not the pages that a browser shows; bodies are JSON; each works on the
namespace that the header X-Ferry-Namespace names, so that parallel tests can share one server):
  POST   /_ferry/reset          back to the first moment; ?all=true for every namespace
  GET    /_ferry/state          everything that is stored, as JSON; POST replaces it
  POST   /_ferry/faults         {"method":"GET","path":"/api/v1/beta/*","status":429,"times":2,"retry_after":1}
                                or "delay_ms", "reset", "truncate_after", "drip_bytes_per_s", "garbage", "stall",
                                "storage"; GET tells how often each fired, DELETE removes them
  GET    /_ferry/journal        what was asked; ?method=, path=, operation=, status=, identity=, unmatched=, body=, after=, limit=
                                narrow it down; DELETE forgets
  GET    /_ferry/deviations     what --strict and --check-responses found; DELETE forgets
  GET    /_ferry/health         that the server answers
  POST   /_ferry/clock          {"now":"2026-01-01T00:00:00Z"}, {"advance_s":3600}, {"step_ms":1}, {"real":true}

Exit codes: 0 ended by a signal, 1 cannot start (port taken, certificate unreadable, bad seed), 2 wrong usage.)";

constexpr char const* llamacloud_group = "What LlamaCloud does";
constexpr char const* langflow_group = "Langflow's settings";

void take_decision(llamacloud_decisions& decisions, std::string const& assignment) {
    try {
        decide(decisions, assignment);
    } catch (std::invalid_argument const& error) {
        throw CLI::ValidationError("--decide", error.what());
    }
}

void print_decisions() {
    for (llamacloud_decision const& row : describe_decisions()) {
        std::cout << row.name << '=' << row.default_value << "  (" << row.values << ")\n    " << row.question
                  << "\n    " << row.source << '\n';
    }
}

std::string read_file(std::string const& path) {
    // What is no file need not have an end, or a beginning.
    if (!std::filesystem::is_regular_file(path))
        throw CLI::ValidationError("--seed", path + " is not a regular file");
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    if (!file) throw CLI::ValidationError("--seed", "cannot read " + path);
    return text;
}

/// A whole number in decimal. (The library would also take 0x50 and 010, and wrap what is out of range.)
class decimal : public CLI::Validator {
public:
    explicit decimal(std::uint64_t most = (std::numeric_limits<std::int64_t>::max)()) {
        func_ = [most](std::string& text) {
            std::uint64_t value = 0;
            char const* const last = text.data() + text.size();
            auto const [end, error] = std::from_chars(text.data(), last, value);
            if (error == std::errc{} && end == last && value <= most) {
                text = std::to_string(value);
                return std::string();
            }
            return "must be a whole number from 0 to " + std::to_string(most) + ", not " + text;
        };
    }
};

/// An option whose default is shown.
template <class Value>
CLI::Option* add_shown(CLI::App& program, char const* group, char const* name, Value& value,
                       char const* what) {
    return program.add_option(name, value, what)->capture_default_str()->group(group);
}

void add_journal(CLI::App& program, server_options& server) {
    char const* const group = "Journal, of each namespace";
    add_shown(program, group, "--journal-entries", server.journal_entries,
              "How many requests it keeps; 0: none")
        ->check(decimal());
    add_shown(program, group, "--journal-bytes", server.journal_bytes,
              "How much memory all of them together may take")
        ->check(decimal());
    add_shown(program, group, "--journal-body-limit", server.journal_body_limit,
              "How much of each body it keeps")
        ->check(decimal());
}

void add_listening(CLI::App& program, server_options& server) {
    char const* const group = "Listening";
    add_shown(program, group, "--host", server.host, "Address to listen on")
        ->check([](std::string const& host) {
            return host.find_first_not_of(" \t") == std::string::npos ? "must not be empty" : "";
        });
    add_shown(program, group, "--port", server.port, "Port to listen on; 0 takes any free one")
        ->check(decimal(65535));
    auto* const certificate =
        program.add_option("--tls-cert", server.tls_certificate, "PEM file with the chain; serves TLS only");
    auto* const key = program.add_option("--tls-key", server.tls_key, "PEM file with the certificate's key");
    certificate->needs(key)->check(CLI::ExistingFile)->group(group);
    key->needs(certificate)->check(CLI::ExistingFile)->group(group);
}

void add_behaviour(CLI::App& program, server_options& server) {
    char const* const group = "Behaviour";
    std::map<std::string, profile> const profiles{{"documented", profile::documented},
                                                  {"observed", profile::observed}};
    program
        .add_option("--profile", server.profile,
                    "Where the services' pages and their servers disagree: `documented` or `observed`")
        ->transform(CLI::CheckedTransformer(profiles, CLI::ignore_case).description(""))
        ->type_name("NAME [documented]")
        ->group(group);
    program
        .add_option("--max-upload-mb", server.max_upload_mb,
                    "Largest upload in MiB [512 for LlamaCloud, 1024 for Langflow]")
        ->check(decimal(1'000'000'000))
        ->type_name("N")
        ->group(group);
    program
        .add_flag("--strict", server.strict,
                  "Refuse what the OpenAPI descriptions do not have: unknown parameters, parts, members")
        ->group(group);
    program
        .add_flag("--check-responses", server.check_responses,
                  "Turn answers that are not what the descriptions say into a 500 that says why")
        ->group(group);
    program
        .add_option("--exchanges", server.exchanges, "Append every answer to this file, as a line of JSON")
        ->type_name("FILE")
        ->group(group);
    program
        .add_option("--id-seed", server.id_seed,
                    "Makes ids, signatures and tokens the same in every run [unforeseeable]")
        ->check(decimal((std::numeric_limits<std::uint64_t>::max)()))
        ->type_name("N")
        ->group(group);
    program
        .add_option_function<std::string>(
            "--seed", [&server](std::string const& path) { server.seed = read_file(path); },
            "The state to start with and to reset to: a JSON file as GET /_ferry/state answers it")
        ->check(CLI::ExistingFile)
        ->type_name("FILE")
        ->group(group);
    add_shown(program, group, "--max-namespaces", server.max_namespaces, "How many namespaces tests may open")
        ->check(decimal());
}

/// A limit that is off unless it is given.
template <class T>
void add_limit(CLI::App& program, std::string const& name, std::optional<T>& limit, std::string const& what) {
    program.add_option(name, limit, what + " [no limit]")
        ->check(decimal())
        ->type_name("N")
        ->group(llamacloud_group);
}

void add_llamacloud(CLI::App& program, llamacloud_options& llamacloud) {
    add_limit(program, "--max-files", llamacloud.max_files, "Files in a project; more get 402");
    add_limit(program, "--uploads-per-5-s", llamacloud.uploads_per_5_s,
              "Uploads of a project in 5 s; more get 429 (LlamaCloud: 50)");
    add_limit(program, "--requests-per-minute", llamacloud.requests_per_minute,
              "Requests of a key in a minute; more get 429 (LlamaCloud's free tier: 20)");
    program.add_flag("--legacy-files", llamacloud.legacy_files, "Also serves /api/v1/files")
        ->group(llamacloud_group);
    program
        .add_option_function<std::vector<std::string>>(
            "--decide",
            [&llamacloud](std::vector<std::string> const& assignments) {
                for (std::string const& one : assignments) take_decision(llamacloud.decisions, one);
            },
            "What LlamaCloud's documentation leaves open, such as foreign_status=403; "
            "--list-decisions shows all")
        ->type_name("NAME=VALUE")
        ->group(llamacloud_group);
    program
        .add_flag_callback(
            "--list-decisions",
            [] {
                print_decisions();
                throw CLI::Success();
            },
            "Prints the decisions, their values and where each default comes from, and exits")
        ->group(llamacloud_group);
}

void add_langflow(CLI::App& program, langflow_options& langflow) {
    auto const flag = [&](char const* name, bool& value, char const* what) {
        program.add_flag(name, value, what)->group(langflow_group);
    };
    flag("--auto-login", langflow.auto_login, "LANGFLOW_AUTO_LOGIN=true");
    flag("--skip-auth", langflow.skip_auth, "LANGFLOW_SKIP_AUTH_AUTO_LOGIN=true");
    flag("--signup,!--no-signup", langflow.enable_signup, "LANGFLOW_ENABLE_SIGNUP=false [true]");
    flag("--new-user-is-active", langflow.new_user_is_active, "LANGFLOW_NEW_USER_IS_ACTIVE=true");
    flag("--login-rate-limit", langflow.rate_limit, "LANGFLOW_RATE_LIMIT_ENABLED=true");
    flag("--web-interface{false}", langflow.backend_only, "LANGFLOW_BACKEND_ONLY=false");
    flag("--lock-mcp-servers", langflow.mcp_servers_locked,
         "Only superusers may upload the file of MCP servers");
    flag("--postgresql", langflow.postgresql,
         "The database is PostgreSQL: numbering of names minds their case");
    flag("--s3-storage", langflow.s3_storage, "LANGFLOW_STORAGE_TYPE=s3: nothing is appended to a file");
    program
        .add_option("--secret-key", langflow.secret_key, "LANGFLOW_SECRET_KEY, which signs tokens [random]")
        ->type_name("TEXT")
        ->group(langflow_group);
    program
        .add_option("--environment-key", langflow.environment_key,
                    "LANGFLOW_API_KEY, a further key of the superuser [none]")
        ->type_name("TEXT")
        ->group(langflow_group);
}

void add_log(CLI::App& program, log_level& log) {
    std::map<std::string, log_level> const levels{{"access", log_level::access}, {"quiet", log_level::quiet}};
    program
        .add_option("--log", log,
                    "`access` writes a line to standard error for each request, `quiet` none "
                    "[access where that is a terminal]")
        ->transform(CLI::CheckedTransformer(levels, CLI::ignore_case).description(""))
        ->type_name("LEVEL");
}

}  // namespace

std::optional<settings> read_command_line(int argc, char** argv, exit_code& code) {
    settings chosen;
    chosen.server.port = 8080;
    chosen.log = ::isatty(STDERR_FILENO) != 0 ? log_level::access : log_level::quiet;

    CLI::App program{description, "ferry-mock-server"};
    program.footer(manual);
    program.set_version_flag("--version", "ferry-mock-server " FERRY_MOCK_VERSION);
    add_log(program, chosen.log);
    add_listening(program, chosen.server);
    add_behaviour(program, chosen.server);
    add_journal(program, chosen.server);
    add_llamacloud(program, chosen.server.llamacloud);
    add_langflow(program, chosen.server.langflow);
    try {
        program.parse(argc, argv);
        return chosen;
    } catch (CLI::ParseError const& stop) {
        code = program.exit(stop) == 0 ? ended_on_request : wrong_usage;
        return std::nullopt;
    }
}

}  // namespace ferry::mock::program
