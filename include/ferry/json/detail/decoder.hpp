// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/decimal.hpp"
#include "ferry/json/detail/recorder.hpp"
#include "ferry/json/failure.hpp"
#include "ferry/json/limits.hpp"
#include "ferry/json/raw_json.hpp"
#include "ferry/json/type_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::inline FERRY_ABI::json::detail {

/// What reading has cost so far, shared by a document and the unions in it that are read again from their
/// text. The bound keeps unions in unions from multiplying the work without end.
struct read_meter {
    std::size_t received = 0;
    std::size_t reread = 0;
    std::size_t made = 0;

    bool may_reread(std::size_t bytes) noexcept {
        reread += bytes;
        return reread <= received * 64 + (std::size_t{1} << 20);
    }
    bool may_make(std::size_t bytes, std::size_t most) noexcept {
        made += bytes;
        return made <= most || made <= (std::max)(std::size_t{1} << 20, received * 4);
    }
};

/// Receives the parser's events and puts values where the tables say. Events return false where the document
/// is refused; why() says why.
class decoder {
public:
    decoder(type_desc const& type, void* out, limits const& bounds, read_meter& meter)
        : root_{&type, out}, bounds_(bounds), meter_(meter) {}

    failure& why() noexcept { return why_; }
    bool fail(std::string message);
    std::string pointer() const;

    /// Whether values go by that nobody wants: their texts need not be told.
    bool ignores() const noexcept { return mode_ == mode::skip; }

    bool on_object_begin();
    bool on_object_end();
    bool on_array_begin();
    bool on_array_end();

    // A name or text comes in parts, of which the last says that it is complete, and whether it may hold
    // what is not valid UTF-8.

    bool on_key_part(std::string_view s);
    bool on_key(std::string_view s, bool may_be_broken);
    bool on_string_part(std::string_view s);
    bool on_string(std::string_view s, bool may_be_broken);

    /// What JSON does not allow within a name or text: an escape that there is not, a control character.
    bool on_odd_text(std::string_view verbatim, bool in_name);

    /// A number, `true`, `false`, `null`, or something else that is none of them.
    bool on_word(std::string_view s);

private:
    /// A described place for a value.
    struct slot {
        type_desc const* type = nullptr;
        void* at = nullptr;
    };

    /// An object, list or map that is being filled. Frames are reused, so that their keys keep their memory.
    struct frame {
        slot container;
        type_desc const* element = nullptr;  ///< list and map: of the elements
        field const* member = nullptr;       ///< object: the member being read
        std::size_t next = 0;                ///< object: the field expected next; list: the next index
        std::uint32_t missing = 0;           ///< object: required members not seen yet
        std::uint64_t seen = 0;              ///< object: which of the first 64 fields were seen …
        std::vector<bool> seen_beyond;       ///< … and of the others
        std::string key;                     ///< map, or object with `rest`: the current name
        bool has_key = false;
    };

    enum class mode : std::uint8_t {
        store,   ///< values go to their slots
        skip,    ///< a member without a field goes by
        record,  ///< a raw value or a union is kept as text until it is complete
    };

    // Where values go.
    type_desc const& next_type() const noexcept;
    bool next_slot(slot& place);
    void* add(type_desc const& to, void* at, std::string_view key);
    bool has_room_for(std::size_t bytes);
    bool open(token type, slot& place);
    frame& push(slot container);
    bool find_field(frame& f, std::string_view name);
    bool mark_seen(frame& f, std::size_t index);
    bool was_seen(frame const& f, std::size_t index) const;
    bool keeps_names(frame const& f) const noexcept;

    // Values.
    bool store_number(token type, std::string_view text, std::int64_t const* whole, double n);
    bool string_piece(std::string_view s);
    bool store_bool(bool b);
    bool store_null();
    bool passed_by(token type, std::string_view text);
    bool mend_in_place(std::string& text);

    // What is no JSON.
    bool judges() const noexcept;
    bool odd_word(std::string_view text);

    // Raw values and unions.
    void start_recording(slot place);
    bool end_recording();
    bool resolve_tagged(std::string const& text);
    bool resolve_by_shape(std::string const& text, std::vector<std::size_t> const& arms);
    bool fail_tag(recorder::member const* found);
    bool read_arm(std::size_t arm, std::string const& text, failure& why);
    bool keep_raw(void* at, std::string text);
    bool keep_raw_arm(std::size_t arm, std::string text);

    // Failures.
    bool fail_mismatch(type_desc const& type, token got);
    bool fail_range(type_desc const& type, std::string_view number);
    bool fail_inside(failure const& inner);

    slot root_;
    limits bounds_;
    read_meter& meter_;
    std::vector<frame> frames_;
    std::size_t depth_ = 0;

    mode mode_ = mode::store;
    std::size_t skip_nesting_ = 0;
    recorder recorder_;
    slot recorded_;
    bool may_be_broken_ = false;  // what is recorded may not be UTF-8 …
    bool is_odd_ = false;         // … or no JSON

    std::string key_;              // a name that arrives in parts
    std::string scratch_;          // a text in parts that is no plain string
    std::string* text_ = nullptr;  // where the parts of a text go
    slot string_;                  // whose text it is
    bool in_string_ = false;

    failure why_;
};

/// How well a value of that JSON type fits: 0 not, 1 with a conversion, 2 as it is.
FERRY_DECL int fit(type_desc const& type, token got) noexcept;

inline constexpr std::size_t no_arm = static_cast<std::size_t>(-1);
inline constexpr std::size_t undecided = static_cast<std::size_t>(-2);

/// The arm that a value of that JSON type goes to without looking into it; `no_arm`: none can take it;
/// `undecided`: the value must be recorded.
FERRY_DECL std::size_t streaming_arm(type_desc const& variant, token got) noexcept;

/// The arm that takes what no other does, or `no_arm`.
FERRY_DECL std::size_t raw_arm(type_desc const& variant) noexcept;

/// Whether any JSON can be kept there.
FERRY_DECL bool takes_raw(type_desc const& type) noexcept;

/// Reads an arm of a union from its recorded text.
FERRY_DECL bool decode_metered(type_desc const& type, void* out, std::string_view text, limits const& bounds,
                               read_meter& meter, failure& why);

}  // namespace ferry::json::detail

// Defined with the parser, since arms of unions are read by one: detail/parser.hpp.
