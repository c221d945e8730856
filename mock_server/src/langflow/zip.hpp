// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Writes a zip archive of stored (uncompressed) entries as a stream: no seeking, no archive in memory.

#include "http/spool.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ferry::mock::langflow {

/// Entries of 4 GiB and archives beyond that are written in the zip64 form.
class zip_stream final : public byte_source {
public:
    struct entry {
        std::string name;
        blob content;
    };

    zip_stream(std::vector<entry> entries, std::int64_t micros);
    void require_readable() const override;
    std::size_t read(char* out, std::size_t room) override;

private:
    struct written {
        std::uint64_t offset;
        std::uint32_t checksum;
    };

    void begin_entry();
    void write_directory();
    void queue(std::string bytes);

    std::vector<entry> entries_;
    std::vector<written> written_;
    std::string time_;  ///< MS-DOS time and date, as in the headers
    std::size_t current_ = 0;
    std::unique_ptr<blob_reader> reader_;
    std::string pending_;
    std::size_t pending_at_ = 0;
    std::uint64_t offset_ = 0;
    bool finished_ = false;
};

}  // namespace ferry::mock::langflow
