// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/store.hpp"

#include "ferry/langflow/client.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace ferry::cli {

/// A name with directories as Langflow can keep it, which takes no `/`: `2026/may.pdf` is `2026__may.pdf`.
/// Underscores that would be taken for one are written `%5F`.
std::string flat_name(std::string_view name);
/// The other way round.
std::string tree_name(std::string_view flat);

/// The files of a Langflow user, or those whose names begin with a path.
///
/// Langflow numbers names that begin like one that is there (`a` becomes `a (1)` beside `annual`); files get
/// their own names back by renaming, where the name has no comma.
class langflow_store final : public store {
public:
    langflow_store(langflow::client flows, remote_name place)
        : flows_(std::move(flows)), place_(std::move(place)) {}

    result<std::vector<remote_entry>> list(std::stop_token stop) override;
    result<void> prepare(std::stop_token) override { return {}; }
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
    std::string full(std::string const& name) const;

    langflow::client flows_;
    remote_name place_;
};

}  // namespace ferry::cli
