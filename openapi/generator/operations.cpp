// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "operations.hpp"

#include "builders.hpp"
#include "operation_names.hpp"
#include "security.hpp"
#include "text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace ferry::gen {

namespace {

constexpr std::array methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"};

bool is_json(std::string_view media) {
    media = trimmed(media.substr(0, media.find(';')));
    return media == "application/json" || media == "text/json" || media.ends_with("+json") ||
           media == "*/*" || media == "application/*";
}
bool is_text(std::string_view media) {
    return media.starts_with("text/") && !media.starts_with("text/event-stream");
}

/// Formats that are texts though their types do not begin with `text/`.
bool is_structured_text(std::string_view media) {
    media = trimmed(media.substr(0, media.find(';')));
    if (!media.starts_with("application/")) return false;
    constexpr std::array words = {"xml",
                                  "yaml",
                                  "x-yaml",
                                  "javascript",
                                  "graphql",
                                  "x-ndjson",
                                  "ndjson",
                                  "jsonl",
                                  "toml",
                                  "sql",
                                  "jwt",
                                  "x-sh",
                                  "x-www-form-urlencoded",
                                  "x-jsonlines"};
    auto const name = media.substr(media.find('/') + 1);
    return name.ends_with("+xml") || name.ends_with("+yaml") ||
           std::find(words.begin(), words.end(), name) != words.end();
}

std::string capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

std::vector<std::string> texts(node const* list) {
    std::vector<std::string> made;
    if (list == nullptr) return made;
    if (!list->is_list()) return {list->scalar};
    for (auto const& item : list->children) made.push_back(item->scalar);
    return made;
}

class reader {
public:
    reader(api& to, document const& from, normaliser& schemas)
        : api_(to), document_(from), schemas_(schemas) {}

    void read() {
        auto const& root = document_.root();
        if (root.find("openapi") == nullptr) {
            fail(root,
                 root.find("swagger") != nullptr
                     ? "this is Swagger 2.0; convert it to OpenAPI 3.0 or 3.1 first"
                     : "there is no `openapi` member; an OpenAPI 3.0 or 3.1 description begins with one");
        }
        if (auto const version = root.text("openapi"); !version.starts_with("3."))
            fail(*root.find("openapi"), "OpenAPI " + version + " is not supported; 3.0 and 3.1 are");
        read_service();
        auto const* paths = root.find("paths");
        if (paths == nullptr) return;
        if (!paths->is_map()) fail(*paths, "paths must be an object");
        for (auto const& path : paths->children) {
            if (path->key.starts_with("x-")) continue;
            auto const* item = follow(*path);
            if (item == nullptr) continue;
            if (!item->is_map()) fail(*item, "a path must hold operations by HTTP method");
            for (auto const* method : methods)
                if (item->find(method) != nullptr) order_.push_back({path->key, item, method});
        }
        // Methods of a path stand in the order of the description.
        std::stable_sort(order_.begin(), order_.end(), [](place_of const& a, place_of const& b) {
            return a.item == b.item && a.item->find(a.method)->index < b.item->find(b.method)->index;
        });
        for (auto const& one : order_) begin_operation(one.path, *one.item->find(one.method), one.method);
        // Names first: inline schemas are called after the operation.
        name_operations(api_);
        for (std::size_t i = 0; i < order_.size(); ++i) read_operation(api_.operations[i], *order_[i].item);
        for (auto& o : api_.operations) o.path.resize(std::min(o.path.find('#'), o.path.size()));
    }

private:
    struct place_of {
        std::string path;
        node const* item;
        char const* method;
    };

    node const* follow(node const& at) { return &document_.resolve(at); }

    void read_service() {
        auto const& root = document_.root();
        auto const* info = root.find("info");
        api_.title = info != nullptr ? info->text("title") : std::string();
        if (auto const* service = root.find("x-ferry-client"); service != nullptr) {
            if (auto const title = service->text("title"); !title.empty()) api_.title = title;
            api_.api_key_env = texts(service->find("api-key-env"));
            api_.base_url_env = texts(service->find("base-url-env"));
            api_.headers_env = texts(service->find("headers-env"));
        }
        if (auto const* servers = root.find("servers"); servers != nullptr && !servers->children.empty())
            api_.base_url = server_url(*servers->children[0]);
        read_credentials(api_, document_);
    }

    static std::string server_url(node const& server) {
        auto url = server.text("url");
        if (auto const* variables = server.find("variables"); variables != nullptr) {
            for (auto const& variable : variables->children) {
                auto const name = "{" + variable->key + "}";
                for (auto at = url.find(name); at != url.npos; at = url.find(name))
                    url.replace(at, name.size(), variable->text("default"));
            }
        }
        while (url.ends_with('/')) url.pop_back();
        return url;
    }

    void begin_operation(std::string const& path, node const& at, char const* method) {
        if (!at.is_map()) fail(at, "an operation must be an object");
        operation& made = api_.operations.emplace_back();
        made.at = &at;
        made.path = path;
        made.method = capitals(method);
        made.summary = sentence(at.text("summary"));
        made.docs = at.text("description");
        if (made.summary.empty()) {
            made.summary = first_line(made.docs);
            if (sentence(trimmed(made.docs)) == made.summary) made.docs.clear();
        }
        made.deprecated = at.flag("deprecated");
        read_security(api_, document_, made);
        made.idempotent = made.method != "POST" && made.method != "PATCH";
        if (auto const* told = at.find("x-ferry-idempotent"); told != nullptr)
            made.idempotent = told->scalar == "true";
    }

    void read_operation(operation& made, node const& item) {
        auto const hint = snake(made.full_name());
        read_parameters(made, item, hint);
        read_body(made, hint);
        read_answer(made, hint);
    }

    void read_parameters(operation& made, node const& item, std::string const& hint) {
        std::vector<node const*> found;
        auto const add = [&](node const* list) {
            if (list == nullptr) return;
            if (!list->is_list()) fail(*list, "parameters must be a list");
            for (auto const& entry : list->children) {
                auto const* parameter = follow(*entry);
                if (parameter == nullptr) continue;
                auto const same = std::find_if(found.begin(), found.end(), [&](node const* known) {
                    return known->text("name") == parameter->text("name") &&
                           known->text("in") == parameter->text("in");
                });
                if (same != found.end())
                    *same = parameter;
                else
                    found.push_back(parameter);
            }
        };
        add(item.find("parameters"));
        add(made.at->find("parameters"));
        for (auto const* at : found) read_parameter(made, *at, hint);
    }

    void read_parameter(operation& made, node const& at, std::string const& hint) {
        parameter p;
        p.at = &at;
        p.wire = at.text("name");
        auto const in = at.text("in");
        if (p.wire.empty()) fail(at, "a parameter needs a name");
        if (in == "path")
            p.in = gen::place::path;
        else if (in == "query")
            p.in = gen::place::query;
        else if (in == "header")
            p.in = gen::place::header;
        else if (in == "cookie")
            p.in = gen::place::cookie;
        else
            fail(at, "`in` must be path, query, header or cookie");
        auto const header = snake(p.wire);
        // Set by the library; OpenAPI says that such parameters are ignored.
        if (p.in == gen::place::header &&
            (header == "accept" || header == "content_type" || header == "authorization"))
            return;
        p.required = p.in == gen::place::path || at.flag("required");
        p.deprecated = at.flag("deprecated");
        node const* schema = at.find("schema");
        bool const as_json = schema == nullptr && at.find("content") != nullptr;
        if (as_json) {
            auto const& media = *at.find("content");
            schema = media.children.empty() ? nullptr : media.children[0]->find("schema");
        }
        p.use = schema != nullptr ? schemas_.read(*schema, hint + "_" + snake(p.wire))
                                  : type_use{&schemas_.basic(as_json ? type_kind::raw : type_kind::text)};
        read_style(p, at);
        if (as_json && is_json(at.find("content")->children[0]->key)) p.style = value_style::json;
        auto stated = schema != nullptr ? facts(document_.follow(*schema)) : std::string();
        auto text = at.text("description");
        if (text.empty() && schema != nullptr && schema->find("$ref") == nullptr)
            text = schema->text("description");
        p.docs = text.find('\n') == text.npos && !text.empty()
                     ? sentence(text) + (stated.empty() ? "" : " " + stated)
                     : paragraphs(text, stated);
        made.parameters.push_back(std::move(p));
    }

    void read_style(parameter& p, node const& at) {
        struct known {
            std::string_view name;
            value_style style;
            std::initializer_list<gen::place> places;
        };
        using enum gen::place;
        static known const styles[] = {
            {"simple", value_style::simple, {path, header}}, {"label", value_style::label, {path}},
            {"matrix", value_style::matrix, {path}},         {"form", value_style::form, {query, cookie}},
            {"spaceDelimited", value_style::space, {query}}, {"pipeDelimited", value_style::pipe, {query}},
            {"deepObject", value_style::deep, {query}},
        };
        bool const form = p.in == query || p.in == cookie;
        p.style = form ? value_style::form : value_style::simple;
        if (auto const* given = at.find("style"); given != nullptr) {
            auto const found = std::find_if(std::begin(styles), std::end(styles),
                                            [&](known const& one) { return one.name == given->scalar; });
            bool const fits =
                found != std::end(styles) &&
                std::find(found->places.begin(), found->places.end(), p.in) != found->places.end();
            if (fits)
                p.style = found->style;
            else
                api_.notes.add(*given, "there is no style " + given->scalar +
                                           " for such parameters; the usual one is used instead");
        }
        auto const* explode = at.find("explode");
        p.explode = explode != nullptr ? explode->scalar == "true" : p.style == value_style::form;
    }

    void read_body(operation& made, std::string const& hint) {
        auto const* given = made.at->find("requestBody");
        auto const* body = given != nullptr ? follow(*given) : nullptr;
        auto const* content = body != nullptr ? body->find("content") : nullptr;
        if (content == nullptr || content->children.empty()) return;
        node const* media = nullptr;
        auto const choose = [&](body_kind kind, auto const& matches) {
            for (auto const& entry : content->children) {
                if (media != nullptr || !matches(std::string_view(entry->key))) continue;
                media = entry.get();
                made.body.kind = kind;
            }
        };
        choose(body_kind::multipart, [](auto type) { return type.starts_with("multipart/form-data"); });
        choose(body_kind::json, is_json);
        choose(body_kind::form,
               [](auto type) { return type.starts_with("application/x-www-form-urlencoded"); });
        made.body.required = body->flag("required");
        made.body.docs = first_line(body->text("description"));
        made.body.name = body->text("x-ferry-name");
        if (media == nullptr) return read_plain_body(made, *content->children[0]);
        auto const* schema = media->find("schema");
        made.body.use = schema != nullptr ? schemas_.read(*schema, hint + "_body")
                                          : type_use{&schemas_.basic(type_kind::raw)};
        auto const kind = real(*made.body.use.of).kind;
        made.body.whole = kind != type_kind::object;
        bool const has_members = !made.body.whole || kind == type_kind::map || kind == type_kind::one_of;
        if (made.body.kind == body_kind::form && !has_members) {
            api_.notes.add(*media, "a form must be an object; its text is given as a whole");
            return read_plain_body(made, *media);
        }
        if (made.body.kind == body_kind::multipart && made.body.whole) {
            api_.notes.add(*media,
                           "a multipart body must be an object with properties; its bytes are given as a "
                           "whole, and their boundary in content_type()");
            return read_plain_body(made, *media);
        }
        if (made.body.whole) return;
        auto const* encoding = media->find("encoding");
        for (auto const& p : real(*made.body.use.of).properties) {
            body_member member;
            if (auto const* how = encoding != nullptr ? encoding->find(p.wire) : nullptr; how != nullptr)
                read_encoding(member, *how);
            made.body.members.push_back(member);
        }
    }

    /// How a member of a form is written: `contentType`, or `style` and `explode` as for query parameters.
    void read_encoding(body_member& member, node const& at) {
        if (is_json(at.text("contentType"))) {
            member.as_json = true;
            member.style = value_style::json;
        } else if (at.find("style") != nullptr || at.find("explode") != nullptr) {
            parameter like;
            read_style(like, at);
            member.style = like.style;
            member.explode = like.explode;
        }
    }

    /// A body that is neither JSON nor a form: a text, or bytes that are streamed.
    void read_plain_body(operation& made, node const& media) {
        auto const* schema = media.find("schema");
        bool const bytes = schema != nullptr && document_.follow(*schema).text("format") == "binary" &&
                           !media.key.starts_with("application/x-www-form-urlencoded");
        bool const text = !bytes && (is_text(media.key) || is_structured_text(media.key));
        made.body.kind = text ? body_kind::text : body_kind::file;
        made.body.use = {&schemas_.basic(text ? type_kind::text : type_kind::bytes)};
        made.body.media = media.key;
        made.body.whole = true;
        made.body.members.clear();
        if (made.body.docs.empty()) made.body.docs = "The body: `" + media.key + "`.";
    }

    void read_answer(operation& made, std::string const& hint) {
        auto const* responses = made.at->find("responses");
        node const* chosen = nullptr;
        if (responses != nullptr) {
            if (!responses->is_map()) fail(*responses, "responses must be an object by status");
            // The first success with content, else the first success, else what is said for every status.
            for (bool const with_content : {true, false}) {
                for (auto const& entry : responses->children) {
                    if (chosen != nullptr || !entry->key.starts_with('2')) continue;
                    auto const* response = follow(*entry);
                    bool const has_content = response != nullptr && response->find("content") != nullptr &&
                                             !response->find("content")->children.empty();
                    if (response != nullptr && (has_content || !with_content)) chosen = response;
                }
            }
            if (auto const* rest = responses->find("default"); chosen == nullptr && rest != nullptr)
                chosen = follow(*rest);
        }
        auto const* content = chosen != nullptr ? chosen->find("content") : nullptr;
        if (content == nullptr || content->children.empty()) return;
        node const* json = nullptr;
        node const* text = nullptr;
        node const* binary = nullptr;
        for (auto const& entry : content->children) {
            // Events are a second form of an answer that there is as a whole, too.
            if (entry->key.starts_with("text/event-stream") && content->children.size() > 1) continue;
            auto*& slot = is_json(entry->key) && !is_binary(*entry) ? json
                          : is_text(entry->key)                     ? text
                                                                    : binary;
            if (slot == nullptr) slot = entry.get();
        }
        std::vector<std::string> accepted;
        for (auto const& entry : content->children) accepted.push_back(entry->key);
        made.accept = join(accepted, ", ");
        if (binary != nullptr && (json == nullptr || is_binary(*binary))) {
            made.answer = answer_kind::bytes;
        } else if (json != nullptr) {
            made.answer = answer_kind::json;
            made.accept = json->key == "*/*" ? "application/json" : json->key;
            auto const* schema = json->find("schema");
            made.answer_type = schema != nullptr ? schemas_.read(*schema, hint + "_response")
                                                 : type_use{&schemas_.basic(type_kind::raw)};
        } else {
            made.answer = text != nullptr ? answer_kind::text : answer_kind::bytes;
        }
    }

    bool is_binary(node const& media) {
        auto const* given = media.find("schema");
        if (given == nullptr) return !is_json(media.key) || media.key.ends_with("/*");
        if (document_.follow(*given).find("$ref") != nullptr) return false;
        auto const& schema = document_.follow(*given);
        if (is_json(media.key)) return schema.text("format") == "binary";
        return schema.children.empty() || schema.text("format") == "binary" ||
               schema.find("contentMediaType") != nullptr || schema.text("type") == "string";
    }

    api& api_;
    document const& document_;
    normaliser& schemas_;
    std::vector<place_of> order_;
};

}  // namespace

void read_operations(api& to, document const& from, normaliser& schemas) {
    reader(to, from, schemas).read();
}

void complete_operations(api& of) {
    plan_resources(of);
    for (auto& o : of.operations) plan_builder(of, o);
}

}  // namespace ferry::gen
