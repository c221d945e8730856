// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/config.hpp"
#include "ferry/core/headers.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ferry::inline FERRY_ABI {

/// What went wrong, by who can do something about it. Also a value of boost::system::error_code.
///
/// \par Example
/// ```cpp
/// boost::system::error_code const code = file.error();
/// if (code == ferry::error_kind::timeout) std::cerr << code.message() << '\n';
/// ```
enum class error_kind : std::uint8_t {
    /// Nothing: what an error says that was never set.
    none,
    /// Refused before anything was sent: a missing key, an empty id, a control character in a header.
    invalid_argument,
    /// A local file or stream could not be read or written, or changed while it was sent.
    file,
    /// No connection, or it broke: name resolution, connect, reset, closed early.
    connection,
    /// The TLS handshake or the certificate failed, or a certificate file could not be loaded.
    tls,
    /// A deadline passed; error::message() says which.
    timeout,
    /// The caller cancelled: by a stop token, a cancellation slot or a progress callback.
    cancelled,
    /// The answer is not HTTP, was cut short, or leads in a circle, nowhere, or from https to http; or page
    /// tokens came again.
    protocol,
    /// The answer is larger than the configured limit, or a list has more pages.
    limit,
    /// The answer is not what the description promises; error::message() holds the JSON pointer. Also a
    /// checksum that does not match.
    decoding,
    /// The service answered with a status outside 2xx: error::status().
    status,
};

/// The enumerator's name: `timeout`; `unknown` for a number that is none.
constexpr std::string_view to_string(error_kind kind) noexcept {
    constexpr std::string_view names[] = {"none",  "invalid_argument", "file",      "connection",
                                          "tls",   "timeout",          "cancelled", "protocol",
                                          "limit", "decoding",         "status"};
    auto const index = static_cast<std::size_t>(kind);
    return index < std::size(names) ? names[index] : std::string_view("unknown");
}

/// Writes to_string().
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, error_kind kind) {
    return to << to_string(kind);
}

/// The category of ferry's own error codes: a code's value is an error_kind, its message the kind's name.
/// Category and kinds keep their numbers across shared libraries.
FERRY_DECL boost::system::error_category const& error_category() noexcept;

/// `error_code == error_kind::timeout` works through it.
inline boost::system::error_code make_error_code(error_kind kind) noexcept {
    return {static_cast<int>(kind), error_category()};
}

/// One item of the list that `detail` of an error's body is where arguments do not validate.
///
/// \par Source
/// FastAPI's answer 422: `{"detail": [{"loc": ["body", "file"], "msg": "…", "type": "missing"}]}`.
struct validation_issue {
    std::string location;  ///< Where, as dotted path: `body.file`, `query.page_size`, `body.0`.
    std::string type;      ///< Machine-readable kind, for example `missing` or `uuid_parsing`.
    std::string message;   ///< Text for people.

    friend bool operator==(validation_issue const&, validation_issue const&) = default;
};

/// What an error is made of, for transports and tests that make errors of their own. The functions of
/// ferry::error tell what each member means; `issues` are error::validation_issues().
///
/// \par Example
/// ```cpp
/// ferry::error_details details(ferry::error_kind::status, "files.get answered 404");
/// details.status = 404;
/// ferry::error const not_found(std::move(details));
/// ```
struct error_details {
    error_details() = default;
    error_details(error_kind what, std::string text) : kind(what), message(std::move(text)) {}

    error_kind kind = error_kind::none;
    int status = 0;
    std::string message;
    std::string detail;
    std::string request_id;
    header_fields headers;
    std::string body;
    int retries = 0;
    std::optional<std::chrono::milliseconds> retry_after;
    boost::system::error_code code;
    std::vector<validation_issue> issues;

    friend bool operator==(error_details const&, error_details const&) = default;
};

namespace detail {

/// Defined in `ferry/json.hpp`; incomplete without it.
template <class T>
struct model_reader;

}  // namespace detail

/// Why a call failed.
///
/// kind() says who can do something about it, message() tells people. Where an answer arrived, status(),
/// headers() and body() are its own, also where the call failed for another reason than the status.
///
/// \par Lifetime
/// One shared pointer wide: a copy is cheap. References that the functions return live as long as this
/// object or a copy of it.
///
/// \par Thread safety
/// Copies share immutable data, so reading is thread-safe.
///
/// \par Example
/// ```cpp
/// auto const file = cloud.files.get(id).send();
/// if (file.error() == ferry::error_kind::timeout) return try_later();
/// if (file.error().status() == 404) return nothing();
/// if (!file) std::cerr << file.error() << ", request id " << file.error().request_id() << '\n';
/// ```
class error {
public:
    /// No error: error_kind::none. What `result::error()` returns where there is a value.
    error() = default;
    error(error_kind kind, std::string message) : error(error_details(kind, std::move(message))) {}
    /// \param details its message is made one line, as message() says
    FERRY_DECL explicit error(error_details details);

    /// All of it, to make another error of it.
    FERRY_DECL error_details const& details() const noexcept;

    error_kind kind() const noexcept { return details().kind; }

    /// One line for people and logs, at most 8 KiB: what was tried, what happened, what to do. Of the words
    /// of others, the first 1,000 bytes; `?` stands for control characters and such as turn the direction of
    /// writing, `***` for the call's credentials. Its wording may change with each version.
    std::string const& message() const noexcept { return details().message; }

    /// The HTTP status, or 0 where no answer arrived. That of a proxy which refused to serve is only
    /// in message().
    int status() const noexcept { return details().status; }

    /// The service's own words: `detail` or `message` of the body where it is text, the items of `detail`
    /// in one text where it is a list of issues, else the JSON of it; where neither is there, what gateways
    /// (`error`, `errors`, `title`, …) and stores (the `Code` and `Message` of S3's XML) say instead. As they
    /// came: of any length, and with whatever characters. Empty without error_kind::status.
    std::string const& detail() const noexcept { return details().detail; }

    /// What was wrong with the arguments, as the service says with 422; empty otherwise.
    std::vector<validation_issue> const& validation_issues() const noexcept { return details().issues; }

    /// `x-request-id` of the answer, or what stands for it (`x-correlation-id`, `x-amz-request-id`,
    /// `x-amzn-requestid`, `x-ms-request-id`), or empty. The service's support asks for it.
    std::string const& request_id() const noexcept { return details().request_id; }

    /// The header fields of the answer; empty where none arrived.
    header_fields const& headers() const noexcept { return details().headers; }

    /// The body of an answer outside 2xx, or of one that is not JSON where JSON was promised; decoded, up to
    /// 1 MiB.
    std::string const& body() const noexcept { return details().body; }

    /// The body as one of the API's models; the generated calls say which one a status carries. Needs
    /// `#include <ferry/json.hpp>`.
    ///
    /// \returns a `result<T>`: error_kind::decoding where the body is something else
    template <class T>
    auto body_as() const {
        return detail::model_reader<T>::read(body());
    }

    /// How many times the request had been repeated. What the transport sent again by itself is not among
    /// them: call_metrics::resent.
    int retries() const noexcept { return details().retries; }

    /// How long the service asked to wait, where it said so with error_kind::status.
    ///
    /// \par Source
    /// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3); `retry-after-ms` goes first.
    std::optional<std::chrono::milliseconds> retry_after() const noexcept { return details().retry_after; }

    /// The operating system's or library's code, where there is one: of files, sockets, name resolution, TLS.
    boost::system::error_code code() const noexcept { return details().code; }

    /// The kind as an error code of error_category(), for interfaces that take one; success where there is
    /// no error. What the system said is code().
    operator boost::system::error_code() const noexcept {
        return kind() == error_kind::none ? boost::system::error_code() : make_error_code(kind());
    }

    /// Whether both say the same.
    friend bool operator==(error const& a, error const& b) noexcept {
        return a.details_ == b.details_ || a.details() == b.details();
    }
    /// Whether it is of this kind.
    friend bool operator==(error const& a, error_kind b) noexcept { return a.kind() == b; }

private:
    std::shared_ptr<error_details const> details_;
};

/// Writes kind and message: `timeout: files.list: GET …`.
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to, error const& why) {
    to << to_string(why.kind());
    return why.message().empty() ? to : to << ": " << why.message();
}

}  // namespace ferry

/// Has `error_kind` convert to boost::system::error_code by make_error_code().
template <>
struct boost::system::is_error_code_enum<ferry::error_kind> : std::true_type {};

#if !defined(FERRY_SEPARATE_COMPILATION)
#include "ferry/core/impl/error.ipp"
#endif
