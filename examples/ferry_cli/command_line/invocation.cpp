// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/invocation.hpp"

namespace ferry::cli {

request_options invocation::options() const {
    request_options made;
    made.timeout = settings_.timeout;
    made.max_retries = settings_.max_retries;
    made.stop_token = settings_.stop;
    made.body = values_.rest();
    return made;
}

error invocation::repeated_token() {
    return error(error_kind::protocol,
                 "the service answered with a page token that it had given before; stopping instead of "
                 "reading the same "
                 "pages for ever");
}

}  // namespace ferry::cli
