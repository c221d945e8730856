// A whole directory to LlamaCloud and back, with progress; the second run finds everything there already.
#include "support/report.hpp"

#include <ferry/bulk/llamacloud.hpp>
#include <ferry/llamacloud.hpp>

#include <filesystem>

namespace bulk = ferry::bulk;

namespace {

std::string counted(bulk::report const& report) {
    return std::to_string(report.count(bulk::status::done)) + " moved, " +
           std::to_string(report.count(bulk::status::skipped)) + " skipped, " +
           std::to_string(report.count(bulk::status::failed)) + " failed";
}

int run() {
    demo::report report("Whole directories");
    ferry::llamacloud::client const cloud;
    demo::scratch_directory const scratch;
    std::filesystem::create_directories(scratch.file("notes/2026"));
    for (int i = 0; i < 20; ++i) {
        auto const number = std::to_string(i);
        demo::write_text_file(scratch.file("notes/2026/note " + number + ".txt"), "note " + number + "\n");
    }

    auto const directory = cloud.directories.create("ferry-whole-directories").send().value().id;
    auto const tree = bulk::scan(scratch.file("notes").string()).value();
    auto const up = ferry::llamacloud::upload_to_directory(cloud, directory, tree).value();
    report.step("uploaded", up.count(bulk::status::done) == 20, counted(up));
    auto const again = ferry::llamacloud::upload_to_directory(cloud, directory, tree).value();
    report.step("uploaded again", again.count(bulk::status::skipped) == 20, counted(again));

    bulk::download_options with;
    std::uint64_t bytes = 0;
    with.progress = [&](bulk::progress const& now) {
        bytes = now.bytes;
        return true;
    };
    auto const down =
        ferry::llamacloud::download_directory(cloud, directory, scratch.file("copies").string(), with)
            .value();
    report.step("downloaded", down.is_complete(), counted(down) + ", " + std::to_string(bytes) + " bytes");

    cloud.directories.delete_(directory).send().value();
    for (auto const& entry : down.files) cloud.files.delete_(entry.id).send().value();
    return report.exit_code();
}

}  // namespace

int main() try { return run(); } catch (ferry::api_exception const& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
}
