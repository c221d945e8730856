// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/exit_code.hpp"

namespace ferry::cli {

namespace {

std::string about_status(error const& why, std::string const& key_variable, std::string const& doctor) {
    switch (why.status()) {
        case 401:
            return "The key is not accepted: look at " + key_variable +
                   (doctor.empty() ? "." : " and at `" + doctor + "`.");
        case 403:
            return "The key is not allowed to do this: is it the right project and organization?";
        case 402:
            return "The account's credits are used up, or its plan has no access to this.";
        case 404:
            return "There is no such thing, or the key does not see it: look at the id.";
        case 413:
            return "The service takes no file of this size.";
        case 429:
            return "Too many requests: try again later, with fewer at a time.";
        default:
            return why.status() >= 500 ? "The service has a problem; try again later." : std::string();
    }
}

}  // namespace

exit_code exit_code_of(error const& why) {
    switch (why.kind()) {
        case error_kind::none:
            return exit_code::done;
        case error_kind::cancelled:
            return exit_code::interrupted;
        case error_kind::status:
            if (why.status() == 401 || why.status() == 403) return exit_code::not_authenticated;
            return why.status() == 404 ? exit_code::not_found : exit_code::failed;
        default:
            return exit_code::failed;
    }
}

std::string advice(error const& why, std::string const& key_variable, std::string const& doctor) {
    switch (why.kind()) {
        case error_kind::status:
            return about_status(why, key_variable, doctor);
        case error_kind::connection:
            return "Is the network up, and the base URL right?" +
                   (doctor.empty() ? "" : " `" + doctor + "` looks at each step.");
        case error_kind::tls:
            return doctor.empty() ? "" : "`" + doctor + "` shows which certificate the server has.";
        case error_kind::timeout:
            return "--timeout allows more time.";
        case error_kind::limit:
            return "--output writes a file, whatever its size.";
        default:
            return {};
    }
}

}  // namespace ferry::cli
