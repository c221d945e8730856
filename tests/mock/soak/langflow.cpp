// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "worker.hpp"

namespace soak {
namespace {

using mock_test::member;

class langflow_worker final : public worker {
public:
    langflow_worker(setup how, bool alice)
        : worker(std::move(how), mock_test::api_key(alice ? "sk-alice" : "sk-bob")),
          flow_(alice ? "a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1" : "b2b2b2b2-b2b2-4b2b-8b2b-b2b2b2b2b2b2") {}

    void step() override {
        std::size_t const draw = lot(20);
        if (files_.size() < 5 || (draw < 4 && files_.size() < 60)) return upload();
        if (flow_files_.size() < 3 || (draw < 6 && flow_files_.size() < 40)) return upload_to_flow();
        if (draw < 10) return download(any_of(files_)->first);
        if (draw < 13) return download_from_flow(any_of(flow_files_)->first);
        if (draw < 14) return list();
        if (draw < 15) return list_flow();
        if (draw < 16) return break_off(files);
        if (draw < 17) return rename(any_of(files_)->first);
        if (draw < 18) return remove_from_flow(any_of(flow_files_)->first);
        remove(any_of(files_)->first);
    }

    void finish() override {
        list();
        list_flow();
        while (!files_.empty()) {
            std::string const id = files_.begin()->first;
            download(id);
            remove(id);
            if (exchange("GET", files + ("/" + id)).status != 404) fail("a deleted file is still there");
        }
        while (!flow_files_.empty()) {
            std::string const name = flow_files_.begin()->first;
            download_from_flow(name);
            remove_from_flow(name);
            if (exchange("GET", in_flow("download", name)).status == 200)
                fail("a deleted file is still there");
        }
    }

private:
    static constexpr char const* files = "/api/v2/files";

    struct stored_file {
        std::string name;  ///< without extension, as the service reports it
        soak::content content;
    };

    std::string in_flow(std::string const& verb, std::string const& name = {}) const {
        return "/api/v1/files/" + verb + '/' + flow_ + (name.empty() ? "" : '/' + name);
    }

    void upload() {
        soak::content const bytes = new_content();
        response const made =
            expect(201, exchange_form(files, {mock_test::file("file", new_name(), bytes.bytes())}));
        files_.emplace(member(made.json(), "id"), stored_file{member(made.json(), "name"), bytes});
    }

    void upload_to_flow() {
        soak::content const bytes = new_content();
        response const made = expect(
            201, exchange_form(in_flow("upload"), {mock_test::file("file", new_name(), bytes.bytes())}));
        std::string const path = member(made.json(), "file_path");
        flow_files_.emplace(path.substr(path.rfind('/') + 1), bytes);
    }

    void download(std::string const& id) {
        response const answer = expect(200, exchange("GET", files + ("/" + id)));
        if (answer.body != files_.at(id).content.bytes()) fail("other bytes than were stored");
    }

    void download_from_flow(std::string const& name) {
        response const answer = expect(200, exchange("GET", in_flow("download", name)));
        if (answer.body != flow_files_.at(name).bytes()) fail("other bytes than were stored");
    }

    void list() {
        response const answer = expect(200, exchange("GET", files));
        json::array const rows = answer.json().as_array();
        std::size_t ours = 0;
        for (json::value const& row : rows) {
            auto const known = files_.find(member(row, "id"));
            if (known == files_.end()) continue;
            ++ours;
            if (member(row, "name") != known->second.name) fail("another file's name");
            if (row.as_object().at("size") != known->second.content.size) fail("another file's size");
        }
        if (ours != files_.size() || (alone() && rows.size() != ours))
            fail("the list does not show what is stored");
    }

    void list_flow() {
        response const answer = expect(200, exchange("GET", in_flow("list")));
        json::value const body = answer.json();
        std::size_t ours = 0;
        json::array const& names = body.as_object().at("files").as_array();
        for (json::value const& name : names)
            ours += flow_files_.contains(std::string(name.as_string())) ? 1 : 0;
        if (ours != flow_files_.size() || (alone() && names.size() != ours))
            fail("the list does not show what is stored");
    }

    void rename(std::string const& id) {
        std::string const name = new_name();
        response const answer = expect(200, exchange("PUT", files + ("/" + id) + "?name=" + name));
        files_.at(id).name = member(answer.json(), "name");
        list();
        download(id);
    }

    void remove(std::string const& id) {
        expect(200, exchange("DELETE", files + ("/" + id)));
        files_.erase(id);
    }

    void remove_from_flow(std::string const& name) {
        expect(200, exchange("DELETE", in_flow("delete", name)));
        flow_files_.erase(name);
    }

    std::string flow_;
    std::map<std::string, stored_file> files_;
    std::map<std::string, soak::content> flow_files_;
};

}  // namespace

std::unique_ptr<worker> make_langflow_worker(setup how, bool alice) {
    return std::make_unique<langflow_worker>(std::move(how), alice);
}

}  // namespace soak
