// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// LlamaCloud's files, directories and directory files: the state, and who may see what of it.

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "../core/api.hpp"
#include "../core/document.hpp"
#include "../core/environment.hpp"
#include "signed_urls.hpp"

namespace ferry::mock::llamacloud {

struct account {
    std::string name;
    std::string key;
    std::string project;
    std::string organization;
};

struct file {
    std::string id;
    std::string name;
    std::string project;
    std::optional<std::string> external_id;
    std::optional<std::string> purpose;
    std::int64_t created = 0;
    std::optional<std::int64_t> expires;
    blob content;
};

struct directory {
    std::string id;
    std::string project;
    std::string name;
    std::optional<std::string> description;
    std::string type = "user";
    std::optional<std::string> connector;
    json::value system_metadata;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::optional<std::int64_t> expires;
    std::optional<std::int64_t> deleted;
};

struct directory_file {
    std::string id;
    std::string project;
    std::string directory;
    std::string unique_id;
    std::string display_name;
    std::string file;
    json::object metadata;
    std::int64_t created = 0;
    std::int64_t updated = 0;
    std::optional<std::int64_t> deleted;
};

struct file_query;

class service {
public:
    explicit service(environment& shared);

    [[nodiscard]] bool knows(http_request const& request) const;
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
    void bind_directories();
    void bind_directory_files();

    void authenticate(call& current);
    /// The account whose project this request is about; 404 when it names a project or organization of
    /// others.
    account const& caller(call const& current) const;

    // files.cpp
    http_response create_file(call& current);
    http_response list_files(call& current);
    http_response query_files(call& current);
    http_response answer(call& current, account const& owner, file_query const& query, bool with_urls);
    file& require_file(account const& owner, std::string const& id);
    file& store_file(account const& owner, form_part const& upload, std::optional<std::string> external_id,
                     std::optional<std::string> purpose);
    [[nodiscard]] json::object describe(file const& item, http_request const& request, bool with_url) const;
    [[nodiscard]] json::value signed_url(file const& item, http_request const& request,
                                         std::int64_t seconds) const;
    http_response fetch_signed(http_request const& request);

    // directories.cpp
    http_response create_directory(call& current);
    http_response list_directories(call& current);
    http_response update_directory(call& current);
    http_response delete_directory(call& current);
    directory& require_directory(account const& owner, std::string const& id);

    // directory_files.cpp
    http_response add_directory_file(call& current);
    http_response upload_directory_file(call& current);
    http_response list_directory_files(call& current);
    http_response update_directory_file(call& current);
    http_response bulk_delete(call& current);
    directory_file& insert_entry(directory const& home, file const& target,
                                 std::optional<std::string> unique_id,
                                 std::optional<std::string> display_name, json::object metadata);
    directory_file& require_entry(directory const& home, std::string const& id);
    void require_free(std::string const& directory_id, std::string const& unique_id,
                      std::string const& except);
    [[nodiscard]] json::object describe(directory_file const& item, http_request const& request,
                                        bool with_url) const;

    environment& shared_;
    api api_;
    std::vector<account> accounts_;
    signed_urls urls_;

    std::mutex mutex_;  ///< held while behaviour runs; guards everything below
    std::map<std::string, file, std::less<>> files_;
    std::map<std::string, directory, std::less<>> directories_;
    std::map<std::string, directory_file, std::less<>> entries_;
};

/// The identities of the README.
[[nodiscard]] std::vector<account> initial_accounts();

/// Whether `expand` asks for download URLs; values that nobody documents are ignored.
[[nodiscard]] bool wants_url(call const& current);

[[nodiscard]] json::value time_or_null(std::optional<std::int64_t> const& micros);

}  // namespace ferry::mock::llamacloud
