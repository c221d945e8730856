// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/controlled_clock.hpp"

#include "core/times.hpp"

#include <algorithm>
#include <stdexcept>

namespace ferry::mock {
namespace {

using namespace std::chrono;

// 2261-12-31T23:59:59Z: what tests hold in their hands, a time_point of the system's clock, ends a few months
// later.
constexpr std::int64_t latest = 9'214'646'399 * second;
constexpr char const* out_of_range = "a clock cannot stand before 1970 or beyond the year 2261";

}  // namespace

std::int64_t controlled_clock::now() {
    std::lock_guard const lock(mutex_);
    return read();
}

std::int64_t controlled_clock::mode::read() const {
    return fixed ? *fixed : micros_of(system_clock::now()) + offset;
}

std::int64_t controlled_clock::read() {
    std::int64_t const micros = mode_.read();
    if (mode_.fixed) return micros;
    last_ = micros > last_ ? micros : last_ + 1;
    return last_;
}

void controlled_clock::tick() {
    std::lock_guard const lock(mutex_);
    if (mode_.fixed) *mode_.fixed = (std::min)(*mode_.fixed + mode_.step, latest);  // there it stands still
}

clock_state controlled_clock::set(clock_setting const& setting) {
    if (setting.step_ms && setting.step_ms->count() < 0)
        throw std::invalid_argument("a clock's step cannot be negative");
    if (setting.step_ms && setting.step_ms->count() > latest / 1000)
        throw std::invalid_argument("a clock's step cannot be that long");
    {
        std::lock_guard const lock(mutex_);
        mode next = setting.real ? mode() : mode_;
        if (setting.now) next.fixed = micros_of(*setting.now);
        if (setting.advance_s) {
            constexpr seconds beyond(latest / second + 1);  // from everywhere
            auto const distance =
                duration_cast<microseconds>(std::clamp(*setting.advance_s, -beyond, beyond));
            (next.fixed ? *next.fixed : next.offset) += distance.count();
        }
        if (setting.step_ms) {
            next.fixed = next.read();
            next.step = duration_cast<microseconds>(*setting.step_ms).count();
        }
        if (std::int64_t const now = next.read(); now < 0 || now > latest) {
            throw std::invalid_argument(out_of_range);
        }
        mode_ = next;
        last_ = 0;  // it may have gone back
    }
    return describe();
}

clock_state controlled_clock::describe() {
    std::lock_guard const lock(mutex_);
    clock_state state;
    state.now = time_of(read());
    state.fixed = mode_.fixed.has_value();
    if (!state.fixed) state.advance_s = duration_cast<seconds>(microseconds(mode_.offset));
    state.step_ms = duration_cast<milliseconds>(microseconds(mode_.step));
    return state;
}

clock_setting clock_setting_from(document source) {
    clock_setting setting;
    setting.real = source.flag_if("real").value_or(false);
    if (auto const now = source.time_if("now")) {
        if (*now < 0 || *now > latest) source.refuse("now", out_of_range);
        setting.now = time_of(*now);
    }
    if (auto const advance = source.integer_if("advance_s")) setting.advance_s = seconds(*advance);
    if (auto const step = source.count_if("step_ms")) {
        setting.step_ms = milliseconds(static_cast<std::int64_t>((std::min)(*step, std::uint64_t{latest})));
    }
    source.finish();
    return setting;
}

json::object setting_to_json(clock_state const& state) {
    json::object result;
    if (state.fixed) {
        result["now"] = utc_text(micros_of(state.now));
        result["step_ms"] = state.step_ms.count();
    } else {
        result["real"] = true;
        result["advance_s"] = state.advance_s.count();
    }
    return result;
}

json::object to_json(clock_state const& state) {
    json::object result{{"now", utc_text(micros_of(state.now))}, {"fixed", state.fixed}};
    result["advance_s"] = state.advance_s.count();
    result["step_ms"] = state.step_ms.count();
    return result;
}

}  // namespace ferry::mock
