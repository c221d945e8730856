// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "values/json_value.hpp"
#include "values/value_kind.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ferry::cli {

/// What a flag takes.
struct flag_type {
    value_kind kind = value_kind::text;
    bool list = false;         ///< a list of that kind
    bool nullable = false;     ///< `null` is null
    bool embeds_files = true;  ///< `@file` in texts stands for what is in the file
};

/// What is in a file; nothing where there is none.
using file_reader = std::function<std::optional<std::string>(std::string const& path)>;

/// The most that `@file` puts into a value, in bytes.
inline constexpr std::size_t max_embedded_file = 64 << 20;

/// Reads from the disk.
/// \returns nothing where the file does not exist or is a directory
/// \throws value_error where it cannot be read, or is larger than max_embedded_file
std::optional<std::string> read_embedded_file(std::string const& path);

/// What a person wrote after a flag as the value that they mean. Where the flag takes one value, the last
/// one counts.
///
/// - text: as it is. Text flags follow the rule for `@file` as well as the texts in maps and lists do, so
///   that `--description @notes.md` works; a flag that must not, such as a path's id, has `embeds_files =
///   false`.
/// - integer: decimal or `0x…`, with a sign or without.
/// - number: decimal in any notation, or `0x…`; all digits are kept.
/// - boolean: `1 t T TRUE true True`, `0 f F FALSE false False`.
/// - time: `2026-01-31`, `2026-01-31T12:00`, `2026-01-31 12:00:00.5+02:00`; becomes RFC 3339, in UTC where
///   no offset is given, at midnight where no time is.
/// - file: a path that is not empty.
/// - any: YAML or JSON. What is neither stays text where it consists of letters, digits and `_-.=`.
///
/// A list is a flag that is repeated, or is one YAML list (`[a, b]`), or both. Where it is a list of texts,
/// a text that begins with `[` but is no YAML list stays text, and `[1, null]` is a list of two texts. In a
/// list of `any` whatever is a YAML list stands for its elements.
///
/// `@file` in a text becomes what is in the file: text where that is UTF-8, else base64; `@file://path` is
/// always text, `@data://path` always base64, `\@x` is the text `@x`. Where there is no such file, `@word`
/// without `.` and `/` stays text.
///
/// \param flag for messages, such as `--file-id`
/// \param given what was written, once for every time that the flag was given
/// \pre given is not empty
/// \throws value_error that begins with the flag, where a value is none of its kind or a file cannot be
/// embedded
json_value flag_value(std::string_view flag, flag_type const& type, std::vector<std::string> const& given,
                      file_reader const& read = read_embedded_file);

/// Puts files into the texts of a value, however deep, by the rule for `@file` above; keys stay as they
/// are.
/// \throws value_error as flag_value()
void embed_files(json_value& value, std::string_view flag, file_reader const& read = read_embedded_file);

}  // namespace ferry::cli
