// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// A small service in the form in which the generator writes one, so that tests of the runtime need no
// generated code: one operation of each kind.

#include "ferry/core/call.hpp"
#include "ferry/core/detail/api_description.hpp"
#include "ferry/core/pager.hpp"
#include "ferry/json/type_desc.hpp"
#include "ferry/testing.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fake_api {

struct thing {
    thing() = default;

    std::string id;
    std::string name;
    std::optional<ferry::timestamp> created_at;
};

struct thing_page {
    thing_page() = default;

    std::vector<thing> items;
    std::optional<std::string> next_token;
    std::optional<std::int64_t> total;
};

struct signed_url {
    signed_url() = default;

    std::string url;
};

struct new_thing {
    new_thing() = default;

    std::string name;
    ferry::nullable<std::string> note;
    std::optional<std::int64_t> rank;
};

struct metadata {
    metadata() = default;

    std::string origin;
    std::optional<bool> draft;
};

struct credentials {
    credentials() = default;

    std::string username;
    std::string password;
    std::optional<std::vector<std::string>> scopes;
};

}  // namespace fake_api

namespace ferry::inline FERRY_ABI::json {

template <>
struct describe<fake_api::thing> {
    static type_desc const& get() noexcept {
        using fake_api::thing;
        static constexpr field fields[] = {
            required<&thing::id>("id"),
            required<&thing::name>("name"),
            optional<&thing::created_at>("created_at"),
        };
        static constexpr type_desc type = object_of<thing>(fields);
        return type;
    }
};

template <>
struct describe<fake_api::thing_page> {
    static type_desc const& get() noexcept {
        using fake_api::thing_page;
        static constexpr field fields[] = {
            required<&thing_page::items>("items"),
            optional<&thing_page::next_token>("next_token"),
            optional<&thing_page::total>("total"),
        };
        static constexpr type_desc type = object_of<thing_page>(fields);
        return type;
    }
};

template <>
struct describe<fake_api::signed_url> {
    static type_desc const& get() noexcept {
        static constexpr field fields[] = {required<&fake_api::signed_url::url>("url")};
        static constexpr type_desc type = object_of<fake_api::signed_url>(fields);
        return type;
    }
};

template <>
struct describe<fake_api::new_thing> {
    static type_desc const& get() noexcept {
        using fake_api::new_thing;
        static constexpr field fields[] = {
            required<&new_thing::name>("name"),
            optional<&new_thing::note>("note"),
            optional<&new_thing::rank>("rank"),
        };
        static constexpr type_desc type = object_of<new_thing>(fields);
        return type;
    }
};

template <>
struct describe<fake_api::metadata> {
    static type_desc const& get() noexcept {
        using fake_api::metadata;
        static constexpr field fields[] = {
            required<&metadata::origin>("origin"),
            optional<&metadata::draft>("draft"),
        };
        static constexpr type_desc type = object_of<metadata>(fields);
        return type;
    }
};

template <>
struct describe<fake_api::credentials> {
    static type_desc const& get() noexcept {
        using fake_api::credentials;
        static constexpr field fields[] = {
            required<&credentials::username>("username"),
            required<&credentials::password>("password"),
            optional<&credentials::scopes>("scopes"),
        };
        static constexpr type_desc type = object_of<credentials>(fields);
        return type;
    }
};

}  // namespace ferry::json

namespace fake_api {

/// \tparam Key where the API key goes
template <ferry::detail::key_location Key = ferry::detail::key_location::bearer>
ferry::api_description const& description() noexcept {
    using namespace ferry::detail;
    static constexpr form_part upload_parts[] = {{"metadata", &ferry::json::describe<metadata>::get}};
    static constexpr std::uint16_t expired[] = {403, 410};
    static constexpr operation operations[] = {
        {.name = "things.get",
         .method = "GET",
         .path = "/things/{thing_id}",
         .answer = answer_format::json,
         .answer_type = &ferry::json::describe<thing>::get},
        {.name = "things.create",
         .method = "POST",
         .path = "/things",
         .idempotent = false,
         .body = body_format::json,
         .body_type = &ferry::json::describe<new_thing>::get,
         .answer = answer_format::json,
         .answer_type = &ferry::json::describe<thing>::get},
        {.name = "things.upload",
         .method = "POST",
         .path = "/things/upload",
         .idempotent = false,
         .body = body_format::multipart,
         .parts = upload_parts,
         .answer = answer_format::json,
         .answer_type = &ferry::json::describe<thing>::get},
        {.name = "things.list",
         .method = "GET",
         .path = "/things",
         .answer = answer_format::json,
         .answer_type = &ferry::json::describe<thing_page>::get},
        {.name = "things.content",
         .method = "GET",
         .path = "/things/{thing_id}/content",
         .answer = answer_format::json,
         .answer_type = &ferry::json::describe<signed_url>::get,
         .signed_url = [](void const* answer) -> std::string const& {
             return static_cast<signed_url const*>(answer)->url;
         },
         .expired = expired},
        {.name = "things.bytes",
         .method = "GET",
         .path = "/things/{thing_id}/bytes",
         .answer = answer_format::bytes,
         .accept = "*/*"},
        {.name = "things.remove", .method = "DELETE", .path = "/things/{thing_id}"},
        {.name = "login",
         .method = "POST",
         .path = "/login",
         .authenticated = false,
         .idempotent = false,
         .body = body_format::form,
         .body_type = &ferry::json::describe<credentials>::get,
         .answer = answer_format::json,
         .answer_type = &ferry::json::describe<thing>::get},
        {.name = "health",
         .method = "GET",
         .path = "/health",
         .authenticated = false,
         .answer = answer_format::text,
         .accept = "text/plain"},
    };
    static constexpr std::string_view api_key_env[] = {"FAKE_API_KEY", "FAKE_API_OLD_KEY"};
    static constexpr std::string_view base_url_env[] = {"FAKE_BASE_URL"};
    static constexpr std::string_view headers_env[] = {"FAKE_CUSTOM_HEADERS"};
    static constexpr std::string_view loggable[] = {"page_size"};
    static constexpr credential credentials[] = {{"key", Key, "x-api-key"}};
    static constexpr ferry::api_description tables = {.title = "Fake",
                                                      .default_base_url = "https://default.test",
                                                      .operations = operations,
                                                      .credentials = credentials,
                                                      .api_key_env = api_key_env,
                                                      .base_url_env = base_url_env,
                                                      .headers_env = headers_env,
                                                      .loggable = loggable};
    return tables;
}

class get : public ferry::call<get, thing> {
public:
    get(std::shared_ptr<ferry::engine> engine, std::string id) : call(std::move(engine), "things.get") {
        state_.set(state_.path, "thing_id", std::move(id));
    }
    get& trace(std::string value) & {
        state_.set(state_.headers, "x-trace", std::move(value));
        return *this;
    }
    [[nodiscard]] get&& trace(std::string value) && { return std::move(trace(std::move(value))); }
    get& session(std::string value) & {
        state_.set(state_.cookies, "session", std::move(value));
        return *this;
    }
    [[nodiscard]] get&& session(std::string value) && { return std::move(session(std::move(value))); }
};

class create : public ferry::call<create, thing> {
public:
    create(std::shared_ptr<ferry::engine> engine, std::string name)
        : call(std::move(engine), "things.create") {
        body_.name = std::move(name);
    }
    create& note(ferry::nullable<std::string> value) & {
        body_.note = std::move(value);
        return *this;
    }
    [[nodiscard]] create&& note(ferry::nullable<std::string> value) && {
        return std::move(note(std::move(value)));
    }

private:
    friend struct ferry::detail::call_access;
    void const* typed_body() const noexcept { return &body_; }

    new_thing body_;
};

class upload : public ferry::call<upload, thing> {
public:
    upload(std::shared_ptr<ferry::engine> engine, ferry::upload_source file)
        : call(std::move(engine), "things.upload") {
        state_.set_part({"file", {}, std::move(file), {}});
    }
    upload& purpose(std::string value) & {
        state_.set_part({"purpose", std::move(value), {}, {}});
        return *this;
    }
    [[nodiscard]] upload&& purpose(std::string value) && { return std::move(purpose(std::move(value))); }
    upload& about(metadata value) & {
        state_.set_part({"metadata", {}, {}, std::make_shared<metadata>(std::move(value))});
        return *this;
    }
    [[nodiscard]] upload&& about(metadata value) && { return std::move(about(std::move(value))); }
};

class list : public ferry::paged_call<list, thing_page> {
public:
    using item_type = thing;

    explicit list(std::shared_ptr<ferry::engine> engine) : paged_call(std::move(engine), "things.list") {}

    list& page_size(std::int64_t value) & {
        state_.set(state_.query, "page_size", ferry::detail::to_text(value));
        return *this;
    }
    [[nodiscard]] list&& page_size(std::int64_t value) && { return std::move(page_size(value)); }
    list& ids(std::vector<std::string> values) & {
        state_.set_all(state_.query, "ids", ferry::detail::to_texts(values));
        return *this;
    }
    [[nodiscard]] list&& ids(std::vector<std::string> values) && { return std::move(ids(std::move(values))); }
    list& name(std::string value) & {
        state_.set(state_.query, "name", std::move(value));
        return *this;
    }
    [[nodiscard]] list&& name(std::string value) && { return std::move(name(std::move(value))); }

    static std::vector<thing>& items_of(thing_page& page) noexcept { return page.items; }
    static std::string const* next_token(thing_page const& page) noexcept {
        return page.next_token ? &*page.next_token : nullptr;
    }
    static std::int64_t const* total_size(thing_page const& page) noexcept {
        return page.total ? &*page.total : nullptr;
    }
    bool has_page_token() const noexcept { return state_.is_set(state_.query, "page_token"); }
    void set_page_token(std::string token) { state_.set(state_.query, "page_token", std::move(token)); }
};

class content : public ferry::download_call<content, signed_url> {
public:
    content(std::shared_ptr<ferry::engine> engine, std::string id)
        : download_call(std::move(engine), "things.content") {
        state_.set(state_.path, "thing_id", std::move(id));
    }
};

class bytes : public ferry::download_call<bytes, std::string> {
public:
    bytes(std::shared_ptr<ferry::engine> engine, std::string id)
        : download_call(std::move(engine), "things.bytes") {
        state_.set(state_.path, "thing_id", std::move(id));
    }
};

class remove : public ferry::call<remove, void> {
public:
    remove(std::shared_ptr<ferry::engine> engine, std::string id) : call(std::move(engine), "things.remove") {
        state_.set(state_.path, "thing_id", std::move(id));
    }
};

class login : public ferry::call<login, thing> {
public:
    login(std::shared_ptr<ferry::engine> engine, std::string username, std::string password)
        : call(std::move(engine), "login") {
        body_.username = std::move(username);
        body_.password = std::move(password);
    }
    login& scopes(std::vector<std::string> values) & {
        body_.scopes = std::move(values);
        return *this;
    }
    [[nodiscard]] login&& scopes(std::vector<std::string> values) && {
        return std::move(scopes(std::move(values)));
    }

private:
    friend struct ferry::detail::call_access;
    void const* typed_body() const noexcept { return &body_; }

    credentials body_;
};

class health : public ferry::call<health, std::string> {
public:
    explicit health(std::shared_ptr<ferry::engine> engine) : call(std::move(engine), "health") {}
};

class client {
public:
    explicit client(std::shared_ptr<ferry::engine> engine) : engine_(std::move(engine)) {}

    fake_api::get get(std::string id) const { return {engine_, std::move(id)}; }
    fake_api::create create(std::string name) const { return {engine_, std::move(name)}; }
    fake_api::upload upload(ferry::upload_source file) const { return {engine_, std::move(file)}; }
    fake_api::list list() const { return fake_api::list(engine_); }
    fake_api::content content(std::string id) const { return {engine_, std::move(id)}; }
    fake_api::bytes bytes(std::string id) const { return {engine_, std::move(id)}; }
    fake_api::remove remove(std::string id) const { return {engine_, std::move(id)}; }
    fake_api::login login(std::string user, std::string password) const {
        return {engine_, std::move(user), std::move(password)};
    }
    fake_api::health health() const { return fake_api::health(engine_); }
    ferry::unlisted_call call(std::string method, std::string path) const {
        return {engine_, std::move(method), std::move(path)};
    }

private:
    std::shared_ptr<ferry::engine> engine_;
};

/// No jitter, and a clock that stands at 2026-01-01T00:00:00Z.
class fixed_time : public ferry::time_source {
public:
    std::chrono::system_clock::time_point now() override {
        return std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
    }
    double random() override { return 0; }
};

/// Says when a call begins to wait for its next attempt.
class announced_time final : public fixed_time {
public:
    explicit announced_time(std::function<void()> on_pause) : on_pause_(std::move(on_pause)) {}
    std::chrono::milliseconds pause(std::chrono::milliseconds span) override {
        on_pause_();
        return span;
    }

private:
    std::function<void()> on_pause_;
};

inline ferry::client_options options() {
    ferry::client_options with;
    with.api_key = "secret-key";
    with.base_url = "https://api.test";
    with.time_source = std::make_shared<fixed_time>();
    return with;
}

/// A client, what it sent, and what it logged.
class service {
public:
    explicit service(ferry::testing::memory_transport::responder answer,
                     ferry::client_options with = options())
        : service(std::make_shared<ferry::testing::memory_transport>(std::move(answer)), std::move(with)) {}
    explicit service(std::vector<ferry::testing::canned_response> answers,
                     ferry::client_options with = options())
        : service(std::make_shared<ferry::testing::memory_transport>(std::move(answers)), std::move(with)) {}
    /// Whose waits and slow answers take the time of `time`.
    service(std::vector<ferry::testing::canned_response> answers,
            std::shared_ptr<ferry::testing::fake_time> const& time, ferry::client_options with = options())
        : service(std::make_shared<ferry::testing::memory_transport>(std::move(answers), time),
                  with_time(std::move(with), time)) {}

    std::vector<ferry::testing::received_request> requests() const { return transport_->requests(); }
    /// All events as text, a line each.
    std::string logged() const {
        std::lock_guard const lock(journal_->mutex);
        return journal_->text;
    }

private:
    struct journal {
        std::mutex mutex;
        std::string text;
    };

    service(std::shared_ptr<ferry::testing::memory_transport> transport, ferry::client_options with)
        : transport_(std::move(transport)), things(start(std::move(with))) {}

    static ferry::client_options with_time(ferry::client_options with,
                                           std::shared_ptr<ferry::time_source> time) {
        with.time_source = std::move(time);
        return with;
    }

    client start(ferry::client_options with) {
        with.logger = ferry::make_logger([journal = journal_](ferry::log_event const& event) {
            std::lock_guard const lock(journal->mutex);
            for (auto const part : {event.what, event.operation, event.method, event.url})
                journal->text.append(part).append(" ");
            journal->text += std::to_string(event.status) + " #" + std::to_string(event.attempt) + " ";
            journal->text.append(event.message).append("\n");
        });
        return client(ferry::make_engine(description(), std::move(with), transport_));
    }

    std::shared_ptr<journal> journal_ = std::make_shared<journal>();
    std::shared_ptr<ferry::testing::memory_transport> transport_;

public:
    client things;
};

inline ferry::testing::canned_response a_thing(std::string id = "t1") {
    return {200, R"({"id":")" + id + R"(","name":"n"})"};
}

/// Asks to be asked again at once.
inline ferry::testing::canned_response at_once(int status, std::string body = "") {
    return ferry::testing::canned_response(status, std::move(body)).with("retry-after-ms", "0");
}

/// The header as text, or `-` where it is absent.
inline std::string header(ferry::header_fields const& fields, std::string_view name) {
    return std::string(fields.find(name).value_or("-"));
}

}  // namespace fake_api
