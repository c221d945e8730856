// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/bulk/detail/run.hpp"
#include "ferry/bulk/upload.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI::bulk::detail {

FERRY_DECL report upload_each(local_tree const& tree,
                              std::function<result<std::string>(upload_task const&)> const& send,
                              upload_options const& with) {
    std::vector<outcome> plan;
    std::vector<std::uint64_t> sizes;
    for (auto const& file : tree.files) {
        outcome entry;
        entry.path = file.path;
        entry.name = file.name;
        plan.push_back(std::move(entry));
        sizes.push_back(file.size);
    }
    plan.insert(plan.end(), tree.left_out.begin(), tree.left_out.end());

    auto const move = [&](std::size_t index, request_options call, outcome& of) -> result<void> {
        auto const& file = tree.files[index];
        if (auto id = with.already_there ? with.already_there(file) : std::nullopt) {
            of.status = status::skipped;
            of.id = std::move(*id);
            of.why = error(error_kind::file, "it is there already");
            return {};
        }
        auto sent = send(upload_task{file, std::move(call)});
        if (!sent) return sent.error();
        of.id = std::move(*sent);
        of.bytes = file.size;
        return {};
    };
    return run(std::move(plan), sizes, move, with);
}

}  // namespace ferry::bulk::detail
