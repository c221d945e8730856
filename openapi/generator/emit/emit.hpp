// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/files.hpp"
#include "cpp/spelling.hpp"
#include "cpp/writer.hpp"
#include "model/model.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace ferry::gen {

/// `models/<name>.hpp`: one header for each named type.
void emit_models(api const& of, spelling const& spell, file_set& to);
/// `<resource>.hpp`: the builders of a resource's operations and the resource itself.
void emit_resources(api const& of, spelling const& spell, file_set& to);
/// `explicit name(engine) : a(engine), b(engine), engine_(std::move(engine)) {}`
/// \param members handles that get the engine \param keeps whether `engine_` is a member as well
void handle_constructor(writer& out, spelling const& spell, std::string const& name,
                        std::vector<resource*> const& members, bool keeps);
/// `servers.hpp`: where the service can be; nothing where the description does not say.
void emit_servers(api const& of, spelling const& spell, file_set& to);
/// `client.hpp`, and the umbrella header beside the folder.
void emit_client(api const& of, spelling const& spell, bool models_only, file_set& to);
/// A source file for each file of tables, for separate compilation: `operations.cpp`, `validation.cpp` and as
/// many `types_<n>.cpp` as there may be parts, some of them empty.
void emit_sources(api const& of, spelling const& spell, bool models_only, std::size_t most_parts,
                  file_set& to);
/// `api.md`: one page for people, with every call and every model.
void emit_api_md(api const& of, spelling const& spell, bool models_only, file_set& to);
/// What the JSON reader and the engine know about the API: `impl/operations.ipp`, `impl/types_<n>.ipp`, and
/// the headers that bring them. \param most_parts how many files the types' tables are in at most
void emit_tables(api const& of, spelling const& spell, bool models_only, std::size_t most_parts,
                 file_set& to);
/// One part of the types' tables.
void emit_types(api const& of, spelling const& spell, std::vector<type const*> const& types,
                std::string const& file, file_set& to);
/// `models_fwd.hpp`, `impl/declarations.hpp`, `description.hpp` and `src.hpp`. \param tables the files of the
/// tables
void emit_description(api const& of, spelling const& spell, bool models_only,
                      std::set<std::string> const& tables, file_set& to);
/// `validation.hpp`, `impl/rules.hpp` and `impl/validation.ipp`: what is asked of the models beyond their
/// types.
void emit_validation(api const& of, spelling const& spell, file_set& to);

}  // namespace ferry::gen
