// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Where Langflow's page and its server disagree: one member for each row, and what either of them says.
//
// Page: docs.langflow.org, API reference, "Files endpoints", version 1.10.x. Server: Langflow 1.10.1, by
// source file below src/backend/base/langflow.
//
// Not in this table: what the page leaves out (batches, numbering, `append`, `ephemeral`, `return_content`),
// where both profiles do as the server does; its remarks that v2 "doesn't support image files" and that v1
// takes "not all file types", of which nothing shows on the wire; and "All /files endpoints require
// authentication", which is about the endpoints that the page describes. Profile pictures are not among them
// and stay open to everybody.

#include "ferry/mock/options.hpp"

namespace ferry::mock::langflow {

struct conventions {
    /// Where a v2 file is stored, as its `path` says.
    /// Page ("in the format USER_ID/FILE_ID.FILE_EXTENSION"): true. Server (api/v2/files.py, since #8965):
    /// `USER_ID/` and the unique file name.
    bool stored_by_id;

    /// Members of an item in the v2 list.
    /// Page (result of "List files"): id, name, path, size, provider. Server (database model of a file):
    /// user_id, created_at and updated_at, too.
    bool brief_list;

    /// Deletion of one v2 file.
    /// Page: `{"message":"File deleted successfully"}`. Server (api/v2/files.py): `detail`, with the name.
    bool brief_delete;

    /// Deletion of all v2 files.
    /// Page: `{"message":"All files deleted successfully"}`. Server (api/v2/files.py): with the number.
    bool brief_delete_all;
};

[[nodiscard]] constexpr conventions conventions_of(profile chosen) noexcept {
    constexpr conventions page{
        .stored_by_id = true, .brief_list = true, .brief_delete = true, .brief_delete_all = true};
    constexpr conventions server{};
    return chosen == profile::documented ? page : server;
}

}  // namespace ferry::mock::langflow
