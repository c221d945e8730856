// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Whatever happens to an upload: the service has stored the file once, whether ferry says so or not.

#include "contract/langflow.hpp"
#include "contract/llamacloud.hpp"
#include "matrix.hpp"
#include "support/eventually.hpp"

using namespace ferry_test;
using namespace ferry_test::faults;

namespace {

using ferry::mock::reset_point;

/// The clients of one mock server.
struct services : service {
    explicit services(std::chrono::milliseconds idle) : idle_timeout(idle) {}

    ferry::client_options bounded(std::string key) const {
        auto with = options(std::move(key));
        with.idle_timeout = idle_timeout;
        return with;
    }

    std::chrono::milliseconds idle_timeout;
    ferry::llamacloud::client cloud{bounded("llx-alice")};
    ferry::langflow::client langflow{bounded("sk-alice")};
    std::string directory = cloud.directories.create("d").send().value().id;
};

/// One way to upload a file, and how many are there.
struct upload {
    char const* name;
    std::optional<ferry::error> (*send)(services const&, sender const&, ferry::upload_source);
    std::size_t (*count)(services const&);
};

template <class T>
std::optional<ferry::error> failure_of(ferry::result<T> const& got) {
    return got ? std::optional<ferry::error>() : got.error();
}

upload const uploads[] = {
    {"files.create",
     [](services const& at, sender const& send, ferry::upload_source file) {
         return failure_of(send(at.cloud.files.create(std::move(file), "parse")));
     },
     [](services const& at) { return at.cloud.files.list().send().value().items.size(); }},
    {"directories.files.upload",
     [](services const& at, sender const& send, ferry::upload_source file) {
         return failure_of(send(at.cloud.directories.files.upload(at.directory, std::move(file))));
     },
     [](services const& at) {
         return at.cloud.directories.files.list(at.directory).send().value().items.size();
     }},
    {"files.upload",
     [](services const& at, sender const& send, ferry::upload_source file) {
         return failure_of(send(at.langflow.files.upload(std::move(file))));
     },
     [](services const& at) { return at.langflow.files.list().send().value().size(); }},
    {"flow_files.upload",
     [](services const& at, sender const& send, ferry::upload_source file) {
         return failure_of(send(at.langflow.flow_files.upload(alice_flow, std::move(file))));
     },
     [](services const& at) { return at.langflow.flow_files.list(alice_flow).send().value().files.size(); }},
};

/// What happens, and whether ferry may know that the file has not been stored.
struct trouble {
    char const* name;
    ferry::mock::fault what;
    bool refused;
};

trouble const troubles[] = {
    {"408", {.method = "POST", .status = 408, .retry_after = 0}, true},
    {"409", {.method = "POST", .status = 409, .retry_after = 0}, true},
    {"425", {.method = "POST", .status = 425, .retry_after = 0}, true},
    {"429", {.method = "POST", .status = 429, .retry_after = 0}, true},
    {"503", {.method = "POST", .status = 503, .retry_after = 0}, true},
    {"no answer", {.method = "POST", .reset = reset_point::before_headers}, false},
    {"half an answer", {.method = "POST", .reset = reset_point::after_headers}, false},
    {"a truncated answer", {.method = "POST", .truncate_after = 5}, false},
    {"garbage", {.method = "POST", .garbage = true}, false},
    {"a stall", {.method = "POST", .stall = true}, false},
};

std::string try_upload(upload const& way, trouble const& happens, call_form form,
                       std::chrono::milliseconds idle) {
    services at(idle);
    at.mock.add_fault(happens.what);
    auto const failure = way.send(at, sender(form), ferry::from_string(uploaded_bytes(), "a.bin"));
    std::string wrong;
    if (happens.refused && failure) wrong += "\n    failed: " + failure->message();
    if (!happens.refused && !failure) wrong += "\n    succeeded";
    if (failure && failure->retries() > 0) wrong += "\n    was repeated";
    if (auto const fired = at.mock.faults_fired(); fired != 1)
        wrong += "\n    the fault was met " + std::to_string(fired) + " times";
    if (auto const stored = way.count(at); stored != 1)
        wrong += "\n    " + std::to_string(stored) + " files are stored";
    return wrong;
}

}  // namespace

TEST_CASE("an upload is stored once") {
    std::size_t const ways = std::size(uploads);
    all_at_once(ways * std::size(troubles) * 2, [&](std::size_t i) {
        auto const& way = uploads[i / 2 % ways];
        auto const& happens = troubles[i / 2 / ways];
        auto const form = i % 2 ? coroutine : blocking;
        std::string wrong;
        if (happens.what.stall)
            at_some_pace([&](std::chrono::milliseconds pace) {
                wrong = try_upload(way, happens, form, 2 * pace);
                return wrong.empty();
            });
        else
            wrong = try_upload(way, happens, form, std::chrono::minutes(1));
        return wrong.empty() ? wrong : std::string(way.name) + " / " + happens.name + ":" + wrong;
    });
}
