// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/text_width.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ferry::cli {

struct table_column {
    std::string title;
    alignment where = alignment::left;  ///< to the right for numbers
};

/// Rows whose columns stand under one another, two spaces apart. Cells are shown as printable() makes them,
/// so a row is a line.
class table {
public:
    /// There is a line of titles where one of them is not empty.
    explicit table(std::vector<table_column> columns);

    /// \throws std::invalid_argument where there are not as many cells as columns
    void add(std::vector<std::string> cells);

    bool empty() const noexcept { return rows_.empty(); }

    /// The lines, each with its end and none with spaces before it.
    /// \param width of the terminal: the last column is shortened to end there, but not to less than 10
    /// columns.
    ///        Nothing where it goes elsewhere: nobody wants names cut in a file.
    std::string text(std::optional<std::size_t> width = std::nullopt) const;

private:
    std::vector<table_column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace ferry::cli
