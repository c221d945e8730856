// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What Langflow makes of names: numbering, refused names, renaming, and the names that downloads suggest.
#include "contract/langflow.hpp"

#include <algorithm>

using namespace ferry_test;

namespace {

/// Makes a file of exactly this `name`, which no numbering touches.
std::string put_named(ferry::langflow::client const& owner, std::string const& name) {
    static int count = 0;
    auto const file = put(owner, "zz-" + std::to_string(++count) + ".bin");
    return owner.files.rename(file.id, name).send().value().id;
}

std::vector<std::string> listed_names(ferry::langflow::client const& owner) {
    std::vector<std::string> names;
    for (auto& file : owner.files.list().send().value()) names.push_back(file.name);
    std::sort(names.begin(), names.end());
    return names;
}

std::string disposition_of(ferry::langflow::client const& owner, std::string const& id) {
    auto const answer = owner.files.get(id).with_response().value();
    return std::string(answer.headers.find("Content-Disposition").value_or("none"));
}

}  // namespace

TEST_CASE("Langflow numbers an upload after names that begin like it") {
    struct row {
        std::vector<std::string> existing;
        std::string upload;
        std::string name;
        std::string stored;
    };
    std::vector<row> const rows = {
        {{}, "a.txt", "a", "a.txt"},
        {{"a"}, "a.txt", "a (1)", "a (1).txt"},
        {{"a"}, "a.md", "a (1)", "a (1).md"},
        {{"a", "a (2)"}, "a.txt", "a (3)", "a (3).txt"},
        {{"a (1)"}, "a (1).txt", "a (1) (2)", "a (1) (2).txt"},
        {{"annual"}, "a.txt", "a (1)", "a (1).txt"},
        {{"Report"}, "report.txt", "report (1)", "report (1).txt"},
        {{"dup-old (7)"}, "dup.txt", "dup (8)", "dup (8).txt"},
        {{"myXfile"}, "my_file.txt", "my_file (1)", "my_file (1).txt"},
        {{"potato (3).txt"}, "potato.txt", "potato (4)", "potato (4).txt"},
        {{"v (2) final"}, "v.txt", "v (1)", "v (1).txt"},
        {{"50 per cent"}, "50%.txt", "50% (1)", "50% (1).txt"},
        {{"beta"}, "a.txt", "a", "a.txt"},
        {{"\xC3\x84pfel"}, "\xC3\xA4pfel.txt", "\xC3\xA4pfel", "\xC3\xA4pfel.txt"},  // only ASCII folds case
        {{}, "archive.tar.gz", "archive.tar", "archive.tar.gz"},
        {{}, "README", "README", "README"},
        {{"README"}, "README", "README (1)", "README (1)"},
        {{}, "name.", "name", "name"},
        {{}, ".env", "", ".env"},
        {{"anything"}, ".env", " (1)", " (1).env"},
    };
    for (auto const& [existing, upload, name, stored] : rows) {
        INFO("with " << existing.size() << " files, the first " << (existing.empty() ? "" : existing[0])
                     << ", upload " << upload);
        langflow const services({.profile = ferry::mock::profile::observed});
        for (auto const& one : existing) put_named(services.alice, one);
        auto const file = services.alice.files.upload(ferry::from_string("x", upload)).send();
        REQUIRE(file.has_value());
        CHECK(file->name == name);
        CHECK(file->path == std::string(alice_id) + "/" + stored);
    }
}

TEST_CASE("Langflow numbers by the caller's own files only") {
    langflow const services;
    put(services.bob, "a.txt");
    CHECK(put(services.alice, "a.txt").name == "a");
    CHECK(put(services.bob, "a.txt").name == "a (1)");
}

TEST_CASE("Langflow keeps unusual characters of a file name") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services({.profile = ferry::mock::profile::observed});
    for (std::string const name :
         {"\xE9\xBE\x99", "q\"x", "100%: a+b & c;d=e", "it's", "\xF0\x9F\x9B\xB3 ship"}) {
        INFO(name);
        auto const file = send(services.alice.files.upload(ferry::from_string("x", name + ".txt")));
        REQUIRE(file.has_value());
        CHECK(file->name == name);
        CHECK(file->path == std::string(alice_id) + "/" + name + ".txt");
    }
}

TEST_CASE("Langflow refuses file names that are no names") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const upload = [&](std::string name) {
        return send(services.alice.files.upload(ferry::from_string("x", std::move(name))));
    };
    std::string const path =
        "Invalid file name. Filename must not contain directory paths, '..' sequences, or control "
        "characters.";
    CHECK(error_of(upload("")).kind() == ferry::error_kind::invalid_argument);
    auto const form =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\nx\r\n--b--\r\n";
    auto const nameless =
        services.alice.call("POST", "/api/v2/files").content(form, "multipart/form-data; boundary=b");
    check_refusal(error_of(send(nameless)), 400, "No file provided");
    for (std::string const name : {"../a.txt", "a/b.txt", "a\\b.txt", "a..b.txt", "/etc/passwd"}) {
        INFO(name);
        check_refusal(error_of(upload(name)), 400, path);
    }
    check_refusal(error_of(upload(std::string(252, 'n') + ".txt")), 400,
                  "File name is too long. Maximum 255 bytes allowed.");
    CHECK(upload(std::string(251, 'n') + ".txt").has_value());
    check_refusal(error_of(upload(".")), 400, "Invalid file name after sanitization");
    check_refusal(error_of(upload("CON.txt")), 400, "Invalid file name. 'CON' is a reserved system name.");
    for (std::string const name : {"con.txt", "NUL", "lpt9.md", "Com1.a"}) {
        INFO(name);
        auto const refused = upload(name);
        CHECK(error_of(refused).status() == 400);
        CHECK_THROWS_AS(refused.value(), ferry::bad_request_error);
    }
    CHECK(upload("con.tar.gz").has_value());
    CHECK(upload("com0.txt").has_value());
    CHECK(services.alice.files.list().send().value().size() == 3);
}

TEST_CASE("Line breaks and NUL in a Langflow file name are refused before anything is sent") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    for (auto const& name : {std::string("a\r\nb.txt"), std::string("a\nb"), std::string("a\0b", 3)}) {
        auto const refused = send(services.alice.files.upload(ferry::from_string("x", name)));
        CHECK(error_of(refused).kind() == ferry::error_kind::invalid_argument);
    }
    CHECK(services.alice.files.list().send().value().empty());
}

TEST_CASE("Langflow files.rename gives a new name and leaves path, size and bytes") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const file = put(services.alice, "tuber.txt", "bytes");

    auto const renamed = send(services.alice.files.rename(file.id, "potato"));

    REQUIRE(renamed.has_value());
    CHECK(renamed->id == file.id);
    CHECK(renamed->name == "potato");
    CHECK(renamed->path == file.path);
    CHECK(renamed->size == 5);
    CHECK(listed_names(services.alice) == std::vector<std::string>{"potato"});
    CHECK(send(services.alice.files.get(file.id)).value() == "bytes");
}

TEST_CASE("Langflow files.rename takes any name, and the last piece of one with commas") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    auto const id = put(services.alice, "a.txt").id;
    struct row {
        std::string asked;
        std::string kept;
    };
    std::vector<row> const rows = {
        {"potato.txt", "potato.txt"},
        {"", ""},
        {"reports/2026", "reports/2026"},
        {"..", ".."},
        {"a+b & c=d #1", "a+b & c=d #1"},
        {"\xE9\xBE\x99", "\xE9\xBE\x99"},
        {"one,two", "two"},
        {"x, y", " y"},
        {"a,b,", ""},
        {std::string(300, 'n'), std::string(300, 'n')},
    };
    for (auto const& [asked, kept] : rows) {
        INFO(asked);
        auto const renamed = send(services.alice.files.rename(id, asked));
        REQUIRE(renamed.has_value());
        CHECK(renamed->name == kept);
        CHECK(listed_names(services.alice) == std::vector<std::string>{kept});
    }
}

TEST_CASE("Langflow answers a rename to a taken name with success, and does not do it") {
    sender const send(GENERATE(blocking, coroutine));
    langflow const services;
    put(services.alice, "first.txt");
    auto const second = put(services.alice, "second.txt");

    auto const renamed = send(services.alice.files.rename(second.id, "first"));

    REQUIRE(renamed.has_value());
    CHECK(renamed->name == "first");
    CHECK(listed_names(services.alice) == std::vector<std::string>{"first", "second"});
    put(services.bob, "third.txt");
    CHECK(send(services.alice.files.rename(second.id, "third")).value().name == "third");
    CHECK(listed_names(services.alice) == std::vector<std::string>{"first", "third"});
}

TEST_CASE("Langflow overwrites a renamed file's bytes when its old name is uploaded again") {
    langflow const services({.profile = ferry::mock::profile::observed});
    auto const first = put(services.alice, "plan.txt", "old");
    (void)services.alice.files.rename(first.id, "archive").send().value();
    auto const second = put(services.alice, "plan.txt", "new");
    CHECK(second.id != first.id);
    CHECK(second.path == first.path);
    CHECK(services.alice.files.get(first.id).send().value() == "new");
}

TEST_CASE("Langflow suggests the name plus the first extension, in ASCII and in UTF-8") {
    struct row {
        std::string upload;
        std::string rename;
        std::string header;
        std::string saved_as;
    };
    std::vector<row> const rows = {
        {"tuber.txt", "a (1)", R"(attachment; filename="a (1).txt"; filename*=UTF-8''a%20%281%29.txt)",
         "a (1).txt"},
        {"tuber.txt", "\xE9\xBE\x99", R"(attachment; filename="?.txt"; filename*=UTF-8''%E9%BE%99.txt)",
         "\xE9\xBE\x99.txt"},
        {"tuber.txt", "q\"x", R"(attachment; filename="q\"x.txt"; filename*=UTF-8''q%22x.txt)", "q\"x.txt"},
        {"tuber.txt", "potato.txt",
         R"(attachment; filename="potato.txt.txt"; filename*=UTF-8''potato.txt.txt)", "potato.txt.txt"},
        {"README", "", R"(attachment; filename=""; filename*=UTF-8'')", ""},
        {"tuber.txt", "a\nb", R"(attachment; filename="a_b.txt"; filename*=UTF-8''a%0Ab.txt)", ""},
        {"tuber.txt", "reports/2026",
         R"(attachment; filename="reports/2026.txt"; filename*=UTF-8''reports%2F2026.txt)", "2026.txt"},
        {"tuber.txt", "../../etc/passwd",
         R"(attachment; filename="../../etc/passwd.txt"; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd.txt)",
         "passwd.txt"},
    };
    for (auto const& [upload, rename, header, saved_as] : rows) {
        INFO(upload << " renamed to " << rename);
        langflow const services;
        scratch_directory const files;
        auto const id = put(services.alice, upload).id;
        (void)services.alice.files.rename(id, rename).send().value();
        CHECK(disposition_of(services.alice, id) == header);
        auto const saved = services.alice.files.get(id).save_to(files.path("here")).value();
        if (!saved_as.empty()) CHECK(saved.file_name == saved_as);
        CHECK(saved.file_name.find_first_of("/\r\n") == std::string::npos);
        CHECK(files.names() == std::vector<std::string>{"here"});
    }
}
