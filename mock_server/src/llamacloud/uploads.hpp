// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// How files come in, whichever operation brings them.

#include "llamacloud/context.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ferry::mock::llamacloud {

/// What an upload says of its file.
struct upload_details {
    std::optional<std::string> external_id{};
    std::optional<std::string> purpose{};
    std::optional<std::int64_t> expires{};
};

/// The largest upload, in bytes.
[[nodiscard]] std::uint64_t largest_upload(server_options const& options) noexcept;
/// The refusal of what is larger than `limit` bytes.
[[nodiscard]] http_error too_large(std::uint64_t limit);

/// Stores what was uploaded.
/// \throws http_error when it is no file, too large, one too many, or storage fails
file& store_file(context& in, call const& current, account const& owner, form_part const& upload,
                 upload_details details);
/// Gives the file an id and the time.
/// \throws http_error when it is one too many
file& add_file(context& in, file item);

}  // namespace ferry::mock::llamacloud
