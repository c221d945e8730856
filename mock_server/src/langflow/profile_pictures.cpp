// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The pictures that every server offers to everybody, in two folders: their names, with drawings of our own.
#include "langflow/context.hpp"
#include "langflow/names.hpp"

#include <array>

namespace ferry::mock::langflow {
namespace {

constexpr std::array<std::string_view, 25> space_names{
    "026-alien",     "027-satellite",     "028-alien",         "029-telescope", "030-books",
    "031-planet",    "032-constellation", "033-planet",        "034-alien",     "035-globe",
    "036-eclipse",   "037-meteor",        "038-eclipse",       "039-Asteroid",  "040-mission",
    "041-spaceship", "042-space shuttle", "043-space shuttle", "044-rocket",    "045-astronaut",
    "046-rocket",    "047-computer",      "048-satellite",     "049-astronaut", "050-space robot"};
constexpr int people_in_a_row = 27;

std::vector<std::string> names_in(std::string_view folder) {
    std::vector<std::string> names;
    if (folder == "Space") {
        for (std::string_view const name : space_names) names.push_back(std::string(name) + ".svg");
    } else {
        for (std::string const row : {"01", "02"}) {
            for (int i = 1; i <= people_in_a_row; ++i)
                names.push_back("People Avatar-" + row + (i < 10 ? "-0" : "-") + std::to_string(i) + ".svg");
        }
    }
    return names;
}

/// A shape for the folder in a colour for the name.
std::string drawing(std::string_view folder, std::string_view name) {
    unsigned hue = 0;
    for (char const c : name) hue = (hue * 31 + static_cast<unsigned char>(c)) % 360;
    std::string_view const shape =
        folder == "Space" ? "M32 4c12 12 12 32 6 46H26C20 36 20 16 32 4zM26 52h12l-6 10z"
                          : "M20 22a12 12 0 1 0 24 0 12 12 0 1 0-24 0M8 60c2-18 12-24 24-24s22 6 24 24z";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><path fill=\"hsl(" +
           std::to_string(hue) + ",60%,50%)\" d=\"" + std::string(shape) + "\"/></svg>";
}

http_response find_picture(context&, call& current) {
    std::string const folder = current.path("folder_name");
    std::string const name = current.path("file_name");
    if (has_path_parts(folder)) {
        throw http_error(400,
                         "Invalid folder name. Use a simple folder name without directory paths or '..'.");
    }
    if (has_path_parts(name)) {
        throw http_error(400, "Invalid file name. Use a simple file name without directory paths or '..'.");
    }
    if (folder != "People" && folder != "Space")
        throw http_error(400, "Folder must be one of: People, Space");
    for (std::string const& known : names_in(folder)) {
        if (known != name) continue;
        http_response response;
        response.with("Content-Type", std::string(content_type_of(name)));
        response.stream = std::make_shared<blob_reader>(blob::of(drawing(folder, name)));
        return response;
    }
    throw http_error(404, json::value("Profile picture " + folder + '/' + name + " not found"));
}

}  // namespace

void offer_profile_pictures(api& to, context& with) {
    offer(to, with, "profile_pictures.list", [](context&, call&) {
        json::array names;
        for (std::string const folder : {"People", "Space"}) {
            for (std::string const& name : names_in(folder))
                names.push_back(json::value(folder + '/' + name));
        }
        return json_response(200, json::object{{"files", std::move(names)}});
    });
    offer(to, with, "profile_pictures.get", find_picture);
}

}  // namespace ferry::mock::langflow
