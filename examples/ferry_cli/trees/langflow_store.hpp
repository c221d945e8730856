// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/langflow_names.hpp"
#include "trees/store.hpp"

#include "ferry/langflow/client.hpp"

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ferry::cli {

/// The files of a Langflow user, or those whose names begin with a path.
///
/// Every file is uploaded under a name of its own and then renamed, so that Langflow neither numbers it nor
/// writes over the bytes of another one, and so that an upload whose answer was lost is recognised.
class langflow_store final : public store {
public:
    langflow_store(langflow::client flows, remote_name place)
        : flows_(std::move(flows)), place_(std::move(place)) {}

    result<std::vector<remote_entry>> list(std::stop_token stop) override;
    result<bool> exists(std::stop_token) override { return true; }
    result<void> prepare(std::stop_token stop) override;
    result<std::string> add(local_entry const& file, std::string const& sha256,
                            request_options const& with) override;
    result<std::string> replace(remote_entry const& old, local_entry const& file, std::string const& sha256,
                                request_options const& with) override;
    result<saved_file> fetch(remote_entry const& file, std::string const& path,
                             request_options const& with) override;
    result<void> read(remote_entry const& file, byte_sink& to, request_options const& with) override;
    result<void> remove(remote_entry const& file, request_options const& with) override;
    result<void> rename(remote_entry const& file, std::string const& name,
                        request_options const& with) override;
    result<std::string> describe(remote_entry const& file, request_options const& with) override;

private:
    /// What Langflow knows of a file.
    struct row {
        std::string name;
        std::string path;
    };
    /// An upload that does not have its name yet.
    struct pending {
        remote_entry file;
        std::vector<remote_entry> old;  ///< those that it replaces
        bool counts = true;             ///< not where what it was to replace is newer
    };

    std::string full_name(std::string const& name) const;
    std::string full_name(remote_entry const& file) const;
    bool put_below(std::string const& full_name, remote_entry& to) const;
    result<langflow::models::uploaded_file> upload(local_entry const& file, row_name const& name,
                                                   request_options const& with);
    /// \returns the row's new name
    result<std::string> give_name(std::string const& id, std::string const& full_name, std::stop_token stop);
    result<void> rename_row(std::string const& id, std::string const& row_name, std::stop_token const& stop);
    result<void> remove_nameless(row_name const& of, request_options const& with);

    // Under the lock.
    std::string claim_name(std::string const& id, std::string const& full_name);
    void note(std::string const& id, row one);
    void forget(std::string const& id);

    langflow::client flows_;
    remote_name place_;
    std::mutex lock_;                              ///< of the following
    std::map<std::string, row> rows_;              ///< by id, all of the user
    std::multiset<std::string> names_;             ///< of rows
    std::map<std::string, pending_row> nameless_;  ///< by id, uploads of which only the name's sum is known
    std::vector<pending> unfinished_;
};

}  // namespace ferry::cli
