// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tests/emit_tests.hpp"

#include "cpp/source_file.hpp"
#include "document/json_text.hpp"
#include "words/lists.hpp"
#include "words/names.hpp"
#include "words/text.hpp"

#include <algorithm>
#include <optional>

namespace ferry::gen {

namespace {

/// What a compiler takes in its stride.
constexpr std::size_t most_tests_in_a_file = 120;
constexpr std::size_t longest_file = 200'000;

enclosure const nameless{"namespace {", "}  // namespace"};

constexpr char const* deprecation_allowed = R"(// What the service has deprecated is tested too.
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

)";

/// The round trips of one model.
class model_tests {
public:
    model_tests(type const& t, spelling const& spell, example_finder& examples)
        : type_(t), spell_(spell), examples_(examples) {}

    /// \returns how many there are
    std::size_t write(writer& out) {
        node const& schema = *type_.schema;
        for (auto const& one : examples_.of_schema(schema)) add(out, one);
        std::size_t const branches =
            type_.kind == type_kind::one_of ? std::max<std::size_t>(type_.arms.size(), 1) : 1;
        for (std::size_t i = 0; i < branches; ++i)
            if (auto one = examples_.made_up(schema, sampler::size::full, i); one) add(out, *one);
        if (auto one = examples_.made_up(schema, sampler::size::small); one) add(out, *one);
        if (added_ == 0)
            examples_.skip("made up from " + examples_.place(schema),
                           "no value can be made up from the schema");
        return added_;
    }

    /// Whether the schema at hand is all there is to the type: an arm of a union may also have the members
    /// that stand beside the union.
    bool is_whole() const {
        if (type_.schema == nullptr || type_.by_status) return false;
        if (type_.kind != type_kind::object || type_.component) return true;
        auto const view = examples_.rules().all_of(*type_.schema);
        return std::ranges::all_of(type_.properties,
                                   [&](auto const& p) { return view.find(p.wire) != nullptr; });
    }

private:
    void add(writer& out, example const& one) {
        // Null is for the member that holds the type; and a schema of several types is several types.
        if (one.value->is_null() && !type_.nullable) return;
        if (type_.kind == type_kind::object && !one.value->is_map() && !one.value->is_null()) return;
        if (!seen_.insert(one.json).second) return;
        ++added_;
        out.line("tests.round_trip<" + spell_.value({const_cast<type*>(&type_), false}, "models::") + ">(" +
                 literal(one.place) + ",");
        out.line("    " + json_arguments(one) + ");");
        if (auto const arm = intended_arm(*one.value))
            out.line("tests.lands_in<" + spell_.plain(type_, "models::") + ">(" + literal(one.place) + ", " +
                     raw_literal(one.json) + ", " + std::to_string(*arm) + ");");
    }

    /// The arm of a union that a value is meant for; nothing where it may be another one.
    std::optional<std::size_t> intended_arm(node const& value) const {
        if (type_.kind != type_kind::one_of) return std::nullopt;
        auto const* branch = examples_.rules().only_branch(value, *type_.schema);
        auto const found = std::ranges::find(type_.arms, branch, &gen::arm::schema);
        if (branch == nullptr || found == type_.arms.end() || found->shared) return std::nullopt;
        return static_cast<std::size_t>(found - type_.arms.begin());
    }

    type const& type_;
    spelling const& spell_;
    example_finder& examples_;
    std::set<std::string> seen_;
    std::size_t added_ = 0;
};

}  // namespace

std::string raw_literal(std::string const& json) {
    std::string mark = "json";
    while (json.find(")" + mark + "\"") != json.npos) mark += "_";
    return "R\"" + mark + "(" + json + ")" + mark + "\"";
}

std::string may_drop_argument(example const& from) {
    return from.may_drop.empty() ? "" : ", {" + join(mapped(from.may_drop, literal), ", ") + "}";
}

std::string json_arguments(example const& from) {
    return raw_literal(from.json) + may_drop_argument(from);
}

void test_files::add(std::string const& kind, std::string const& name, writer const& body) {
    bool const full = open_.names.size() >= most_tests_in_a_file || open_.text.size() > longest_file;
    if (kind != open_.kind || full) close();
    open_.kind = kind;
    open_.names.push_back(name);
    open_.text += "\nvoid " + name + "(example_tests& tests) {\n" + body.text() + "}\n";
}

void test_files::close() {
    if (open_.names.empty()) return;
    bool const calls = open_.kind == "calls";
    auto const function = open_.kind + "_" + std::to_string(++numbers_[open_.kind]);
    writer hidden;
    hidden.line("namespace models = ::" + spell_.name_space() + "::models;");
    if (calls) hidden.line("using ferry::testing::example_call;");
    hidden.line("using ferry::testing::example_tests;");
    hidden.raw(open_.text);
    writer run;
    for (auto const& name : open_.names) run.line("    tests.run(" + literal(name) + ", " + name + ");");
    auto const testing = std::string("ferry/testing/example_") + (calls ? "calls" : "tests") + ".hpp";
    to_[function + ".cpp"] = begin(directives({{spell_.folder() + "/description.hpp", testing}}) + "\n") +
                             (calls ? deprecation_allowed : "") + enclosed(nameless, hidden) + "\nvoid " +
                             function + "(example_tests& tests) {\n" + run.text() + "}\n";
    functions_.push_back(function);
    open_ = {};
}

/// The first lines of a source file of the program. \param more below what all of them include
std::string test_files::begin(std::string const& more) const {
    return banner(api_.source->name()) + "#include \"tests.hpp\"\n\n" + more;
}

void test_files::finish(std::vector<skipped_example> const& skipped) {
    close();
    writer declared;
    for (auto const& function : functions_)
        declared.line("void " + function + "(ferry::testing::example_tests& tests);");
    to_["tests.hpp"] = header(api_, {{"ferry/testing/example_tests.hpp"}}, declared.text());
    to_["main.cpp"] = begin("#include <string_view>\n\n") + main_text(skipped);
}

std::string test_files::main_text(std::vector<skipped_example> const& skipped) const {
    writer skip;
    skip.line("void skip(ferry::testing::example_tests& tests) {");
    {
        auto const body = skip.until("}");
        if (skipped.empty()) skip.line("static_cast<void>(tests);");
        for (auto const& one : skipped) skip.call("tests.skip", {literal(one.place), literal(one.why)}, ";");
    }
    writer out;
    out.raw(enclosed(nameless, skip));
    out.line();
    out.docs(
        "Tests the client with the examples of its description. Exit code 1 where something failed. "
        "`--skipped` names the examples that are left out.");
    out.line("int main(int argc, char** argv) {");
    out.line("    ferry::testing::example_tests tests;");
    out.line("    tests.say_skipped(argc > 1 && argv[1] == std::string_view(\"--skipped\"));");
    for (auto const& function : functions_) out.line("    " + function + "(tests);");
    out.line("    skip(tests);");
    out.line("    return tests.finish();");
    out.line("}");
    return out.text();
}

std::string emit_tests(api const& of, spelling const& spell, bool models_only, file_set& to) {
    example_finder examples(*of.schemas);
    test_files files(of, spell, to);
    scope names;
    std::size_t round_trips = 0;
    for (auto const* t : of.named) {
        model_tests tests(*t, spell, examples);
        if (!tests.is_whole()) continue;
        writer body;
        body.indent();
        auto const count = tests.write(body);
        if (count > 0) files.add("models", names.take("test_" + t->name), body);
        round_trips += count;
    }
    std::size_t const calls = models_only ? 0 : emit_call_tests(of, spell, examples, files);
    files.finish(examples.skipped());
    return "tests: " + std::to_string(round_trips) + " round trips, " + std::to_string(calls) + " calls, " +
           std::to_string(examples.skipped().size()) + " examples skipped";
}

}  // namespace ferry::gen
