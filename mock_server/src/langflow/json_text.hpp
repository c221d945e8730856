// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A stored text as one JSON string, made while it is sent: texts may be as large as uploads.

#include "http/spool.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace ferry::mock::langflow {

/// Bytes of the JSON string, quotes included; nothing when the content is not UTF-8.
[[nodiscard]] std::optional<std::uint64_t> json_text_size(blob const& content);

class json_text_stream final : public byte_source {
public:
    explicit json_text_stream(blob content) : reader_(std::move(content)) {}
    void require_readable() const override { reader_.require_readable(); }
    std::size_t read(char* out, std::size_t room) override;

private:
    blob_reader reader_;
    std::string pending_ = "\"";  ///< what is ready to be sent
    std::size_t sent_ = 0;        ///< of it
    bool ended_ = false;
};

}  // namespace ferry::mock::langflow
