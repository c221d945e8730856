// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/error.hpp"
#include "ferry/core/result.hpp"

#include <exception>
#include <ostream>
#include <string_view>

namespace ferry::cli {

/// Standard output as a sink for bytes. What writing throws ends the call, and is thrown again by rethrow().
class output_sink final : public byte_sink {
public:
    /// \param to must outlive this
    explicit output_sink(std::ostream& to) : to_(to) {}

    result<void> write(std::string_view bytes) override {
        try {
            to_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
            if (to_) return {};
        } catch (std::exception const&) {
            thrown_ = std::current_exception();
        }
        return error(error_kind::file, "the output cannot be written");
    }

    void rethrow() const {
        if (thrown_) std::rethrow_exception(thrown_);
    }

private:
    std::ostream& to_;
    std::exception_ptr thrown_;
};

}  // namespace ferry::cli
