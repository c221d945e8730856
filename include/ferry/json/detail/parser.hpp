// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/decoder.hpp"
#include "ferry/json/detail/escape.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ferry::inline FERRY_ABI::json::detail {

/// Reads JSON piece by piece, each of which may end anywhere, and tells the decoder what there is.
///
/// Brackets, commas and colons are held to the grammar everywhere. Whether words and what is within strings
/// must be JSON is the decoder's affair: where it skips a value, they only have to end.
class parser {
public:
    parser(decoder& to, limits const& bounds) : to_(to), bounds_(bounds) {}

    /// \returns false, after decoder::fail(), where the document is refused
    bool write(std::string_view piece);
    /// Says that there is no more.
    bool finish();

    /// Where in the latest piece the last name, text or word ended.
    std::size_t position() const noexcept { return static_cast<std::size_t>(seen_ - piece_); }

private:
    enum class state : std::uint8_t {
        value,          // one begins
        first_element,  // or the array ends
        name,           // one begins
        first_name,     // or the object ends
        colon,
        after,  // a comma, or the end of what is open
        string,
        word,
        done,
    };

    // Each goes on at `p` and returns where it stopped, or null where the document is refused.
    using place = char const*;
    place skip_mark(place p, place end);
    place run(place p, place end);
    place value(place p, place end);
    place name(place p, place end);
    place comma(place p, place end);
    place open(place p);
    place close(place p);
    place begin_string(place p, place end, bool is_name);
    place string(place p, place end);
    place escaped(place start, place p, place end);
    place skip_string(place p, place end);
    place word(place p, place end);
    place held_escape(place p, place end);

    bool part(std::string_view text);
    bool end_string(std::string_view text);
    bool end_word(std::string_view text);
    void hold(place p, place end);
    std::size_t write_escape(escape const& e, char* to);
    state after_value() const noexcept { return levels_.empty() ? state::done : state::after; }
    place refuse(std::string message);

    decoder& to_;
    limits const bounds_;
    state state_ = state::value;
    std::string levels_;  // the brackets that are open
    std::string word_;    // one that arrives in parts

    bool in_name_ = false;        // the string is a name
    bool is_ignored_ = false;     // nobody wants the string
    bool may_be_broken_ = false;  // it has bytes beyond ASCII
    std::uint8_t mark_ = 0;       // bytes of the byte order mark that were there; 3: or cannot be any more
    std::uint8_t held_size_ = 0;  // of an escape that is not complete …
    std::array<char, longest_escape> held_{};  // … and it

    place piece_ = nullptr;
    place seen_ = nullptr;
};

}  // namespace ferry::json::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/events.ipp"
#include "ferry/json/impl/parser.ipp"
#include "ferry/json/impl/reader.ipp"
#include "ferry/json/impl/union.ipp"
#endif
