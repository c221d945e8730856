// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/json/detail/quoting.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::json::detail {

/// What a document holds at some place. Whole: a number such as `1.0` that an integer may be
/// read from. Large: a whole number that takes all 64 bits without a sign.
enum class token : std::uint8_t { null, boolean, integer, whole, large, number, string, object, array };

/// Writes the value that the parser reports back as compact text, for types that can only be decided at its
/// end.
class recorder {
public:
    struct member {
        std::string name;
        token type;
        std::size_t begin = 0;  ///< a scalar's place in the text
        std::size_t end = 0;

        /// The scalar in what was recorded; empty where it is none.
        std::string_view json(std::string_view text) const noexcept {
            return text.substr(begin, end > begin ? end - begin : 0);
        }
    };

    /// \param note_members whether to keep the names and types of the outermost object's members
    void start(bool note_members) {
        text_.clear();
        members_.clear();
        note_members_ = note_members;
        nesting_ = 0;
        in_key_ = false;
        key_.clear();
    }

    void key_piece(std::string_view piece) {
        begin_key_piece(piece);
        append_escaped(piece, text_);
    }
    /// Of what JSON does not allow, which stays as it is.
    void odd_key_piece(std::string_view verbatim) {
        begin_key_piece(verbatim);
        text_.append(verbatim);
    }
    void key_end() {
        text_ += "\":";
        in_key_ = false;
        if (!notes_this()) return;
        members_.push_back({std::exchange(key_, {}), token::null});
    }

    void open(token type) {
        value(type);
        text_ += type == token::object ? '{' : '[';
        ++nesting_;
    }
    void close() {
        --nesting_;
        text_ += type_of_open_[nesting_] == token::object ? '}' : ']';
    }
    void literal(token type, std::string_view text) {
        value(type);
        text_.append(text);
        end_scalar();
    }
    void string_begin() {
        value(token::string);
        text_ += '"';
    }
    void string_piece(std::string_view piece) { append_escaped(piece, text_); }
    void odd_string_piece(std::string_view verbatim) { text_.append(verbatim); }
    void string_end() {
        text_ += '"';
        end_scalar();
    }

    /// Whether the value that was started is complete, asked after an end or a scalar.
    bool complete() const noexcept { return nesting_ == 0; }

    token type() const noexcept { return type_of_open_.empty() ? token::null : type_of_open_.front(); }
    std::vector<member> const& members() const noexcept { return members_; }
    std::vector<member> take_members() { return std::exchange(members_, {}); }
    std::string take_text() { return std::exchange(text_, {}); }

private:
    void value(token type) {
        separate();
        // The type of the value on each level: what closes it, and in the end what the whole is.
        if (type_of_open_.size() <= nesting_) type_of_open_.resize(nesting_ + 1);
        type_of_open_[nesting_] = type;
        if (!notes_this() || members_.empty()) return;
        members_.back().type = type;
        members_.back().begin = text_.size();
    }

    void end_scalar() {
        if (notes_this() && !members_.empty()) members_.back().end = text_.size();
    }

    bool notes_this() const noexcept { return nesting_ == 1 && note_members_; }

    void begin_key_piece(std::string_view piece) {
        if (!in_key_) {
            in_key_ = true;
            separate();
            text_ += '"';
        }
        if (notes_this()) key_.append(piece);
    }

    void separate() {
        if (text_.empty()) return;
        char const last = text_.back();
        if (last != '{' && last != '[' && last != ':') text_ += ',';
    }

    std::string text_;
    std::string key_;
    std::vector<member> members_;
    std::vector<token> type_of_open_;
    std::size_t nesting_ = 0;
    bool note_members_ = false;
    bool in_key_ = false;
};

}  // namespace ferry::json::detail
