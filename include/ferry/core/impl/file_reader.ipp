// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/file_reader.hpp"
#include "ferry/core/detail/guarded.hpp"

#include <algorithm>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL result<std::optional<std::uint64_t>> file_reader::open() {
    position_ = 0;
    auto size = guarded("the source of '" + file_.file_name() + "'", [&] { return file_.source().open(); });
    if (size) size_ = *size;
    return size;
}

FERRY_DECL result<std::size_t> file_reader::read(char* to, std::size_t size) {
    if (size_) size = static_cast<std::size_t>((std::min<std::uint64_t>)(size, *size_ - position_));
    if (size == 0) return std::size_t{0};
    auto const name = "'" + file_.file_name() + "'";
    auto count = guarded("the source of " + name, [&] { return file_.source().read(to, size); });
    if (!count) return count;
    if (*count > size)
        return error(error_kind::file,
                     "the source of " + name + " returned more bytes than it was asked for");
    if (*count == 0 && size_ && position_ < *size_)
        return error(error_kind::file, name + " shrank while it was sent: " + std::to_string(*size_) +
                                           " bytes were announced, " + std::to_string(position_) + " came");
    position_ += *count;
    return count;
}

}  // namespace ferry::detail
