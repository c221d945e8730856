// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// LlamaCloud's files, directories and directory files.

#include "core/service.hpp"
#include "llamacloud/context.hpp"

#include <vector>

namespace ferry::mock::llamacloud {

class service final : public mock::service {
public:
    explicit service(environment& shared);

    [[nodiscard]] std::string_view name() const noexcept override { return "llamacloud"; }
    [[nodiscard]] std::string_view title() const noexcept override { return "LlamaCloud"; }
    [[nodiscard]] std::string_view key_form() const noexcept override { return "Authorization: Bearer KEY"; }

    [[nodiscard]] bool claims(http_request const& request) const override;
    [[nodiscard]] bool is_signed_link(http_request const& request) const override {
        return signed_urls::claims(request);
    }
    [[nodiscard]] body_limit limit_for(http_request const& head) const override;
    [[nodiscard]] std::span<route const> routes() const noexcept override { return routes_; }
    [[nodiscard]] match find(http_request const& request) const override;

    [[nodiscard]] http_response serve(exchange& on) override;
    /// A 5xx answer gets the correlation id that LlamaCloud's have.
    void complete(http_response& response) override;

    [[nodiscard]] std::string identity_of(http_request const& request) override {
        return context_.access.identity_of(request);
    }
    [[nodiscard]] std::string owner_of_key(std::string_view key) override {
        return context_.store.owner_of_key(key);
    }
    [[nodiscard]] std::string owner_of(std::string_view id) override { return context_.store.owner_of(id); }
    [[nodiscard]] json::object state(std::uint64_t largest_content) override {
        return context_.store.state(largest_content);
    }
    void load(document source) override { context_.store.load(std::move(source)); }

private:
    context context_;
    std::vector<route> routes_;
    api api_;
};

}  // namespace ferry::mock::llamacloud
