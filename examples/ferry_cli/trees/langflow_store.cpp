// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/langflow_store.hpp"

#include "ferry/json.hpp"
#include "ferry/langflow/description.hpp"

#include <map>

namespace ferry::cli {

namespace {

namespace models = langflow::models;

/// Langflow tells names without their extension, which is at the end of the path.
std::string full_name(models::file const& file) {
    auto const dot = file.path.find_last_of("./");
    bool const extended = dot != std::string::npos && file.path[dot] == '.';
    return file.name + (extended ? file.path.substr(dot) : std::string());
}

/// A name without the number that Langflow gives: `a (1).txt` was `a.txt`. The same where there is none.
std::string without_number(std::string const& name) {
    auto const dot = name.rfind('.');
    auto stem = name.substr(0, dot);
    auto const open = stem.rfind(" (");
    if (open == std::string::npos || stem.back() != ')' || stem.size() - open < 4) return name;
    if (stem.find_first_not_of("0123456789", open + 2) != stem.size() - 1) return name;
    stem.resize(open);
    return dot == std::string::npos ? stem : stem + name.substr(dot);
}

std::string stem_of(std::string const& name) {
    return name.substr(0, name.rfind('.'));
}

remote_entry entry_of(models::file const& file, std::string name) {
    remote_entry made;
    made.name = std::move(name);
    made.id = file.id;
    made.file_id = file.id;
    if (file.size >= 0) made.size = static_cast<std::uint64_t>(file.size);
    if (file.created_at)
        if (auto const when = file.created_at->to_time_point())
            made.stored = std::chrono::floor<std::chrono::seconds>(*when);
    return made;
}

}  // namespace

std::string flat_name(std::string_view name) {
    std::string made;
    for (std::size_t i = 0; i < name.size(); ++i) {
        auto const beside = [&](char c) { return c == '_' || c == '/'; };
        bool const ambiguous = (i > 0 && beside(name[i - 1])) ||
                               (i + 1 < name.size() && beside(name[i + 1])) || i == 0 || i + 1 == name.size();
        auto const rest = name.substr(i);
        if (name[i] == '/')
            made += "__";
        else if (name[i] == '_' && ambiguous)
            made += "%5F";
        else if (rest.starts_with("%5F") || rest.starts_with("%25"))
            made += "%25";
        else
            made += name[i];
    }
    return made;
}

std::string tree_name(std::string_view flat) {
    std::string made;
    for (std::size_t i = 0; i < flat.size();) {
        auto const rest = flat.substr(i);
        auto const take = [&](std::string_view text, char for_it) {
            if (!rest.starts_with(text)) return false;
            made += for_it;
            i += text.size();
            return true;
        };
        if (take("__", '/') || take("%5F", '_') || take("%25", '%')) continue;
        made += flat[i++];
    }
    return made;
}

std::string langflow_store::full(std::string const& name) const {
    return flat_name(place_.path.empty() ? name : place_.path + "/" + name);
}

result<std::vector<remote_entry>> langflow_store::list(std::stop_token stop) {
    auto const listed = flows_.files.list().stop_token(stop).send();
    if (!listed) return listed.error();
    auto const prefix = place_.path.empty() ? std::string() : place_.path + "/";
    std::map<std::string, remote_entry> by_name;
    std::map<std::string, remote_entry> numbered;
    for (auto const& file : *listed) {
        auto const flat = full_name(file);
        auto const put = [&](auto& into, std::string const& as) {
            auto const name = tree_name(as);
            bool const itself = !place_.path.empty() && name == place_.path;
            if (!itself && !name.starts_with(prefix)) return;
            auto const below = itself ? name.substr(name.rfind('/') + 1) : name.substr(prefix.size());
            into.try_emplace(below, entry_of(file, below));
        };
        put(by_name, flat);
        if (auto const bare = without_number(flat); bare != flat && flat.find(',') != std::string::npos)
            put(numbered, bare);
    }
    // A name with a comma keeps its number, because it cannot be renamed.
    for (auto& [name, one] : numbered) by_name.try_emplace(name, one);
    std::vector<remote_entry> made;
    for (auto& [name, one] : by_name) made.push_back(std::move(one));
    return made;
}

result<std::string> langflow_store::add(local_entry const& file, std::string const&,
                                        request_options const& with) {
    auto const name = full(file.name);
    auto const made = flows_.files.upload(from_path(file.path).file_name(name)).options(with).send();
    if (!made) return made.error();
    auto const wanted = stem_of(name);
    if (made->name == wanted || wanted.find(',') != std::string::npos) return made->id;
    auto const renamed = flows_.files.rename(made->id, wanted).stop_token(with.stop_token).send();
    if (!renamed) return renamed.error();
    return made->id;
}

result<std::string> langflow_store::replace(remote_entry const& old, local_entry const& file,
                                            std::string const& sha256, request_options const& with) {
    // The name is taken until the old file is gone, and an upload under it gets a number. That one is
    // complete, and the next run finds it by its number if this one ends here.
    auto const name = full(file.name);
    auto const made = flows_.files.upload(from_path(file.path).file_name(name)).options(with).send();
    if (!made) return made.error();
    if (auto const gone = remove(old, with); !gone) return gone.error();
    static_cast<void>(sha256);
    auto const wanted = stem_of(name);
    if (wanted.find(',') != std::string::npos) return made->id;
    auto const renamed = flows_.files.rename(made->id, wanted).stop_token(with.stop_token).send();
    if (!renamed) return renamed.error();
    return made->id;
}

result<saved_file> langflow_store::fetch(remote_entry const& file, std::string const& path,
                                         request_options const& with) {
    return flows_.files.get(file.id).options(with).save_to(path);
}

result<void> langflow_store::read(remote_entry const& file, byte_sink& to, request_options const& with) {
    return flows_.files.get(file.id).options(with).write_to(to);
}

result<void> langflow_store::remove(remote_entry const& file, request_options const& with) {
    auto const gone = flows_.files.delete_(file.id).stop_token(with.stop_token).send();
    if (!gone && gone.error().status() != 404) return gone.error();
    return {};
}

result<void> langflow_store::rename(remote_entry const& file, std::string const& name,
                                    request_options const& with) {
    auto const wanted = full(name);
    if (wanted.find(',') != std::string::npos)
        return error(error_kind::invalid_argument, "Langflow cannot give a file a name with a comma");
    auto const renamed = flows_.files.rename(file.id, stem_of(wanted)).stop_token(with.stop_token).send();
    if (!renamed) return renamed.error();
    return {};
}

result<std::string> langflow_store::describe(remote_entry const& file, request_options const& with) {
    auto const listed = flows_.files.list().stop_token(with.stop_token).send();
    if (!listed) return listed.error();
    for (auto const& one : *listed)
        if (one.id == file.id) return to_json(one);
    return error(error_kind::invalid_argument, "the file is gone");
}

}  // namespace ferry::cli
