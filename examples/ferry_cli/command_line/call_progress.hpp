// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/progress_board.hpp"
#include "terminal/ticker.hpp"

#include "ferry/core/transfer_progress.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace ferry::cli {

class session;

/// Progress of the one file that a call uploads or downloads: a line, once it has taken a second.
class call_progress {
public:
    /// The session must outlive this.
    explicit call_progress(session const& with) : with_(with) {}

    /// What is moved from now on.
    void name(std::string file) { name_ = std::move(file); }
    void moved(ferry::transfer_progress const& how);
    /// Nothing is shown any more, so that the result can be written.
    void finish();

private:
    session const& with_;
    std::string name_ = "bytes";
    std::optional<progress_board> board_;
    std::optional<ticker> ticks_;
};

}  // namespace ferry::cli
