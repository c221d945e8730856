// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "generate.hpp"

#include "config.hpp"
#include "cpp/base_names.hpp"
#include "cpp/builders.hpp"
#include "emit/emit.hpp"
#include "model/normalise.hpp"
#include "model/operations.hpp"

namespace ferry::gen {

api read_api(document const& from, selection const& wanted, lock const& before, spelling const& spell,
             lock& now) {
    auto made = read_api(from, wanted, before.names());
    now = lock::of(made, spell);
    // What is gone is known only now.
    auto const left = before.still_in(now);
    if (left.all().size() == before.all().size()) return made;
    made = read_api(from, wanted, left.names());
    now = lock::of(made, spell);
    return made;
}

api read_api(document const& from, selection const& wanted, memory names) {
    api made;
    made.source = &from;
    made.memory = std::move(names);
    made.notes.add(from.notes());
    auto const* client = from.root().find("x-ferry-client");
    made.schemas =
        std::make_unique<schemas>(from, client != nullptr && client->find("zoneless-times") != nullptr);
    normaliser types(made, from);
    types.read_components();
    read_operations(made, from, types);
    finish_unions(made, types);
    keep_names_from_bases(made);
    if (!wanted.is_everything())
        for (auto const& pattern : select(made, wanted))
            made.notes.add("warning: " + pattern + " matches no operation");
    loosen_one_way_members(made);
    plan_builders(made);
    mark_requests(made);
    break_circles(made);
    for (auto& t : made.types)
        if (t.is_named()) made.named.push_back(&t);
    report_idle_names(made);
    made.notes.add(from.notes());  // of files that were read meanwhile, too
    made.schemas->words().tell(made.notes);
    return made;
}

file_set client_files(api const& of, spelling const& spell, bool models_only, std::size_t most_parts) {
    file_set files;
    emit_models(of, spell, files);
    if (!models_only) {
        emit_resources(of, spell, files);
        emit_servers(of, spell, files);
    }
    emit_client(of, spell, models_only, files);
    emit_api_md(of, spell, models_only, files);
    emit_tables(of, spell, models_only, most_parts, files);
    emit_validation(of, spell, files);
    return files;
}

}  // namespace ferry::gen
