// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "cpp/builders.hpp"
#include "cpp/signature.hpp"
#include "document/json_text.hpp"
#include "document/keys.hpp"
#include "model/schema.hpp"
#include "tests/emit_tests.hpp"
#include "words/lists.hpp"
#include "words/media.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <charconv>

namespace ferry::gen {

namespace {

/// An operation that cannot be called: the reason.
struct no_test {
    std::string why;
};

bool is_scalar(node const& value) {
    return !value.is_map() && !value.is_list() && !value.is_null();
}

/// `client.directories.files`
std::string path_to(operation const& o, std::vector<resource*> const& among, std::string const& around) {
    for (auto const* one : among) {
        auto const here = around + "." + one->member;
        if (contains(one->operations, &o)) return here;
        if (auto inner = path_to(o, one->children, here); !inner.empty()) return inner;
    }
    return {};
}

/// The test of one operation: call it with examples, look at what it asked and returned.
class call_test {
public:
    call_test(api const& of, spelling const& spell, example_finder& examples, operation const& o,
              status_answer const& answer)
        : api_(of), spell_(spell), examples_(examples), in_cpp_(spell), o_(o), answer_(answer) {}

    void write(writer& out) {
        auto const answer = answer_example();
        std::vector<std::string> arguments;
        writer setters;
        setters.indent();
        writer checks;
        checks.indent();
        parameters(arguments, setters, checks);
        body(arguments, setters, checks);

        out.line("// " + within_comment(o_.method + " " + o_.path));
        out.line("example_call call(tests, " + literal(o_.full_name()) + ", ::" + spell_.name_space() +
                 "::description(),");
        out.line("                  {" + std::to_string(answer_.status) + ", " + content_ + ", " +
                 string_literal(media_) + "});");
        out.line("::" + spell_.name_space() + "::client client(call.engine());");
        out.call("auto request = " + path_to(o_, api_.roots, "client") + "." + o_.method_name, arguments,
                 ";");
        out.raw(setters.text());
        out.line(answer);
        out.line("call.sent(" + literal(o_.method) + (path_known_ ? ", " + literal(own_base() + path_) : "") +
                 ");");
        out.raw(checks.text());
    }

private:
    /// A server that is a path stays on the host that the client was given.
    std::string own_base() const {
        auto const path = o_.server.substr(0, o_.server.find('?'));
        auto const end = path.find_last_not_of('/');
        return path.starts_with('/') && end != std::string::npos ? path.substr(0, end + 1) : "";
    }

    // The answer.

    /// Sets what the service answers. \returns the statement that looks at what came of it
    std::string answer_example() {
        content_ = "\"\"";
        // Without content, or text beside JSON: what is returned is not the content itself.
        std::string const good = "call.answered(request.send());";
        if (answer_.kind == answer_kind::none) return good;
        bool const json = answer_.kind == answer_kind::json;
        media_ = answer_.at != nullptr ? answer_.at->key : "application/json";
        if (media_.find('*') != media_.npos) media_ = json ? "application/json" : "application/octet-stream";
        if (!json) {
            content_ = "\"the content of the answer\"";
            return o_.answers.empty() ? "call.answered_text(request.send());" : good;
        }
        bool const free_form = answer_.at == nullptr || answer_.at->find("schema") == nullptr;
        auto const found = free_form ? std::nullopt : examples_.any(*answer_.at);
        if (!found && !free_form) throw no_test{"no answer can be made up from its schema"};
        content_ = found ? raw_literal(found->json) : "R\"json({\"any\": 1})json\"";
        return "call.answered_json(request.send()" + (found ? may_drop_argument(*found) : "") + ");";
    }

    // Parameters.

    void parameters(std::vector<std::string>& arguments, writer& setters, writer& checks) {
        path_ = percent_decoded(o_.path.substr(0, o_.path.find('#')));
        path_known_ = path_.find('?') == path_.npos;
        for (auto const* p : required_parameters(o_)) arguments.push_back(parameter_of(*p, checks));
        for (auto const& p : o_.parameters) {
            if (p.fixed) expect(p, *p.initial, checks);
            if (!p.is_setter()) continue;
            try {
                auto const value = parameter_of(p, checks);
                setters.line("request." + p.name + "(" + value + ");");
            } catch (no_test const&) {
            }
        }
    }

    std::optional<example> parameter_example(parameter const& p) {
        bool const text_only = p.in == gen::place::header || p.in == gen::place::cookie;
        examples_.samples().keep_texts_plain(text_only);
        std::optional<example> found;
        if (p.at->find("schema") != nullptr) {
            found = examples_.any(*p.at);
        } else if (auto const* content = p.at->find("content");
                   content != nullptr && !content->children.empty()) {
            found = examples_.any(*content->children[0]);
        } else {
            auto const text = make_value(node_kind::text, "text");
            found = example{"", "\"text\"", {}, copy_of(*text), true};
        }
        examples_.samples().keep_texts_plain(false);
        return found;
    }

    std::string parameter_of(parameter const& p, writer& checks) {
        auto const found = parameter_example(p);
        if (!found || found->value->is_null())
            throw no_test{"no value can be made up for the parameter " + p.wire};
        auto const in = in_cpp_.of_parameter(p);
        bool const as_plain_text = as_text(*p.use.of) == scalar_kind::none && !p.typed;
        if (as_plain_text) {
            auto const text = is_scalar(*found->value) ? found->value->scalar : found->json;
            expect(p, *make_value(node_kind::text, text), checks);
            return string_literal(text);
        }
        if (is_ambiguous(p.style, p.explode, *found->value))
            throw no_test{"the example of " + p.wire + " contains what its style tells values apart by"};
        expect(p, *found->value, checks);
        return expression(*found, {p.use.of}, in.type);
    }

    /// Whether a value cannot be sent, because something in it contains the separator of its style.
    static bool is_ambiguous(value_style style, bool explode, node const& value) {
        if ((style != value_style::space && style != value_style::pipe) || explode) return false;
        char const between = style == value_style::space ? ' ' : '|';
        bool const joined = value.is_list() || value.is_map();
        return joined && std::ranges::any_of(value.children, [&](auto const& one) {
                   return (value.is_map() && one->key.find(between) != std::string::npos) ||
                          one->scalar.find(between) != std::string::npos;
               });
    }

    /// What the request must hold for this value of a parameter; nothing where a style nests.
    void expect(parameter const& p, node const& value, writer& checks) {
        auto const wire = literal(p.wire);
        if (p.style == value_style::json) {
            if (p.in == gen::place::query)
                checks.line("call.sent_query_json(" + wire + ", " + raw_literal(to_json(value).value_or("")) +
                            ");");
            path_known_ = path_known_ && p.in != gen::place::path;
            return;
        }
        auto const texts = texts_of(value);
        if (!texts) {
            path_known_ = path_known_ && p.in != gen::place::path;
            return;
        }
        bool const list = value.is_list();
        bool const each = list && (p.explode || p.style == value_style::deep);
        char const* between = p.style == value_style::space ? " " : p.style == value_style::pipe ? "|" : ",";
        bool const clear = std::none_of(texts->begin(), texts->end(), [&](std::string const& one) {
            return one.empty() || (list && one.find_first_of(", |.;") != one.npos);
        });
        auto const joined = join(*texts, between);
        switch (p.in) {
            case gen::place::query: {
                if (texts->empty()) return;
                if (each)
                    checks.line("call.sent_query(" + wire + ", {" + join(mapped(*texts, literal), ", ") +
                                "});");
                else if (clear || !list)
                    checks.line("call.sent_query(" + wire + ", {" + literal(joined) + "});");
                return;
            }
            case gen::place::header:
                if (clear) checks.line("call.sent_header(" + wire + ", " + literal(joined) + ");");
                return;
            case gen::place::cookie:
                // Some characters are encoded there.
                if (clear && !list && joined.find_first_of(" \",;\\") == joined.npos)
                    checks.line("call.sent_cookie(" + wire + ", " + literal(joined) + ");");
                return;
            case gen::place::path:
                break;
        }
        auto const at = path_.find("{" + p.wire + "}");
        bool const plain = p.style == value_style::simple && (clear || !list) && !joined.empty();
        // Numbers may be spelled in another way.
        bool const exact = value.kind != node_kind::number || joined.find_first_of(".eE") == joined.npos;
        if (at != path_.npos && plain && exact)
            path_.replace(at, p.wire.size() + 2, joined);
        else
            path_known_ = false;
    }

    static std::optional<std::vector<std::string>> texts_of(node const& value) {
        if (is_scalar(value)) return std::vector{value.scalar};
        if (!value.is_list()) return std::nullopt;
        if (!std::ranges::all_of(value.children, [](auto const& one) { return is_scalar(*one); }))
            return std::nullopt;
        return mapped(value.children, [](auto const& one) { return one->scalar; });
    }

    /// The value in C++: a literal where that reads well.
    std::string expression(example const& value, type_use const& use, std::string const& type) const {
        auto const kind = real(*use.of).kind;
        auto const& at = *value.value;
        if (!at.is_null()) {
            if (kind == type_kind::boolean && at.kind == node_kind::boolean) return at.scalar;
            if ((kind == type_kind::integer || kind == type_kind::open_integer) &&
                at.scalar.find_first_of(".eE") == std::string::npos && at.scalar.size() < 19)
                return value.json;
            if (kind == type_kind::number && at.kind == node_kind::number &&
                value.json.find_first_of(".eE") != value.json.npos)
                return value.json;
            bool const text = kind == type_kind::text || kind == type_kind::bytes ||
                              kind == type_kind::open_enum || kind == type_kind::time;
            if (text && at.is_text() && at.scalar.find('\0') == std::string::npos) return literal(at.scalar);
        }
        return "call.value<" + type + ">(" + raw_literal(value.json) + ")";
    }

    // The body.

    void body(std::vector<std::string>& arguments, writer& setters, writer& checks) {
        if (o_.body.kind == body_kind::none) return;
        if (o_.body.whole) return whole_body(arguments, setters, checks);
        auto found = o_.body.at != nullptr ? examples_.any(*o_.body.at) : std::nullopt;
        if (!found || !found->value->is_map()) throw no_test{"no body can be made up from its schema"};
        if (o_.body.kind == body_kind::json) checks.line("call.sent_type(" + literal(json_media()) + ");");
        auto sent = make_value(node_kind::map);
        for (auto const& m : o_.body.members) {
            auto const& p = *m.of;
            auto const* given = found->value->find(p.wire);
            if (!p.initial.empty() || is_fixed(m)) {
                if (p.required) sent->put(p.wire, is_fixed(m) ? copy_of(*m.fixed) : fixed_value(p));
                continue;
            }
            if (given == nullptr) {
                if (is_argument(m)) throw no_test{"the example of the body lacks " + p.wire};
                continue;
            }
            if (m.style && is_ambiguous(*m.style, m.explode, *given)) {
                if (is_argument(m)) throw no_test{"the example of " + p.wire + " cannot be told apart"};
                continue;
            }
            auto const value = member(m, *found, *given, checks);
            if (is_argument(m))
                arguments.push_back(value);
            else
                setters.line("request." + m.setter + "(" + value + ");");
            sent->put(p.wire, copy_of(*given));
        }
        if (o_.body.kind != body_kind::json) return;
        auto all = *found;
        all.json = to_json(*sent).value_or("{}");
        std::erase_if(all.may_drop, [](std::string const& pointer) {
            return std::count(pointer.begin(), pointer.end(), '/') == 1;
        });
        checks.line("call.sent_json(" + json_arguments(all) + ");");
    }

    /// What the member begins with and keeps: a constant, or the tag of a union.
    static std::unique_ptr<node> fixed_value(property const& p) {
        auto const* fixed = p.schema != nullptr ? constant(*p.schema) : nullptr;
        return fixed != nullptr ? copy_of(*fixed) : make_value(p.initial.kind, p.initial.text);
    }

    std::string json_media() const { return o_.body.media.empty() ? "application/json" : o_.body.media; }

    std::string member(body_member const& m, example const& whole, node const& given, writer& checks) {
        auto const& p = *m.of;
        auto const in = in_cpp_.of_member(o_, m);
        auto const wire = literal(p.wire);
        auto const one = examples_.part(whole, given, *p.schema);
        if (!one) throw no_test{"the example is no JSON"};
        auto const upload = spell_.runtime() + "upload_source";
        auto const source = spell_.runtime() + "from_string(" + string_literal("the content of " + p.wire) +
                            ", \"file.bin\")";
        if (in.type == upload) {
            checks.line("call.sent_part(" + wire + ", " + literal("the content of " + p.wire) + ");");
            return source;
        }
        if (o_.body.kind == body_kind::multipart && shape_of_part(m).by_key)
            return "{{\"key\", " + source + "}}";
        if (in.type == "std::vector<" + upload + ">") return "{" + source + ", " + source + "}";
        if (o_.body.kind == body_kind::multipart && is_scalar(given) && !m.as_json &&
            given.kind != node_kind::number)
            checks.line("call.sent_part(" + wire + ", " + literal(given.scalar) + ");");
        if (o_.body.kind == body_kind::form && is_scalar(given) && !m.style)
            checks.line("call.sent_form(" + wire + ", {" + literal(given.scalar) + "});");
        return expression(*one, p.use, in.type);
    }

    void whole_body(std::vector<std::string>& arguments, writer& setters, writer& checks) {
        auto const put = [&](std::string const& value) {
            if (takes_body(o_))
                arguments.push_back(value);
            else
                setters.line("request." + o_.body.name + "(" + value + ");");
        };
        auto const in = in_cpp_.of_body(o_);
        if (o_.body.kind == body_kind::text) {
            checks.line("call.sent_content(\"the text of the body\");");
            return put("\"the text of the body\"");
        }
        if (o_.body.kind == body_kind::file) {
            checks.line("call.sent_content(\"the content of the body\");");
            return put(spell_.runtime() + "from_string(\"the content of the body\", \"file.bin\")");
        }
        auto found = o_.body.at != nullptr ? examples_.any(*o_.body.at) : std::nullopt;
        if (!found && (o_.body.at == nullptr || o_.body.at->find("schema") == nullptr))
            found = example{"", "{\"any\": 1}", {}, make_value(node_kind::map), true};
        if (!found) throw no_test{"no body can be made up from its schema"};
        if (o_.body.kind == body_kind::json) {
            checks.line("call.sent_type(" + literal(json_media()) + ");");
            checks.line("call.sent_json(" + json_arguments(*found) + ");");
        }
        put(expression(*found, {o_.body.use.of}, in.type));
    }

    api const& api_;
    spelling const& spell_;
    example_finder& examples_;
    signature in_cpp_;
    operation const& o_;
    status_answer const& answer_;
    std::string content_;
    std::string media_;
    std::string path_;
    bool path_known_ = true;
};

/// A status that the description has for the operation, as far as it tells.
int usual_status(example_finder const& examples, operation const& o) {
    auto const* responses = o.at->find("responses");
    std::string found;
    if (responses != nullptr)
        for (auto const& entry : responses->children) {
            if (!entry->key.starts_with('2')) continue;
            auto const* content = examples.rules().follow(*entry).find("content");
            bool const read = o.answer_at != nullptr && content == o.answer_at->parent;
            if (found.empty() || read) found = entry->key;
        }
    bool const number = found.size() == 3 && found.find_first_not_of("0123456789") == found.npos;
    return number ? std::stoi(found) : o.answer == answer_kind::none ? 204 : 200;
}

/// One for each status with an answer of its own.
std::vector<status_answer> answers_of(example_finder const& examples, operation const& o) {
    auto made = o.answers;
    if (made.empty()) made.push_back({usual_status(examples, o), o.answer, o.answer_type, o.answer_at});
    auto const statuses = mapped(o.answers, [](auto const& one) { return std::to_string(one.status); });
    for (auto& one : made)
        if (one.status == 2)
            for (one.status = 200; contains(statuses, std::to_string(one.status));) ++one.status;
    return made;
}

}  // namespace

std::size_t emit_call_tests(api const& of, spelling const& spell, example_finder& examples, test_files& to) {
    std::size_t made = 0;
    scope names;
    for (auto const& o : of.operations)
        for (auto const& answer : answers_of(examples, o)) {
            writer body;
            body.indent();
            try {
                call_test(of, spell, examples, o, answer).write(body);
                to.add("calls", names.take("call_" + o.class_name), body);
                ++made;
            } catch (no_test const& reason) {
                examples.skip(examples.place(*o.at), reason.why);
            }
        }
    return made;
}

}  // namespace ferry::gen
