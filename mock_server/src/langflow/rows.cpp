// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/rows.hpp"

#include "langflow/storage_error.hpp"

namespace ferry::mock::langflow {

deletion remove_rows(context& in, call const& current, std::function<bool(file_row const&)> const& doomed) {
    deletion count;
    bool const database_fails = storage_is(storage_fault::uncommitted, current);
    std::erase_if(in.store.rows, [&](file_row const& row) {
        if (!doomed(row)) return false;
        // A failing disk keeps the first file, so that a test sees both outcomes: with one file, and with
        // more.
        bool const kept = storage_is(storage_fault::failing, current) && count.kept == 0;
        if (kept) {
            ++count.kept;
        } else {
            ++count.removed;
            in.store.contents[row.owner].erase(row.stored_name);
        }
        return !kept && !database_fails;
    });
    return count;
}

}  // namespace ferry::mock::langflow
