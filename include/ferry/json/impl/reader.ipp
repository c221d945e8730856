// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/decoder.hpp"
#include "ferry/json/reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::json {

namespace detail {

FERRY_DECL std::string syntax_message(boost::system::error_code const& ec, limits const& bounds) {
    if (ec == boost::json::error::incomplete) return "the JSON ends before it is complete";
    if (ec == boost::json::error::too_deep)
        return "nested deeper than " + std::to_string(bounds.max_depth) + " levels";
    return "not valid JSON: " + ec.message();
}

// --- a document

/// The parser, its decoder and what they have in common: bounds, offsets and the first failure, which stays.
class document {
public:
    document(type_desc const& type, void* out, limits const& bounds, read_meter* outer = nullptr)
        : bounds_(bounds),
          meter_(outer ? *outer : own_meter_),
          parser_(options(bounds), type, out, bounds, meter_) {
        type.reset(out);
    }

    bool write(std::string_view piece, failure& why) {
        if (failed_) return refuse(why);
        if (piece.empty()) return true;
        if (piece.size() > bounds_.max_size - received_)
            return refuse({"larger than " + std::to_string(bounds_.max_size) + " bytes", {}, received_}, why);
        if (&meter_ == &own_meter_) meter_.received += piece.size();
        boost::system::error_code ec;
        parser_.handler().expect(piece);
        std::size_t const used = parser_.write_some(true, piece.data(), piece.size(), ec);
        if (ec) return refuse(ec, why);
        std::size_t const garbage = piece.find_first_not_of(" \t\r\n", used);
        if (garbage != std::string_view::npos)
            return refuse({"something follows the JSON", {}, received_ + garbage}, why);
        received_ += piece.size();
        return true;
    }

    bool finish(failure& why) {
        if (failed_) return refuse(why);
        if (parser_.done()) return true;
        boost::system::error_code ec;
        parser_.handler().expect({});
        parser_.write_some(false, "", 0, ec);
        if (!ec) return true;
        // Nothing new came: whatever the parser calls it, what is wrong is that this is the end.
        return refuse(parser_.handler().why().message.empty() ? boost::json::error::incomplete : ec, why);
    }

private:
    static boost::json::parse_options options(limits const& bounds) {
        boost::json::parse_options o;
        o.max_depth = bounds.max_depth;
        return o;
    }

    bool refuse(boost::system::error_code const& ec, failure& why) {
        decoder& handler = parser_.handler();
        failure found = handler.why();
        if (found.message.empty()) found = {syntax_message(ec, bounds_), handler.pointer(), 0};
        found.offset = received_ + handler.position();
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
    boost::json::basic_parser<decoder> parser_;
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
