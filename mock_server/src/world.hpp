// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Namespaces: each is a world of its own, so that tests can share one server without seeing each other.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/environment.hpp"
#include "core/faults.hpp"
#include "langflow/service.hpp"
#include "llamacloud/service.hpp"

namespace ferry::mock {

/// Everything that requests of one namespace can see or change.
struct world {
    world(server_options const& options, std::string name, std::shared_ptr<scratch_directory const> scratch)
        : shared(options, std::move(name), std::move(scratch)), llamacloud(shared), langflow(shared) {}

    environment shared;
    fault_book faults;
    llamacloud::service llamacloud;
    langflow::service langflow;
};

/// Why a request cannot have the namespace that it names.
class namespace_error : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// The worlds by name; made when first asked for. Thread-safe.
class world_map {
public:
    explicit world_map(server_options const& options);

    /// The default one has no name. Throws namespace_error for a malformed name or when there are too many.
    [[nodiscard]] std::shared_ptr<world> find(std::string_view name);
    [[nodiscard]] std::shared_ptr<world> default_one() const;
    /// Back to the first moment: requests that are being served finish in the world that was.
    void reset(std::string_view name);
    void reset_all();

    [[nodiscard]] server_options const& options() const noexcept { return options_; }
    [[nodiscard]] std::shared_ptr<scratch_directory const> const& scratch() const noexcept {
        return scratch_;
    }

private:
    [[nodiscard]] std::shared_ptr<world> make(std::string_view name) const;

    server_options options_;
    std::shared_ptr<scratch_directory const> scratch_ = std::make_shared<scratch_directory>();

    mutable std::mutex mutex_;
    std::shared_ptr<world> default_;
    std::map<std::string, std::shared_ptr<world>, std::less<>> named_;
};

}  // namespace ferry::mock
