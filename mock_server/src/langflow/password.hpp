// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A user's password. It is never told again: people type passwords that they use elsewhere.

#include <string>
#include <string_view>

namespace ferry::mock::langflow {

/// Knows the text, or only its hash where that came out of a document of state.
class password {
public:
    /// Nobody's.
    password() = default;
    explicit password(std::string text) : text_(std::move(text)) {}

    /// \param hash as hash() gives it
    /// \throws std::invalid_argument for anything else
    [[nodiscard]] static password from_hash(std::string hash);

    [[nodiscard]] bool is(std::string_view attempt) const;

    /// `pbkdf2-sha256$ROUNDS$SALT$KEY`, the same whenever it is asked for.
    ///
    /// \param salt of a text; what was a hash from the start has its own
    [[nodiscard]] std::string hash(std::string_view salt) const;

private:
    std::string text_;
    std::string hash_;
};

}  // namespace ferry::mock::langflow
