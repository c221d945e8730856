// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The pictures that every server offers to everybody, in two folders.
#include <array>

#include "names.hpp"
#include "service.hpp"

namespace ferry::mock::langflow {
namespace {

struct picture {
    std::string_view folder;
    std::string_view name;
    std::string_view content;
};

constexpr std::array<picture, 2> pictures{{
    {"People", "person.svg",
     R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="22" r="12" fill="#48a"/>)"
     R"(<path d="M8 60c2-18 12-24 24-24s22 6 24 24z" fill="#48a"/></svg>)"},
    {"Space", "046-rocket.svg",
     R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M32 4c12 12 12 32 6 46H26C20 36 20 16 32 4z" )"
     R"(fill="#c54"/><path d="M26 52h12l-6 10z" fill="#fb3"/></svg>)"},
}};

http_response find_picture(call& current) {
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
    for (picture const& item : pictures) {
        if (item.folder != folder || item.name != name) continue;
        http_response response;
        response.with("Content-Type", std::string(content_type_of(name)));
        response.stream = std::make_shared<blob_reader>(blob::of(item.content));
        return response;
    }
    throw http_error(404, json::value("Profile picture " + folder + '/' + name + " not found"));
}

}  // namespace

void service::bind_profile_pictures() {
    api_.bind("profile_pictures.list", {.behaviour = [](call&) {
                  json::array names;
                  for (picture const& item : pictures) {
                      names.push_back(json::value(std::string(item.folder) + '/' + std::string(item.name)));
                  }
                  return json_response(200, json::object{{"files", std::move(names)}});
              }});
    api_.bind("profile_pictures.get", {.behaviour = find_picture});
}

}  // namespace ferry::mock::langflow
