// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "mock/server_tables.hpp"

#include "cpp/rules_constants.hpp"
#include "cpp/source_file.hpp"
#include "cpp/writer.hpp"
#include "words/lists.hpp"
#include "words/media.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <map>

namespace ferry::gen {

namespace {

enclosure const name_space{"namespace ferry::mock::generated {", "}  // namespace ferry::mock::generated"};

/// Items of a braced list, laid out as the project's format wants them.
std::string table_of(std::vector<std::string> const& items) {
    writer out;
    out.indent();
    out.columns_of(items);
    return out.text();
}

class server_table_writer {
public:
    server_table_writer(api const& of, std::string const& name)
        : api_(of), document_(*of.source), name_(name) {}

    void write(file_set& to) {
        for (auto const& o : api_.operations) route(o);
        to[name_ + "_tables.hpp"] = declaration();
        auto const table = routes_.empty() ? "" : "constexpr route routes[] = {\n" + routes_ + "};\n\n";
        writer body;
        body.raw("namespace {\n\n" + constants() + "\n" + (shared_.empty() ? "" : shared_ + "\n") +
                 operations_ + table + "}  // namespace\n\n");
        body.line("std::span<route const> " + name_ + "_routes() noexcept {");
        body.line(routes_.empty() ? "    return {};" : "    return routes;");
        body.line("}");
        to[name_ + "_tables.cpp"] = banner(document_.name()) + directives({{name_ + "_tables.hpp"}}) + "\n" +
                                    enclosed(name_space, body, true);
    }

private:
    std::string declaration() const {
        writer body;
        body.line("/// Every operation of the description, in its order.");
        body.line("[[nodiscard]] std::span<route const> " + name_ + "_routes() noexcept;");
        return header(api_, {{"core/tables.hpp"}, {"span"}}, enclosed(name_space, body));
    }

    // Schemas.

    std::string constants() {
        writer body;
        for (char const* name : {"dependency", "keyword", "literal", "member", "rule", "rules", "tag"})
            body.line(std::string("using schema::") + name + ";");
        body.line("namespace types = schema::types;");
        body.blank();
        body.raw(constants_.text());
        return enclosed({"namespace schemas {", "}  // namespace schemas"}, body);
    }

    /// The address of the constant for what a parameter, part or media type has as its schema.
    std::string schema_of(node const& at, std::string const& hint) {
        static rules const nothing;
        auto const* given = at.find("schema");
        rules const& asked = given != nullptr ? api_.schemas->of(*given) : nothing;
        return "&schemas::" + constants_.constant(asked, identifier(hint));
    }

    /// The parts of a form that are files.
    std::string files_of(operation const& o, std::string const& prefix) {
        std::vector<std::string> names;
        for (auto const& part : o.body.members) {
            auto const* its = &real(*part.of->use.of);
            if (its->kind == type_kind::list) its = &real(*its->inner.of);
            if (its->kind == type_kind::bytes) names.push_back(literal(part.of->wire));
        }
        return shared_table("std::string_view", prefix + "_files", names);
    }

    // Routes.

    void route(operation const& o) {
        auto const prefix = snake(identifier(o.full_name(), "operation"));
        auto const parameters = parameters_of(o, prefix);
        auto const answers = answers_of(o, prefix);
        routes_ += "    {\n";
        auto const put = [&](std::string const& name, std::string const& value) {
            if (!value.empty()) routes_ += "        ." + name + " = " + value + ",\n";
        };
        put("operation", literal(o.full_name()));
        put("method", literal(o.method));
        put("path", literal(o.path));
        put("parameters", parameters);
        if (o.body.at != nullptr) {
            node const& media = *o.body.at;
            bool const whole = o.body.kind == body_kind::text || o.body.kind == body_kind::file;
            if (!whole) put("body", o.body.kind == body_kind::json ? "body_kind::json" : "body_kind::form");
            put("body_type", literal(essence(media.key)));
            if (media.find("schema") != nullptr && !whole)
                put("body_schema", schema_of(media, prefix + "_body"));
            if (!whole && o.body.kind != body_kind::json) put("files", files_of(o, prefix));
            if (o.body.required && !whole) put("body_required", "true");
        }
        if (!o.authenticated) put("open", "true");
        put("credentials", credentials_of(o));
        if (auto const status = success(o); status != "200") put("success", status);
        put("answers", answers);
        routes_ += "    },\n";
    }

    std::string parameters_of(operation const& o, std::string const& prefix) {
        auto const row = [&](parameter const& p) {
            return "{" + literal(p.wire) + ", place::" + name_of(p.in) + ", " +
                   schema_of(*p.at, prefix + "_" + snake(p.wire)) + (p.required ? ", true}" : "}");
        };
        return own_table("parameter", prefix + "_parameters", mapped(o.parameters, row));
    }

    /// Where the operation looks for a key or a token, whichever of them a caller has.
    std::string credentials_of(operation const& o) {
        auto const* wanted = o.at->find("security");
        if (wanted == nullptr) wanted = document_.root().find("security");
        auto const* components = document_.root().find("components");
        auto const* schemes = components != nullptr ? components->find("securitySchemes") : nullptr;
        if (wanted == nullptr || schemes == nullptr) return {};
        constexpr std::string_view places[] = {"query", "header", "cookie"};
        std::vector<std::string> rows;
        for (auto const& alternative : wanted->children) {
            for (auto const& named : alternative->children) {
                auto const* found = schemes->find(named->key);
                if (found == nullptr) continue;
                node const& scheme = document_.resolve(*found);
                bool const key = scheme.text("type") == "apiKey";
                if (key && !contains(places, scheme.text("in"))) continue;
                rows.push_back("{" + literal(key ? scheme.text("name") : "Authorization") +
                               ", place::" + (key ? scheme.text("in") : "header") + "}");
            }
        }
        return shared_table("credential", "keys", rows);
    }

    static std::string success(operation const& o) {
        if (auto const* responses = o.at->find("responses"); responses != nullptr)
            for (auto const& response : responses->children)
                if (response->key.starts_with('2') && !status_of(response->key).empty() &&
                    response->key != "2XX")
                    return response->key;
        return "200";
    }

    // Answers.

    std::string answers_of(operation const& o, std::string const& prefix) {
        std::vector<std::string> rows;
        auto const* responses = o.at->find("responses");
        if (responses == nullptr) return {};
        for (auto const& entry : responses->children) {
            if (status_of(entry->key).empty()) continue;
            auto const hint = prefix + "_" + snake(entry->key);
            node const& response = document_.resolve(*entry);
            auto const content = content_of(response, hint);
            auto const headers = required_headers_of(response);
            auto row = "{" + status_of(entry->key);
            if (!content.empty() || !headers.empty()) row += ", " + (content.empty() ? "{}" : content);
            if (!headers.empty()) row += ", " + headers;
            rows.push_back(row + "}");
        }
        return own_table("answer", prefix + "_answers", rows);
    }

    /// `404`; `5` for `5XX`, `0` for `default`; nothing for what is no status.
    static std::string status_of(std::string const& key) {
        if (key == "default") return "0";
        bool const good = key.size() == 3 && key[0] >= '1' && key[0] <= '5';
        if (good && key.ends_with("XX")) return key.substr(0, 1);
        return good && key.find_first_not_of("0123456789") == key.npos ? key : std::string();
    }

    std::string content_of(node const& response, std::string const& hint) {
        auto const* content = response.find("content");
        if (content == nullptr) return {};
        std::vector<std::string> rows;
        std::string name;
        for (auto const& media : content->children) {
            auto const type = schema_of(*media, hint);
            rows.push_back("{" + literal(media->key) + ", " + type + "}");
            name = (rows.size() == 1 ? type.substr(type.rfind(':') + 1) : hint) + "_content";
        }
        return shared_table("media", name, rows);
    }

    std::string required_headers_of(node const& response) {
        auto const* headers = response.find("headers");
        if (headers == nullptr) return {};
        std::vector<std::string> names;
        for (auto const& header : headers->children)
            if (document_.resolve(*header).flag("required")) names.push_back(literal(header->key));
        return shared_table("std::string_view", "required_" + snake(join(names, "_")), names);
    }

    // Arrays.

    std::string own_table(std::string const& type, std::string const& name,
                          std::vector<std::string> const& rows) {
        if (rows.empty()) return {};
        auto const taken = names_.take(name);
        operations_ += "constexpr " + type + " " + taken + "[] = {\n" + table_of(rows) + "};\n\n";
        return taken;
    }

    /// Equal contents share one array, under the name that came first.
    std::string shared_table(std::string const& type, std::string const& name,
                             std::vector<std::string> const& rows) {
        if (rows.empty()) return {};
        auto& known = arrays_[type + join(rows, ", ")];
        if (known.empty()) {
            known = names_.take(name);
            writer out;
            out.list("constexpr " + type + " " + known + "[] = ", rows, ";");
            shared_ += out.text();
        }
        return known;
    }

    api const& api_;
    document const& document_;
    std::string name_;
    scope names_{"place",  "parameter", "schema", "schemas",    "route",
                 "routes", "body_kind", "media",  "credential", "answer"};
    rules_constants constants_{"constinit", true};
    std::map<std::string, std::string> arrays_;
    std::string shared_;
    std::string operations_;
    std::string routes_;
};

}  // namespace

void emit_server_tables(api const& of, std::string const& name, file_set& to) {
    server_table_writer(of, name).write(to);
}

}  // namespace ferry::gen
