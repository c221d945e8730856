// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the operations of LlamaCloud work with and have in common.

#include "core/api.hpp"
#include "core/environment.hpp"
#include "llamacloud/access.hpp"
#include "llamacloud/paging.hpp"
#include "llamacloud/signed_urls.hpp"
#include "llamacloud/store.hpp"
#include "llamacloud/view.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock::llamacloud {

struct context {
    explicit context(environment& with);

    environment& shared;
    llamacloud_decisions const& decisions;
    llamacloud::store store;
    llamacloud::access access;
    signed_urls urls;
    page_maker pages;
    llamacloud::view view;
};

/// The routes of the description, changed and extended by what profile and options ask for (routes.cpp).
[[nodiscard]] std::vector<route> routes_for(server_options const& options);

/// Behaviour that runs with the store's lock held.
using behaviour = http_response (*)(context& in, call& current);
void offer(api& to, context& in, std::string_view operation, behaviour run, guard before_validation = {});

void offer_files(api& to, context& in);
void offer_directories(api& to, context& in);
void offer_directory_files(api& to, context& in);
void offer_legacy(api& to, context& in);

// files.cpp
[[nodiscard]] http_response delete_file(context& in, call const& current, std::string const& id);
/// Answers with JSON, never with the bytes.
[[nodiscard]] http_response link_to(context& in, call const& current, std::string const& id);

// uploads.cpp

/// What an upload says of its file.
struct upload_details {
    std::optional<std::string> external_id{};
    std::optional<std::string> purpose{};
    std::optional<std::int64_t> expires{};
};
/// The largest upload, in bytes, and the refusal of what is larger than so many bytes.
[[nodiscard]] std::uint64_t largest_upload(server_options const& options) noexcept;
[[nodiscard]] http_error too_large(std::uint64_t limit);
/// Stores what was uploaded.
/// \throws http_error when it is no file, too large, one too many, or storage fails
file& store_file(context& in, call const& current, account const& owner, form_part const& upload,
                 upload_details details);
/// Gives the file an id and the time.
/// \throws http_error when it is one too many
file& add_file(context& in, file item);

// storage.cpp
/// Where signed URLs lead: an object storage, which answers in XML, knows no API keys and serves ranges.
/// Locks.
[[nodiscard]] http_response serve_storage(context& in, exchange& on);

}  // namespace ferry::mock::llamacloud
