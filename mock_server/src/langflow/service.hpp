// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Langflow's files (v1 by flow, v2 by user) and what a client needs around them: the state, and who may see
// what of it.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "../core/api.hpp"
#include "../core/document.hpp"
#include "../core/environment.hpp"
#include "../http/body_reader.hpp"
#include "profiles.hpp"

namespace ferry::mock::langflow {

struct user {
    std::string id;
    std::string name;
    std::string password;
    std::string key;
    bool superuser = false;
    bool active = true;
    std::int64_t created = 0;
    std::optional<std::int64_t> last_login{};
};

struct flow {
    std::string id;
    std::string owner;
    std::string name;
};

/// A row of the v2 file table.
struct file_row {
    std::string id;
    std::string owner;
    std::string name{};
    std::string stored_name{};
    std::uint64_t size = 0;
    std::int64_t created = 0;

    [[nodiscard]] std::string path() const { return owner + '/' + stored_name; }
    /// From the last dot of the stored name on; what downloads put behind `name`.
    [[nodiscard]] std::string suffix() const;
};

/// Bytes by folder (a flow's or user's id) and stored name, as the server keeps them on disk.
using storage = std::map<std::string, std::map<std::string, blob, std::less<>>, std::less<>>;

class service {
public:
    explicit service(environment& shared);

    [[nodiscard]] body_limit limit_for(http_request const& head) const;
    [[nodiscard]] http_response serve(http_request const& request);

    // state.cpp
    /// What there is, of everybody, as load() reads it: keys and passwords in clear, contents of up to
    /// `largest_content` bytes.
    [[nodiscard]] json::object state(std::uint64_t largest_content);
    /// Replaces everything; a list that is absent is as at the first moment. Throws document_error, and then
    /// nothing has changed.
    void load(document source);

private:
    void bind_files();
    void bind_batch();
    void bind_flow_files();
    void bind_profile_pictures();
    void bind_accounts();
    void bind_run();

    // auth.cpp
    void authenticate(call& current);
    [[nodiscard]] user const& caller(call const& current) const;
    [[nodiscard]] user const& user_of_token(std::string const& token) const;
    [[nodiscard]] user const& user_of_key(std::string const& key) const;
    [[nodiscard]] user const* find_user(std::string_view id) const;

    // accounts.cpp
    http_response login(call& current);

    // files.cpp
    http_response upload(call& current);
    http_response download(call& current);
    http_response rename(call& current);
    http_response remove(call& current);
    file_row& require_file(call const& current);
    [[nodiscard]] json::object describe_row(file_row const& row) const;
    void erase_row(std::string const& id);
    [[nodiscard]] std::string free_name(user const& owner, std::string const& root) const;
    [[nodiscard]] blob const& bytes_of(file_row const& row) const;

    // batch.cpp
    [[nodiscard]] std::vector<file_row const*> rows_in(call const& current, std::string_view doing) const;
    http_response download_batch(call& current);
    http_response delete_batch(call& current);

    // flow_files.cpp
    [[nodiscard]] flow const& require_flow(call const& current) const;
    http_response upload_to_flow(call& current);
    http_response download_from_flow(call& current, bool as_image);
    http_response upload_legacy(call& current);

    // run.cpp
    http_response run(call& current);
    [[nodiscard]] user const& caller_of_run(call const& current) const;

    environment& shared_;
    conventions conventions_;
    api api_;
    std::string token_secret_;

    std::mutex mutex_;  ///< held while behaviour runs; guards everything below
    std::vector<user> users_;
    std::vector<flow> flows_;
    std::vector<file_row> rows_;
    storage stored_;
};

/// The identities of the README.
[[nodiscard]] std::vector<user> initial_users(std::int64_t now);
[[nodiscard]] std::vector<flow> initial_flows();

/// Runs before routing and authentication on v1 uploads; throws http_error 422.
void screen_boundary(http_request const& request);

}  // namespace ferry::mock::langflow
