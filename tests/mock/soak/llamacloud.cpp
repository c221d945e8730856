// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "worker.hpp"

namespace soak {
namespace {

using mock_test::member;

class llamacloud_worker final : public worker {
public:
    llamacloud_worker(setup how, bool alice)
        : worker(std::move(how), mock_test::bearer(alice ? "llx-alice" : "llx-bob")) {
        for (std::string& id : directories_) {
            response const made = expect(201, exchange_json("POST", directories, R"({"name":"soak"})"));
            id = member(made.json(), "id");
        }
    }

    void step() override {
        std::size_t const draw = lot(20);
        if (files_.size() < 5 || (draw < 5 && files_.size() < 100)) return upload();
        if (draw < 10) return download(any_of(files_)->first);
        if (draw < 12) return list();
        if (draw < 14) return move(any_of(files_)->first);
        if (draw < 15) return rename(any_of(files_)->first);
        if (draw < 16) return break_off(cloud_files);
        if (draw < 17) return remove(any_of(files_)->first);
        get(any_of(files_)->first);
    }

    void finish() override {
        list();
        std::vector<std::string> ids;
        for (auto const& [id, stored] : files_) ids.push_back(id);
        for (std::string const& id : ids) {
            get(id);
            download(id);
            remove(id);
            if (exchange("GET", file_target(id)).status != 404) fail("a deleted file is still there");
        }
        for (std::string const& id : directories_) expect(204, exchange("DELETE", directories + ("/" + id)));
    }

private:
    static constexpr char const* cloud_files = "/api/v1/beta/files";
    static constexpr char const* directories = "/api/v1/beta/directories";

    struct stored_file {
        std::string name;
        soak::content content;
        std::string entry{};        ///< its directory file, when it is in a directory
        std::size_t directory = 0;  ///< which of ours
    };

    static std::string file_target(std::string const& id) { return std::string(cloud_files) + '/' + id; }
    std::string entry_target(stored_file const& item) const {
        return std::string(directories) + '/' + directories_[item.directory] + "/files/" + item.entry;
    }

    void upload() {
        stored_file item{new_name(), new_content()};
        if (lot(2) == 0) {
            response const made = expect(
                201, exchange_form(cloud_files, {mock_test::file("file", item.name, item.content.bytes()),
                                                 mock_test::text("purpose", "parse")}));
            files_.emplace(member(made.json(), "id"), std::move(item));
            return;
        }
        item.directory = lot(2);
        std::string const target =
            std::string(directories) + '/' + directories_[item.directory] + "/files/upload";
        response const made = expect(
            201, exchange_form(target, {mock_test::file("upload_file", item.name, item.content.bytes())}));
        item.entry = member(made.json(), "id");
        files_.emplace(member(made.json(), "file_id"), std::move(item));
    }

    void get(std::string const& id) {
        response const answer = expect(200, exchange("GET", file_target(id)));
        if (member(answer.json(), "name") != files_.at(id).name) fail("another file's name");
        if (member(answer.json(), "id") != id) fail("another file's id");
    }

    void download(std::string const& id) {
        response const link = expect(200, exchange("GET", file_target(id) + "/content"));
        std::string const url = member(link.json(), "url");
        response const answer = expect(200, exchange_unnamed("GET", url.substr(url.find('/', 7))));
        if (answer.body != files_.at(id).content.bytes()) fail("other bytes than were stored");
    }

    /// All pages; ours have to be among them, and nothing else where nobody else is.
    void list() {
        std::size_t ours = 0;
        std::size_t all = 0;
        std::string token;
        do {
            response const page =
                expect(200, exchange("GET", std::string(cloud_files) + "?page_size=100" +
                                                (token.empty() ? "" : "&page_token=" + token)));
            json::object const body = page.json().as_object();
            for (json::value const& item : body.at("items").as_array()) {
                ++all;
                ours += files_.contains(member(item, "id")) ? 1 : 0;
            }
            json::value const& next = body.at("next_page_token");
            token = next.is_string() ? std::string(next.as_string()) : "";
        } while (!token.empty());
        // Others that delete meanwhile can only shift pages where others are.
        if (alone() && (ours != files_.size() || all != ours)) fail("the list does not show what is stored");
    }

    void move(std::string const& id) {
        stored_file& item = files_.at(id);
        if (item.entry.empty()) return;
        std::size_t const to = 1 - item.directory;
        expect(200, exchange_json("PATCH", entry_target(item),
                                  R"({"target_directory_id":")" + directories_[to] + "\"}"));
        item.directory = to;
        response const answer = expect(200, exchange("GET", entry_target(item)));
        if (member(answer.json(), "file_id") != id) fail("the moved entry is another file's");
    }

    void rename(std::string const& id) {
        stored_file const& item = files_.at(id);
        if (item.entry.empty()) return;
        std::string const name = new_name();
        expect(200, exchange_json("PATCH", entry_target(item), R"({"display_name":")" + name + "\"}"));
        response const answer = expect(200, exchange("GET", entry_target(item)));
        if (member(answer.json(), "display_name") != name) fail("the new name did not stay");
    }

    void remove(std::string const& id) {
        expect(204, exchange("DELETE", file_target(id)));
        files_.erase(id);
    }

    std::string directories_[2];
    std::map<std::string, stored_file> files_;
};

}  // namespace

std::unique_ptr<worker> make_llamacloud_worker(setup how, bool alice) {
    return std::make_unique<llamacloud_worker>(std::move(how), alice);
}

}  // namespace soak
