// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/printable.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/error_answer.hpp"
#include "ferry/json/reader.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace ferry::inline FERRY_ABI {
namespace detail {

/// `{"detail": …}` as FastAPI writes it, `{"message": …}` as Langflow's last resort does, and what gateways
/// in front of services write.
struct error_answer {
    error_answer() = default;
    raw_json detail;
    raw_json message;
    raw_json aws_message;  // `Message`
    raw_json description;  // `error_description`, RFC 6749, section 5.2
    raw_json error;
    raw_json errors;
    raw_json fault;
    raw_json faultstring;
    raw_json title;  // RFC 9457
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
            optional<&error_answer::aws_message>("Message"),
            optional<&error_answer::description>("error_description"),
            optional<&error_answer::error>("error"),
            optional<&error_answer::errors>("errors"),
            optional<&error_answer::fault>("fault"),
            optional<&error_answer::faultstring>("faultstring"),
            optional<&error_answer::title>("title"),
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

/// What a gateway says: a text, or whatever of its members says most; else the JSON.
/// \param depth how far members of members are looked at
inline std::string gateway_words(std::string const& json, int depth) {
    if (json == "null") return {};
    if (auto text = try_decode<std::string>(json)) return std::move(*text);
    if (depth == 0) return json;
    if (auto const all = try_decode<std::vector<raw_json>>(json)) {
        std::string words;
        for (auto const& one : *all)
            words += (words.empty() ? "" : "; ") + gateway_words(one.text(), depth - 1);
        return words;
    }
    auto const answer = try_decode<error_answer>(json);
    if (!answer) return json;
    for (auto const* said :
         {&answer->message, &answer->aws_message, &answer->description, &answer->faultstring, &answer->detail,
          &answer->error, &answer->errors, &answer->fault, &answer->title})
        if (auto words = gateway_words(said->text(), depth - 1); !words.empty()) return words;
    return json;
}

/// The characters of a piece of XML without elements.
inline std::string xml_text(std::string_view xml) {
    constexpr std::pair<std::string_view, char> entities[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}};
    std::string text;
    while (!xml.empty()) {
        auto const known = std::find_if(std::begin(entities), std::end(entities),
                                        [&](auto const& one) { return xml.starts_with(one.first); });
        bool const found = known != std::end(entities);
        text += found ? known->second : xml.front();
        xml.remove_prefix(found ? known->first.size() : 1);
    }
    return printable(text, ' ');
}

/// The text of the first element of this name; empty where there is none.
inline std::string xml_element(std::string_view xml, std::string_view name) {
    constexpr std::size_t most = 1000;
    auto const open = "<" + std::string(name) + ">";
    auto const begin = xml.find(open);
    if (begin == std::string_view::npos) return {};
    auto const content = xml.substr(begin + open.size());
    auto const end = content.find('<');
    if (end == std::string_view::npos) return {};
    return xml_text(trim(content.substr(0, (std::min)(end, most))));
}

/// As S3 and its likes write it: `<Error><Code>…</Code><Message>…</Message>…</Error>`.
inline void read_xml(error_details& data) {
    auto const code = xml_element(data.body, "Code");
    auto const message = xml_element(data.body, "Message");
    data.detail = code + (code.empty() || message.empty() ? "" : ": ") + message;
    if (data.request_id.empty()) data.request_id = xml_element(data.body, "RequestId");
}

FERRY_DECL std::string request_id(header_fields const& headers) {
    for (std::string_view const name :
         {"x-request-id", "x-correlation-id", "x-amz-request-id", "x-amzn-requestid", "x-ms-request-id"})
        if (auto const id = headers.find(name); id && !id->empty()) return std::string(*id);
    return {};
}

FERRY_DECL void read_error_answer(error_details& data) {
    data.request_id = request_id(data.headers);
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    auto body = std::string_view(data.body);
    if (body.starts_with(byte_order_mark)) body.remove_prefix(byte_order_mark.size());
    if (trim(body).starts_with('<')) return read_xml(data);
    auto const answer = try_decode<error_answer>(body);
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
    } else {
        constexpr int depth = 3;
        auto words = gateway_words(std::string(body), depth);
        if (words != body) data.detail = std::move(words);
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
