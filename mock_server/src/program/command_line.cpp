// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <map>
#include <string>

namespace ferry::mock::program {
namespace {

constexpr char const* description =
    "Answers as LlamaCloud's and Langflow's file services do, from memory, for tests.\n"
    "\n"
    "The first line on standard output is `listening on http://HOST:PORT`; when it is there, the server "
    "answers.\n"
    "SIGTERM and SIGINT end it.";

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

Control surface (no key; loopback peers only; each works on the namespace that the header X-Ferry-Namespace names,
so that parallel tests can share one server):
  POST   /_ferry/reset          back to the first moment; ?all=true for every namespace
  GET    /_ferry/state          everything that is stored, as JSON; POST replaces it
  POST   /_ferry/faults         {"method":"GET","path":"/api/v1/beta/*","status":429,"times":2,"retry_after":1}
                                or "delay_ms", "reset", "truncate_after", "drip_bytes_per_s", "garbage", "stall",
                                "storage"; GET tells how often each fired, DELETE removes them
  POST   /_ferry/clock          {"now":"2026-01-01T00:00:00Z"}, {"advance_s":3600}, {"step_ms":1}, {"real":true}

Exit codes: 0 ended by SIGTERM or SIGINT, 1 cannot start (port taken, certificate unreadable, bad seed), 2 wrong usage.)";

void add_listening(CLI::App& program, server_options& server) {
    char const* const group = "Listening";
    program.add_option("--host", server.host, "Address to listen on")->capture_default_str()->group(group);
    program.add_option("--port", server.port, "Port to listen on; 0 takes any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str()
        ->group(group);
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
        ->type_name("N")
        ->group(group);
    program
        .add_option("--id-seed", server.id_seed,
                    "Makes ids, signatures and tokens the same in every run [unforeseeable]")
        ->type_name("N")
        ->group(group);
    program.add_option("--max-namespaces", server.max_namespaces, "How many namespaces tests may open")
        ->capture_default_str()
        ->group(group);
}

void add_langflow(CLI::App& program, langflow_options& langflow) {
    char const* const group = "Langflow's settings";
    program.add_flag("--auto-login", langflow.auto_login, "LANGFLOW_AUTO_LOGIN=true")->group(group);
    program.add_flag("--skip-auth", langflow.skip_auth, "LANGFLOW_SKIP_AUTH_AUTO_LOGIN=true")->group(group);
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
