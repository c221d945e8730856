// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/store.hpp"

#include "ferry/llamacloud/client.hpp"

#include <memory>
#include <mutex>
#include <optional>

namespace ferry::cli {

/// A directory of LlamaCloud, or what is below a path in it. A file's name below the directory is the unique
/// id of its entry, as `bulk::upload_to_directory` has it; its size, time and checksum are noted in the
/// entry's metadata, because the service tells none of them. Entries with such notes take their stored files
/// with them when they are removed; of others only the entry goes.
class llamacloud_store final : public store {
public:
    llamacloud_store(llamacloud::client cloud, remote_name place)
        : cloud_(std::move(cloud)), place_(std::move(place)) {}

    result<std::vector<remote_entry>> list(std::stop_token stop) override;
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
    std::string unique_id(std::string const& name) const;
    result<std::string> upload(local_entry const& file, std::string const& unique_id,
                               std::string const& sha256, request_options const& with);

    llamacloud::client cloud_;
    remote_name place_;
    std::optional<std::string> id_;
};

/// The directories of a project. \returns name and id
result<std::vector<std::pair<std::string, std::string>>> directories(llamacloud::client const& cloud,
                                                                     std::stop_token stop);

}  // namespace ferry::cli
