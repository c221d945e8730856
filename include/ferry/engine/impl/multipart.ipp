// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/engine/detail/multipart.hpp"

#include <algorithm>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL std::string quoted_parameter(std::string_view value) {
    std::string quoted = "\"";
    for (char const c : value) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    quoted += '"';
    return quoted;
}

FERRY_DECL std::string multipart_source::delimiter(std::string_view name) const {
    return (parts_.empty() ? "--" : "\r\n--") + boundary_ +
           "\r\nContent-Disposition: form-data; name=" + quoted_parameter(name);
}

FERRY_DECL void multipart_source::add_text(std::string_view name, std::string text,
                                           std::string_view content_type) {
    part added;
    added.before = delimiter(name);
    if (!content_type.empty()) added.before.append("\r\nContent-Type: ").append(content_type);
    added.before += "\r\n\r\n";
    added.before += text;
    parts_.push_back(std::move(added));
}

FERRY_DECL void multipart_source::add_file(std::string_view name, upload_source const& file,
                                           std::string_view content_type) {
    part added;
    auto const type = content_type.empty() ? file.content_type() : std::string(content_type);
    added.before = delimiter(name) + "; filename=" + quoted_parameter(file.file_name()) +
                   "\r\nContent-Type: " + type + "\r\n\r\n";
    added.file.emplace(file);
    parts_.push_back(std::move(added));
}

FERRY_DECL result<std::optional<std::uint64_t>> multipart_source::open() {
    std::optional<std::uint64_t> total = closing().size();
    for (auto& current : parts_) {
        if (total) *total += current.before.size();
        if (!current.file) continue;
        auto const size = current.file->open();
        if (!size) return size.error();
        if (!*size) total.reset();
        if (total) *total += **size;
    }
    index_ = 0;
    text_ = parts_.empty() ? closing() : parts_.front().before;
    text_position_ = 0;
    return total;
}

FERRY_DECL result<std::size_t> multipart_source::read(char* to, std::size_t size) {
    std::size_t filled = 0;
    while (filled < size) {
        if (text_position_ < text_.size()) {
            auto const piece = std::string_view(text_).substr(text_position_, size - filled);
            piece.copy(to + filled, piece.size());
            text_position_ += piece.size();
            filled += piece.size();
            continue;
        }
        if (index_ >= parts_.size()) break;
        auto& current = parts_[index_];
        if (current.file) {
            // What is there already goes first.
            if (filled > 0 && current.file->waits_for().possible) break;
            auto const count = current.file->read(to + filled, size - filled);
            if (!count) return count;
            filled += *count;
            if (*count > 0) continue;
        }
        ++index_;
        text_ = index_ < parts_.size() ? parts_[index_].before : closing();
        text_position_ = 0;
    }
    return filled;
}

FERRY_DECL bool multipart_source::repeatable() const noexcept {
    return std::all_of(parts_.begin(), parts_.end(),
                       [](part const& p) { return !p.file || p.file->repeatable(); });
}

FERRY_DECL source_wait multipart_source::waits_for() const noexcept {
    bool const in_file =
        text_position_ == text_.size() && index_ < parts_.size() && parts_[index_].file.has_value();
    return in_file ? parts_[index_].file->waits_for() : source_wait{.possible = false};
}

FERRY_DECL std::string multipart_source::preview() const {
    std::string text;
    for (auto const& current : parts_) {
        text += current.before;
        if (current.file) text += current.file->preview();
    }
    return text + closing();
}

}  // namespace ferry::detail
