// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// What the mock asks of a service. One object is one namespace's service, with the state that it has there.

#include "core/document.hpp"
#include "core/exchange.hpp"
#include "core/json.hpp"
#include "http/body_reader.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace ferry::mock {

/// All members may be called from several threads at once.
class service {
public:
    virtual ~service() = default;
    service(service const&) = delete;
    service& operator=(service const&) = delete;

    /// `llamacloud`: before the names of operations in journals, and in documents of state.
    [[nodiscard]] virtual std::string_view name() const noexcept = 0;
    /// `LlamaCloud`, and how it wants a key, `Authorization: Bearer KEY`: for people.
    [[nodiscard]] virtual std::string_view title() const noexcept = 0;
    [[nodiscard]] virtual std::string_view key_form() const noexcept = 0;

    /// Whether the request is for this service, by its path.
    [[nodiscard]] virtual bool claims(http_request const& request) const = 0;
    /// Whether the path is of a link that this service signed: such a link names its namespace itself,
    /// because those who follow it do not send our header.
    [[nodiscard]] virtual bool is_signed_link(http_request const&) const { return false; }
    /// How much of a body is read before it is refused.
    [[nodiscard]] virtual body_limit limit_for(http_request const& head) const = 0;
    /// The operations that it has.
    [[nodiscard]] virtual std::span<route const> routes() const noexcept = 0;
    /// Where the request leads, asked once for each; a service may know paths that are no operation.
    [[nodiscard]] virtual match find(http_request const& request) const = 0;

    [[nodiscard]] virtual http_response serve(exchange& on) = 0;
    /// Gives an answer that a fault made what all answers of the service have.
    virtual void complete(http_response&) {}

    /// The caller's name, by the credentials that the request brings; empty when nobody has them.
    [[nodiscard]] virtual std::string identity_of(http_request const& request) = 0;
    /// Whose key that is, and whose thing has that id; empty when it is nobody's.
    [[nodiscard]] virtual std::string owner_of_key(std::string_view key) = 0;
    [[nodiscard]] virtual std::string owner_of(std::string_view id) = 0;

    /// What there is, of everybody, as load() reads it: keys in clear, contents of up to `largest_content`
    /// bytes.
    [[nodiscard]] virtual json::object state(std::uint64_t largest_content) = 0;
    /// Replaces everything; a list that is absent is as at the first moment.
    /// \throws document_error and then nothing has changed
    virtual void load(document source) = 0;

protected:
    service() = default;
};

}  // namespace ferry::mock
