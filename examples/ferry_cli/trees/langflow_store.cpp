// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "trees/langflow_store.hpp"

#include "trees/pace.hpp"
#include "trees/unique_names.hpp"

#include "ferry/core/send_once.hpp"
#include "ferry/json.hpp"
#include "ferry/langflow/description.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace ferry::cli {

namespace {

namespace models = langflow::models;

/// Langflow answers before its database has heard of it; what was just uploaded may be unknown for a moment.
constexpr std::chrono::milliseconds patience[] = {
    std::chrono::milliseconds(50), std::chrono::milliseconds(200), std::chrono::milliseconds(800)};

remote_entry entry_of(models::file const& file) {
    remote_entry made;
    made.id = file.id;
    made.file_id = file.id;
    if (file.size >= 0) made.size = static_cast<std::uint64_t>(file.size);
    if (file.created_at)
        if (auto const when = file.created_at->to_time_point())
            made.stored = std::chrono::floor<std::chrono::seconds>(*when);
    return made;
}

request_options only_stop(std::stop_token stop) {
    request_options made;
    made.stop_token = std::move(stop);
    return made;
}

/// Entries whose names are as ferry writes them come first, then the older ones.
void sort_by_claim(std::vector<std::pair<bool, remote_entry>>& entries) {
    std::ranges::sort(entries, [](auto const& a, auto const& b) {
        return std::tuple(!a.second.is_place, !a.first, a.second.stored, a.second.id) <
               std::tuple(!b.second.is_place, !b.first, b.second.stored, b.second.id);
    });
}

}  // namespace

std::string langflow_store::full_name(std::string const& name) const {
    return place_.path.empty() ? name : place_.path + "/" + name;
}

std::string langflow_store::full_name(remote_entry const& file) const {
    return file.is_place ? place_.path : full_name(file.name);
}

bool langflow_store::put_below(std::string const& full, remote_entry& to) const {
    if (!place_.path.empty() && full == place_.path) {
        to.is_place = true;
        to.name = full.substr(full.rfind('/') + 1);
        return true;
    }
    auto const prefix = full_name(std::string());
    if (!full.starts_with(prefix)) return false;
    to.name = full.substr(prefix.size());
    return true;
}

result<std::vector<remote_entry>> langflow_store::list(std::stop_token stop) {
    auto const listed = flows_.files.list().stop_token(std::move(stop)).send();
    if (!listed) return listed.error();
    std::lock_guard const guard(lock_);
    rows_.clear();
    names_.clear();
    nameless_.clear();
    unfinished_.clear();
    std::vector<std::pair<bool, remote_entry>> found;
    std::vector<remote_entry> waiting;
    for (auto const& file : *listed) {
        note(file.id, {file.name, file.path});
        auto entry = entry_of(file);
        auto const mark = read_pending(file.name);
        // Nobody can tell its name; whoever uploads the same file again removes it.
        if (mark.is && mark.stem.empty()) {
            nameless_[file.id] = mark;
            continue;
        }
        auto const full = name_of_row(mark.is ? mark.stem : file.name, file.path);
        if (!put_below(full, entry)) continue;
        if (mark.is)
            waiting.push_back(std::move(entry));
        else
            found.emplace_back(split_row_name(full).stem == file.name, std::move(entry));
    }
    sort_by_claim(found);
    std::vector<remote_entry> made;
    for (auto& [is_own_name, one] : found) made.push_back(std::move(one));
    made = with_unique_names(std::move(made));
    // Uploads and replacements that were cut short. What was uploaded is complete; the newest counts.
    std::ranges::sort(waiting, {}, [](auto const& one) { return std::tuple(one.stored, one.id); });
    for (auto& one : waiting) {
        auto const old = std::ranges::find(made, one.name, &remote_entry::name);
        if (old == made.end()) {
            unfinished_.push_back({one, {}});
            made.push_back(std::move(one));
        } else if (old->stored > one.stored) {
            unfinished_.push_back({std::move(one), {}, false});
        } else {
            auto const before =
                std::ranges::find(unfinished_, old->id, [](auto const& p) { return p.file.id; });
            if (before != unfinished_.end()) {
                before->old.push_back(*old);
                before->file = one;
            } else {
                unfinished_.push_back({one, {*old}});
            }
            *old = std::move(one);
        }
    }
    std::ranges::sort(made, {}, &remote_entry::name);
    return made;
}

result<void> langflow_store::prepare(std::stop_token stop) {
    for (auto const& one : std::exchange(unfinished_, {})) {
        auto const doomed = one.counts ? one.old : std::vector{one.file};
        for (auto const& old : doomed)
            if (auto const gone = remove(old, only_stop(stop)); !gone) return gone.error();
        if (!one.counts) continue;
        if (auto const named = give_name(one.file.id, full_name(one.file), stop); !named)
            return named.error();
    }
    return {};
}

result<models::uploaded_file> langflow_store::upload(local_entry const& file, row_name const& name,
                                                     request_options const& with) {
    if (auto const gone = remove_nameless(name, with); !gone) return gone.error();
    auto const as = upload_name(name);
    auto const called = as.substr(0, as.size() - name.extension.size());
    auto const call = flows_.files.upload(from_path(file.path).file_name(as)).options(with);
    auto const find = [&]() -> result<std::optional<models::uploaded_file>> {
        auto const listed = flows_.files.list().stop_token(with.stop_token).send();
        if (!listed) return listed.error();
        std::optional<models::uploaded_file> made;
        for (auto const& one : *listed)
            if (one.name == called) {
                made.emplace();
                made->id = one.id;
                made->name = one.name;
                made->path = one.path;
                made->size = one.size;
            }
        return made;
    };
    auto made = send_once([&] { return call.send(); }, find);
    if (made) {
        std::lock_guard const guard(lock_);
        note(made->id, {made->name, made->path});
    }
    return made;
}

result<void> langflow_store::remove_nameless(row_name const& of, request_options const& with) {
    std::vector<remote_entry> left;
    {
        std::lock_guard const guard(lock_);
        for (auto const& [id, one] : nameless_)
            if (is_pending_of(one, of)) left.emplace_back().id = id;
    }
    for (auto const& one : left)
        if (auto const gone = remove(one, only_stop(with.stop_token)); !gone) return gone.error();
    return {};
}

result<std::string> langflow_store::add(local_entry const& file, std::string const&,
                                        request_options const& with) {
    auto const name = full_name(file.name);
    auto const made = upload(file, split_row_name(name), with);
    if (!made) return made.error();
    if (auto const named = give_name(made->id, name, with.stop_token); !named) return named.error();
    return made->id;
}

result<std::string> langflow_store::replace(remote_entry const& old, local_entry const& file,
                                            std::string const&, request_options const& with) {
    auto const name = old.is_place ? place_.path : full_name(file.name);
    auto const parts = split_row_name(name);
    auto const made = upload(file, parts, with);
    if (!made) return made.error();
    // Until the old one has gone and the name is free, it must be plain whose successor this is.
    if (read_pending(made->name).stem.empty())
        if (auto const named = rename_row(made->id, pending_row_name(parts), with.stop_token); !named)
            return named.error();
    if (auto const gone = remove(old, with); !gone) return gone.error();
    if (auto const named = give_name(made->id, name, with.stop_token); !named) return named.error();
    return made->id;
}

std::string langflow_store::claim_name(std::string const& id, std::string const& full) {
    auto const parts = split_row_name(full);
    auto const found = rows_.find(id);
    auto one = found != rows_.end() ? found->second : row();
    forget(id);
    bool const fits = extension_of(one.path) == parts.extension && !names_.contains(parts.stem);
    one.name = fits ? parts.stem : whole_row_name(full);
    note(id, one);
    return one.name;
}

void langflow_store::note(std::string const& id, row one) {
    forget(id);
    names_.insert(one.name);
    rows_[id] = std::move(one);
}

void langflow_store::forget(std::string const& id) {
    auto const found = rows_.find(id);
    if (found == rows_.end()) return;
    names_.erase(names_.find(found->second.name));
    rows_.erase(found);
    nameless_.erase(id);
}

result<std::string> langflow_store::give_name(std::string const& id, std::string const& full,
                                              std::stop_token stop) {
    std::string name;
    {
        std::lock_guard const guard(lock_);
        name = claim_name(id, full);
    }
    if (auto const renamed = rename_row(id, name, stop); !renamed) return renamed.error();
    return name;
}

result<void> langflow_store::rename_row(std::string const& id, std::string const& name,
                                        std::stop_token const& stop) {
    auto renamed = flows_.files.rename(id, name).stop_token(stop).send();
    for (auto const wait : patience) {
        if (renamed || renamed.error().status() != 404) break;
        if (!wait_until(pace_clock::now() + wait, stop)) break;
        renamed = flows_.files.rename(id, name).stop_token(stop).send();
    }
    if (!renamed) return renamed.error();
    return {};
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
    std::lock_guard const guard(lock_);
    forget(file.id);
    return {};
}

result<void> langflow_store::rename(remote_entry const& file, std::string const& name,
                                    request_options const& with) {
    auto const named = give_name(file.id, full_name(name), with.stop_token);
    if (!named) return named.error();
    // Langflow answers that it has renamed also where the name is taken, and leaves it.
    auto const listed = flows_.files.list().stop_token(with.stop_token).send();
    if (!listed) return listed.error();
    for (auto const& one : *listed)
        if (one.id == file.id && one.name == *named) return {};
    return error(error_kind::invalid_argument,
                 "Langflow has not taken the name '" + name + "': another file may have it");
}

result<std::string> langflow_store::describe(remote_entry const& file, request_options const& with) {
    auto const listed = flows_.files.list().stop_token(with.stop_token).send();
    if (!listed) return listed.error();
    for (auto const& one : *listed)
        if (one.id == file.id) return to_json(one);
    return error(error_kind::invalid_argument, "the file is gone");
}

}  // namespace ferry::cli
