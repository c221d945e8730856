// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/source_file.hpp"
#include "emit/emit.hpp"
#include "words/text.hpp"

namespace ferry::gen {

namespace {

/// Which variables a client reads.
std::string environment(api const& of) {
    std::vector<std::string> all;
    auto const add = [&](char const* what, std::vector<std::string> const& names) {
        if (!names.empty()) all.push_back(std::string(what) + " from `" + join(names, "` or `") + "`");
    };
    add("the key", of.api_key_env);
    add("the base URL", of.base_url_env);
    add("header fields", of.headers_env);
    return all.empty() ? ", where the description names a variable." : ": " + join(all, ", ") + ".";
}

void write_class(writer& out, api const& of, spelling const& spell) {
    auto const& ferry = spell.runtime();
    out.line("/// The tables of this API.");
    out.line("FERRY_DECL " + ferry + "api_description const& description() noexcept;");
    out.blank();
    out.docs(of.title.empty() ? "A client." : "A client of " + of.title + ".");
    out.paragraph();
    out.docs(
        "A cheap handle on a shared engine: copy it freely. All const functions are thread-safe. Resources "
        "and calls made from it may outlive it.");
    out.line("class client {");
    out.line("public:");
    auto const inside = out.until("};");
    out.param("options",
              "what to connect to and how. What it leaves open comes from the environment" + environment(of));
    out.line("template <class Engine = " + ferry + "default_engine>");
    out.line("explicit client(" + ferry + "client_options options = {})");
    out.line("    : client(" + ferry +
             "detail::make_default_engine<Engine>(description(), std::move(options))) {}");
    out.blank();
    out.line("/// A client on an engine that exists already, for example one from `ferry/testing.hpp`.");
    handle_constructor(out, spell, "client", of.roots, true);
    out.blank();
    for (auto const* r : of.roots) out.line(r->class_name + " " + r->member + ";");
    out.blank();
    out.line("/// An endpoint that the description does not list: `client.call(\"GET\", \"/path\")`.");
    out.line("[[nodiscard]] " + ferry + "unlisted_call call(std::string method, std::string path) const {");
    out.line("    return {engine_, std::move(method), std::move(path)};");
    out.line("}");
    out.access("private:");
    out.line("std::shared_ptr<" + ferry + "engine> engine_;");
}

std::string client_header(api const& of, spelling const& spell) {
    includes needs{{"ferry/core/call.hpp", "ferry/core/config.hpp", "ferry/core/engine.hpp"},
                   {"memory", "string", "utility"}};
    for (auto const* r : of.roots) needs.ours.insert(spell.resource_header(*r));
    if (!of.servers.empty()) needs.ours.insert(spell.folder() + "/servers.hpp");
    writer body;
    write_class(body, of, spell);
    return header(of, needs, enclosed(spell.own(), body));
}

}  // namespace

void emit_client(api const& of, spelling const& spell, bool models_only, file_set& to) {
    includes all{{spell.folder() + "/description.hpp"}};
    if (!models_only) {
        to[spell.folder() + "/client.hpp"] = client_header(of, spell);
        all.ours.insert({spell.folder() + "/client.hpp", "ferry/core/send_once.hpp",
                         "ferry/engine/default_engine.hpp", "ferry/json.hpp"});
    }
    to[spell.folder() + ".hpp"] = header(of, all, {});
}

}  // namespace ferry::gen
