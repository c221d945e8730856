// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What files.list and files.query ask for: which files, in which order.

#include "llamacloud/model.hpp"
#include "llamacloud/paging.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ferry::mock::llamacloud {

/// One sort criterion: a member of the file's JSON, up or down.
struct sort_column {
    std::string name;
    bool descending = false;
};
using sort_order = std::vector<sort_column>;

/// Reads `order_by` by one of its grammars; nothing when it cannot be read.
[[nodiscard]] std::optional<sort_order> parse_order(std::string const& text, bool as_list);
[[nodiscard]] sort_key key_of(file const& item, sort_order const& order);

struct file_query {
    std::optional<std::vector<std::string>> ids;
    std::optional<std::string> name;
    std::optional<std::string> external_id;
    std::optional<std::string> data_source;
    bool only_manually_uploaded = false;
    std::optional<std::string> order_by;
    bool order_is_list = false;
    bool nothing_matches = false;
    page_request page{};  ///< `filters` is filled later

    [[nodiscard]] bool accepts(file const& item) const;
    /// The same for requests that walk the same list.
    [[nodiscard]] std::string fingerprint(std::string const& project) const;
};

}  // namespace ferry::mock::llamacloud
