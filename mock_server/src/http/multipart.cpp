// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "http/multipart.hpp"

#include "http/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <optional>

namespace ferry::mock {
namespace {

constexpr std::size_t block = 64 * 1024;
constexpr std::size_t longest_headers = 64 * 1024;
constexpr std::size_t longest_field = 1024 * 1024;
constexpr int most_parts = 1000;  // of each kind, as the services' parser has it

/// A window that slides over a blob, in order.
class cursor {
public:
    explicit cursor(blob const& body) : reader_(body) {}

    /// Offset of the first byte of window() in the body.
    [[nodiscard]] std::uint64_t offset() const noexcept { return offset_; }
    [[nodiscard]] std::string_view window() const noexcept {
        return std::string_view(buffer_).substr(begin_);
    }

    void skip(std::size_t count) noexcept {
        begin_ += count;
        offset_ += count;
    }

    /// Makes the window larger; false at the end of the body.
    bool extend() {
        if (begin_ != 0) buffer_.erase(0, std::exchange(begin_, 0));
        std::size_t const before = buffer_.size();
        buffer_.resize(before + block);
        std::size_t const count = reader_.read(buffer_.data() + before, block);
        buffer_.resize(before + count);
        return count != 0;
    }

    /// Makes the window at least that large if the body has as much.
    bool require(std::size_t count) {
        while (window().size() < count) {
            if (!extend()) return false;
        }
        return true;
    }

private:
    blob_reader reader_;
    std::string buffer_;
    std::size_t begin_ = 0;
    std::uint64_t offset_ = 0;
};

form_error grammar_error() {
    return {"There was an error parsing the body"};
}

std::string latin1_to_utf8(std::string_view text) {
    std::string result;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xC0U | (byte >> 6U));
            result += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return result;
}

std::string as_text(std::string_view bytes) {
    return is_utf8(bytes) ? std::string(bytes) : latin1_to_utf8(bytes);
}

class multipart_reader {
public:
    multipart_reader(blob const& body, std::string_view boundary)
        : body_(body), cursor_(body), delimiter_("\r\n--" + std::string(boundary)) {}

    std::variant<std::vector<form_part>, form_error> run() {
        std::string_view const opening = std::string_view(delimiter_).substr(2);
        while (cursor_.require(1) && (cursor_.window().front() == '\r' || cursor_.window().front() == '\n')) {
            cursor_.skip(1);
        }
        if (!cursor_.require(1)) return std::vector<form_part>{};
        if (!cursor_.require(opening.size()) || cursor_.window().substr(0, opening.size()) != opening) {
            return grammar_error();
        }
        cursor_.skip(opening.size());
        std::vector<form_part> parts;
        for (;;) {
            if (!cursor_.require(2)) return parts;  // cut off: what is complete counts
            std::string_view const next = cursor_.window().substr(0, 2);
            if (next == "--") return parts;
            if (next != "\r\n") return grammar_error();
            cursor_.skip(2);
            form_part part;
            switch (read_headers(part)) {
                case step::done:
                    break;
                case step::cut_off:
                    return parts;
                case step::bad:
                    return grammar_error();
            }
            if (part.name.empty() && !has_name_) {
                return form_error{"The Content-Disposition header field \"name\" must be provided."};
            }
            if (part.is_file && ++files_ > most_parts)
                return form_error{"Too many files. Maximum number of files is 1000."};
            if (!part.is_file && ++fields_ > most_parts)
                return form_error{"Too many fields. Maximum number of fields is 1000."};
            std::optional<blob> const content = read_content();
            if (!content) return parts;
            if (part.is_file) {
                part.content = *content;
            } else {
                if (content->size() > longest_field)
                    return form_error{"Part exceeded maximum size of 1024KB."};
                part.text = as_text(content->text());
            }
            parts.push_back(std::move(part));
        }
    }

private:
    enum class step { done, cut_off, bad };

    step read_headers(form_part& part) {
        has_name_ = false;
        for (;;) {
            std::size_t end = 0;
            while ((end = cursor_.window().find("\r\n")) == std::string_view::npos) {
                if (cursor_.window().size() > longest_headers) return step::bad;
                if (!cursor_.extend()) return step::cut_off;
            }
            std::string const line(cursor_.window().substr(0, end));
            cursor_.skip(end + 2);
            if (line.empty()) return step::done;
            auto const colon = line.find(':');
            if (colon == std::string::npos || colon == 0) return step::bad;
            take_header(part, std::string_view(line).substr(0, colon),
                        trim(std::string_view(line).substr(colon + 1)));
        }
    }

    void take_header(form_part& part, std::string_view name, std::string_view value) {
        if (equal_ignoring_case(name, "content-type")) part.content_type = value;
        if (!equal_ignoring_case(name, "content-disposition")) return;
        header_value const disposition = parse_header_value(value);
        if (std::string const* const text = disposition.parameter("name")) {
            part.name = as_text(*text);
            has_name_ = true;
        }
        if (std::string const* const text = disposition.parameter("filename")) {
            part.filename = as_text(*text);
            part.is_file = true;
            bool const windows_path = part.filename.substr(0, 2) == "\\\\" ||
                                      (part.filename.size() > 2 && part.filename.substr(1, 2) == ":\\");
            if (windows_path) part.filename.erase(0, part.filename.rfind('\\') + 1);
        }
    }

    /// The bytes up to the next delimiter, which is consumed; nothing when the body ends before.
    std::optional<blob> read_content() {
        std::uint64_t const start = cursor_.offset();
        for (;;) {
            std::string_view const window = cursor_.window();
            if (auto const at = window.find(delimiter_); at != std::string_view::npos) {
                std::uint64_t const length = cursor_.offset() + at - start;
                cursor_.skip(at + delimiter_.size());
                return body_.slice(start, length);
            }
            if (window.size() > delimiter_.size()) cursor_.skip(window.size() - delimiter_.size());
            if (!cursor_.extend()) return std::nullopt;
        }
    }

    blob const& body_;
    cursor cursor_;
    std::string delimiter_;
    bool has_name_ = false;
    int files_ = 0;
    int fields_ = 0;
};

}  // namespace

std::string const* header_value::parameter(std::string_view name) const noexcept {
    for (auto const& [key, text] : parameters) {
        if (key == name) return &text;
    }
    return nullptr;
}

header_value parse_header_value(std::string_view text) {
    header_value result;
    auto const semicolon = text.find(';');
    result.value = lower_case(trim(text.substr(0, semicolon)));
    std::size_t at = semicolon == std::string_view::npos ? text.size() : semicolon + 1;
    while (at < text.size()) {
        auto const equals = text.find('=', at);
        if (equals == std::string_view::npos) break;
        std::string name = lower_case(trim(text.substr(at, equals - at)));
        std::string content;
        at = equals + 1;
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
        if (at < text.size() && text[at] == '"') {
            // Undoing the escapes of a path such as \\host\a.txt would take its first backslash away.
            bool const network_path = name == "filename" && text.substr(at + 1, 2) == "\\\\";
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                bool const escaped =
                    text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\');
                if (escaped && !(network_path && text[at + 1] == '\\')) ++at;
                content += text[at];
            }
            at = text.find(';', at);
        } else {
            auto const end = text.find(';', at);
            content = trim(text.substr(at, end == std::string_view::npos ? end : end - at));
            at = end;
        }
        result.parameters.emplace_back(std::move(name), std::move(content));
        if (at == std::string_view::npos) break;
        ++at;
    }
    return result;
}

std::variant<std::vector<form_part>, form_error> parse_form(std::string_view content_type, blob const& body) {
    header_value const type = parse_header_value(content_type);
    if (type.value == "multipart/form-data") {
        std::string const* const boundary = type.parameter("boundary");
        if (boundary == nullptr || boundary->empty()) return form_error{"Missing boundary in multipart."};
        return multipart_reader(body, *boundary).run();
    }
    std::vector<form_part> parts;
    if (type.value == "application/x-www-form-urlencoded") {
        for (auto& [name, value] : parse_query(body.slice(0, longest_field).text())) {
            form_part part;
            part.name = std::move(name);
            part.text = std::move(value);
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

}  // namespace ferry::mock
