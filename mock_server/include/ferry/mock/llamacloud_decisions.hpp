// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What the mock does where nobody outside LlamaCloud knows what LlamaCloud does.

namespace ferry::mock {

/// LlamaCloud's documentation and its official clients leave these points open. Each default is the likeliest
/// answer; set the other one to see whether your program depends on it. describe_decisions() tells where each
/// default comes from.
struct llamacloud_decisions {
    // Ids

    /// Directories are `dir-<uuid>` and their entries `dfl-<uuid>`; otherwise both are bare UUIDs.
    bool prefixed_ids = true;
    /// Files are `dfl-<uuid>` as in the documentation's examples, and are found by the bare UUID, too;
    /// otherwise their ids are bare UUIDs as the parameters are declared, and any other form gets 422.
    bool dfl_file_ids = false;

    // Credentials and ownership

    /// `detail` of the 401 for a key that nobody has.
    std::string invalid_key_detail = "Invalid API Key";
    /// Each 401 carries `WWW-Authenticate: Bearer`.
    bool www_authenticate = true;
    /// Answer for projects, files and directories of somebody else: 404 (as if they did not exist) or 403.
    std::int64_t foreign_status = 404;
    /// `project_id=` and `organization_id=` count as absent; otherwise they get 422.
    bool empty_scope_is_absent = false;

    // Lists

    /// Order of a file list without `order_by`: created_at (newest first), name or id.
    std::string default_order = "created_at";
    /// Answer to an `order_by` that cannot be read: 400 or 422.
    std::int64_t order_by_status = 400;
    /// Answer to a page token that is not the service's or belongs to another list: 400 or 422.
    std::int64_t page_token_status = 400;
    /// A page token is good only with the filters and order that it was made with.
    bool page_token_binds_filters = true;
    /// Pages say in `total_size` how many items match; otherwise it is null.
    bool total_size = false;
    /// Items per page of directories and of their entries without `page_size`: 1 to 1000.
    std::int64_t default_page_size = 50;
    /// For directories and their entries a `page_size` above 1000 counts as 1000; otherwise it gets 422.
    bool coerce_page_size = true;
    /// For directories and their entries a `page_size` below 1 gets 422; otherwise it counts as 1.
    bool refuse_small_page_size = true;
    /// `expand` with anything but `download_url` gets 422; otherwise it is ignored.
    bool refuse_unknown_expand = false;
    /// The filter `name` of directories matches parts of names; otherwise whole names.
    bool directory_name_contains = false;
    /// Without `type` and `types`, directories of type `user` only are listed; otherwise all.
    bool list_user_directories_only = false;
    /// `display_name_contains` ignores the case of ASCII letters.
    bool contains_ignores_case = false;

    // Representation

    /// Members without value are left out; otherwise they are null.
    bool omit_nulls = false;
    /// Times have three digits after the point; otherwise six.
    bool millisecond_times = false;
    /// Member of 5xx bodies that carries a correlation id; empty for none.
    std::string correlation_id_member = "correlation_id";

    // Files and their bytes

    /// A `purpose` that is not one of the seven documented ones gets 422; otherwise it is kept as text.
    bool strict_purpose = true;
    /// Seconds that a file with purpose `parse` is kept, 0 for ever.
    std::int64_t parse_lifetime_s = 48 * 3600;
    /// A file past `expires_at` is neither found nor listed; otherwise only its bytes are gone.
    bool expired_files_vanish = true;
    /// Seconds that a signed URL works when the request does not say.
    std::int64_t link_lifetime_s = 3600;
    /// Answer of a signed URL that has expired: 403 or 400.
    std::int64_t expired_link_status = 403;
    /// A signed URL that is fetched with an Authorization header gets 400; otherwise the header is ignored.
    bool links_refuse_credentials = true;
    /// Uploads into a directory count against the rate limit for uploads.
    bool directory_uploads_are_limited = true;

    // Directories and their entries

    /// Seconds that a directory of type `ephemeral` is kept.
    std::int64_t ephemeral_lifetime_s = 24 * 3600;
    /// Files that are uploaded into an ephemeral directory expire with it.
    bool ephemeral_uploads_expire = true;
    /// `"description": null` clears the description of a directory; otherwise it keeps it.
    bool null_clears_description = true;
    /// A deleted directory stays listable with `include_deleted`.
    bool soft_delete_directories = true;
    /// A deleted directory entry stays listable with `include_deleted`.
    bool soft_delete_entries = true;
    /// Deleting a directory deletes the files that its entries point to; otherwise they stay in the project.
    bool directory_delete_removes_files = false;
    /// Deleting a file deletes the directory entries that point to it; otherwise they stay, without bytes.
    bool file_delete_removes_entries = true;
    /// Answer to deleting what is deleted already: 404 or 204.
    std::int64_t repeated_delete_status = 404;
    /// A `unique_id` that a directory has already gets 409; otherwise the directory has it twice.
    bool unique_ids_conflict = true;
    /// A 409 carries `x-should-retry: false`, which spares clients their retries.
    bool conflict_forbids_retry = true;
    /// Answer to a `metadata` part that is not a JSON object of metadata values: 400 or 422.
    std::int64_t metadata_status = 400;

    // Routing

    /// A path with a slash too many or too few is redirected (307); otherwise it gets 404.
    bool slash_redirects = true;
};

/// One row of the table of decisions.
struct llamacloud_decision {
    std::string name;           ///< of the member of llamacloud_decisions
    std::string default_value;  ///< as text
    std::string values;    ///< what decide() takes: "true or false", "404 or 403", "a number from 1 to 1000"
    std::string question;  ///< what it decides
    std::string source;    ///< why the default is what it is
};

/// \returns all decisions, in the order of the members of llamacloud_decisions
[[nodiscard]] std::vector<llamacloud_decision> describe_decisions();

/// Sets one decision from text: `decide(options.llamacloud.decisions, "foreign_status=403")`.
///
/// \param assignment `NAME=VALUE`, with the name of a member
/// \throws std::invalid_argument when there is no such decision or the value does not fit it; what() says
/// which are possible
void decide(llamacloud_decisions& decisions, std::string_view assignment);

}  // namespace ferry::mock
