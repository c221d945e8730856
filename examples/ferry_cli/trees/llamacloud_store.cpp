// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/llamacloud_store.hpp"

#include "command_line/results.hpp"
#include "trees/local_name.hpp"
#include "trees/unique_names.hpp"

#include "ferry/core/send_once.hpp"
#include "ferry/json.hpp"
#include "ferry/llamacloud/description.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace ferry::cli {

namespace {

namespace models = llamacloud::models;

// What is noted in the metadata of an entry.
constexpr char const* size_key = "ferry_size";
constexpr char const* changed_key = "ferry_changed";  // seconds since 1970
constexpr char const* sha256_key = "ferry_sha256";

/// Behind the unique id of a file that is complete, but whose predecessor has not gone yet.
constexpr std::string_view successor_mark = "~ferry-new";

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

bool has_extension(std::string_view name) {
    auto const part = name.substr(name.rfind('/') + 1);
    auto const dot = part.rfind('.');
    return dot != part.npos && dot > 0 && dot + 1 < part.size();
}

/// The name of a file below its directory.
std::string const& name_of(models::directory_file const& file) {
    bool const ours = noted<std::int64_t>(file.metadata, size_key) != nullptr;
    if (ours || !refusal_of(file.display_name).empty()) return file.unique_id;
    bool const speaks = refusal_of(file.unique_id).empty() &&
                        (has_extension(file.unique_id) || !has_extension(file.display_name));
    return speaks ? file.unique_id : file.display_name;
}

bool is_same_file(models::directory_file const& there, local_entry const& here) {
    auto const* size = noted<std::int64_t>(there.metadata, size_key);
    auto const* changed = noted<std::int64_t>(there.metadata, changed_key);
    return size != nullptr && *size == static_cast<std::int64_t>(here.size) && changed != nullptr &&
           *changed == here.changed.time_since_epoch().count();
}

remote_entry entry_of(models::directory_file const& file) {
    remote_entry made;
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

/// Whether a word can only be the id of a directory, and no name that somebody would give to one.
bool is_directory_id(std::string_view name) {
    constexpr std::string_view prefix = "dir-";
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    return name.size() == 36 && std::ranges::count(name, '-') == 4 &&
           name.find_first_not_of("0123456789abcdefABCDEF-") == name.npos;
}

error no_bytes() {
    return error(error_kind::invalid_argument, "the entry has no stored file");
}

request_options only_stop(std::stop_token stop) {
    request_options made;
    made.stop_token = std::move(stop);
    return made;
}

/// The entries that were there first come first, those before whose names are their unique ids.
void sort_by_age(std::vector<std::pair<bool, remote_entry>>& entries) {
    std::ranges::sort(entries, [](auto const& a, auto const& b) {
        return std::tuple(!a.second.is_place, !a.first, a.second.stored, a.second.id) <
               std::tuple(!b.second.is_place, !b.first, b.second.stored, b.second.id);
    });
}

}  // namespace

result<std::vector<std::pair<std::string, std::string>>> directories(llamacloud::client const& cloud,
                                                                     cloud_scope const& in_scope,
                                                                     std::stop_token stop) {
    std::vector<std::pair<std::string, std::string>> made;
    for (auto& one : in_scope(cloud.directories.list()).stop_token(stop).items()) {
        if (!one) return one.error();
        made.emplace_back(one->name, one->id);
    }
    return made;
}

result<std::optional<std::string>> llamacloud_store::directory_id(std::stop_token stop) {
    if (id_) return id_;
    std::vector<std::string> ids;
    for (auto& one : in_scope_(cloud_.directories.list()).name(place_.directory).stop_token(stop).items()) {
        if (!one) return one.error();
        if (one->name == place_.directory || one->id == place_.directory) ids.push_back(one->id);
    }
    if (ids.empty() && is_directory_id(place_.directory)) {
        auto const one = in_scope_(cloud_.directories.get(place_.directory)).stop_token(stop).send();
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

result<bool> llamacloud_store::exists(std::stop_token stop) {
    auto const id = directory_id(std::move(stop));
    if (!id) return id.error();
    return id->has_value();
}

result<void> llamacloud_store::prepare(std::stop_token stop) {
    auto const id = directory_id(stop);
    if (!id) return id.error();
    if (!*id) {
        if (is_directory_id(place_.directory)) return not_there(place_.text());
        auto const create = in_scope_(cloud_.directories.create(place_.directory)).stop_token(stop);
        auto const same = in_scope_(cloud_.directories.list()).name(place_.directory).stop_token(stop);
        auto const fits = [&](auto const& one) { return one.name == place_.directory; };
        auto const made = send_once([&] { return create.send(); }, [&] { return first_item(same, fits); });
        if (!made) return made.error();
        id_ = made->id;
    }
    for (auto const& one : std::exchange(unfinished_, {}))
        if (auto const done = finish(one, stop); !done) return done.error();
    return {};
}

result<void> llamacloud_store::finish(successor const& one, std::stop_token stop) {
    if (!one.counts) return remove(one.file, only_stop(stop));
    if (one.old)
        if (auto const gone = remove(*one.old, only_stop(stop)); !gone) return gone.error();
    return give_unique_id(one.file.id, unique_id(one.file), stop);
}

std::string llamacloud_store::unique_id(std::string const& name) const {
    return place_.path.empty() ? name : place_.path + "/" + name;
}

std::string llamacloud_store::unique_id(remote_entry const& file) const {
    return file.is_place ? place_.path : unique_id(file.name);
}

bool llamacloud_store::put_below(std::string const& full_name, remote_entry& to) const {
    if (!place_.path.empty() && full_name == place_.path) {
        to.is_place = true;
        to.name = full_name.substr(full_name.rfind('/') + 1);
        return true;
    }
    auto const prefix = unique_id(std::string());
    if (!full_name.starts_with(prefix)) return false;
    to.name = full_name.substr(prefix.size());
    return true;
}

result<std::vector<remote_entry>> llamacloud_store::list(std::stop_token stop) {
    auto const id = directory_id(stop);
    if (!id) return id.error();
    unfinished_.clear();
    if (!*id) return std::vector<remote_entry>();
    std::vector<std::pair<bool, remote_entry>> found;
    std::vector<remote_entry> successors;
    std::size_t listed = 0;
    for (auto& one : in_scope_(cloud_.directories.files.list(**id)).stop_token(stop).items()) {
        if (!one) return one.error();
        has_listed(++listed);
        auto full_name = name_of(*one);
        bool const is_successor =
            full_name.size() > successor_mark.size() && full_name.ends_with(successor_mark);
        if (is_successor) full_name.resize(full_name.size() - successor_mark.size());
        auto entry = entry_of(*one);
        if (!put_below(full_name, entry)) continue;
        if (is_successor)
            successors.push_back(std::move(entry));
        else
            found.emplace_back(full_name == one->unique_id, std::move(entry));
    }
    sort_by_age(found);
    std::vector<remote_entry> made;
    for (auto& [is_own_name, one] : found) made.push_back(std::move(one));
    made = with_unique_names(std::move(made));
    // A replacement that was cut short. The new file is complete; it counts.
    for (auto& one : successors) {
        auto const old = std::ranges::find(made, one.name, &remote_entry::name);
        if (old == made.end()) {
            unfinished_.push_back({one, std::nullopt});
            made.push_back(std::move(one));
        } else if (old->stored > one.stored) {
            unfinished_.push_back({std::move(one), std::nullopt, false});
        } else {
            unfinished_.push_back({one, *old});
            *old = std::move(one);
        }
    }
    std::ranges::sort(made, {}, &remote_entry::name);
    return made;
}

result<std::string> llamacloud_store::upload(local_entry const& file, std::string const& unique_id,
                                             std::string const& sha256, request_options const& with) {
    if (!id_) return no_directory(place_);
    auto const call = in_scope_(cloud_.directories.files.upload(*id_, from_path(file.path)))
                          .options(with)
                          .unique_id(unique_id)
                          .metadata(notes(file, sha256));
    auto const same =
        in_scope_(cloud_.directories.files.list(*id_)).unique_id(unique_id).stop_token(with.stop_token);
    auto const fits = [&](auto const& one) { return one.unique_id == unique_id; };
    auto const made = send_once([&] { return call.send(); }, [&] { return first_item(same, fits); });
    if (made) return made->id;
    // An answer that was lost on the way to a repetition: the id is taken, by this very file.
    if (made.error().status() == 409)
        if (auto const there = first_item(same, fits); there && *there && is_same_file(**there, file))
            return (*there)->id;
    return made.error();
}

result<std::string> llamacloud_store::add(local_entry const& file, std::string const& sha256,
                                          request_options const& with) {
    auto const name = unique_id(file.name);
    if (name.ends_with(successor_mark))
        return error(error_kind::invalid_argument, "names that end with '" + std::string(successor_mark) +
                                                       "' are those of unfinished replacements");
    return upload(file, name, sha256, with);
}

result<std::string> llamacloud_store::replace(remote_entry const& old, local_entry const& file,
                                              std::string const& sha256, request_options const& with) {
    auto const name = old.is_place ? place_.path : unique_id(file.name);
    auto const made = upload(file, name + std::string(successor_mark), sha256, with);
    if (!made) return made.error();
    if (auto const gone = remove(old, with); !gone) return gone.error();
    if (auto const renamed = give_unique_id(*made, name, with.stop_token); !renamed) return renamed.error();
    return *made;
}

result<saved_file> llamacloud_store::fetch(remote_entry const& file, std::string const& path,
                                           request_options const& with) {
    if (file.file_id.empty()) return no_bytes();
    return in_scope_(cloud_.files.content(file.file_id)).options(with).save_to(path);
}

result<void> llamacloud_store::read(remote_entry const& file, byte_sink& to, request_options const& with) {
    if (file.file_id.empty()) return no_bytes();
    return in_scope_(cloud_.files.content(file.file_id)).options(with).write_to(to);
}

result<void> llamacloud_store::remove(remote_entry const& file, request_options const& with) {
    // The bytes first: an entry that is left can be found again, bytes without an entry cannot. They go only
    // where ferry has uploaded them for this entry; anything else may be in use elsewhere.
    if (file.changed && !file.file_id.empty()) {
        auto const bytes = in_scope_(cloud_.files.delete_(file.file_id)).stop_token(with.stop_token).send();
        if (!bytes && bytes.error().status() != 404) return bytes.error();
    }
    auto const gone =
        in_scope_(cloud_.directories.files.delete_(*id_, file.id)).stop_token(with.stop_token).send();
    if (!gone && gone.error().status() != 404) return gone.error();
    return {};
}

result<void> llamacloud_store::give_unique_id(std::string const& entry_id, std::string const& unique_id,
                                              std::stop_token stop) {
    auto const renamed = in_scope_(cloud_.directories.files.update(*id_, entry_id))
                             .unique_id(unique_id)
                             .display_name(unique_id.substr(unique_id.rfind('/') + 1))
                             .stop_token(std::move(stop))
                             .send();
    if (!renamed) return renamed.error();
    return {};
}

result<void> llamacloud_store::rename(remote_entry const& file, std::string const& name,
                                      request_options const& with) {
    return give_unique_id(file.id, unique_id(name), with.stop_token);
}

result<std::string> llamacloud_store::describe(remote_entry const& file, request_options const& with) {
    auto const answer = in_scope_(cloud_.directories.files.get(*id_, file.id))
                            .stop_token(with.stop_token)
                            .keep_raw_body()
                            .with_response();
    if (!answer) return answer.error();
    return answer->raw_body;
}

}  // namespace ferry::cli
