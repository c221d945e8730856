// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/digest.hpp"

#include "ferry/core/digest.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace ferry::cli {

namespace {

/// Makes a checksum of what is written to it and keeps nothing.
class digest_sink final : public byte_sink {
public:
    explicit digest_sink(digest of) : of_(std::move(of)) {}

    result<void> write(std::string_view bytes) override {
        of_.add(bytes);
        return {};
    }
    bool restart() override {
        of_.restart();
        return true;
    }
    std::string finish() { return of_.finish(); }

private:
    digest of_;
};

/// A source that tells how much of it has been read.
class watched_source final : public byte_source {
public:
    watched_source(upload_source of, reading_function const& hear) : of_(std::move(of)), hear_(hear) {}

    result<std::optional<std::uint64_t>> open() override { return of_.source().open(); }
    result<std::size_t> read(char* to, std::size_t size) override {
        auto const count = of_.source().read(to, size);
        if (!count) return count;
        read_ += *count;
        if (!hear_(read_)) return error(error_kind::cancelled, "stopped");
        return count;
    }
    bool repeatable() const noexcept override { return of_.source().repeatable(); }

private:
    upload_source of_;
    reading_function const& hear_;
    std::uint64_t read_ = 0;
};

}  // namespace

result<std::string> sha256_of_file(std::string const& path, reading_function const& hear) {
    auto file = from_path(path);
    if (hear) file = upload_source(std::make_shared<watched_source>(file, hear), path);
    return digest_of(file, digest_algorithm::sha256);
}

result<std::string> sha256_of(remote_entry const& file, store& at, request_options const& with) {
    if (!file.sha256.empty()) return file.sha256;
    auto sum = digest::make(digest_algorithm::sha256);
    if (!sum) return sum.error();
    digest_sink sink(*std::move(sum));
    if (auto const read = at.read(file, sink, with); !read) return read.error();
    return sink.finish();
}

}  // namespace ferry::cli
