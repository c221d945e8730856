// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/core/logger.hpp"

#include "support/catch2.hpp"

#include <memory>
#include <set>
#include <string>

TEST_CASE("a logger is made of anything that can be called, also of what can only be moved") {
    std::string heard;
    auto const logger = ferry::make_logger(
        [prefix = std::make_unique<std::string>("> "), &heard](ferry::log_event const& event) mutable {
            heard += *prefix + std::string(event.what) + "\n";
            *prefix = ">> ";
        });
    ferry::log_event event;
    event.what = "request";
    logger->log(event);
    event.what = "done";
    logger->log(event);
    CHECK(heard == "> request\n>> done\n");
}

TEST_CASE("every kind of event stands in the table once, and says when it comes") {
    std::set<std::string_view> names;
    for (auto const& one : ferry::log_event_types) {
        CHECK(names.insert(one.what).second);
        CHECK_FALSE(one.when.empty());
    }
    // Each call ends with one of these.
    CHECK(names.count("done") == 1);
    CHECK(names.count("failure") == 1);
}
