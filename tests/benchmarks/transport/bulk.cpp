// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Many small files with ferry::bulk, as a program that does nothing else:
// `bulk upload|download URL CONCURRENCY DIRECTORY [FILES]`. An upload sends what is in the directory; a
// download fetches URL/000001 to URL/FILES into it.

#include "client.hpp"

#include <ferry/bulk.hpp>

namespace {

namespace bulk = ferry::bulk;

bulk::report upload(work::words const& words) {
    auto const cloud = work::make_client(words, "");
    bulk::upload_options with;
    with.concurrency = std::size_t(words.count);
    auto const send = [&](bulk::upload_task const& task) {
        return cloud.files.create(task.source(), "user_data").options(task.options).send();
    };
    return bulk::upload(bulk::scan(words.file).value(), send, with);
}

bulk::report download(work::words const& words, int files) {
    auto const cloud = work::make_client(words, "");
    std::vector<bulk::remote_file> wanted;
    for (int i = 1; i <= files; ++i) {
        auto const name = std::to_string(1000000 + i).substr(1);
        wanted.emplace_back(words.path + "/" + name, name);
    }
    bulk::download_options with;
    with.concurrency = std::size_t(words.count);
    auto const save = [&](bulk::download_task const& task) {
        return cloud.call("GET", task.file.id).options(task.options).save_to(task.path);
    };
    return bulk::download(wanted, words.file, save, with);
}

void expect_all_moved(bulk::report const& moved) {
    for (auto const& file : moved.files)
        if (file.status != bulk::status::done)
            throw std::runtime_error(file.name + " was not moved: " + file.why.message());
}

}  // namespace

int main(int argc, char** argv) {
    return work::guarded([&] {
        auto const words = work::read_words(argc, argv);
        if (words.work == "upload") return expect_all_moved(upload(words));
        if (words.work == "download" && argc > 5)
            return expect_all_moved(download(words, std::atoi(argv[5])));
        throw std::runtime_error("no such work: " + words.work);
    });
}
