// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/file_reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::inline FERRY_ABI::detail {

/// A multipart/form-data body (RFC 7578), pulled part by part: no file is held in memory.
class multipart_source final : public byte_source {
public:
    /// \param boundary 1 to 70 characters of `A-Za-z0-9_-`: some servers refuse others, and quoted ones.
    explicit multipart_source(std::string boundary) : boundary_(std::move(boundary)) {}

    /// A field without a file name. `content_type` may be empty.
    FERRY_DECL void add_text(std::string_view name, std::string text, std::string_view content_type = {});
    /// \param content_type empty: the file's
    FERRY_DECL void add_file(std::string_view name, upload_source const& file,
                             std::string_view content_type = {});

    std::string content_type() const { return "multipart/form-data; boundary=" + boundary_; }

    FERRY_DECL result<std::optional<std::uint64_t>> open() override;
    FERRY_DECL result<std::size_t> read(char* to, std::size_t size) override;
    FERRY_DECL bool repeatable() const noexcept override;
    FERRY_DECL source_wait waits_for() const noexcept override;

    /// The body with `<bytes of file name>` in place of the files' bytes, for previews.
    FERRY_DECL std::string preview() const;

private:
    struct part {
        std::string before;  ///< Delimiter, part headers and, for a text, the text itself.
        std::optional<file_reader> file;
    };

    std::string closing() const { return (parts_.empty() ? "--" : "\r\n--") + boundary_ + "--\r\n"; }
    FERRY_DECL std::string delimiter(std::string_view name) const;

    std::string boundary_;
    std::vector<part> parts_;

    // Where reading stands: text before the file of part `index_`, then the file, then the next part; the
    // closing line last.
    std::size_t index_ = 0;
    std::string text_;
    std::size_t text_position_ = 0;
};

/// A `filename="…"` value: `"` and `\` escaped as in quoted-string (RFC 9110, section 5.6.4), UTF-8 as it is,
/// because that is what the multipart parsers of both services undo.
FERRY_DECL std::string quoted_parameter(std::string_view value);

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/multipart.ipp"
#endif
