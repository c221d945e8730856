// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Several v2 files at once: delete, and download as one zip.
#include "core/scalars.hpp"
#include "langflow/names.hpp"
#include "langflow/rows.hpp"
#include "langflow/storage_error.hpp"
#include "langflow/zip.hpp"

#include <algorithm>

namespace ferry::mock::langflow {

namespace {

std::vector<file_row const*> rows_in(context& in, call const& current, std::string_view doing) {
    user const& owner = in.access.caller(current);
    std::vector<std::string> ids;
    for (json::value const& id : current.values.body.as_array()) ids.push_back(*parse_uuid(id.get_string()));
    std::vector<file_row const*> found;
    for (file_row const& row : in.store.rows) {
        if (row.owner == owner.id && std::find(ids.begin(), ids.end(), row.id) != ids.end())
            found.push_back(&row);
    }
    if (found.empty())
        throw http_error(500, json::value("Error " + std::string(doing) + " files: 404: No files found"));
    return found;
}

http_response download_batch(context& in, call& current) {
    std::vector<zip_stream::entry> entries;
    for (file_row const* const row : rows_in(in, current, "downloading")) {
        blob const& content = or_fail("Error downloading files: ",
                                      [&] { return std::cref(in.store.bytes_of(current.on, *row)); });
        entries.push_back({row->name + row->suffix(), content});
    }
    std::int64_t const now = in.shared.clock.now();
    http_response response;
    response.with("Content-Type", "application/x-zip-compressed");
    response.with("Content-Disposition",
                  attachment(local_text(now, "%Y%m%d_%H%M%S") + "_langflow_files.zip"));
    response.stream = std::make_shared<zip_stream>(std::move(entries), now);
    return response;
}

http_response delete_batch(context& in, call& current) {
    std::vector<std::string> doomed;
    for (file_row const* const row : rows_in(in, current, "deleting")) doomed.push_back(row->id);
    deletion const count = remove_rows(in, current, [&](file_row const& row) {
        return std::find(doomed.begin(), doomed.end(), row.id) != doomed.end();
    });
    if (storage_is(storage_fault::uncommitted, current))
        throw failure("Error deleting files: ", database_error);
    std::string text = std::to_string(count.removed) + " files deleted successfully";
    if (count.removed == 0) {
        text = "No files were deleted from database";
    } else if (count.kept != 0) {
        text += ", " + std::to_string(count.kept) +
                " files kept in database due to transient storage errors (can retry)";
    }
    return json_response(200, json::object{{"message", text}});
}

}  // namespace

void offer_batch(api& to, context& with) {
    offer(to, with, "files.download_batch", download_batch);
    offer(to, with, "files.delete_batch", delete_batch);
}

}  // namespace ferry::mock::langflow
