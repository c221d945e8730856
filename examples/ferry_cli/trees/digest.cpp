// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/digest.hpp"

#include "ferry/core/digest.hpp"

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

}  // namespace

result<std::string> sha256_of_file(std::string const& path) {
    return digest_of(from_path(path), digest_algorithm::sha256);
}

result<std::string> sha256_of(remote_entry const& file, store& at, std::stop_token stop) {
    if (!file.sha256.empty()) return file.sha256;
    auto sum = digest::make(digest_algorithm::sha256);
    if (!sum) return sum.error();
    digest_sink sink(*std::move(sum));
    request_options with;
    with.stop_token = std::move(stop);
    if (auto const read = at.read(file, sink, with); !read) return read.error();
    return sink.finish();
}

}  // namespace ferry::cli
