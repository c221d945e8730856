// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/schema/check.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::schema::detail {

/// A step of a JSON pointer: a name, or an index.
struct step_name {
    step_name() = default;
    step_name(std::string_view text) : name(text) {}
    step_name(std::string const& text) : name(text) {}
    step_name(std::size_t number) : index(number), is_index(true) {}

    void append_to(std::string& pointer) const {
        if (is_index)
            pointer += '/' + std::to_string(index);
        else
            json::detail::append_step(name, pointer);
    }

    std::string_view name{};
    std::size_t index = 0;
    bool is_index = false;
};

/// Where in the value. Pointers are spelled when there is something to tell.
struct value_place {
    value_place const* around = nullptr;
    step_name step{};

    void append_to(std::string& pointer) const {
        if (around == nullptr) return;
        around->append_to(pointer);
        step.append_to(pointer);
    }
};

/// Where in the description: at a place that can be referred to, or a keyword further inside.
struct rule_place {
    rule_place const* around = nullptr;
    std::string_view root{};
    std::string_view word{};
    step_name inner{};

    void append_to(std::string& pointer) const {
        if (word.empty()) {
            pointer += root;
            return;
        }
        around->append_to(pointer);
        pointer += '/';
        pointer += word;
        if (inner.is_index || inner.name.data() != nullptr) inner.append_to(pointer);
    }
};

/// Keeps where a walk is, and the findings. Functions return false when there is no need to go on.
class reporter {
public:
    reporter(std::vector<finding>& found, check_options const& how)
        : found_(found), how_(how), start_{.root = how.place} {}

protected:
    /// Told at once, of the whole value, and even where nothing else is: whatever depends on it is unknown.
    bool gives_up(value const& whole) {
        value_ = &whole_;
        if (!gave_up_) tell(keyword::reference, "takes too long to check", whole);
        gave_up_ = true;
        return false;
    }

    /// \param message makes it; it takes time that misfits which nobody hears of need not cost
    /// \param missing the member that is not there
    template <class Message>
    bool report(keyword word, value const& input, Message const& message, std::string_view missing = {}) {
        if (gave_up_) return false;
        misfit_ = true;
        if (quiet_) return false;
        tell(word, message(), input, missing);
        return found_.size() < how_.most;
    }

    void tell(keyword word, std::string message, value const& input, std::string_view missing = {}) {
        finding one{{}, word, std::move(message), {}, by_, &input, missing};
        value_->append_to(one.pointer);
        rule_->append_to(one.rule);
        one.rule += '/';
        one.rule += name_of(word);
        found_.push_back(std::move(one));
    }

    std::vector<finding>& found_;
    check_options const& how_;
    value_place const whole_{};
    value_place const* value_ = &whole_;
    rule_place const start_;
    rule_place const* rule_ = &start_;
    rules const* by_ = nullptr;
    bool quiet_ = false;   // only whether it fits is asked
    bool misfit_ = false;  // something was, or would have been, reported
    bool gave_up_ = false;
};

}  // namespace ferry::schema::detail
