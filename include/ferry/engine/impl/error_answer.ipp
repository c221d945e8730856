// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/engine/detail/error_answer.hpp"
#include "ferry/json/reader.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace ferry::inline FERRY_ABI {
namespace detail {

/// `{"detail": …}` as FastAPI writes it, `{"message": …}` as Langflow's last resort does.
struct error_answer {
    error_answer() = default;
    raw_json detail;
    raw_json message;
};

struct error_issue {
    error_issue() = default;
    std::vector<std::variant<std::string, std::int64_t>> loc;
    std::string msg;
    std::string type;
};

}  // namespace detail

namespace json {

template <>
struct describe<ferry::detail::error_answer> {
    static type_desc const& get() noexcept {
        using ferry::detail::error_answer;
        static constexpr field fields[] = {
            optional<&error_answer::detail>("detail"),
            optional<&error_answer::message>("message"),
        };
        static constexpr type_desc type = object_of<error_answer>(fields);
        return type;
    }
};

template <>
struct describe<ferry::detail::error_issue> {
    static type_desc const& get() noexcept {
        using ferry::detail::error_issue;
        static constexpr field fields[] = {
            required<&error_issue::loc>("loc"),
            required<&error_issue::msg>("msg"),
            optional<&error_issue::type>("type"),
        };
        static constexpr type_desc type = object_of<error_issue>(fields);
        return type;
    }
};

}  // namespace json

namespace detail {

template <class T>
std::optional<T> try_decode(std::string_view text) {
    T value{};
    json::failure ignored;
    if (!json::decode(json::describe<T>::get(), &value, text, ignored)) return std::nullopt;
    return value;
}

inline std::string dotted(std::vector<std::variant<std::string, std::int64_t>> const& location) {
    std::string text;
    for (auto const& step : location) {
        if (!text.empty()) text += '.';
        auto const* const name = std::get_if<std::string>(&step);
        text += name ? *name : std::to_string(*std::get_if<std::int64_t>(&step));
    }
    return text;
}

FERRY_DECL std::string request_id(header_fields const& headers) {
    for (std::string_view const name : {"x-request-id", "x-correlation-id"})
        if (auto const id = headers.find(name); id && !id->empty()) return std::string(*id);
    return {};
}

FERRY_DECL void read_error_answer(error_details& data) {
    data.request_id = request_id(data.headers);
    auto const answer = try_decode<error_answer>(data.body);
    if (!answer) return;
    std::string const& json =
        answer->detail.text() == "null" ? answer->message.text() : answer->detail.text();
    if (auto text = try_decode<std::string>(json)) {
        data.detail = std::move(*text);
    } else if (auto issues = try_decode<std::vector<error_issue>>(json)) {
        for (auto& issue : *issues) {
            data.issues.push_back({dotted(issue.loc), std::move(issue.type), std::move(issue.msg)});
            if (!data.detail.empty()) data.detail += "; ";
            data.detail += data.issues.back().location + ": " + data.issues.back().message;
        }
    } else if (json != "null") {
        data.detail = json;
    }
}

FERRY_DECL std::string_view reason_phrase(int status) noexcept {
    switch (status) {
        case 300:
            return "Multiple Choices";
        case 301:
            return "Moved Permanently";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 307:
            return "Temporary Redirect";
        case 308:
            return "Permanent Redirect";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 402:
            return "Payment Required";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 406:
            return "Not Acceptable";
        case 407:
            return "Proxy Authentication Required";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 411:
            return "Length Required";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 416:
            return "Range Not Satisfiable";
        case 422:
            return "Unprocessable Content";
        case 425:
            return "Too Early";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        default:
            return {};
    }
}

}  // namespace detail
}  // namespace ferry
