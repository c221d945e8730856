// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <string_view>

namespace ferry::gen {

/// The media type without its parameters, in small letters.
std::string essence(std::string_view media);

// Media types, by how their content is written; they compare without regard to case.

bool is_json(std::string_view media);
/// JSON that has a name of its own, such as `application/merge-patch+json`.
bool is_named_json(std::string_view media);
/// What a JSON body is called in a request: empty for plain `application/json`, with its parameters else.
std::string sent_json(std::string_view media);
bool is_multipart(std::string_view media);
/// An urlencoded form.
bool is_form(std::string_view media);
bool is_event_stream(std::string_view media);
/// JSON texts one after the other: `application/x-ndjson`, `application/jsonl`, …
bool is_json_lines(std::string_view media);
/// `text/…`; not a stream of events.
bool is_text(std::string_view media);
/// A format that is text though its type does not begin with `text/`: XML, YAML, …
bool is_structured_text(std::string_view media);

}  // namespace ferry::gen
