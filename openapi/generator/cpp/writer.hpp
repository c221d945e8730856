// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ferry::gen {

/// C++ text that is formatted as it is written: four columns a level, lines of at most 110 columns, broken
/// where clang-format with the project's configuration breaks them.
class writer {
public:
    static constexpr std::size_t columns = 110;

    /// One line, indented; an empty one is blank.
    void line(std::string_view text = {});
    /// A blank line, unless there is one already or a block or the text has just begun.
    void blank();
    /// A part that stands a level deeper than what is around it.
    class part {
    public:
        part(writer& out, std::string closing) : out_(out), closing_(std::move(closing)) { ++out_.level_; }
        part(part const&) = delete;
        ~part() {
            --out_.level_;
            out_.line(closing_);
        }

    private:
        writer& out_;
        std::string closing_;
    };
    /// What follows in this scope stands a level deeper; at its end comes the closing line.
    [[nodiscard]] part until(std::string closing) { return {*this, std::move(closing)}; }
    /// `private:`, a level further out than what it applies to.
    void access(std::string_view label);
    /// For a part of something else: all of it stands a level deeper.
    void indent() { ++level_; }
    /// Text as it is.
    void raw(std::string_view text) { text_ += text; }

    /// A description as `///` lines. Nothing where it is empty.
    void docs(std::string_view text);
    /// What follows is a paragraph of its own, where a description stands right above.
    void paragraph();
    /// `/// \param name text`
    void param(std::string_view name, std::string_view text);

    /// `head(arg, arg)tail`, with the arguments packed into as many lines as they need.
    void call(std::string head, std::vector<std::string> const& arguments, std::string const& tail);
    /// A function whose body is one statement, in one line where that fits.
    void short_function(std::string const& head, std::vector<std::string> const& parameters,
                        std::string const& tail, std::string const& statement_head,
                        std::vector<std::string> const& arguments, std::string const& statement_tail);
    /// `head { statement }`, in one line where that fits.
    void short_function(std::string const& head, std::string const& statement);
    /// `head{a, b}tail`, or the items in columns below where they do not fit in one line.
    void list(std::string const& head, std::vector<std::string> const& items, std::string const& tail);
    /// `head{`, the items in columns, `};`
    void table(std::string const& head, std::vector<std::string> const& items);
    /// Items of a braced list, each with a comma, in the columns that clang-format would give them.
    void columns_of(std::vector<std::string> const& items);
    /// `head<a, b>tail`, packed behind the angle bracket.
    void template_list(std::string const& head, std::vector<std::string> const& arguments,
                       std::string const& tail);

    /// `first second`, in two lines where one does not do.
    void pair(std::string const& first, std::string const& second);

    bool fits(std::string_view text) const;
    std::string const& text() const noexcept { return text_; }

private:
    std::pair<std::vector<std::string>, bool> pack(std::string const& head,
                                                   std::vector<std::string> const& items,
                                                   std::string const& tail) const;

    std::string text_;
    std::size_t level_ = 0;
};

}  // namespace ferry::gen
