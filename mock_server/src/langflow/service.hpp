// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Langflow's files (v1 by flow, v2 by user) and what a client needs around them: the state, and who may see
// what of it.

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "../core/api.hpp"
#include "../core/document.hpp"
#include "../core/environment.hpp"
#include "../http/body_reader.hpp"
#include "model.hpp"
#include "profiles.hpp"

namespace ferry::mock::langflow {

class service {
public:
    explicit service(environment& shared);

    [[nodiscard]] body_limit limit_for(http_request const& head) const;
    [[nodiscard]] http_response serve(http_request const& request);
    [[nodiscard]] route const* operation_of(http_request const& request) const;

    [[nodiscard]] std::span<route const> routes() const noexcept { return api_.routes(); }

    // recognise.cpp
    /// The caller's name, by the credentials that the request brings; empty when nobody has them.
    [[nodiscard]] std::string identity_of(http_request const& request);
    /// Whose key that is, and whose thing has that id; empty when it is nobody's.
    [[nodiscard]] std::string owner_of_key(std::string_view key);
    [[nodiscard]] std::string owner_of(std::string_view id);

    // state.cpp
    /// What there is, of everybody, as load() reads it: keys and passwords in clear, contents of up to
    /// `largest_content` bytes.
    [[nodiscard]] json::object state(std::uint64_t largest_content);
    /// Replaces everything; a list that is absent is as at the first moment. Throws document_error, and then
    /// nothing has changed.
    void load(document source);

private:
    struct tokens {
        std::string access;
        std::string refresh;
    };
    struct deletion {
        std::size_t removed = 0;
        std::size_t kept = 0;
    };

    void bind_files();
    void bind_batch();
    void bind_flow_files();
    void bind_profile_pictures();
    void bind_accounts();
    void bind_flows();
    void bind_run();
    void bind_server_info();

    // service.cpp
    [[nodiscard]] std::uint64_t limit_mb() const;
    [[nodiscard]] http_response answer_to(http_request const& request) const;
    [[nodiscard]] http_response answer_without_slash(http_request request) const;
    [[nodiscard]] std::vector<user> first_users(std::int64_t now) const;

    // auth.cpp
    void authenticate(call& current);
    [[nodiscard]] user& caller(call const& current);
    [[nodiscard]] user* caller_if_any(call const& current);
    [[nodiscard]] user& superuser_calling(call const& current);
    [[nodiscard]] user& caller_of_run(call const& current);
    /// nullptr for the token of a user who is gone.
    [[nodiscard]] user* user_of_token(std::string const& token);
    [[nodiscard]] user& user_of_key(std::string const& key);
    [[nodiscard]] user* find_user(std::string_view id);
    [[nodiscard]] user& first_superuser();

    // accounts.cpp
    [[nodiscard]] tokens tokens_for(user const& who);
    [[nodiscard]] static http_response answer_with(tokens const& made);
    void limit_logins(std::string const& address);
    void require_free_name(std::string const& name, std::string const& own_id);
    http_response login(call& current);
    http_response auto_login();
    http_response refresh(call& current);
    http_response create_user(call& current);
    http_response update_user(call& current);
    http_response delete_user(call& current);
    http_response create_key(call& current);

    // flows.cpp
    [[nodiscard]] flow const& require_flow(call const& current);
    [[nodiscard]] std::string free_flow_name(user const& owner, std::string const& wanted) const;
    http_response create_flow(call& current);

    // server_info.cpp
    [[nodiscard]] static http_response health_check(call const& current);
    [[nodiscard]] http_response config(call const& current);

    // files.cpp
    http_response upload(call& current);
    http_response list(call& current);
    http_response download(call& current);
    http_response rename(call& current);
    http_response remove(call& current);
    http_response remove_all(call& current);
    void replace_mcp_file(user const& owner, blob const& content);
    http_response append_to(file_row& row, blob const& content, call const& current);
    deletion remove_rows(call const& current, std::function<bool(file_row const&)> const& doomed);
    [[nodiscard]] json::object describe_row(file_row const& row) const;
    [[nodiscard]] file_row& require_file(call const& current);
    [[nodiscard]] std::string free_name(user const& owner, std::string const& root) const;

    // stored.cpp
    /// nullptr when they are gone. Throws storage_error when storage fails.
    [[nodiscard]] blob const* find_bytes(call const& current, std::string const& folder,
                                         std::string_view name) const;
    [[nodiscard]] blob const& bytes_of(call const& current, file_row const& row) const;
    void store(call const& current, std::string const& folder, std::string const& name, blob content);
    void discard(call const& current, std::string const& folder, std::string const& name);

    // batch.cpp
    [[nodiscard]] std::vector<file_row const*> rows_in(call const& current, std::string_view doing);
    http_response download_batch(call& current);
    http_response delete_batch(call& current);

    // flow_files.cpp
    http_response upload_to_flow(call& current);
    http_response download_from_flow(call& current, bool as_image);
    http_response list_of_flow(call& current);
    http_response delete_from_flow(call& current);
    http_response upload_legacy(call& current);

    // run.cpp
    http_response run(call& current);

    environment& shared_;
    conventions conventions_;
    std::vector<route> routes_;
    api api_;
    std::string token_secret_;

    std::mutex mutex_;  ///< held while behaviour runs; guards everything below
    std::vector<user> users_;
    std::vector<flow> flows_;
    std::vector<file_row> rows_;
    storage stored_;
    std::deque<std::pair<std::string, std::int64_t>> logins_;  ///< of the last minute: address and time
};

/// Runs before routing and authentication on v1 uploads; throws http_error 422.
void screen_boundary(http_request const& request);

}  // namespace ferry::mock::langflow
