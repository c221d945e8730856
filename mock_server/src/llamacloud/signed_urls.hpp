// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Links that let anybody who holds them read one file until they expire, as object storage signs them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../http/message.hpp"

namespace ferry::mock::llamacloud {

class signed_urls {
public:
    static constexpr std::string_view prefix = "/storage/";

    /// A link names the `space` (namespace) that signed it: whoever follows it does not send our header.
    signed_urls(std::string secret, std::string space)
        : secret_(std::move(secret)), space_(std::move(space)) {}

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
    [[nodiscard]] target check(http_request const& request, std::int64_t now) const;

private:
    [[nodiscard]] std::string signature(std::string_view file_id, std::string_view expires,
                                        purpose good_for) const;

    std::string secret_;
    std::string space_;
};

}  // namespace ferry::mock::llamacloud
