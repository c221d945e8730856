// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/fork_count.hpp"

#include <atomic>
#include <memory>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// Keeps something to the end of the process, where a leak checker sees it. Takes no lock.
inline void keep_for_ever(std::shared_ptr<void const> what) {
    struct kept {
        std::shared_ptr<void const> what;
        kept* next;
    };
    static constinit std::atomic<kept*> all = nullptr;
    auto* const one = new kept{std::move(what), all.load()};
    while (!all.compare_exchange_weak(one->next, one)) {
    }
}

/// A `Core` for each process: one that was forked off makes its own, by `Core(inherited const&)`, when it is
/// wanted first. What it has inherited it only leaves, by `leave()`, and never destroys: other threads may
/// have been in the middle of it. Thread-safe.
template <class Core>
class process_core {
public:
    explicit process_core(std::shared_ptr<Core> first) : now_(new owned{std::move(first)}) {}
    process_core(process_core const&) = delete;
    ~process_core() {
        std::unique_ptr<owned> last(now_.load());
        if (is_inherited(last->forks)) put_aside(std::move(last));
    }

    std::shared_ptr<Core> const& get() {
        auto const* const known = now_.load(std::memory_order_acquire);
        return is_inherited(known->forks) ? renew() : known->core;
    }

private:
    struct owned {
        std::shared_ptr<Core> core;
        unsigned forks = fork_count();
    };

    std::shared_ptr<Core> const& renew() {
        auto* known = now_.load();
        auto fresh = std::make_unique<owned>(owned{std::make_shared<Core>(std::as_const(*known->core))});
        auto const& made = fresh->core;
        if (!now_.compare_exchange_strong(known, fresh.get())) return known->core;  // another thread did
        static_cast<void>(fresh.release());
        put_aside(std::unique_ptr<owned>(known));
        return made;
    }

    static void put_aside(std::unique_ptr<owned> inherited) {
        inherited->core->leave();
        keep_for_ever(std::move(inherited));
    }

    std::atomic<owned*> now_;
};

}  // namespace ferry::detail
