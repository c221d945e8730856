// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "terminal/pager.hpp"

#include <exception>
#include <functional>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>

namespace ferry::cli {

/// Nobody reads any more what is written, as after `| head -1` or when somebody has left the pager: a reason
/// to stop, and none to complain. Programs end with what they have done until then, so this is no failure.
class reader_gone : public std::exception {
public:
    char const* what() const noexcept override { return "nobody reads the output any more"; }
};

/// Standard output. Lines appear on a terminal as they are written; elsewhere 64 KiB are written at once.
///
/// What cannot be written is an exception out of the operation that wrote: reader_gone, or std::system_error
/// for a full disk and the like. Nothing is lost in silence.
class output_stream : public std::ostream {
public:
    explicit output_stream(paging how);
    /// As finish(), without errors.
    ~output_stream() override;

    /// What is longer than the screen goes through the pager from now on. Nothing changes where text has been
    /// written already, or where there is no terminal.
    void page() { buffer_.page(); }

    /// Writes the rest, and waits until somebody has left the pager.
    /// \throws as writing does
    void finish() { buffer_.finish(); }

private:
    class buffer : public std::streambuf {
    public:
        explicit buffer(paging how) : how_(std::move(how)) {}

        void page() { pages_ = true; }
        void finish();

    protected:
        int_type overflow(int_type character) override;
        std::streamsize xsputn(char const* from, std::streamsize count) override;
        int sync() override;

    private:
        void add(std::string_view text);
        void send(std::size_t count);

        paging how_;
        bool pages_ = false;
        bool failed_ = false;
        std::string held_;
        std::optional<paged_output> to_;
    };

    buffer buffer_;
};

}  // namespace ferry::cli
