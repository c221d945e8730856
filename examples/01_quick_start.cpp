// The program of the README: upload a file (argument, or README.md), list, download, delete.
#include <ferry/llamacloud.hpp>
#include <filesystem>
#include <iostream>

int main(int argc, char** argv) {
    ferry::llamacloud::client cloud;  // key and base URL from the environment

    auto uploaded =
        cloud.files.create(ferry::from_path(argc > 1 ? argv[1] : "README.md"), "user_data").send();
    if (!uploaded) {
        std::cerr << uploaded.error().message() << '\n';
        return 1;
    }

    for (auto& file : cloud.files.list().page_size(200).items())  // every page, fetched as needed
        std::cout << file.value().id << "  " << file.value().name << '\n';

    auto const copy = cloud.files.content(uploaded->id)
                          .save_to(std::filesystem::temp_directory_path() / "ferry-copy")
                          .value();  // the signed URL, without the key
    std::cout << "downloaded " << copy.size << " bytes\n";
    cloud.files.delete_(uploaded->id).send().value();  // value() throws the typed exception
}
