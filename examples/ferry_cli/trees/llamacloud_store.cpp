// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/llamacloud_store.hpp"

#include "ferry/core/send_once.hpp"
#include "ferry/json.hpp"
#include "ferry/llamacloud/description.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace ferry::cli {

namespace {

namespace models = llamacloud::models;

// What is noted in the metadata of an entry.
constexpr char const* size_key = "ferry_size";
constexpr char const* changed_key = "ferry_changed";  // seconds since 1970
constexpr char const* sha256_key = "ferry_sha256";

/// Behind the unique id of a file that is complete, but whose predecessor has not gone yet.
constexpr std::string_view successor = "~ferry-new";

models::metadata notes(local_entry const& file, std::string const& sha256) {
    models::metadata made;
    made[size_key] = models::metadata_value(static_cast<std::int64_t>(file.size));
    made[changed_key] =
        models::metadata_value(static_cast<std::int64_t>(file.changed.time_since_epoch().count()));
    if (!sha256.empty()) made[sha256_key] = models::metadata_value(sha256);
    return made;
}

template <class T>
T const* noted(std::optional<models::metadata> const& in, char const* key) {
    if (!in) return nullptr;
    auto const found = in->find(key);
    return found == in->end() || !found->second ? nullptr : std::get_if<T>(&*found->second);
}

remote_entry entry_of(models::directory_file const& file, std::string name) {
    remote_entry made;
    made.name = std::move(name);
    made.id = file.id;
    made.file_id = file.file_id.value_or(std::string());
    if (auto const* size = noted<std::int64_t>(file.metadata, size_key); size != nullptr && *size >= 0)
        made.size = static_cast<std::uint64_t>(*size);
    if (auto const* changed = noted<std::int64_t>(file.metadata, changed_key))
        made.changed = file_time(std::chrono::seconds(*changed));
    if (auto const* sum = noted<std::string>(file.metadata, sha256_key)) made.sha256 = *sum;
    if (file.created_at)
        if (auto const when = file.created_at->to_time_point())
            made.stored = std::chrono::floor<std::chrono::seconds>(*when);
    return made;
}

error no_directory(remote_name const& place) {
    return error(error_kind::invalid_argument, "there is no directory '" + place.directory + "'");
}

}  // namespace

result<std::vector<std::pair<std::string, std::string>>> directories(llamacloud::client const& cloud,
                                                                     std::stop_token stop) {
    std::vector<std::pair<std::string, std::string>> made;
    for (auto& one : cloud.directories.list().stop_token(stop).items()) {
        if (!one) return one.error();
        made.emplace_back(one->name, one->id);
    }
    return made;
}

result<std::optional<std::string>> llamacloud_store::directory_id(std::stop_token stop) {
    if (id_) return id_;
    std::vector<std::string> ids;
    for (auto& one : cloud_.directories.list().name(place_.directory).stop_token(stop).items()) {
        if (!one) return one.error();
        if (one->name == place_.directory || one->id == place_.directory) ids.push_back(one->id);
    }
    if (ids.empty() && place_.directory.starts_with("dir-")) {
        auto const one = cloud_.directories.get(place_.directory).stop_token(stop).send();
        if (one)
            ids.push_back(one->id);
        else if (one.error().status() != 404)
            return one.error();
    }
    if (ids.size() > 1) {
        std::string all;
        for (auto const& id : ids) all += (all.empty() ? "" : ", ") + id;
        return error(error_kind::invalid_argument,
                     "several directories are called '" + place_.directory + "'; name one by its id: " + all);
    }
    if (!ids.empty()) id_ = ids.front();
    return id_;
}

result<void> llamacloud_store::prepare(std::stop_token stop) {
    auto const id = directory_id(stop);
    if (!id) return id.error();
    if (*id) return {};
    auto const made = cloud_.directories.create(place_.directory).stop_token(stop).send();
    if (!made) return made.error();
    id_ = made->id;
    return {};
}

std::string llamacloud_store::unique_id(std::string const& name) const {
    return place_.path.empty() ? name : place_.path + "/" + name;
}

result<std::vector<remote_entry>> llamacloud_store::list(std::stop_token stop) {
    auto const id = directory_id(stop);
    if (!id) return id.error();
    std::vector<remote_entry> made;
    if (!*id) return made;
    auto const prefix = place_.path.empty() ? std::string() : place_.path + "/";
    std::map<std::string, remote_entry> by_name;
    std::vector<remote_entry> successors;
    std::size_t listed = 0;
    for (auto& one : cloud_.directories.files.list(**id).stop_token(stop).items()) {
        if (!one) return one.error();
        has_listed(++listed);
        // The place may be a single file.
        bool const itself = !place_.path.empty() && one->unique_id == place_.path;
        if (!itself && !one->unique_id.starts_with(prefix)) continue;
        auto name =
            itself ? place_.path.substr(place_.path.rfind('/') + 1) : one->unique_id.substr(prefix.size());
        if (name.ends_with(successor)) {
            name.resize(name.size() - successor.size());
            successors.push_back(entry_of(*one, std::move(name)));
        } else {
            by_name.insert_or_assign(name, entry_of(*one, name));
        }
    }
    // A replacement that was cut short: the new file counts, and the next replacement removes what is left.
    for (auto& one : successors) by_name.try_emplace(one.name, one);
    for (auto& [name, one] : by_name) made.push_back(std::move(one));
    return made;
}

result<std::string> llamacloud_store::upload(local_entry const& file, std::string const& unique_id,
                                             std::string const& sha256, request_options const& with) {
    if (!id_) return no_directory(place_);
    auto const call = cloud_.directories.files.upload(*id_, from_path(file.path))
                          .options(with)
                          .unique_id(unique_id)
                          .metadata(notes(file, sha256));
    auto const same = cloud_.directories.files.list(*id_).unique_id(unique_id).stop_token(with.stop_token);
    auto const made = send_once([&] { return call.send(); }, [&] { return first_item(same); });
    if (!made) return made.error();
    return made->id;
}

result<std::string> llamacloud_store::add(local_entry const& file, std::string const& sha256,
                                          request_options const& with) {
    return upload(file, unique_id(file.name), sha256, with);
}

result<std::string> llamacloud_store::replace(remote_entry const& old, local_entry const& file,
                                              std::string const& sha256, request_options const& with) {
    auto const name = unique_id(file.name);
    auto const waiting = name + std::string(successor);
    // Of an earlier replacement that was cut short.
    auto const left =
        first_item(cloud_.directories.files.list(*id_).unique_id(waiting).stop_token(with.stop_token));
    if (!left) return left.error();
    if (*left && (*left)->id != old.id)
        if (auto const gone = remove(entry_of(**left, {}), with); !gone) return gone.error();
    if (*left && (*left)->id == old.id) {
        auto const renamed = rename(old, file.name, with);
        if (!renamed) return renamed.error();
    }
    auto const made = upload(file, waiting, sha256, with);
    if (!made) return made.error();
    if (auto const gone = remove(old, with); !gone) return gone.error();
    auto const renamed =
        cloud_.directories.files.update(*id_, *made).unique_id(name).stop_token(with.stop_token).send();
    if (!renamed) return renamed.error();
    return *made;
}

result<saved_file> llamacloud_store::fetch(remote_entry const& file, std::string const& path,
                                           request_options const& with) {
    return cloud_.files.content(file.file_id).options(with).save_to(path);
}

result<void> llamacloud_store::read(remote_entry const& file, byte_sink& to, request_options const& with) {
    return cloud_.files.content(file.file_id).options(with).write_to(to);
}

result<void> llamacloud_store::remove(remote_entry const& file, request_options const& with) {
    auto const gone = cloud_.directories.files.delete_(*id_, file.id).stop_token(with.stop_token).send();
    if (!gone && gone.error().status() != 404) return gone.error();
    // What ferry has uploaded for this entry; anything else may be in use elsewhere.
    if (!file.changed || file.file_id.empty()) return {};
    auto const bytes = cloud_.files.delete_(file.file_id).stop_token(with.stop_token).send();
    if (!bytes && bytes.error().status() != 404) return bytes.error();
    return {};
}

result<void> llamacloud_store::rename(remote_entry const& file, std::string const& name,
                                      request_options const& with) {
    auto const id = unique_id(name);
    auto const renamed = cloud_.directories.files.update(*id_, file.id)
                             .unique_id(id)
                             .display_name(id.substr(id.rfind('/') + 1))
                             .stop_token(with.stop_token)
                             .send();
    if (!renamed) return renamed.error();
    return {};
}

result<std::string> llamacloud_store::describe(remote_entry const& file, request_options const& with) {
    auto const answer = cloud_.directories.files.get(*id_, file.id)
                            .stop_token(with.stop_token)
                            .keep_raw_body()
                            .with_response();
    if (!answer) return answer.error();
    return answer->raw_body;
}

}  // namespace ferry::cli
