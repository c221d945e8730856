// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/detail/api_description.hpp"
#include "ferry/core/detail/call_state.hpp"
#include "ferry/core/transport.hpp"
#include "ferry/engine/detail/content_decoder.hpp"
#include "ferry/engine/detail/download.hpp"
#include "ferry/engine/detail/progress_meter.hpp"
#include "ferry/engine/detail/settings.hpp"
#include "ferry/json/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::detail {

/// The answer to one request after the other while it arrives: undoes its coding, bounds it, and leads its
/// content to where the call wants it, or where a failure is explained.
class answer_reader final : public response_handler {
public:
    /// All must outlive this object.
    answer_reader(settings const& with, call_state const& call, call_output const& output, download& to,
                  progress_meter& meter)
        : with_(with), call_(call), output_(output), download_(to), meter_(meter) {}

    /// What is asked for next.
    struct expectation {
        operation const* shape = nullptr;
        bool is_download = false;  ///< The bytes of a good answer are what is downloaded.
        bool is_upload = false;    ///< Progress is about what is sent.
        int attempt = 0;
        http_request const* request = nullptr;
        bool has_deadline = false;  ///< However slowly it comes, it ends.
    };
    FERRY_DECL void expect(expectation next);

    FERRY_DECL result<void> on_head(int status, header_fields&& headers) override;
    FERRY_DECL result<void> on_content(std::string_view piece) override;
    /// A good answer has ended: whether it was complete, and as described.
    FERRY_DECL result<void> finish();

    /// 0: none has arrived.
    int status() const noexcept { return status_; }
    bool is_good() const noexcept { return status_ >= 200 && status_ <= 299; }
    /// Whether it says why not, in its status and perhaps in its body.
    bool is_refusal() const noexcept { return status_ != 0 && content_ == content::error_body; }
    /// Whether nothing is missing where the content has been cut off, because nobody reads it.
    bool is_head_enough() const noexcept { return status_ != 0 && content_ == content::discard; }
    bool is_downloaded() const noexcept { return content_ == content::sink; }
    header_fields const& headers() const noexcept { return headers_; }
    header_fields take_headers() noexcept { return std::move(headers_); }
    std::string const& error_body() const noexcept { return error_body_; }
    /// The body as it came, decoded, as far as it is kept.
    std::string_view body() const noexcept { return is_refusal() ? error_body_ : kept_; }
    std::string take_body() noexcept { return std::move(kept_); }

private:
    /// Where the content goes.
    enum class content : std::uint8_t { discard, json, text, sink, error_body };

    FERRY_DECL result<void> expect_coding();
    FERRY_DECL result<void> expect_whole();
    FERRY_DECL result<void> expect_content();
    FERRY_DECL status_answer expected_answer() const noexcept;
    FERRY_DECL void expect_nothing();
    FERRY_DECL void expect_json(status_answer const& answer);
    FERRY_DECL result<void> expect_text(status_answer const& answer);
    FERRY_DECL result<void> check_amount() const;
    FERRY_DECL void expect_pace();
    FERRY_DECL result<void> check_pace(std::size_t size);
    FERRY_DECL result<void> take_content(std::string_view piece);
    FERRY_DECL result<void> take_error(std::string_view piece);
    FERRY_DECL result<void> take_download(std::string_view piece);
    FERRY_DECL result<void> take_value(std::string_view piece);
    FERRY_DECL void keep(std::string_view piece);
    FERRY_DECL std::uint64_t max_body_size() const noexcept;

    settings const& with_;
    call_state const& call_;
    call_output const& output_;
    download& download_;
    progress_meter& meter_;
    expectation expected_;

    int status_ = 0;
    header_fields headers_;
    content content_ = content::discard;
    std::string* text_ = nullptr;
    std::optional<json::reader> reader_;
    std::string error_body_;
    std::string kept_;
    std::string wrong_type_;  ///< Why a good answer cannot be read, while its text is collected.
    std::unique_ptr<content_decoder> decoder_;
    std::uint64_t encoded_ = 0;               ///< Bytes of content as they came.
    std::uint64_t received_ = 0;              ///< The same, decoded.
    std::optional<std::uint64_t> part_size_;  ///< As Content-Range says.

    using clock = exchange_limits::clock;
    bool is_paced_ = false;                   ///< Whether the following is measured.
    std::optional<clock::time_point> taken_;  ///< When the latest piece had been dealt with.
    clock::duration
        waited_{};  ///< For the peer, in the current period: the caller's own time does not count.
    std::uint64_t in_period_ = 0;  ///< Bytes.
};

}  // namespace ferry::detail

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/engine/impl/answer_reader.ipp"
#endif
