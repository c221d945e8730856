// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/context.hpp"

#include "http/url.hpp"

#include <algorithm>

namespace ferry::mock::llamacloud {
namespace {

constexpr std::uint64_t default_upload_mb = 512;
constexpr std::size_t longest_name = 3000;

}  // namespace

std::uint64_t largest_upload(server_options const& options) noexcept {
    return options.max_upload_mb.value_or(default_upload_mb) * mebibyte;
}

http_error too_large(std::uint64_t limit) {
    return {413,
            json::value("File size exceeds the maximum of " + std::to_string(limit / mebibyte) + " MB.")};
}

file& store_file(context& in, call const& current, account const& owner, form_part const& upload,
                 upload_details details) {
    std::uint64_t const most = largest_upload(in.shared.options);
    if (upload.filename.empty()) throw http_error(400, "File must have a filename.");
    if (code_points(upload.filename) > longest_name)
        throw http_error(400, "File name is too long. Maximum 3000 characters allowed.");
    if (upload.content.size() == 0) throw http_error(400, "Uploaded file is empty.");
    if (upload.content.size() > most) throw too_large(most);
    storage_fault const broken = current.on.storage;
    if (broken == storage_fault::failing || broken == storage_fault::uncommitted)
        throw http_error(500, "Internal Server Error");
    file item;
    item.name = upload.filename;
    item.project = owner.project;
    item.external_id = std::move(details.external_id);
    item.purpose = std::move(details.purpose);
    item.expires = details.expires;
    item.content = upload.content;
    return add_file(in, std::move(item));
}

file& add_file(context& in, file item) {
    if (auto const limit = in.shared.options.llamacloud.max_files) {
        auto const owned = std::count_if(in.store.files.begin(), in.store.files.end(), [&](auto const& pair) {
            return pair.second.project == item.project && !pair.second.expired;
        });
        if (static_cast<std::uint64_t>(owned) >= *limit) {
            throw http_error(402, json::value("The total number of files would exceed the maximum allowed: " +
                                              std::to_string(*limit)));
        }
    }
    item.id = in.shared.ids.uuid();
    item.created = item.modified = in.shared.clock.now();
    in.store.expect_expiry(item.expires);
    std::string const id = item.id;
    return in.store.files.emplace(id, std::move(item)).first->second;
}

}  // namespace ferry::mock::llamacloud
