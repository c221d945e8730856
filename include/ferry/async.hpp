// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/body.hpp"
#include "ferry/core/call.hpp"
#include "ferry/core/client_options.hpp"
#include "ferry/core/config.hpp"
#include "ferry/core/detail/async_completion.hpp"
#include "ferry/core/pager.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/system_executor.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// The asynchronous half of every call: `async_send`, `async_with_response`, `async_save_to`,
/// `async_write_to` and `async_next` with any Asio completion token. Light headers declare them; this header
/// brings their bodies.

namespace ferry::inline FERRY_ABI {

/// Lets asynchronous calls of clients made with `options` do their I/O on `executor`, whatever executor their
/// handlers have.
inline void use_executor(client_options& options, boost::asio::any_io_executor executor) {
    options.executor = std::make_shared<io_executor const>(std::move(executor));
}

namespace detail {

inline void engine_access::start(call_state call, void const* body,
                                 std::unique_ptr<async_completion> completion) {
    auto const engine = call.engine;
    engine->start(std::move(call), body, std::move(completion));
}

/// Keeps a handler and what its call yields until the call has ended. `Outcome` says where the answer goes
/// (`output()`) and makes the handler's argument of it (`take(how)`).
template <class Outcome, class Handler>
class handler_completion final : public async_completion {
    using executor_type = boost::asio::associated_executor_t<Handler>;

public:
    handler_completion(Handler handler, Outcome outcome)
        : handler_(std::move(handler)),
          outcome_(std::move(outcome)),
          work_(boost::asio::make_work_guard(boost::asio::get_associated_executor(handler_))) {}

    call_output output() noexcept override { return outcome_.output(); }

    boost::asio::any_io_executor io_executor() const override {
        if constexpr (std::is_same_v<executor_type, boost::asio::system_executor>)
            return {};
        else
            return work_.get_executor();
    }

    boost::asio::cancellation_slot slot() const noexcept override {
        return boost::asio::get_associated_cancellation_slot(handler_);
    }

    void complete(result<void> how) override {
        auto const executor = work_.get_executor();
        auto const allocator = boost::asio::get_associated_allocator(handler_);
        auto finish = [handler = std::move(handler_), value = outcome_.take(std::move(how)),
                       work = std::move(work_)]() mutable {
            // Here, because the signal belongs to the handler's executor and is not synchronised.
            boost::asio::get_associated_cancellation_slot(handler).clear();
            std::move(handler)(std::move(value));
        };
        boost::asio::post(executor, boost::asio::bind_allocator(allocator, std::move(finish)));
    }

private:
    Handler handler_;
    Outcome outcome_;
    boost::asio::executor_work_guard<executor_type> work_;
};

template <class T>
struct value_outcome {
    std::unique_ptr<T> value = std::make_unique<T>();

    call_output output() const noexcept {
        call_output out;
        out.value = value.get();
        return out;
    }
    result<T> take(result<void> how) const {
        if (!how) return how.error();
        return std::move(*value);
    }
};
template <>
struct value_outcome<void> {
    call_output output() const noexcept { return {}; }
    result<void> take(result<void> how) const { return how; }
};

template <class T>
struct response_outcome {
    std::unique_ptr<response<T>> answer = std::make_unique<response<T>>();

    call_output output() const noexcept {
        call_output out;
        out.info = answer.get();
        if constexpr (!std::is_void_v<T>) out.value = &answer->value;
        return out;
    }
    result<response<T>> take(result<void> how) const {
        if (!how) return how.error();
        return std::move(*answer);
    }
};

template <class T>
struct save_outcome {
    std::unique_ptr<T> value = std::make_unique<T>();
    std::unique_ptr<saved_file> file = std::make_unique<saved_file>();

    call_output output() const noexcept {
        call_output out;
        out.value = value.get();
        out.file = file.get();
        return out;
    }
    result<saved_file> take(result<void> how) const {
        if (!how) return how.error();
        return std::move(*file);
    }
};

template <class T>
struct write_outcome {
    byte_sink* sink;
    std::shared_ptr<stream_sink> stream;  ///< Of ferry's own around a stream of the caller's.
    std::unique_ptr<T> value = std::make_unique<T>();

    call_output output() const noexcept {
        call_output out;
        out.value = value.get();
        out.sink = sink;
        return out;
    }
    result<void> take(result<void> how) const { return how && stream ? stream->finish() : how; }
};

/// Starts `call` so that `handler` hears of its end.
struct start_call {
    template <class Handler, class Call, class Outcome>
    void operator()(Handler&& handler, Call call, Outcome outcome) const {
        void const* const body = call_access::body(call);  // stays in `call`, which outlives start()
        using completion = handler_completion<Outcome, std::decay_t<Handler>>;
        engine_access::start(
            std::move(call_access::state(call)), body,
            std::make_unique<completion>(std::forward<Handler>(handler), std::move(outcome)));
    }
};

template <class Call>
struct async_initiator {
    using value_type = typename Call::value_type;

    template <class Token>
    static auto start(Call call, Token&& token) {
        return boost::asio::async_initiate<Token, void(result<value_type>)>(
            start_call(), token, std::move(call), value_outcome<value_type>());
    }
};

template <class Call>
struct async_response_initiator {
    using value_type = typename Call::value_type;

    template <class Token>
    static auto start(Call call, Token&& token) {
        return boost::asio::async_initiate<Token, void(result<response<value_type>>)>(
            start_call(), token, std::move(call), response_outcome<value_type>());
    }
};

template <class Call>
struct async_save_initiator {
    template <class Token>
    static auto start(Call call, std::string path, Token&& token) {
        save_outcome<typename Call::value_type> outcome;
        outcome.file->path = std::move(path);
        return boost::asio::async_initiate<Token, void(result<saved_file>)>(
            start_call(), token, std::move(call), std::move(outcome));
    }
};

template <class Call>
struct async_write_initiator {
    using outcome = write_outcome<typename Call::value_type>;

    template <class Token>
    static auto start(Call call, byte_sink& sink, Token&& token) {
        return boost::asio::async_initiate<Token, void(result<void>)>(start_call(), token, std::move(call),
                                                                      outcome{&sink, nullptr});
    }
    template <class Token>
    static auto start(Call call, std::ostream& stream, Token&& token) {
        auto sink = std::make_shared<stream_sink>(stream);
        auto* const to = sink.get();
        return boost::asio::async_initiate<Token, void(result<void>)>(start_call(), token, std::move(call),
                                                                      outcome{to, std::move(sink)});
    }
};

/// The next page of a range, or its end.
template <class Call>
struct page_outcome {
    page_range<Call>* range;
    value_outcome<typename Call::value_type> page;

    call_output output() const noexcept { return page.output(); }
    std::optional<result<typename Call::value_type>> take(result<void> how) const {
        return range->accept(page.take(std::move(how)));
    }
};

/// The next item of a range, from a page that had to be fetched for it.
template <class Call>
struct item_outcome {
    item_range<Call>* range;
    page_outcome<Call> page;

    call_output output() const noexcept { return page.output(); }
    std::optional<result<typename Call::item_type>> take(result<void> how) const {
        return range->accept(page.take(std::move(how)));
    }
};

template <class Call>
struct async_page_initiator {
    using next_page = std::optional<result<typename Call::value_type>>;
    using next_item = std::optional<result<typename Call::item_type>>;

    template <class Token>
    static auto start(page_range<Call>& range, Token&& token) {
        auto const initiate = [](auto&& handler, page_range<Call>* pages) {
            if (pages->done_) return post_value(std::forward<decltype(handler)>(handler), next_page());
            fetch(std::forward<decltype(handler)>(handler), *pages, page_outcome<Call>{pages, {}});
        };
        return boost::asio::async_initiate<Token, void(next_page)>(initiate, token, &range);
    }

    template <class Token>
    static auto start(item_range<Call>& range, Token&& token) {
        auto const initiate = [](auto&& handler, item_range<Call>* items) {
            if (items->has_item() || items->pages_.done_)
                return post_value(std::forward<decltype(handler)>(handler), items->take_item());
            fetch(std::forward<decltype(handler)>(handler), items->pages_,
                  item_outcome<Call>{items, page_outcome<Call>{&items->pages_, {}}});
        };
        return boost::asio::async_initiate<Token, void(next_item)>(initiate, token, &range);
    }

private:
    template <class Handler, class Outcome>
    static void fetch(Handler&& handler, page_range<Call>& pages, Outcome outcome) {
        start_call()(std::forward<Handler>(handler), Call(pages.call_), std::move(outcome));
    }

    template <class Handler, class Value>
    static void post_value(Handler&& handler, Value value) {
        auto const executor = boost::asio::get_associated_executor(handler);
        boost::asio::post(executor, [h = std::forward<Handler>(handler), v = std::move(value)]() mutable {
            std::move(h)(std::move(v));
        });
    }
};

}  // namespace detail
}  // namespace ferry
