// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/mock/journal.hpp"
#include "ferry/mock/langflow_options.hpp"
#include "ferry/mock/llamacloud_options.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

/// \file
/// Where the mock server listens and whose behaviour it follows.

namespace ferry::mock {

/// Where the services' pages and their servers disagree, which of the two the mock follows.
enum class profile {
    documented,  ///< as the pages say, and as the server does where they are silent
    observed,    ///< as the server does
};

/// Everything that a server can be told. The program ferry-mock-server has an option for each member but
/// `observer`.
struct server_options {
    /// Address to listen on. Admin paths (`/_ferry/…`) answer loopback peers only, whatever it is, and only
    /// where they are addressed by `localhost`, a loopback address or this.
    std::string host = "127.0.0.1";

    /// 0 takes any free port; see server::port().
    int port = 0;

    /// PEM files with the chain and with its key; both or none. With them the server speaks TLS only, from
    /// version 1.2 on.
    std::string tls_certificate{};
    std::string tls_key{};

    /// The same for both services.
    mock::profile profile = mock::profile::documented;

    /// Largest upload in MiB. Without it each service has its own limit: 512 for LlamaCloud, 1024 for
    /// Langflow.
    std::optional<std::uint64_t> max_upload_mb{};

    /// Makes ids, signatures and tokens the same in every run: each namespace draws from a sequence of its
    /// own that this number and its name determine. Without it they cannot be foreseen.
    std::optional<std::uint64_t> id_seed{};

    /// How many namespaces there may be beside the default one; a request for one more is refused with status
    /// 400. An unused one takes about 25 KiB.
    std::size_t max_namespaces = 1000;

    /// The state in which each namespace starts, as JSON text in the form of name_space::state(). Empty: no
    /// files, and the identities of the manual.
    std::string seed{};

    /// How many entries each namespace's journal keeps; the oldest go first. 0: no journal.
    std::size_t journal_entries = 1000;
    /// How many bytes of memory the journals of all namespaces may take together, approximately. When they
    /// are used up, the largest journal drops its oldest entries.
    std::size_t journal_bytes = 64 * 1024 * 1024;
    /// How many bytes of each body an entry keeps.
    std::size_t journal_body_limit = 4 * 1024;

    /// Called with each journal entry, as soon as the answer is ready to be sent, on the thread of its
    /// connection: from several threads at once, and the client waits for it. Must not throw. Independent of
    /// the journal's bounds.
    std::function<void(journal_entry const&)> observer{};

    /// Refuses (422) what the services let pass although their OpenAPI descriptions do not have it:
    /// parameters, parts and members that nobody declared, values that are right only with some goodwill.
    /// `ctx` of each issue says where in the request and in the description; see also
    /// name_space::deviations(). Without it unknown parameters pass, as they do with the services.
    bool strict = false;

    /// Holds every answer of a service against its description. One that deviates becomes a 500 that says
    /// why; see also name_space::deviations(). The environment variable FERRY_MOCK_CHECK_RESPONSES=1 sets it
    /// for all servers of a process.
    bool check_responses = false;

    /// A file to which every answer of a service is appended as a line of JSON, for validators of other
    /// people:
    /// `{"method","path","status","headers":[[name,value],…],"body"}`, where the body is a text, or null when
    /// it is binary or over 1 MiB. The environment variable FERRY_MOCK_EXCHANGES names it for all servers of
    /// a process.
    std::string exchanges{};

    /// What LlamaCloud limits, and how it decides what nobody documents.
    llamacloud_options llamacloud{};

    /// Langflow's settings.
    langflow_options langflow{};
};

}  // namespace ferry::mock
