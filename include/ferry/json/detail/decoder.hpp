// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/recorder.hpp"
#include "ferry/json/reader.hpp"

#include <boost/json/basic_parser.hpp>
#include <boost/system/error_code.hpp>

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

/// Receives the parser's events and puts values where the tables say.
class decoder {
public:
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

    using error_code = boost::system::error_code;
    using string_view = boost::core::string_view;

    decoder(type_desc const& type, void* out, limits const& bounds, read_meter& meter)
        : root_{&type, out}, bounds_(bounds), meter_(meter) {}

    /// The text that the next events come from: offsets are told from the views into it.
    void expect(std::string_view piece) noexcept {
        piece_ = piece;
        last_seen_ = piece.data();
    }
    std::size_t position() const noexcept { return static_cast<std::size_t>(last_seen_ - piece_.data()); }

    /// The failure that an event ended with; its message is empty where it was the parser that refused.
    failure& why() noexcept { return why_; }
    std::string pointer() const;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

    bool on_object_begin(error_code& ec);
    bool on_object_end(std::size_t, error_code& ec);
    bool on_array_begin(error_code& ec);
    bool on_array_end(std::size_t, error_code& ec);
    bool on_key_part(string_view s, std::size_t, error_code& ec);
    bool on_key(string_view s, std::size_t, error_code& ec);
    bool on_string_part(string_view s, std::size_t, error_code& ec);
    bool on_string(string_view s, std::size_t, error_code& ec);
    bool on_number_part(string_view s, error_code& ec);
    bool on_int64(std::int64_t n, string_view s, error_code& ec);
    bool on_uint64(std::uint64_t n, string_view s, error_code& ec);
    bool on_double(double n, string_view s, error_code& ec);
    bool on_bool(bool b, error_code& ec);
    bool on_null(error_code& ec);

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
    bool next_slot(slot& place, error_code& ec);
    void* add(type_desc const& to, void* at, std::string_view key, error_code& ec);
    bool open(token type, slot& place, error_code& ec);
    frame& push(slot container);
    bool find_field(frame& f, std::string_view name);
    bool mark_seen(frame& f, std::size_t index);
    bool was_seen(frame const& f, std::size_t index) const;

    // Values.
    bool store_number(token type, std::string_view text, std::int64_t const* whole, double n, error_code& ec);
    bool string_piece(string_view s, error_code& ec);
    bool passed_by(token type, std::string_view text, error_code& ec);
    std::string_view whole_number_text(string_view last);
    void note(string_view s) noexcept;

    // Raw values and unions.
    void start_recording(slot place);
    bool end_recording(error_code& ec);
    bool resolve_tagged(std::string const& text, error_code& ec);
    bool resolve_by_shape(std::string const& text, error_code& ec);
    bool read_arm(std::size_t arm, std::string const& text, failure& why);
    bool keep_raw(std::string const& text);

    // Failures.
    bool fail(std::string message, error_code& ec);
    bool fail_mismatch(type_desc const& type, token got, error_code& ec);
    bool fail_inside(failure const& inner, error_code& ec);

    slot root_;
    limits bounds_;
    read_meter& meter_;
    std::vector<frame> frames_;
    std::size_t depth_ = 0;

    mode mode_ = mode::store;
    std::size_t skip_nesting_ = 0;
    recorder recorder_;
    slot recorded_;

    std::string key_;              // a name that arrives in parts
    std::string number_;           // a number that arrives in parts
    std::string scratch_;          // a text in parts that is no plain string
    std::string* text_ = nullptr;  // where the parts of a text go
    slot string_;                  // whose text it is
    bool in_string_ = false;

    std::string_view piece_;
    char const* last_seen_ = nullptr;
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

/// Reads an arm of a union from its recorded text.
FERRY_DECL bool decode_metered(type_desc const& type, void* out, std::string_view text, limits const& bounds,
                               read_meter& meter, failure& why);

}  // namespace ferry::json::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/json/impl/events.ipp"
#include "ferry/json/impl/union.ipp"
#endif
