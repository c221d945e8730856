// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "application/name_spaces.hpp"
#include "langflow/service.hpp"
#include "llamacloud/service.hpp"

namespace ferry::mock {

service_list make_services(environment& shared) {
    service_list made;
    made.push_back(std::make_unique<llamacloud::service>(shared));
    made.push_back(std::make_unique<langflow::service>(shared));  // has the root path: it takes what is left
    return made;
}

}  // namespace ferry::mock
