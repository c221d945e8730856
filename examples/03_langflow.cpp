// A tour of Langflow's files: an image for a flow (v1), user files (v2) with their numbering, rename,
// download, zip, run, ownership.
#include "support/report.hpp"

#include <ferry/langflow.hpp>

#include <cstdlib>
#include <map>
#include <string>

namespace {

// The smallest PNG: one transparent pixel.
constexpr std::string_view pixel(
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9c"
    "c\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xae"
    "B`\x82",
    67);

std::string variable(char const* name, std::string fallback) {
    char const* const value = std::getenv(name);
    return value ? value : fallback;
}

int run() {
    demo::report report("Langflow: files of a flow, files of a user");
    demo::scratch_directory const scratch;
    auto const notes = scratch.file("notes.txt");
    demo::write_text_file(notes, "what the flow shall read\n");
    // The flow of the mock server's first user; name your own for a real server.
    auto const flow = variable("FLOW_ID", "a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1");

    ferry::langflow::client langflow;

    auto me = langflow.users.whoami().send();
    if (!report.step("who am I", me, [](auto& user) { return user.username; })) return report.exit_code();

    auto image = langflow.flow_files.upload(flow, ferry::from_memory(pixel, "pixel.png")).send();
    report.step("upload an image to a flow (v1)", image, [](auto& upload) { return upload.file_path; });
    if (image) {
        auto const name = image->file_path.substr(image->file_path.find('/') + 1);
        auto const bytes = langflow.flow_files.image(flow, name).send();
        report.step("fetch it again", bytes.has_value() && *bytes == pixel, "67 bytes, equal");
        auto const deleted = langflow.flow_files.delete_(flow, name).send();
        report.step("delete it", deleted, [](auto& answer) { return answer.message; });
    }

    auto first = langflow.files.upload(ferry::from_path(notes)).send();
    auto second = langflow.files.upload(ferry::from_path(notes)).send();
    if (!report.step("upload notes.txt (v2)", first, [](auto& file) { return file.name; }))
        return report.exit_code();
    if (!report.step("upload it again", second, [](auto& file) { return file.name; }))
        return report.exit_code();
    report.step("the second has a number", second->name == first->name + " (1)", second->name);

    auto renamed = langflow.files.rename(first->id, "minutes").send();
    report.step("rename the first", renamed, [](auto& file) { return file.name; });

    auto saved = langflow.files.get(first->id).save_to(scratch.file("copy"));
    report.step("download it", saved.has_value() && demo::same_bytes(notes, scratch.file("copy")),
                saved ? "as '" + saved->file_name + "', equal to the original" : saved.error().message());

    auto zip = langflow.files.download_batch({first->id, second->id}).save_to(scratch.file("both.zip"));
    report.step("download both as a zip", zip,
                [](auto& file) { return std::to_string(file.size) + " bytes"; });

    if (auto const other_key = variable("LANGFLOW_OTHER_API_KEY", ""); !other_key.empty()) {
        ferry::client_options options;
        options.api_key = other_key;
        ferry::langflow::client const other(options);
        auto const refused = other.files.get(first->id).send();
        report.step("another user cannot see it", !refused && refused.error().status() == 404,
                    refused ? "but could" : refused.error().detail());
    }

    std::map<std::string, ferry::raw_json> tweaks;
    tweaks["Read-File-1"] = ferry::raw_json(R"({"path":[")" + first->path + R"("]})");
    auto const answer = langflow.flows.run(flow).input_value("what do you see?").tweaks(tweaks).send();
    report.step("run a flow on it", answer,
                [](auto& run_answer) { return "session " + run_answer.session_id.value_or("?"); });

    for (auto const& id : {first->id, second->id}) {
        auto const deleted = langflow.files.delete_(id).send();
        report.step("delete", deleted,
                    [](auto& said) { return said.detail.value_or(said.message.value_or("")); });
    }
    return report.exit_code();
}

}  // namespace

int main() try { return run(); } catch (ferry::api_exception const& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
}
