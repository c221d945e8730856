// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// ferry-mock-server: the mock as a program.
#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <iostream>
#include <map>

#include "ferry/mock/server.hpp"

namespace {

constexpr int cannot_start = 1;

void wait_for_termination(sigset_t const& signals) {
    int received = 0;
    while (::sigwait(&signals, &received) != 0) {
    }
}

}  // namespace

int main(int argc, char** argv) {
    ferry::mock::server_options options;
    options.port = 8080;
    CLI::App program{
        "Answers as LlamaCloud's and Langflow's file services do, from memory, for tests.\n"
        "The first line on standard output is `listening on http://HOST:PORT`; SIGTERM and SIGINT end it.\n"
        "Keys to start with: llx-alice, llx-bob (LlamaCloud); sk-alice, sk-bob, sk-root (Langflow)."};
    program.add_option("--host", options.host, "Address to listen on")->capture_default_str();
    program.add_option("--port", options.port, "Port to listen on, 0 for any free one")
        ->check(CLI::Range(0, 65535))
        ->capture_default_str();
    std::map<std::string, ferry::mock::profile> const profiles{
        {"documented", ferry::mock::profile::documented}, {"observed", ferry::mock::profile::observed}};
    program
        .add_option("--profile", options.profile,
                    "Follow the services' pages (documented) or their servers (observed)")
        ->transform(CLI::CheckedTransformer(profiles, CLI::ignore_case));
    program.add_option("--max-upload-mb", options.max_upload_mb,
                       "Largest upload in MiB (default: 512 for LlamaCloud, 1024 for Langflow)");
    program.add_flag("--auto-login", options.langflow.auto_login, "Langflow with LANGFLOW_AUTO_LOGIN=true");
    auto* const certificate =
        program.add_option("--tls-cert", options.tls_certificate, "PEM file; serves TLS only");
    auto* const key = program.add_option("--tls-key", options.tls_key, "PEM file with the certificate's key");
    certificate->needs(key)->check(CLI::ExistingFile);
    key->needs(certificate)->check(CLI::ExistingFile);
    CLI11_PARSE(program, argc, argv);

    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread starts, so that all inherit it

    try {
        ferry::mock::server server(options);
        std::cout << "listening on " << server.base_url() << std::endl;
        wait_for_termination(signals);
    } catch (std::exception const& error) {
        std::cerr << "ferry-mock-server: " << error.what() << '\n';
        return cannot_start;
    }
    return 0;
}
