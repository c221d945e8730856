// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/mock/llamacloud_decisions.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <stdexcept>
#include <variant>

namespace ferry::mock {
namespace {

using all = llamacloud_decisions;
using member = std::variant<bool all::*, std::int64_t all::*, std::string all::*>;

struct row {
    member where;
    std::string_view name;
    std::string_view choices;  ///< `a|b`, or `1..1000` for a range; empty: anything of the member's type
    std::string_view question;
    std::string_view source;
};

constexpr std::string_view fastapi = "FastAPI's and pydantic's conventions; LlamaCloud is built on both";
constexpr std::string_view undocumented = "documented nowhere; the likeliest reading";
constexpr std::string_view from_fields =
    "read from the fields deleted_at and include_deleted; the operation's text says nothing, or "
    "\"permanently\"";

/// One row for each member; the only place that knows names, choices and sources.
constexpr row rows[] = {
    {&all::prefixed_ids, "prefixed_ids", "",
     "Directories get ids dir-<uuid> and their entries dfl-<uuid>; otherwise bare UUIDs",
     "examples in the documentation"},
    {&all::dfl_file_ids, "dfl_file_ids", "",
     "Files get ids dfl-<uuid>, and both forms are accepted; otherwise bare UUIDs only",
     "contradictory: the parameters are declared as UUIDs, the examples show dfl-"},
    {&all::invalid_key_detail, "invalid_key_detail", "", "Text of the 401 for an unknown key",
     "responses quoted in public; 'Invalid authentication token' is quoted, too"},
    {&all::www_authenticate, "www_authenticate", "", "A 401 carries WWW-Authenticate: Bearer", fastapi},
    {&all::foreign_status, "foreign_status", "404|403", "Answer for what belongs to another project",
     "contradictory: the error reference names 403; that ids do not leak speaks for 404"},
    {&all::empty_scope_is_absent, "empty_scope_is_absent", "",
     "project_id= and organization_id= count as absent; otherwise they get 422", fastapi},
    {&all::default_order, "default_order", "created_at|name|id",
     "Order of a file list without order_by; created_at is newest first", undocumented},
    {&all::order_by_status, "order_by_status", "400|422", "Answer to an order_by that cannot be read",
     undocumented},
    {&all::page_token_status, "page_token_status", "400|422", "Answer to a page token that is not good",
     undocumented},
    {&all::page_token_binds_filters, "page_token_binds_filters", "",
     "A page token is good only with the filters and order that it was made with", undocumented},
    {&all::total_size, "total_size", "", "Pages say how many items match; otherwise total_size is null",
     "documented as filled \"only when specifically requested\", and no parameter requests it"},
    {&all::default_page_size, "default_page_size", "1..1000",
     "Items per page of directories and entries without page_size",
     "documented for files (50), not for these lists"},
    {&all::coerce_page_size, "coerce_page_size", "",
     "A page_size of directories and entries above 1000 counts as 1000; otherwise it gets 422",
     "these lists declare no bounds; files.query is documented to coerce"},
    {&all::refuse_small_page_size, "refuse_small_page_size", "",
     "A page_size of directories and entries below 1 gets 422; otherwise it counts as 1", undocumented},
    {&all::refuse_unknown_expand, "refuse_unknown_expand", "",
     "expand with anything but download_url gets 422; otherwise it is ignored",
     "declared as a list of free texts"},
    {&all::directory_name_contains, "directory_name_contains", "",
     "The filter name of directories matches parts of names; otherwise whole names", undocumented},
    {&all::list_user_directories_only, "list_user_directories_only", "",
     "Without type and types, only directories of type user are listed; otherwise all", undocumented},
    {&all::contains_ignores_case, "contains_ignores_case", "",
     "display_name_contains ignores the case of ASCII letters", undocumented},
    {&all::omit_nulls, "omit_nulls", "", "Members without value are left out; otherwise they are null",
     "both are declared; pydantic writes null"},
    {&all::millisecond_times, "millisecond_times", "",
     "Times have three digits after the point; otherwise six",
     "pydantic writes six; the documentation's examples have three"},
    {&all::correlation_id_member, "correlation_id_member", "",
     "Member of 5xx bodies with a correlation id; empty for none",
     "the error reference promises an id and does not name the member"},
    {&all::strict_purpose, "strict_purpose", "",
     "A purpose other than the seven documented ones gets 422; otherwise it is kept as text",
     "contradictory: the text lists seven values, the schema is free text"},
    {&all::parse_lifetime_s, "parse_lifetime_s", "0..",
     "Seconds that a file with purpose parse is kept, 0 for ever",
     "48 hours are documented for sources of Parse, which purpose has which expiry is not"},
    {&all::expired_files_vanish, "expired_files_vanish", "",
     "An expired file is neither found nor listed; otherwise only its bytes are gone", undocumented},
    {&all::link_lifetime_s, "link_lifetime_s", "1..",
     "Seconds that a signed URL works when the request does not say",
     "documented as \"limited time\" without a number"},
    {&all::expired_link_status, "expired_link_status", "403|400", "Answer of a signed URL that has expired",
     "object storages differ: 403 or 400"},
    {&all::links_refuse_credentials, "links_refuse_credentials", "",
     "A signed URL fetched with an Authorization header gets 400; otherwise the header is ignored",
     "object storages that take one auth mechanism only"},
    {&all::directory_uploads_are_limited, "directory_uploads_are_limited", "",
     "Uploads into a directory count against the rate limit for uploads",
     "the documentation names the older POST /api/v1/files only"},
    {&all::ephemeral_lifetime_s, "ephemeral_lifetime_s", "1..", "Seconds that an ephemeral directory is kept",
     "documented as automatic cleanup without a number"},
    {&all::ephemeral_uploads_expire, "ephemeral_uploads_expire", "",
     "Files uploaded into an ephemeral directory expire with it", undocumented},
    {&all::null_clears_description, "null_clears_description", "",
     "\"description\": null clears a directory's description; otherwise it keeps it", undocumented},
    {&all::soft_delete_directories, "soft_delete_directories", "",
     "A deleted directory stays listable with include_deleted", from_fields},
    {&all::soft_delete_entries, "soft_delete_entries", "",
     "A deleted directory entry stays listable with include_deleted", from_fields},
    {&all::directory_delete_removes_files, "directory_delete_removes_files", "",
     "Deleting a directory deletes the files of its entries; otherwise they stay in the project",
     undocumented},
    {&all::file_delete_removes_entries, "file_delete_removes_entries", "",
     "Deleting a file deletes the directory entries that point to it; otherwise they stay, without bytes",
     undocumented},
    {&all::repeated_delete_status, "repeated_delete_status", "404|204",
     "Answer to deleting what is deleted already", undocumented},
    {&all::unique_ids_conflict, "unique_ids_conflict", "",
     "A unique_id that a directory has already gets 409; otherwise the directory has it twice",
     "409 is documented for duplicates in general"},
    {&all::conflict_forbids_retry, "conflict_forbids_retry", "", "A 409 carries x-should-retry: false",
     "the header that the official clients obey; they repeat a 409 otherwise"},
    {&all::metadata_status, "metadata_status", "400|422",
     "Answer to a metadata part that is not a JSON object of metadata values", undocumented},
    {&all::slash_redirects, "slash_redirects", "",
     "A path with a slash too many or too few is redirected (307); otherwise it gets 404", fastapi},
};

constexpr std::int64_t longest_lifetime = std::int64_t{1} << 33U;  // in seconds: no sum with a time overflows

bool is_range(row const& item) {
    return item.choices.find("..") != std::string_view::npos;
}

std::string values_of(row const& item) {
    if (std::holds_alternative<bool all::*>(item.where)) return "true or false";
    if (item.choices.empty()) return "any text";
    if (is_range(item)) {
        auto const dots = item.choices.find("..");
        std::string const from(item.choices.substr(0, dots));
        std::string const to(item.choices.substr(dots + 2));
        return "a number from " + from + (to.empty() ? " up" : " to " + to);
    }
    std::string text;
    for (std::string_view const choice : split(item.choices, '|'))
        text += (text.empty() ? "" : " or ") + std::string(choice);
    return text;
}

std::string text_of(llamacloud_decisions const& decisions, member where) {
    struct {
        llamacloud_decisions const& from;
        std::string operator()(bool all::* which) const { return from.*which ? "true" : "false"; }
        std::string operator()(std::int64_t all::* which) const { return std::to_string(from.*which); }
        std::string operator()(std::string all::* which) const { return from.*which; }
    } const visitor{decisions};
    return std::visit(visitor, where);
}

[[noreturn]] void refuse(row const& item, std::string_view value) {
    throw std::invalid_argument("the decision '" + std::string(item.name) + "' takes " + values_of(item) +
                                ", not '" + std::string(value) + "'");
}

std::int64_t number(row const& item, std::string_view text) {
    auto const value = whole_number<std::int64_t>(text);
    if (!value) refuse(item, text);
    return *value;
}

void require_choice(row const& item, std::string_view value) {
    if (item.choices.empty()) return;
    if (is_range(item)) {
        auto const dots = item.choices.find("..");
        std::string_view const most = item.choices.substr(dots + 2);
        std::int64_t const given = number(item, value);
        if (given < number(item, item.choices.substr(0, dots))) refuse(item, value);
        if (!most.empty() && given > number(item, most)) refuse(item, value);
        return;
    }
    auto const choices = split(item.choices, '|');
    if (std::find(choices.begin(), choices.end(), value) == choices.end()) refuse(item, value);
}

struct assign {
    llamacloud_decisions& to;
    row const& item;
    std::string_view value;

    void operator()(bool all::* which) const {
        if (value != "true" && value != "false") refuse(item, value);
        to.*which = value == "true";
    }
    void operator()(std::int64_t all::* which) const {
        require_choice(item, value);
        to.*which = (std::min)(number(item, value), longest_lifetime);
    }
    void operator()(std::string all::* which) const {
        require_choice(item, value);
        to.*which = value;
    }
};

}  // namespace

std::vector<llamacloud_decision> describe_decisions() {
    llamacloud_decisions const defaults;
    std::vector<llamacloud_decision> result;
    for (row const& item : rows) {
        result.push_back({std::string(item.name), text_of(defaults, item.where), values_of(item),
                          std::string(item.question), std::string(item.source)});
    }
    return result;
}

void decide(llamacloud_decisions& decisions, std::string_view assignment) {
    auto const equals = assignment.find('=');
    std::string_view const name = assignment.substr(0, equals);
    if (equals == std::string_view::npos)
        throw std::invalid_argument("a decision is NAME=VALUE, not '" + std::string(assignment) + "'");
    std::string known;
    for (row const& item : rows) {
        if (item.name == name)
            return std::visit(assign{decisions, item, assignment.substr(equals + 1)}, item.where);
        known += (known.empty() ? "" : ", ") + std::string(item.name);
    }
    throw std::invalid_argument("there is no decision '" + std::string(name) + "'; there are " + known);
}

}  // namespace ferry::mock
