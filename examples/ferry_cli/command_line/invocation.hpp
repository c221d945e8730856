// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/call_settings.hpp"
#include "command_line/command.hpp"
#include "command_line/exit_code.hpp"
#include "command_line/given_values.hpp"
#include "command_line/output_sink.hpp"
#include "command_line/result_writer.hpp"

#include "ferry/core/body.hpp"
#include "ferry/core/call.hpp"
#include "ferry/core/engine.hpp"
#include "ferry/core/headers.hpp"
#include "ferry/core/request_options.hpp"
#include "ferry/core/response.hpp"
#include "ferry/core/result.hpp"
#include "ferry/json.hpp"
#include "ferry/json/nullable.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ferry::cli {

/// One command that is being run: what a person gave for it, and where its result goes. The functions that
/// ferry-gen writes take their values from here, make the call, and hand it back.
class invocation {
public:
    /// All must live as long as this.
    invocation(std::shared_ptr<ferry::engine> engine, command const& which, given_values& values,
               call_settings const& settings, result_writer& to)
        : engine_(std::move(engine)), command_(which), values_(values), settings_(settings), to_(to) {}

    std::shared_ptr<ferry::engine> const& engine() const noexcept { return engine_; }

    /// \param flag its name in the table of the command
    /// \throws usage_error where it was not given, or is not what the operation takes
    template <class T>
    T value(std::string_view flag) {
        if (auto given = find<T>(flag)) return *std::move(given);
        throw usage_error(values_.missing(flag));
    }

    /// The same for what may be left out.
    template <class T>
    std::optional<T> find(std::string_view flag) {
        if constexpr (std::is_same_v<T, upload_source>) {
            auto files = values_.files(flag);
            if (files.empty()) return std::nullopt;
            moves(files.front().file_name());
            return std::move(files.front());
        } else if constexpr (std::is_same_v<T, std::vector<upload_source>>) {
            auto files = values_.files(flag);
            if (files.empty()) return std::nullopt;
            moves(files.front().file_name());
            return files;
        } else {
            auto const json = values_.json(flag);
            return json ? std::optional<T>(read<T>(flag, *json)) : std::nullopt;
        }
    }

    /// The media type in which an answer is wanted as it is, rather than read: what the flag says, or where
    /// the answer is to be saved in a file `usual`.
    std::optional<std::string> form(std::string_view flag, std::string usual) {
        auto given = find<std::string>(flag);
        if (!given && to_.wants_file()) given = std::move(usual);
        return given;
    }

    /// Makes the call and writes what it yields.
    /// \throws call_failed
    template <class Call>
    void send(Call& call) {
        call.options(options());
        if constexpr (requires { typename Call::item_type; }) {
            walk(call);
        } else if constexpr (requires { call.save_to(std::string()); }) {
            download(call);
        } else {
            show(call);
        }
    }

private:
    template <class T>
    struct nullable_of : std::false_type {};
    template <class T>
    struct nullable_of<ferry::nullable<T>> : std::true_type {
        using inner = T;
    };
    template <class T>
    struct nullable_of<std::optional<T>> : std::true_type {
        using inner = T;
    };

    template <class T>
    struct is_list : std::false_type {};
    template <class T>
    struct is_list<std::vector<T>> : std::true_type {};

    template <class T>
    T read(std::string_view flag, std::string const& json) {
        if constexpr (std::is_same_v<T, std::string>) {
            // A parameter cannot say null; where it may be null, that is an empty text.
            if (json == "null") return {};
        }
        if constexpr (nullable_of<T>::value) {
            if (json == "null") return null<T>();
            return T(read<typename nullable_of<T>::inner>(flag, json));
        } else {
            auto made = from_json<T>(json, {.strict = true});
            if (!made) throw usage_error(values_.unfit(flag, made.error()));
            return *std::move(made);
        }
    }

    template <class T>
    static T null() {
        if constexpr (std::is_constructible_v<T, null_t>)
            return T(ferry::null);
        else
            return T();
    }

    template <class T>
    static T checked(result<T> outcome) {
        if (!outcome) throw call_failed(outcome.error());
        if constexpr (!std::is_void_v<T>) return *std::move(outcome);
    }

    /// One answer.
    template <class Call>
    void show(Call& call) {
        call.keep_raw_body();
        auto answer = ended(call.with_response());
        if (!is_document(answer.headers))
            to_.text(answer.raw_body);
        else if constexpr (is_list<typename Call::value_type>::value)
            to_.list(answer.raw_body);
        else
            to_.document(answer.raw_body);
    }

    /// All pages, or as many as hold the items that are wanted.
    template <class Call>
    void walk(Call& call) {
        call.keep_raw_body();
        std::set<std::string, std::less<>> seen;
        while (true) {
            auto const answer = checked(call.with_response());
            if (!to_.page(answer.raw_body, command_.items)) return;
            auto const* next = Call::next_token(answer.value);
            if (next == nullptr || next->empty()) return;
            if (!seen.insert(*next).second) throw call_failed(repeated_token());
            call.set_page_token(*next);
        }
    }

    /// Into a file where that is wanted; else the answer, which may be the bytes.
    template <class Call>
    void download(Call& call) {
        constexpr bool answers_bytes = std::is_same_v<typename Call::value_type, std::string>;
        auto const name = answers_bytes ? values_.name_of_download() : name_of_stored_file();
        if (auto const path = to_.file_for(name)) {
            moves(name);
            call.options(options());
            to_.saved(ended(call.save_to(*path)));
        } else if (to_.to_standard_output(answers_bytes)) {
            moves(name);
            call.options(options());
            output_sink sink(to_.stream());
            auto outcome = call.write_to(sink);
            sink.rethrow();
            ended(std::move(outcome));
        } else if constexpr (answers_bytes) {
            throw usage_error(to_.refuses_bytes());
        } else {
            show(call);
        }
    }

    /// A file is on its way from now on, so there is progress to be shown.
    void moves(std::string name);
    void end_progress();

    /// What has come of a call, after which nothing is shown any more.
    template <class T>
    T ended(result<T> outcome) {
        end_progress();
        return checked(std::move(outcome));
    }

    /// For an answer that leads to a file's bytes, which come without a name.
    std::string name_of_stored_file();
    request_options options() const;
    /// Whether an answer is JSON, or does not say that it is something else.
    static bool is_document(header_fields const& headers);
    static error repeated_token();

    std::shared_ptr<ferry::engine> engine_;
    command const& command_;
    given_values& values_;
    call_settings const& settings_;
    result_writer& to_;
    bool moves_ = false;
};

}  // namespace ferry::cli
