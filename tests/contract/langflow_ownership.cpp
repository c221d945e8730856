// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Files and flows of others do not exist, not for a superuser either, and not while everybody is busy.
#include "contract/langflow.hpp"

#include <set>
#include <thread>

using namespace ferry_test;

TEST_CASE("Langflow does not find files of others, whoever asks") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const file = put(services.alice, "private.txt", "alice's");
    for (auto const* const user : {&services.bob, &services.root}) {
        for (std::string const& id : {file.id, std::string(nobody)}) {
            INFO(id);
            auto const refused = send(user->files.get(id));
            check_refusal(error_of(refused), 404, "File not found");
            CHECK_THROWS_AS(refused.value(), ferry::not_found_error);
            check_refusal(error_of(send(user->files.get(id).return_content(true))), 404, "File not found");
            check_refusal(error_of(send(user->files.rename(id, "mine"))), 404, "File not found");
            check_refusal(error_of(send(user->files.delete_(id))), 404, "File not found");
        }
        CHECK(send(user->files.list()).value().empty());
        CHECK(send(user->files.delete_all()).has_value());
    }
    CHECK(send(services.alice.files.get(file.id)).value() == "alice's");
    CHECK(send(services.alice.files.list()).value().at(0).name == "private");
}

TEST_CASE("Langflow does not find flows of others, whoever asks") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const name = put_in_flow(services.alice, alice_flow, "image.png");
    for (auto const* const user : {&services.bob, &services.root}) {
        for (std::string const flow : {alice_flow, nobody}) {
            INFO(flow);
            auto const& files = user->flow_files;
            check_refusal(error_of(send(files.list(flow))), 404, "Flow not found");
            check_refusal(error_of(send(files.download(flow, name))), 404, "Flow not found");
            check_refusal(error_of(send(files.image(flow, name))), 404, "Flow not found");
            check_refusal(error_of(send(files.delete_(flow, name))), 404, "Flow not found");
            check_refusal(error_of(send(files.upload(flow, ferry::from_string("x", "a.txt")))), 404,
                          "Flow not found");
        }
    }
    CHECK(send(services.alice.flow_files.download(alice_flow, name)).value() == "some bytes");
}

namespace {

/// One thread's part of a crowd: uploads, reads back, lists, and deletes some, as one of two users.
class visitor {
public:
    visitor(ferry::langflow::client client, std::string user, unsigned number)
        : client_(std::move(client)), user_(std::move(user)), number_(number) {}

    void run() {
        try {
            for (unsigned round = 0; round < 12; ++round) visit(round);
        } catch (std::exception const& failure) {
            complain(failure.what());
        }
    }

    std::vector<std::string> const& complaints() const { return complaints_; }
    /// Ids of what was not deleted.
    std::set<std::string> const& left() const { return left_; }

private:
    void visit(unsigned round) {
        auto const bytes = user_ + noise(1000 + 700 * round, number_ * 100 + round);
        // All visitors use the same names, so that numbering is busy, too.
        auto const file =
            client_.files.upload(ferry::from_string(bytes, "shared " + std::to_string(round % 3) + ".bin"))
                .send()
                .value();
        if (client_.files.get(file.id).send().value() != bytes) complain("other bytes in " + file.path);
        for (auto const& listed : client_.files.list().send().value()) {
            if (listed.path.substr(0, 36) != file.path.substr(0, 36)) complain("lists " + listed.path);
        }
        if (round % 4 == 3)
            (void)client_.files.delete_(file.id).send().value();
        else
            left_.insert(file.id);
    }

    void complain(std::string what) { complaints_.push_back(user_ + ": " + std::move(what)); }

    ferry::langflow::client client_;
    std::string user_;
    unsigned number_;
    std::vector<std::string> complaints_;
    std::set<std::string> left_;
};

}  // namespace

TEST_CASE("Eight threads of two Langflow users never see each other's files, and every byte is right") {
    langflow const services;
    std::vector<visitor> visitors;
    for (unsigned i = 0; i < 8; ++i) {
        bool const is_alice = i % 2 == 0;
        visitors.emplace_back(is_alice ? services.alice : services.bob, is_alice ? "alice" : "bob", i);
    }
    std::vector<std::thread> threads;
    for (auto& one : visitors) threads.emplace_back([&one] { one.run(); });
    for (auto& one : threads) one.join();

    std::set<std::string> expected[2];
    for (unsigned i = 0; i < 8; ++i) {
        for (auto const& complaint : visitors[i].complaints()) FAIL_CHECK(complaint);
        expected[i % 2].insert(visitors[i].left().begin(), visitors[i].left().end());
    }
    CHECK(expected[0].size() == 4 * 9);
    for (std::size_t i = 0; i < 2; ++i) {
        std::set<std::string> listed;
        std::set<std::string> names;
        for (auto const& file : (i == 0 ? services.alice : services.bob).files.list().send().value()) {
            listed.insert(file.id);
            names.insert(file.name);
        }
        CHECK(listed == expected[i]);
        CHECK(names.size() == listed.size());
    }
}
