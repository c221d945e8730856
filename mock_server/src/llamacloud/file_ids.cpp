// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/file_ids.hpp"

#include "core/scalars.hpp"

namespace ferry::mock::llamacloud {
namespace {

constexpr std::string_view prefix = "dfl-";

std::string without_prefix(llamacloud_decisions const& decisions, std::string_view id) {
    if (decisions.dfl_file_ids && id.starts_with(prefix)) id.remove_prefix(prefix.size());
    return std::string(id);
}

}  // namespace

std::string public_file_id(llamacloud_decisions const& decisions, std::string const& id) {
    return decisions.dfl_file_ids ? std::string(prefix) + id : id;
}

std::string private_file_id(llamacloud_decisions const& decisions, std::string const& id) {
    return parse_uuid(without_prefix(decisions, id)).value_or(id);
}

void tolerate_file_ids(llamacloud_decisions const& decisions, json::value& body) {
    json::object* const object = body.if_object();
    json::value* const filter = object == nullptr ? nullptr : object->if_contains("filter");
    if (filter == nullptr || !filter->is_object()) return;
    json::value* const ids = filter->get_object().if_contains("file_ids");
    if (ids == nullptr || !ids->is_array()) return;
    for (json::value& id : ids->get_array()) {
        if (id.is_string()) id = json::value(without_prefix(decisions, id.get_string()));
    }
}

}  // namespace ferry::mock::llamacloud
