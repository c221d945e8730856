// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Links that let anybody who holds them read one file until they expire, as object storage signs them.

#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace ferry::mock::llamacloud {

class signed_urls {
public:
    /// A link names the namespace that signed it: whoever follows it does not send our header.
    signed_urls(std::string secret, std::string name_space)
        : secret_(std::move(secret)), name_space_(std::move(name_space)) {}

    /// Whether a request's path is a link's.
    [[nodiscard]] static bool claims(http_request const& request) noexcept {
        return request.path.starts_with(prefix);
    }

    /// What a link is good for: it is signed for one of them.
    enum class purpose { download, upload };

    /// `origin` is where the client reached us, so that the link leads back there. `expires` in seconds since
    /// 1970.
    [[nodiscard]] std::string make(std::string const& origin, std::string_view file_id, std::string_view name,
                                   std::int64_t expires, purpose good_for) const;

    enum class verdict { good, bad_signature, expired };
    struct target {
        verdict what = verdict::bad_signature;
        std::string file_id{};
    };
    /// \pre claims(request)
    [[nodiscard]] target check(http_request const& request, std::int64_t now) const;

private:
    static constexpr std::string_view prefix = "/storage/";

    [[nodiscard]] std::string signature(std::string_view file_id, std::string_view expires,
                                        purpose good_for) const;

    std::string secret_;
    std::string name_space_;
};

}  // namespace ferry::mock::llamacloud
