// Puts values of the wrong kind at every place of a description: null, a flag, a number, a text, a list and
// an object instead of what is there. The generator must refuse the description or make a client of the rest,
// with a place in every message.
//
//   mutants DESCRIPTION EVERY OUT
//
// EVERY nth mutant is tried. OUT gets clients of descriptions in which many places are wrong at once, for a
// compiler to judge.
#include <cli/command_line.hpp>
#include <cpp/files.hpp>
#include <document/diagnostics.hpp>
#include <generate.hpp>
#include <mock/server_tables.hpp>
#include <tests/emit_tests.hpp>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

using ferry::gen::node;
using ferry::gen::node_kind;

constexpr std::string_view wrong_values[] = {
    "null", "true", "-1.5e3", R"("#/\u00e9")", "[]", "{}", R"([{"a": [1]}, "b"])", R"({"a": {"b": 1}})",
    R"("")"};
constexpr unsigned seconds_allowed = 10;  // a run takes a hundredth; the machine may be busy

/// What is tried now, for the handler of signals.
char current[512];

extern "C" void stop(int signal) {
    auto const say = [](char const* text) { static_cast<void>(!write(2, text, std::strlen(text))); };
    say(signal == SIGALRM ? "takes too long: " : "crashes: ");
    say(current);
    say("\n");
    _exit(1);
}

using changes = std::map<node const*, std::string_view>;

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (char const c : text) {
        constexpr char const* digits = "0123456789abcdef";
        if (c == '"' || c == '\\')
            made += {'\\', c};
        else if (static_cast<unsigned char>(c) < 0x20)
            made += std::string("\\u00") + digits[c >> 4] + digits[c & 15];
        else
            made += c;
    }
    return made + '"';
}

void write_json(node const& at, changes const& instead, std::string& to) {
    if (auto const found = instead.find(&at); found != instead.end()) {
        to += found->second;
        return;
    }
    if (at.kind == node_kind::null) to += "null";
    if (at.kind == node_kind::boolean || at.kind == node_kind::number) to += at.scalar;
    if (at.kind == node_kind::text) to += quoted(at.scalar);
    if (!at.is_map() && !at.is_list()) return;
    to += at.is_map() ? '{' : '[';
    for (auto const& child : at.children) {
        if (child->index > 0) to += ", ";
        if (at.is_map()) to += quoted(child->key) + ": ";
        write_json(*child, instead, to);
    }
    to += at.is_map() ? '}' : ']';
}

void collect(node const& at, std::vector<node const*>& to) {
    to.push_back(&at);
    for (auto const& child : at.children) collect(*child, to);
}

/// `name.json:line:column: `
bool has_place(std::string_view text) {
    constexpr std::string_view name = "wrong.json:";
    if (!text.starts_with(name)) return false;
    text.remove_prefix(name.size());
    for (int number = 0; number < 2; ++number) {
        auto const digits = text.find_first_not_of("0123456789");
        if (digits == 0 || digits == text.npos || text[digits] != ':') return false;
        text.remove_prefix(digits + 1);
    }
    return text.starts_with(' ');
}

class trial {
public:
    trial(node const& root, std::string_view out) : root_(root), out_(out) {}

    /// \returns whether a client was made
    bool run(changes const& wrong, std::string const& name, bool keep) {
        std::strncpy(current, name.c_str(), sizeof current - 1);
        alarm(seconds_allowed);
        bool const made = generate(wrong, name, keep);
        alarm(0);
        ++(made ? made_ : refused_);
        return made;
    }

    int summary() const {
        std::cout << made_ << " descriptions with wrong values made a client, " << refused_
                  << " were refused; " << failures_ << " failures\n";
        return failures_ == 0 && made_ > 0 && refused_ > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }

private:
    bool generate(changes const& wrong, std::string const& name, bool keep) {
        std::string text;
        write_json(root_, wrong, text);
        try {
            auto const source = ferry::gen::document::parse(text, "wrong.json");
            auto const api = ferry::gen::read_api(source, {});
            auto const files =
                ferry::gen::client_files(api, ferry::gen::spelling("acme::" + name_space(name, keep)), false);
            for (auto const& note : api.notes.all()) check_place(note, name);
            ferry::gen::file_set others;
            ferry::gen::spelling const spell("acme::wrong");
            ferry::gen::emit_server_tables(api, "wrong", others);
            ferry::gen::emit_tests(api, spell, false, others);
            ferry::gen::emit_command_line(api, spell, others);
            if (keep) ferry::gen::write_files({{std::string(out_), files}}, {});
            return true;
        } catch (ferry::gen::failure const& e) {
            check_place(e.what(), name);
        } catch (std::exception const& e) {
            fail(name, e.what());
        }
        return false;
    }

    static std::string name_space(std::string const& name, bool keep) { return keep ? name : "wrong"; }

    void check_place(std::string_view text, std::string const& name) {
        if (!has_place(text)) fail(name, "a message without its place: " + std::string(text));
    }

    void fail(std::string const& name, std::string const& what) {
        ++failures_;
        std::cerr << name << ": " << what << '\n';
    }

    node const& root_;
    std::string_view out_;
    int made_ = 0;
    int refused_ = 0;
    int failures_ = 0;
};

bool is_inside(node const* at, changes const& changed) {
    for (; at != nullptr; at = at->parent)
        if (changed.contains(at)) return true;
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: mutants DESCRIPTION EVERY OUT\n";
        return 2;
    }
    std::signal(SIGALRM, stop);
    std::signal(SIGSEGV, stop);
    std::signal(SIGABRT, stop);
    auto const source = ferry::gen::document::load(argv[1]);
    std::vector<node const*> places;
    collect(source.root(), places);
    trial tried(source.root(), argv[3]);

    auto const every = std::strtoul(argv[2], nullptr, 10);
    std::size_t number = 0;
    for (auto const* place : places)
        for (auto const value : wrong_values)
            if (number++ % every == 0)
                tried.run({{place, value}}, place->pointer() + " as " + std::string(value), false);

    // Many at once: below the top, where one wrong value refuses all.
    std::size_t const clients = every > 1 ? 6 : 60;
    for (std::size_t client = 0; client < clients; ++client) {
        changes wrong;
        for (std::size_t i = client; i < places.size(); i += clients) {
            bool const is_top = places[i]->parent == nullptr || places[i]->parent->parent == nullptr;
            if (!is_top && !is_inside(places[i]->parent, wrong))
                wrong[places[i]] = wrong_values[i / clients % std::size(wrong_values)];
        }
        tried.run(wrong, "wrong_" + std::to_string(client), true);
    }
    return tried.summary();
}
