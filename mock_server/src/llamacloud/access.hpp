// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Who asks, whether the role allows it, whether it is too often, and what of all there is they may see.

#include "core/call.hpp"
#include "llamacloud/rate_limits.hpp"
#include "llamacloud/store.hpp"

#include <string>
#include <string_view>

namespace ferry::mock::llamacloud {

// File ids as the outside knows them, and back: the decision `dfl_file_ids` gives them a prefix.

[[nodiscard]] std::string public_file_id(llamacloud_decisions const& decisions, std::string const& id);
/// In the form in which files are stored, if the text has any form of an id.
[[nodiscard]] std::string private_file_id(llamacloud_decisions const& decisions, std::string const& id);
/// The ids in the filter of files.query, without their prefixes.
void tolerate_file_ids(llamacloud_decisions const& decisions, json::value& body);

/// With what does not lock by itself, the caller holds the store's lock.
class access {
public:
    access(environment& shared, store& things);

    /// Rewrites what a lenient decision lets pass, before anything looks at it.
    void tolerate(call& current) const;
    /// Runs before parameters and body are validated; locks.
    /// \throws http_error for those who may not call
    void admit(call& current);

    /// The caller's name; empty when it is nobody. Locks.
    [[nodiscard]] std::string identity_of(http_request const& request) const;
    /// The account whose project this request is about.
    /// \throws http_error when it names a project or organization of others
    [[nodiscard]] account const& caller(call const& current) const;

    /// \throws http_error when there is none, or it is another project's
    [[nodiscard]] file& require_file(account const& owner, std::string const& id) const;
    [[nodiscard]] directory& require_directory(account const& owner, std::string const& id) const;
    /// The directory that the call's path names.
    [[nodiscard]] directory& directory_of(call const& current) const {
        return require_directory(caller(current), current.path("directory_id"));
    }
    /// \throws http_error when the directory has none
    [[nodiscard]] directory_file& require_entry(directory const& home, std::string const& id) const;

private:
    /// nullptr when nobody has the request's credentials.
    [[nodiscard]] account const* find_account(http_request const& request) const;
    void limit_rates(call const& current, account const& caller);
    [[nodiscard]] http_error foreign(std::string_view kind, std::string const& not_found) const;
    [[nodiscard]] http_error unauthorized(std::string_view why) const;

    environment& shared_;
    llamacloud_decisions const& decisions_;
    store& things_;
    sliding_window uploads_{5 * second};
    sliding_window requests_{60 * second};
};

}  // namespace ferry::mock::llamacloud
