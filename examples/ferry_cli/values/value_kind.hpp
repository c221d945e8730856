// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

namespace ferry::cli {

/// What a person writes behind a flag.
enum class value_kind {
    text,
    integer,  ///< of 64 bits with a sign
    number,
    boolean,  ///< alone it is `true`
    time,     ///< a date, or a date and a time
    file,     ///< a path, or `-` for standard input; not what is in the file
    any       ///< a map, an object, a union: YAML or JSON
};

}  // namespace ferry::cli
