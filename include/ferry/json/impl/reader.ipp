// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/decoder.hpp"
#include "ferry/json/detail/parser.hpp"
#include "ferry/json/reader.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::json {

namespace detail {

// --- a document

/// The parser, its decoder and what they have in common: bounds, offsets and the first failure, which stays.
class document {
public:
    document(type_desc const& type, void* out, limits const& bounds, read_meter* outer = nullptr)
        : bounds_(bounds),
          meter_(outer ? *outer : own_meter_),
          decoder_(type, out, bounds, meter_),
          parser_(decoder_, bounds) {
        type.reset(out);
    }

    bool write(std::string_view piece, failure& why) {
        if (failed_) return refuse(why);
        if (piece.empty()) return true;
        if (piece.size() > bounds_.max_size - received_)
            return refuse({"larger than " + std::to_string(bounds_.max_size) + " bytes", {}, received_}, why);
        if (&meter_ == &own_meter_) meter_.received += piece.size();
        if (!parser_.write(piece)) return refuse_now(why);
        received_ += piece.size();
        return true;
    }

    bool finish(failure& why) {
        if (failed_) return refuse(why);
        return parser_.finish() || refuse_now(why);
    }

private:
    bool refuse_now(failure& why) {
        auto found = decoder_.why();
        found.offset = received_ + parser_.position();
        return refuse(std::move(found), why);
    }
    bool refuse(failure found, failure& why) {
        failed_ = true;
        found_ = std::move(found);
        return refuse(why);
    }
    bool refuse(failure& why) const {
        why = found_;
        return false;
    }

    limits bounds_;
    read_meter own_meter_;
    read_meter& meter_;
    decoder decoder_;
    parser parser_;
    std::size_t received_ = 0;
    bool failed_ = false;
    failure found_;
};

FERRY_DECL bool decode_metered(type_desc const& type, void* out, std::string_view text, limits const& bounds,
                               read_meter& meter, failure& why) {
    document d(type, out, bounds, &meter);
    return d.write(text, why) && d.finish(why);
}

}  // namespace detail

class reader::state : public detail::document {
public:
    using document::document;
};

FERRY_DECL reader::reader(type_desc const& type, void* out, limits const& bounds)
    : state_(std::make_unique<state>(type, out, bounds)) {}
FERRY_DECL reader::~reader() = default;
FERRY_DECL reader::reader(reader&&) noexcept = default;
FERRY_DECL reader& reader::operator=(reader&&) noexcept = default;

FERRY_DECL bool reader::write_some(std::string_view piece, failure& why) {
    return state_->write(piece, why);
}
FERRY_DECL bool reader::finish(failure& why) {
    return state_->finish(why);
}

FERRY_DECL bool decode(type_desc const& type, void* out, std::string_view document, failure& why,
                       limits const& bounds) {
    detail::document d(type, out, bounds);
    return d.write(document, why) && d.finish(why);
}

}  // namespace ferry::json
