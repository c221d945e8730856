// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/zip.hpp"

#include "core/times.hpp"

#include <zlib.h>

namespace ferry::mock::langflow {
namespace {

constexpr std::uint64_t limit32 = 0xFFFFFFFFU;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>((value >> (8 * static_cast<unsigned>(i))) & 0xFFU);
}

std::string dos_time(std::int64_t micros) {
    std::tm const parts = local_time(micros);
    std::string text;
    put(text, static_cast<std::uint64_t>(parts.tm_hour << 11 | parts.tm_min << 5 | parts.tm_sec / 2), 2);
    put(text, static_cast<std::uint64_t>((parts.tm_year - 80) << 9 | (parts.tm_mon + 1) << 5 | parts.tm_mday),
        2);
    return text;
}

/// The fields that local header and central directory share, from "version needed" to the checksum.
void put_common(std::string& out, bool large, std::string const& time, std::uint32_t checksum) {
    put(out, large ? 45 : 20, 2);
    put(out, 1U << 11U, 2);  // names are UTF-8
    put(out, 0, 2);          // stored
    out += time;
    put(out, checksum, 4);
}

}  // namespace

zip_stream::zip_stream(std::vector<entry> entries, std::int64_t micros)
    : entries_(std::move(entries)), time_(dos_time(micros)) {}

void zip_stream::queue(std::string bytes) {
    offset_ += bytes.size();
    pending_ = std::move(bytes);
    pending_at_ = 0;
}

void zip_stream::begin_entry() {
    entry const& item = entries_[current_];
    // The checksum stands before the bytes in a stored entry, so the content is read twice: once for it, once
    // to send.
    std::uint32_t checksum = 0;
    std::string buffer(64 * 1024, '\0');
    blob_reader reader(item.content);
    while (std::size_t const count = reader.read(buffer.data(), buffer.size())) {
        checksum = static_cast<std::uint32_t>(
            ::crc32(checksum, reinterpret_cast<Bytef const*>(buffer.data()), static_cast<uInt>(count)));
    }
    bool const large = item.content.size() >= limit32;
    std::uint64_t const size = large ? limit32 : item.content.size();
    written_.push_back({offset_, checksum});
    std::string header = "PK\x03\x04";
    put_common(header, large, time_, checksum);
    put(header, size, 4);
    put(header, size, 4);
    put(header, item.name.size(), 2);
    put(header, large ? 20 : 0, 2);
    header += item.name;
    if (large) {
        put(header, 1, 2);
        put(header, 16, 2);
        put(header, item.content.size(), 8);
        put(header, item.content.size(), 8);
    }
    queue(std::move(header));
    reader_ = std::make_unique<blob_reader>(item.content);
}

void zip_stream::write_directory() {
    std::uint64_t const start = offset_;
    std::string out;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::uint64_t const size = entries_[i].content.size();
        bool const large = size >= limit32 || written_[i].offset >= limit32;
        out += "PK\x01\x02";
        put(out, large ? 45 : 20, 2);
        put_common(out, large, time_, written_[i].checksum);
        put(out, large ? limit32 : size, 4);
        put(out, large ? limit32 : size, 4);
        put(out, entries_[i].name.size(), 2);
        put(out, large ? 28 : 0, 2);
        put(out, 0, 2);            // comment
        put(out, 0, 2);            // disk
        put(out, 0, 2);            // internal attributes
        put(out, 0x81A40000U, 4);  // a regular file, rw-r--r--
        put(out, large ? limit32 : written_[i].offset, 4);
        out += entries_[i].name;
        if (large) {
            put(out, 1, 2);
            put(out, 24, 2);
            put(out, size, 8);
            put(out, size, 8);
            put(out, written_[i].offset, 8);
        }
    }
    std::uint64_t const length = out.size();
    std::uint64_t const count = entries_.size();
    bool const large = start + length >= limit32 || count >= 0xFFFFU;
    if (large) {
        out += "PK\x06\x06";
        put(out, 44, 8);
        put(out, 45, 2);
        put(out, 45, 2);
        put(out, 0, 8);
        put(out, count, 8);
        put(out, count, 8);
        put(out, length, 8);
        put(out, start, 8);
        out += "PK\x06\x07";
        put(out, 0, 4);
        put(out, start + length, 8);
        put(out, 1, 4);
    }
    out += "PK\x05\x06";
    put(out, 0, 4);
    put(out, large ? 0xFFFFU : count, 2);
    put(out, large ? 0xFFFFU : count, 2);
    put(out, large ? limit32 : length, 4);
    put(out, large ? limit32 : start, 4);
    put(out, 0, 2);
    queue(std::move(out));
}

void zip_stream::require_readable() const {
    for (entry const& item : entries_) item.content.require_readable();
}

std::size_t zip_stream::read(char* out, std::size_t room) {
    for (;;) {
        if (pending_at_ < pending_.size()) {
            std::size_t const count = pending_.copy(out, room, pending_at_);
            pending_at_ += count;
            return count;
        }
        if (reader_) {
            std::size_t const count = reader_->read(out, room);
            offset_ += count;
            if (count != 0) return count;
            reader_.reset();
            ++current_;
        }
        if (finished_) return 0;
        if (current_ < entries_.size()) {
            begin_entry();
        } else {
            write_directory();
            finished_ = true;
        }
    }
}

}  // namespace ferry::mock::langflow
