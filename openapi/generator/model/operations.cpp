// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/operations.hpp"

#include "document/keys.hpp"
#include "model/answers.hpp"
#include "model/bodies.hpp"
#include "model/errors.hpp"
#include "model/events.hpp"
#include "model/operation_names.hpp"
#include "model/parameters.hpp"
#include "model/security.hpp"
#include "model/servers.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace ferry::gen {

namespace {

/// RFC 9110, section 9.2.2, and QUERY. Nobody knows what others do when they come twice.
constexpr std::array<std::string_view, 7> idempotent_methods = {"GET",     "HEAD",  "PUT",  "DELETE",
                                                                "OPTIONS", "TRACE", "QUERY"};

/// One text, or a list of them.
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
        : api_(to), document_(from), with_{to, from, schemas} {}

    void read() {
        auto const& root = document_.root();
        if (root.find("openapi") == nullptr) {
            auto const* swagger = root.find("swagger");
            if (swagger != nullptr)
                fail(*swagger, "this is Swagger " + swagger->scalar + "; convert it to OpenAPI 3 first");
            fail(root, "there is no `openapi` member; an OpenAPI description begins with one, such as 3.1.0");
        }
        read_version(*root.find("openapi"));
        read_service();
        find_operations();
        for (auto const& one : order_) begin_operation(one);
        // Names first: inline schemas are called after the operation.
        name_operations(api_);
        std::size_t index = 0;
        for (auto const& one : order_) read_operation(api_.operations[index++], *one.item);
        std::erase_if(api_.operations, [](operation const& o) { return o.path.empty(); });
        read_webhooks(with_);
        name_servers(api_);
        // Last, since what inline schemas are called must not depend on an earlier run.
        keep_names(api_);
        report_doubles();
        for (auto& o : api_.operations) o.path = sendable(o.path);
    }

private:
    struct place_of {
        std::string path;
        std::string method;
        node const* item;
        node const* at;
    };

    void read_version(node const& given) {
        auto const& version = given.scalar;
        if (!version.starts_with("3."))
            fail(given, "OpenAPI " + version + " is not supported; 3.0, 3.1 and 3.2 are");
        auto const minor = version.substr(0, version.find('.', 2));
        if (minor != "3.0" && minor != "3.1" && minor != "3.2")
            api_.notes.add(given, "OpenAPI " + minor + " is not known here; it is read as 3.2");
    }

    /// What can be used, in the order of the description.
    void find_operations() {
        auto const* paths = document_.root().find("paths");
        if (paths == nullptr) return;
        if (!paths->is_map())
            return api_.notes.add(*paths, "paths must be an object of paths; there are no operations");
        for (auto const& path : paths->children) {
            if (path->key.starts_with("x-")) continue;
            auto const* item = with_.follow(*path, "the path is left out");
            if (item == nullptr) continue;
            if (!item->is_map()) {
                api_.notes.add(*item, "a path must hold operations by HTTP method; it is left out");
                continue;
            }
            if (!is_template(path->key)) {
                api_.notes.add(*path,
                               "a path begins with / and names its parameters in {braces}; it is left out");
                continue;
            }
            for (auto const& method : methods_of(*item, &api_.notes)) {
                // Some documents keep each operation in a file of its own.
                auto const* at = with_.follow(*method.at, "the operation is left out");
                if (at == nullptr) continue;
                if (at->is_map())
                    order_.push_back({path->key, method.name, item, at});
                else
                    api_.notes.add(*at, "an operation must be an object; it is left out");
            }
        }
    }

    /// Each brace has its partner, and something in between.
    static bool is_template(std::string const& path) {
        bool inside = false;
        char before = ' ';
        for (char const c : path) {
            if (c == (inside ? '{' : '}')) return false;
            if (c == '}' && before == '{') return false;
            if (c == '{' || c == '}') inside = !inside;
            before = c;
        }
        return path.starts_with('/') && !inside;
    }

    /// What may stand in a request line: no fragment, and what is no part of a URL percent-encoded.
    static std::string sendable(std::string const& path) {
        std::string made;
        bool inside = false;
        auto const end = std::min(path.find('#'), path.size());
        for (std::size_t i = 0; i < end; ++i) {
            char const c = path[i];
            if (c == '{' || c == '}') inside = c == '{';
            auto const byte = static_cast<unsigned char>(c);
            bool const lone_percent = c == '%' && percent_decoded(path.substr(i, 3)).size() != 1;
            bool const fits = byte > 0x20 && byte < 0x7f && !lone_percent &&
                              std::string_view("\"<>\\^`|").find(c) == std::string_view::npos;
            made += fits || inside ? std::string(1, c) : percent_encoded(c);
        }
        return made;
    }

    /// They are all there, but look like mistakes of the description.
    void report_doubles() {
        std::map<std::string, operation const*> ids;
        std::map<std::string, operation const*> places;
        auto const report = [&](auto& known, std::string const& key, operation const& o, char const* what) {
            auto const [first, is_new] = known.try_emplace(key, &o);
            if (!is_new)
                api_.notes.add(*o.at, what + first->second->method + " " + first->second->path +
                                          "; both are there, this one as " + o.full_name());
        };
        for (auto const& o : api_.operations) {
            if (auto const id = o.at->text("operationId"); !id.empty())
                report(ids, id, o, "the operationId is that of ");
            std::string place = o.method + " ";
            bool inside = false;
            for (char const c : o.path) {
                if (c == '}') inside = false;
                if (!inside) place += c;
                if (c == '{') inside = true;
            }
            report(places, place, o, "but for the names of its parameters the path is that of ");
        }
    }

    void read_service() {
        auto const& root = document_.root();
        auto const* info = root.find("info");
        api_.title = info != nullptr ? info->text("title") : std::string();
        if (auto const* service = root.find("x-ferry-client"); service != nullptr) {
            if (auto const title = service->text("title"); !title.empty()) api_.title = title;
            api_.api_key_env = texts(service->find("api-key-env"));
            api_.base_url_env = texts(service->find("base-url-env"));
            api_.headers_env = texts(service->find("headers-env"));
            api_.loggable = texts(service->find("log-query"));
        }
        read_servers(with_);
        read_credentials(api_, document_);
    }

    void begin_operation(place_of const& one) {
        node const& at = *one.at;
        operation& made = api_.operations.emplace_back();
        made.at = &at;
        made.path = one.path;
        made.method = one.method;
        made.key = key_of(made.method, one.path);
        made.summary = sentence(at.text("summary"));
        made.docs = at.text("description");
        if (made.summary.empty()) {
            made.summary = first_line(made.docs);
            if (sentence(trimmed(made.docs)) == made.summary) made.docs.clear();
        }
        made.deprecated = at.flag("deprecated");
        read_security(api_, document_, made);
        made.idempotent = contains(idempotent_methods, made.method);
        if (auto const* told = at.find("x-ferry-idempotent"); told != nullptr)
            made.idempotent = told->scalar == "true";
    }

    void read_operation(operation& made, node const& item) {
        auto const hint = snake(made.full_name());
        try {
            read_parameters(with_, made, item, hint);
            read_body(with_, made, hint);
            read_answer(with_, made, hint);
            read_errors(with_, made, hint);
            read_streams(with_, made, hint);
            read_callbacks(with_, made, hint);
            read_own_server(with_, made, item);
        } catch (failure const& e) {
            api_.notes.add(e, "the operation is left out");
            made.path.clear();
        }
    }

    api& api_;
    document const& document_;
    reading with_;
    std::vector<place_of> order_;
};

}  // namespace

void read_operations(api& to, document const& from, normaliser& schemas) {
    reader(to, from, schemas).read();
}

}  // namespace ferry::gen
