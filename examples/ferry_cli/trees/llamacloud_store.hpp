// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/cloud_scope.hpp"
#include "trees/store.hpp"

#include "ferry/llamacloud/client.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry::cli {

/// A directory of LlamaCloud, or what is below a path in it.
///
/// A file's name below the directory is the unique id of its entry, as `bulk::upload_to_directory` has it;
/// its size, time and checksum are noted in the entry's metadata, because the service tells none of them. Of
/// entries without such notes, which somebody else has made, the name is the display name where the unique
/// id is none that a file can have here, or has no extension and the display name has one. Entries of the
/// same name get their ids added, all but one.
///
/// Entries with notes take their stored files with them when they are removed; of others only the entry goes.
class llamacloud_store final : public store {
public:
    llamacloud_store(llamacloud::client cloud, cloud_scope scope, remote_name place)
        : cloud_(std::move(cloud)), in_scope_(std::move(scope)), place_(std::move(place)) {}

    result<std::vector<remote_entry>> list(std::stop_token stop) override;
    result<bool> exists(std::stop_token stop) override;
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

    /// Id of the directory; nothing where there is none.
    result<std::optional<std::string>> directory_id(std::stop_token stop);

private:
    /// A file that was uploaded to replace another one.
    struct successor {
        remote_entry file;
        std::optional<remote_entry> old;  ///< where it is still there
        bool counts = true;               ///< not where what it was to replace is newer
    };

    std::string unique_id(std::string const& name) const;
    std::string unique_id(remote_entry const& file) const;
    /// Below the place, if it is there. \returns whether it is
    bool put_below(std::string const& full_name, remote_entry& to) const;
    result<std::string> upload(local_entry const& file, std::string const& unique_id,
                               std::string const& sha256, request_options const& with);
    result<void> give_unique_id(std::string const& entry_id, std::string const& unique_id,
                                std::stop_token stop);
    result<void> finish(successor const& one, std::stop_token stop);

    llamacloud::client cloud_;
    cloud_scope in_scope_;
    remote_name place_;
    std::optional<std::string> id_;
    std::vector<successor> unfinished_;
};

/// The directories of a project. \returns name and id
result<std::vector<std::pair<std::string, std::string>>> directories(llamacloud::client const& cloud,
                                                                     cloud_scope const& in_scope,
                                                                     std::stop_token stop);

}  // namespace ferry::cli
