// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Namespaces: each has everything for itself, so that tests can share one server without seeing each other.

#include "core/environment.hpp"
#include "core/faults.hpp"
#include "core/journal_store.hpp"
#include "core/service.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::mock {

using service_list = std::vector<std::unique_ptr<service>>;

/// The services of one namespace (services.cpp). A request is for the first that claims it; the last one
/// takes what is left.
[[nodiscard]] service_list make_services(environment& shared);

/// What the namespaces of a server share without seeing it: where bytes are kept, and how much memory they
/// may take together.
struct common_room {
    explicit common_room(std::size_t journal_bytes)
        : journals(std::make_shared<journal_memory>(journal_bytes)) {}

    std::shared_ptr<scratch_directory const> scratch = std::make_shared<scratch_directory>();
    std::shared_ptr<journal_memory> journals;
    std::shared_ptr<budget> faults = std::make_shared<budget>(16 * mebibyte);
    std::shared_ptr<budget> deviations = std::make_shared<budget>(16 * mebibyte);
};

/// Everything that requests of one namespace can see or change.
class name_space_contents {
public:
    name_space_contents(server_options const& options, std::string name, common_room const& room);

    [[nodiscard]] json::object state(std::uint64_t largest_content);
    /// \throws document_error and then nothing has changed
    void load(json::value const& document);

    /// The one that the request is for.
    [[nodiscard]] service& service_for(http_request const& request) const;
    /// The one that is called as another namespace's.
    [[nodiscard]] service& service_like(service const& other) const;

    environment shared;
    fault_book faults;
    journal_store journal;
    service_list services;

private:
    void load_unsafely(json::value const& document);

    common_room const room_;
};

/// Why a request cannot have the namespace that it names.
class namespace_error : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// The namespaces of a server; each is made when first asked for. Thread-safe.
class name_spaces {
public:
    /// \throws std::invalid_argument for a bad seed
    explicit name_spaces(server_options options);
    ~name_spaces();
    name_spaces(name_spaces const&) = delete;
    name_spaces& operator=(name_spaces const&) = delete;

    /// The default one has no name.
    /// \throws namespace_error for a malformed name or when there are too many
    [[nodiscard]] std::shared_ptr<name_space_contents> find(std::string_view name);
    [[nodiscard]] std::shared_ptr<name_space_contents> default_one() const;
    /// All there are, the default one first.
    [[nodiscard]] std::vector<std::shared_ptr<name_space_contents>> all() const;

    /// Back to the first moment: requests that are being served finish in what was.
    void reset(std::string_view name);
    void reset_all();

    [[nodiscard]] server_options const& options() const noexcept { return options_; }
    [[nodiscard]] std::shared_ptr<scratch_directory const> const& scratch() const noexcept {
        return room_.scratch;
    }

private:
    [[nodiscard]] std::shared_ptr<name_space_contents> make(std::string_view name) const;

    server_options const options_;
    json::value const seed_;  ///< null: none
    common_room const room_;

    mutable std::mutex mutex_;
    std::shared_ptr<name_space_contents> default_;
    std::map<std::string, std::shared_ptr<name_space_contents>, std::less<>> named_;
};

/// \throws namespace_error
void require_namespace_name(std::string_view name);

}  // namespace ferry::mock
