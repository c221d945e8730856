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

/// What a document holds at some place. Whole: a number such as `1.0` that an integer may be read from.
enum class token : std::uint8_t { null, boolean, integer, whole, number, string, object, array };

/// Writes the value that the parser reports back as compact text, for types that can only be decided at its
/// end.
class recorder {
public:
    struct member {
        std::string name;
        token type;
    };

    /// \param note_members whether to keep the names and types of the outermost object's members
    /// \param tag the member of the outermost object whose text is kept
    void start(bool note_members, std::string_view tag) {
        text_.clear();
        members_.clear();
        tag_text_.clear();
        tag_name_ = tag;
        note_members_ = note_members;
        has_tag_ = at_tag_ = false;
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
        at_tag_ = !tag_name_.empty() && key_ == tag_name_;
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
    }
    void string_begin() {
        value(token::string);
        text_ += '"';
        if (nesting_ == 1 && at_tag_) {
            has_tag_ = true;
            tag_text_.clear();
        }
    }
    void string_piece(std::string_view piece) {
        append_escaped(piece, text_);
        if (nesting_ == 1 && at_tag_) tag_text_.append(piece);
    }
    void odd_string_piece(std::string_view verbatim) {
        text_.append(verbatim);
        if (nesting_ == 1 && at_tag_) tag_text_.append(verbatim);
    }
    void string_end() { text_ += '"'; }

    /// Whether the value that was started is complete, asked after an end or a scalar.
    bool complete() const noexcept { return nesting_ == 0; }

    token type() const noexcept { return type_of_open_.empty() ? token::null : type_of_open_.front(); }
    std::vector<member> take_members() { return std::exchange(members_, {}); }
    bool has_tag() const noexcept { return has_tag_; }
    std::string const& tag_text() const noexcept { return tag_text_; }
    std::string take_text() { return std::exchange(text_, {}); }

private:
    void value(token type) {
        separate();
        // The type of the value on each level: what closes it, and in the end what the whole is.
        if (type_of_open_.size() <= nesting_) type_of_open_.resize(nesting_ + 1);
        type_of_open_[nesting_] = type;
        if (nesting_ == 1 && note_members_ && !members_.empty()) members_.back().type = type;
        if (nesting_ == 1 && at_tag_) has_tag_ = false;
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
    std::string_view tag_name_;
    std::string tag_text_;
    std::vector<member> members_;
    std::vector<token> type_of_open_;
    std::size_t nesting_ = 0;
    bool note_members_ = false;
    bool in_key_ = false;
    bool has_tag_ = false;
    bool at_tag_ = false;
};

}  // namespace ferry::json::detail
