// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// LlamaCloud's files, directories and directory files: the state, and who may see what of it.

#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "../core/api.hpp"
#include "../core/document.hpp"
#include "../core/environment.hpp"
#include "../http/backend.hpp"
#include "model.hpp"
#include "paging.hpp"
#include "profiles.hpp"
#include "rate_limits.hpp"
#include "signed_urls.hpp"

namespace ferry::mock::llamacloud {

struct file_query;

class service {
public:
    explicit service(environment& shared);

    [[nodiscard]] bool knows(http_request const& request) const;
    /// How much of a body is read before it is refused.
    [[nodiscard]] body_limit limit_for(http_request const& head) const;
    [[nodiscard]] http_response serve(http_request const& request);
    /// Gives a 5xx answer the correlation id that LlamaCloud's have.
    void add_correlation_id(http_response& response);
    [[nodiscard]] route const* operation_of(http_request const& request) const;

    [[nodiscard]] std::span<route const> routes() const noexcept { return api_.routes(); }

    // recognise.cpp
    /// The caller's name, by the credentials that the request brings; empty when nobody has them.
    [[nodiscard]] std::string identity_of(http_request const& request);
    /// Whose key that is, and whose thing has that id; empty when it is nobody's.
    [[nodiscard]] std::string owner_of_key(std::string_view key);
    [[nodiscard]] std::string owner_of(std::string_view id);

    // state.cpp
    /// What there is, of everybody, as load() reads it: keys in clear, contents of up to `largest_content`
    /// bytes.
    [[nodiscard]] json::object state(std::uint64_t largest_content);
    /// Replaces everything; a list that is absent is as at the first moment. Throws document_error, and then
    /// nothing has changed.
    void load(document source);

private:
    /// Binds behaviour that runs with the lock held.
    void bind(std::string_view name, std::function<http_response(call&)> behaviour,
              guard before_validation = {});
    void bind_files();
    void bind_directories();
    void bind_directory_files();
    void bind_legacy();
    [[nodiscard]] llamacloud_decisions const& decisions() const noexcept;
    [[nodiscard]] profile_rows rows() const noexcept { return rows_of(shared_.options.profile); }
    [[nodiscard]] std::uint64_t largest_upload() const;
    [[nodiscard]] static http_error too_large(std::uint64_t limit);

    // access.cpp
    void tolerate(call& current) const;
    void admit(call& current);
    [[nodiscard]] account const* find_account(call const& current) const;
    void limit_rates(call const& current, account const& caller);
    /// The account whose project this request is about. Throws when it names a project or organization of
    /// others.
    account const& caller(call const& current) const;
    /// For what is there but belongs to another project: as if it were not there, or 403.
    [[nodiscard]] http_error foreign(std::string_view kind, std::string const& not_found) const;
    [[nodiscard]] http_error unauthorized(std::string_view why) const;

    // representation.cpp
    [[nodiscard]] json::object describe(file const& item, http_request const& request, bool with_url) const;
    [[nodiscard]] json::object describe(directory const& item) const;
    [[nodiscard]] json::object describe(directory_file const& item, http_request const& request,
                                        bool with_url) const;
    [[nodiscard]] json::object signed_url(
        file const& item, http_request const& request, std::int64_t seconds,
        signed_urls::purpose good_for = signed_urls::purpose::download) const;
    [[nodiscard]] json::object finished(json::object item) const;
    [[nodiscard]] json::value time(std::optional<std::int64_t> const& micros) const;
    [[nodiscard]] bool wants_url(call const& current) const;
    /// File ids as the outside knows them, and back.
    [[nodiscard]] std::string public_file_id(std::string const& id) const;
    [[nodiscard]] std::string private_file_id(std::string const& id) const;

    // retention.cpp
    void retire(std::int64_t now);
    void expect_expiry(std::optional<std::int64_t> const& expires);
    void remove_file(std::string const& id, std::int64_t now);
    void remove_directory(directory& item, std::int64_t now);
    void remove_entry(directory_file& item, std::int64_t now);
    /// Runs a deletion; one that finds its target deleted already is answered as decided.
    http_response deleted(std::string const& id, std::function<void()> const& remove);

    // files.cpp
    http_response create_file(call& current);
    http_response list_files(call& current);
    http_response query_files(call& current);
    http_response answer(call& current, account const& owner, file_query const& query, bool with_urls);
    http_response link_to(call& current, std::string const& id);
    http_response delete_file(call& current, std::string const& id);
    /// Whether lists show it.
    [[nodiscard]] bool is_visible(file const& item) const;
    file& add_file(file item);
    file& require_file(account const& owner, std::string const& id);
    file& store_file(call const& current, account const& owner, form_part const& upload,
                     std::optional<std::string> external_id, std::optional<std::string> purpose,
                     std::optional<std::int64_t> expires);

    // legacy.cpp
    http_response reserve(call& current);
    http_response upload_from_url(call& current);
    [[nodiscard]] json::object describe_legacy(file const& item) const;
    [[nodiscard]] std::optional<std::int64_t> expiry_of(std::optional<std::string> const& storage_type);

    // storage.cpp
    http_response serve_storage(http_request const& request);
    http_response fetch_signed(http_request const& request, file const& item) const;

    // directories.cpp
    http_response create_directory(call& current);
    http_response list_directories(call& current);
    http_response update_directory(call& current);
    directory& require_directory(account const& owner, std::string const& id);

    // directory_files.cpp
    http_response add_directory_file(call& current);
    http_response upload_directory_file(call& current);
    http_response list_directory_files(call& current);
    http_response update_directory_file(call& current);
    http_response bulk_delete(call& current);
    [[nodiscard]] json::object metadata_part(call const& current) const;
    directory_file& insert_entry(directory const& home, file const& target,
                                 std::optional<std::string> unique_id,
                                 std::optional<std::string> display_name, json::object metadata);
    directory_file& require_entry(directory const& home, std::string const& id);
    void require_free(std::string const& directory_id, std::string const& unique_id,
                      std::string const& except);

    environment& shared_;
    std::vector<route> routes_;
    api api_;
    signed_urls urls_;
    page_maker pages_;

    std::mutex mutex_;  ///< guards everything below
    std::vector<account> accounts_;
    std::map<std::string, file, std::less<>> files_;
    std::map<std::string, directory, std::less<>> directories_;
    std::map<std::string, directory_file, std::less<>> entries_;
    std::set<std::string, std::less<>> deleted_ids_;  ///< where a second deletion succeeds
    std::int64_t next_expiry_ = (std::numeric_limits<std::int64_t>::max)();
    sliding_window uploads_{5 * second};
    sliding_window requests_{60 * second};
};

/// What follows the last dot of a name.
[[nodiscard]] std::optional<std::string> extension(std::string const& name);

/// The identities of the README.
[[nodiscard]] std::vector<account> initial_accounts();

}  // namespace ferry::mock::llamacloud
