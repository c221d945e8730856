// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// How files, directories and entries look in answers.

#include "core/call.hpp"
#include "llamacloud/signed_urls.hpp"
#include "llamacloud/store.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ferry::mock::llamacloud {

class view {
public:
    view(environment& shared, store const& things, signed_urls const& urls);

    [[nodiscard]] json::object describe(file const& item, http_request const& request, bool with_url) const;
    [[nodiscard]] json::object describe(directory const& item) const;
    [[nodiscard]] json::object describe(directory_file const& item, http_request const& request,
                                        bool with_url) const;
    /// As `/api/v1/files` had it.
    [[nodiscard]] json::object describe_legacy(file const& item) const;
    /// A link that is good for so many seconds; it leads to where the request came.
    [[nodiscard]] json::object signed_url(
        file const& item, http_request const& request, std::int64_t seconds,
        signed_urls::purpose good_for = signed_urls::purpose::download) const;
    /// Whether the request asks for links (`expand`).
    /// \throws http_error where it asks for something else and that is refused
    [[nodiscard]] bool wants_url(call const& current) const;

private:
    [[nodiscard]] json::value link_or_null(file const* item, http_request const& request, bool wanted) const;
    [[nodiscard]] json::value time(std::optional<std::int64_t> const& micros) const;
    [[nodiscard]] json::object finished(json::object item) const;

    environment& shared_;
    llamacloud_decisions const& decisions_;
    store const& things_;
    signed_urls const& urls_;
};

}  // namespace ferry::mock::llamacloud
