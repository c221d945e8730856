// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "operations.hpp"

#include <ferry/json.hpp>
#include <ferry/langflow.hpp>
#include <ferry/llamacloud.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <set>
#include <span>
#include <type_traits>
#include <utility>

// files.query is old, and still an operation.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

namespace ferry_test::faults {

namespace {

using asio_void = boost::asio::awaitable<void>;
using outcome = std::optional<ferry::error>;
using source = ferry::upload_source (*)();

ferry::upload_source rewinding() {
    return ferry::from_memory(std::as_bytes(std::span(uploaded_bytes())), "report.bin");
}

ferry::upload_source once() {
    return ferry::from_callback(
        [sent = std::size_t{0}](char* to, std::size_t size) mutable {
            auto const n = uploaded_bytes().copy(to, size, sent);
            sent += n;
            return n;
        },
        "report.bin");
}

template <class T>
outcome failure_of(ferry::result<T> const& got) {
    return got ? outcome() : got.error();
}

template <class Client, class Call>
outcome block(Client const& client, Call const& call, performance const& how, bool to_file) {
    if (how.warm) client.call("GET", "/warm").send().value();
    if constexpr (requires { call.save_to(""); })
        if (to_file) return failure_of(call.save_to(how.path));
    return failure_of(call.with_response());
}

template <class Client, class Call>
asio_void await(Client const& client, Call const& call, performance const& how, bool to_file, outcome& got) {
    if (how.warm) {
        auto const warm = client.call("GET", "/warm");
        auto const answer = co_await warm.async_send(boost::asio::use_awaitable);
        answer.value();
    }
    if constexpr (requires { call.save_to(""); }) {
        if (to_file) {
            auto const saved = co_await call.async_save_to(how.path, boost::asio::use_awaitable);
            got = failure_of(saved);
            co_return;
        }
    }
    auto const answer = co_await call.async_with_response(boost::asio::use_awaitable);
    got = failure_of(answer);
}

/// `make` builds the call from a client and what is uploaded.
template <class Client, class Make>
auto performer(Make make, source file, bool to_file) {
    return [make, file, to_file](performance const& how) {
        Client const client(how.client);
        auto const call = make(client, file).options(how.call);
        if (how.form == blocking) return block(client, call, how, to_file);
        outcome got;
        run(await(client, call, how, to_file, got));
        return got;
    };
}

template <class T>
std::string good_content() {
    if constexpr (std::is_void_v<T>) {
        return "{}";
    } else if constexpr (std::is_same_v<T, std::string>) {
        return downloaded_bytes();
    } else {
        T value{};
        if constexpr (requires { value.url; })
            value.url = base_place + "/signed?X-Amz-Signature=" + signature;
        return ferry::to_json(value).value();
    }
}

template <class Client>
class table {
public:
    table(ferry::api_description const& description, std::vector<operation>& rows)
        : description_(description), rows_(rows) {}

    template <class Make>
    table& add(std::string const& name, Make make) {
        using call = std::remove_cvref_t<decltype(make(std::declval<Client const&>(), source()))>;
        using value = typename call::value_type;
        operation row;
        row.name = name;
        row.shape = find(name);
        row.good = good_content<value>();
        if (std::is_same_v<value, std::string>) row.content = content::bytes;
        if (std::is_void_v<value>) row.content = content::nothing;
        row.perform = performer<Client>(make, rewinding, false);
        rows_.push_back(row);
        if (row.uploads()) {
            row.rewinds = false;
            row.variant = ", a body that cannot start again";
            row.perform = performer<Client>(make, once, false);
            rows_.push_back(row);
        }
        if constexpr (requires(call const& c) { c.save_to(""); }) {
            row.variant = ", into a file";
            row.perform = performer<Client>(make, rewinding, true);
            if (row.shape->signed_url == nullptr) row.content = content::file;
            rows_.push_back(row);
            if (row.shape->signed_url == nullptr) return *this;
            row.at_storage = true;
            row.variant = ", its signed URL";
            row.content = content::file;
            rows_.push_back(row);
        }
        return *this;
    }

    /// \throws std::logic_error where an operation of the description has not been added
    void expect_all() const {
        std::set<std::string_view> there;
        for (auto const& row : rows_) there.insert(row.shape->name);
        for (auto const& one : description_.operations)
            if (!there.count(one.name))
                throw std::logic_error("tests/faults/operations.cpp lacks " + std::string(one.name));
    }

private:
    ferry::detail::operation const* find(std::string const& name) const {
        for (auto const& one : description_.operations)
            if (one.name == name) return &one;
        throw std::logic_error(name + " is no operation of " + std::string(description_.title));
    }

    ferry::api_description const& description_;
    std::vector<operation>& rows_;
};

void add_llamacloud(std::vector<operation>& all) {
    using client = ferry::llamacloud::client const&;
    std::vector<operation> rows;
    table<ferry::llamacloud::client> operations(ferry::llamacloud::description(), rows);
    operations.add("files.create", [](client c, source file) { return c.files.create(file(), "parse"); })
        .add("files.list", [](client c, source) { return c.files.list(); })
        .add("files.query", [](client c, source) { return c.files.query(); })
        .add("files.get", [](client c, source) { return c.files.get("f"); })
        .add("files.delete", [](client c, source) { return c.files.delete_("f"); })
        .add("files.content", [](client c, source) { return c.files.content("f"); })
        .add("directories.create", [](client c, source) { return c.directories.create("n"); })
        .add("directories.list", [](client c, source) { return c.directories.list(); })
        .add("directories.get", [](client c, source) { return c.directories.get("d"); })
        .add("directories.update", [](client c, source) { return c.directories.update("d").name("n"); })
        .add("directories.delete", [](client c, source) { return c.directories.delete_("d"); })
        .add("directories.files.add", [](client c, source) { return c.directories.files.add("d", "f"); })
        .add("directories.files.list", [](client c, source) { return c.directories.files.list("d"); })
        .add("directories.files.upload",
             [](client c, source file) { return c.directories.files.upload("d", file()); })
        .add("directories.files.bulk_delete",
             [](client c, source) { return c.directories.files.bulk_delete("d", {"f"}); })
        .add("directories.files.get", [](client c, source) { return c.directories.files.get("d", "f"); })
        .add("directories.files.update",
             [](client c, source) { return c.directories.files.update("d", "f").display_name("n"); })
        .add("directories.files.delete",
             [](client c, source) { return c.directories.files.delete_("d", "f"); })
        .expect_all();
    all.insert(all.end(), rows.begin(), rows.end());
}

void add_langflow(std::vector<operation>& all) {
    using client = ferry::langflow::client const&;
    std::vector<operation> rows;
    table<ferry::langflow::client> operations(ferry::langflow::description(), rows);
    operations.add("files.upload", [](client c, source file) { return c.files.upload(file()); })
        .add("files.list", [](client c, source) { return c.files.list(); })
        .add("files.delete_all", [](client c, source) { return c.files.delete_all(); })
        .add("files.download_batch", [](client c, source) { return c.files.download_batch({"f"}); })
        .add("files.delete_batch", [](client c, source) { return c.files.delete_batch({"f"}); })
        .add("files.get", [](client c, source) { return c.files.get("f"); })
        .add("files.rename", [](client c, source) { return c.files.rename("f", "n"); })
        .add("files.delete", [](client c, source) { return c.files.delete_("f"); })
        .add("flow_files.upload", [](client c, source file) { return c.flow_files.upload("f", file()); })
        .add("flow_files.download", [](client c, source) { return c.flow_files.download("f", "n"); })
        .add("flow_files.image", [](client c, source) { return c.flow_files.image("f", "n"); })
        .add("flow_files.list", [](client c, source) { return c.flow_files.list("f"); })
        .add("flow_files.delete", [](client c, source) { return c.flow_files.delete_("f", "n"); })
        .add("flow_files.upload_legacy",
             [](client c, source file) { return c.flow_files.upload_legacy("f", file()); })
        .add("profile_pictures.list", [](client c, source) { return c.profile_pictures.list(); })
        .add("profile_pictures.get", [](client c, source) { return c.profile_pictures.get("p", "n"); })
        .add("flows.run", [](client c, source) { return c.flows.run("f").input_value("hello"); })
        .add("users.whoami", [](client c, source) { return c.users.whoami(); })
        .add("auth.login", [](client c, source) { return c.auth.login("alice", "5ecret-password"); })
        .add("server.version", [](client c, source) { return c.server.version(); })
        .add("server.health", [](client c, source) { return c.server.health(); })
        .expect_all();
    all.insert(all.end(), rows.begin(), rows.end());
}

}  // namespace

std::string const& uploaded_bytes() {
    static auto const bytes = noise(300'000);
    return bytes;
}
std::string const& downloaded_bytes() {
    static auto const bytes = noise(20'000, 2);
    return bytes;
}

std::vector<operation> const& all_operations() {
    static std::vector<operation> const all = [] {
        std::vector<operation> rows;
        add_llamacloud(rows);
        add_langflow(rows);
        return rows;
    }();
    return all;
}

}  // namespace ferry_test::faults
