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
#include <vector>

#include "core/environment.hpp"
#include "core/faults.hpp"
#include "core/journal.hpp"
#include "langflow/service.hpp"
#include "llamacloud/service.hpp"

namespace ferry::mock {

/// Everything that requests of one namespace can see or change.
class world {
public:
    world(server_options const& options, std::string name, std::shared_ptr<scratch_directory const> scratch);

    [[nodiscard]] json::object state(std::uint64_t largest_content);
    /// Throws document_error, and then nothing has changed.
    void load(json::value const& document);

    /// The name of whoever the request's credentials belong to; empty when that is nobody.
    [[nodiscard]] std::string identity_of(http_request const& request);

    environment shared;
    fault_book faults;
    mock::journal journal;
    llamacloud::service llamacloud;
    langflow::service langflow;

private:
    void load_unsafely(json::value const& document);
};

/// Why a request cannot have the namespace that it names.
class namespace_error : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// The worlds by name; made when first asked for. Thread-safe.
class world_map {
public:
    /// Throws std::invalid_argument for a bad seed.
    explicit world_map(server_options options);

    /// The default one has no name. Throws namespace_error for a malformed name or when there are too many.
    [[nodiscard]] std::shared_ptr<world> find(std::string_view name);
    [[nodiscard]] std::shared_ptr<world> default_one() const;
    /// All there are, the default one first.
    [[nodiscard]] std::vector<std::shared_ptr<world>> all() const;

    /// Back to the first moment: requests that are being served finish in the world that was.
    void reset(std::string_view name);
    void reset_all();

    [[nodiscard]] server_options const& options() const noexcept { return options_; }
    [[nodiscard]] std::shared_ptr<scratch_directory const> const& scratch() const noexcept {
        return scratch_;
    }

private:
    [[nodiscard]] std::shared_ptr<world> make(std::string_view name) const;

    server_options const options_;
    json::value const seed_;  ///< null: none
    std::shared_ptr<scratch_directory const> scratch_ = std::make_shared<scratch_directory>();

    mutable std::mutex mutex_;
    std::shared_ptr<world> default_;
    std::map<std::string, std::shared_ptr<world>, std::less<>> named_;
};

/// Throws namespace_error.
void require_namespace_name(std::string_view name);

}  // namespace ferry::mock
