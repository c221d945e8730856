// A tour of LlamaCloud's files and directories: upload, list over pages, move, metadata, download by signed
// URL, delete.
#include "support/report.hpp"

#include <ferry/llamacloud.hpp>

namespace models = ferry::llamacloud::models;

namespace {

std::vector<std::string> names_in(ferry::llamacloud::client const& cloud, std::string const& directory) {
    std::vector<std::string> names;
    for (auto& entry : cloud.directories.files.list(directory).page_size(1).items())
        names.push_back(entry.value().display_name);
    return names;
}

int run() {
    demo::report report("LlamaCloud: a directory, three files, and back");
    demo::scratch_directory const scratch;
    auto const binary = scratch.file("random.bin");
    auto const unicode = scratch.file("Übersicht 龙.txt");
    demo::write_random_file(binary, std::size_t{20} << 20);
    demo::write_text_file(unicode, "Grüße\n");

    ferry::llamacloud::client cloud;

    auto inbox = cloud.directories.create("ferry inbox").description("made by an example").send();
    if (!report.step("create a directory", inbox, [](auto& d) { return d.name; })) return report.exit_code();
    auto archive = cloud.directories.create("ferry archive").send().value();

    std::vector<models::directory_file> entries;
    for (auto const& path : {std::filesystem::path("README.md"), binary, unicode}) {
        auto entry = cloud.directories.files.upload(inbox->id, ferry::from_path(path))
                         .metadata({{"source", "example"}})
                         .send();
        if (report.step("upload " + path.filename().string(), entry, [](auto& e) { return e.unique_id; }))
            entries.push_back(*entry);
    }
    if (entries.size() != 3) return report.exit_code();

    auto const listed = names_in(cloud, inbox->id);
    report.step("list, one item per page", listed.size() == 3,
                std::to_string(listed.size()) + " files over 3 pages");

    auto moved =
        cloud.directories.files.update(inbox->id, entries[1].id).target_directory_id(archive.id).send();
    report.step("move random.bin to the archive", moved, [&](auto& e) {
        return e.directory_id == archive.id ? "it is there" : "it is in " + e.directory_id;
    });
    report.step("the inbox has one file less", names_in(cloud, inbox->id).size() == 2, "2 files");

    auto tagged = cloud.directories.files.update(inbox->id, entries[2].id)
                      .metadata(models::metadata{{"reviewed", true}})
                      .send();
    report.step("replace the metadata of the text",
                tagged.has_value() && tagged->metadata && tagged->metadata->size() == 1,
                tagged ? "1 member left" : tagged.error().message());

    for (std::size_t i = 1; i < entries.size(); ++i) {
        auto const& original = i == 1 ? binary : unicode;
        auto const copy = scratch.file("copy");
        auto saved = cloud.files.content(entries[i].file_id.value()).save_to(copy);
        report.step(
            "download " + original.filename().string(), saved.has_value() && demo::same_bytes(original, copy),
            saved ? std::to_string(saved->size) + " bytes, equal to the original" : saved.error().message());
    }

    for (auto const& entry : entries) {
        auto const directory = entry.id == entries[1].id ? archive.id : inbox->id;
        report.step("delete " + entry.display_name,
                    cloud.directories.files.delete_(directory, entry.id).send());
        cloud.files.delete_(entry.file_id.value()).send().value();
    }
    cloud.directories.delete_(inbox->id).send().value();
    cloud.directories.delete_(archive.id).send().value();
    auto const gone = cloud.directories.get(inbox->id).send();
    report.step("the directory is gone", !gone && gone.error().status() == 404,
                gone ? "still there" : gone.error().detail());
    return report.exit_code();
}

}  // namespace

int main() try { return run(); } catch (ferry::api_exception const& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
}
