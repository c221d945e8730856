// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace ferry::cli {

/// A value that cannot be used: what() says what is wrong with it, for the person who wrote it.
class value_error : public std::invalid_argument {
public:
    explicit value_error(std::string const& reason) : invalid_argument(reason) {}
    /// \param line, column where in the text, both from 1; a column counts characters
    value_error(std::size_t line, std::size_t column, std::string const& reason)
        : invalid_argument("line " + std::to_string(line) + ", column " + std::to_string(column) + ": " +
                           reason),
          line_(line),
          column_(column) {}

    /// 0 where the error has no place in a text.
    std::size_t line() const noexcept { return line_; }
    std::size_t column() const noexcept { return column_; }

private:
    std::size_t line_ = 0;
    std::size_t column_ = 0;
};

}  // namespace ferry::cli
