// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "generate.hpp"

#include "emit.hpp"
#include "normalise.hpp"
#include "operations.hpp"

namespace ferry::gen {

api read_api(document const& from, selection const& wanted) {
    api made;
    made.source = &from;
    normaliser schemas(made, from);
    schemas.read_components();
    read_operations(made, from, schemas);
    finish_unions(made, schemas);
    if (!wanted.is_everything())
        for (auto const& pattern : select(made, wanted))
            made.notes.add("warning: " + pattern + " matches no operation");
    complete_operations(made);
    mark_requests(made);
    break_circles(made);
    for (auto& t : made.types)
        if (t.is_named()) made.named.push_back(&t);
    return made;
}

file_set client_files(api const& of, spelling const& spell, bool models_only) {
    file_set files;
    emit_models(of, spell, files);
    if (!models_only) emit_resources(of, spell, files);
    emit_client(of, spell, models_only, files);
    emit_tables(of, spell, models_only, files);
    return files;
}

}  // namespace ferry::gen
