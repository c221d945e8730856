// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "trees/entry.hpp"
#include "trees/remote_name.hpp"

#include "ferry/core/body.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace ferry::cli {

/// The files of one place at a service, by their names below it. Its functions may be called from several
/// threads at once, for different files.
class store {
public:
    virtual ~store() = default;

    /// Hears how many entries list() has got so far.
    void hear_listing(std::function<void(std::size_t entries)> hear) { hear_ = std::move(hear); }

    /// What is there, each name once. A place that does not exist yet is empty.
    virtual result<std::vector<remote_entry>> list(std::stop_token stop) = 0;
    /// Whether there is such a place; it may be empty.
    virtual result<bool> exists(std::stop_token stop) = 0;
    /// Makes the place where it is missing, and ends what list() has found cut short: replaced files that are
    /// still there, new ones that do not have their names yet.
    virtual result<void> prepare(std::stop_token stop) = 0;

    /// Uploads a file under a name that is not there. An upload whose answer was lost is looked for, not
    /// repeated blindly.
    /// \param sha256 to be noted with it, or empty
    /// \returns its id
    virtual result<std::string> add(local_entry const& file, std::string const& sha256,
                                    request_options const& with) = 0;
    /// Uploads a file in the place of another one, which goes only when the new one is complete.
    virtual result<std::string> replace(remote_entry const& old, local_entry const& file,
                                        std::string const& sha256, request_options const& with) = 0;
    virtual result<saved_file> fetch(remote_entry const& file, std::string const& path,
                                     request_options const& with) = 0;
    virtual result<void> read(remote_entry const& file, byte_sink& to, request_options const& with) = 0;
    virtual result<void> remove(remote_entry const& file, request_options const& with) = 0;
    /// \param name below the same place
    virtual result<void> rename(remote_entry const& file, std::string const& name,
                                request_options const& with) = 0;
    /// The entry as the service tells it, as JSON.
    virtual result<std::string> describe(remote_entry const& file, request_options const& with) = 0;

protected:
    void has_listed(std::size_t entries) const {
        if (hear_) hear_(entries);
    }

private:
    std::function<void(std::size_t)> hear_;
};

/// What is at a place. Where there is neither such a place nor anything below such a path, that is an error:
/// exit_code::not_found.
result<std::vector<remote_entry>> list_existing(store& at, remote_name const& place, std::stop_token stop);

}  // namespace ferry::cli
