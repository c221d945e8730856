// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/invocation.hpp"

#include "command_line/call_progress.hpp"

#include <algorithm>

namespace ferry::cli {

request_options invocation::options() const {
    request_options made;
    made.timeout = settings_.timeout;
    made.max_retries = settings_.max_retries;
    made.stop_token = settings_.stop;
    made.body = values_.rest();
    if (moves_ && settings_.progress)
        made.progress = [to = settings_.progress](ferry::transfer_progress const& how) {
            to->moved(how);
            return true;
        };
    return made;
}

bool invocation::is_document(header_fields const& headers) {
    auto type = headers.find("content-type").value_or("application/json");
    type = type.substr(0, type.find_first_of("; "));
    constexpr std::string_view json = "json";
    return type.size() >= json.size() && std::ranges::equal(type.substr(type.size() - json.size()), json,
                                                            [](char a, char b) { return (a | 0x20) == b; });
}

void invocation::moves(std::string name) {
    moves_ = true;
    if (settings_.progress) settings_.progress->name(std::move(name));
}

std::string invocation::name_of_stored_file() {
    auto id = values_.name_of_download();
    if (!to_.wants_file() || !settings_.file_name) return id;
    auto name = settings_.file_name(id);
    return name.empty() ? id : name;
}

void invocation::end_progress() {
    if (settings_.progress) settings_.progress->finish();
}

error invocation::repeated_token() {
    return error(error_kind::protocol,
                 "the service answered with a page token that it had given before; stopping instead of "
                 "reading the same "
                 "pages for ever");
}

}  // namespace ferry::cli
