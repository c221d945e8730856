// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Every way to upload a file, against a mock server, and what the service has of it afterwards.

#include "contract/langflow.hpp"
#include "contract/llamacloud.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ferry_test::faults {

/// Clients of one mock server: those that upload wait so long for a byte, those that look afterwards longer.
struct services : service {
    explicit services(std::chrono::milliseconds idle) : idle_timeout(idle) {}

    ferry::client_options bounded(std::string key) const {
        auto with = options(std::move(key));
        with.idle_timeout = idle_timeout;
        return with;
    }

    std::chrono::milliseconds idle_timeout;
    ferry::llamacloud::client to_cloud{bounded("llx-alice")};
    ferry::langflow::client to_langflow{bounded("sk-alice")};
    ferry::llamacloud::client cloud{options("llx-alice")};
    ferry::langflow::client langflow{options("sk-alice")};
    std::string directory = cloud.directories.create("d").send().value().id;
};

struct upload_way {
    char const* name;
    std::optional<ferry::error> (*send)(services const&, sender const&, ferry::upload_source,
                                        ferry::request_options);
    /// The content of each file that is there.
    std::vector<std::string> (*stored)(services const&);
};

template <class T>
std::optional<ferry::error> failure_of(ferry::result<T> const& got) {
    return got ? std::optional<ferry::error>() : got.error();
}

inline upload_way const upload_ways[] = {
    {"files.create",
     [](services const& at, sender const& send, ferry::upload_source file, ferry::request_options how) {
         return failure_of(send(at.to_cloud.files.create(std::move(file), "parse").options(std::move(how))));
     },
     [](services const& at) {
         std::vector<std::string> all;
         for (auto const& one : at.cloud.files.list().send().value().items)
             all.push_back(cloud::content_of(at.cloud, one.id));
         return all;
     }},
    {"directories.files.upload",
     [](services const& at, sender const& send, ferry::upload_source file, ferry::request_options how) {
         auto const& files = at.to_cloud.directories.files;
         return failure_of(send(files.upload(at.directory, std::move(file)).options(std::move(how))));
     },
     [](services const& at) {
         std::vector<std::string> all;
         for (auto const& one : at.cloud.directories.files.list(at.directory).send().value().items)
             all.push_back(cloud::content_of(at.cloud, one.file_id.value()));
         return all;
     }},
    {"files.upload",
     [](services const& at, sender const& send, ferry::upload_source file, ferry::request_options how) {
         return failure_of(send(at.to_langflow.files.upload(std::move(file)).options(std::move(how))));
     },
     [](services const& at) {
         std::vector<std::string> all;
         for (auto const& one : at.langflow.files.list().send().value())
             all.push_back(at.langflow.files.get(one.id).send().value());
         return all;
     }},
    {"flow_files.upload",
     [](services const& at, sender const& send, ferry::upload_source file, ferry::request_options how) {
         auto const& files = at.to_langflow.flow_files;
         return failure_of(send(files.upload(alice_flow, std::move(file)).options(std::move(how))));
     },
     [](services const& at) {
         std::vector<std::string> all;
         for (auto const& name : at.langflow.flow_files.list(alice_flow).send().value().files)
             all.push_back(at.langflow.flow_files.download(alice_flow, name).send().value());
         return all;
     }},
};

}  // namespace ferry_test::faults
