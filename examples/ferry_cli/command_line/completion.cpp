// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/completion.hpp"

#include "command_line/exit_code.hpp"

#include <algorithm>
#include <ostream>

namespace ferry::cli {

namespace {

constexpr std::string_view bash =
    R"(# bash completion for @: source it, or put it into a directory of bash-completion.
_@_complete() {
    local words=("${COMP_WORDS[@]:1:COMP_CWORD}") current=${COMP_WORDS[COMP_CWORD]} line lines status
    if declare -F _get_comp_words_by_ref >/dev/null; then
        local words_ cword_
        _get_comp_words_by_ref -n := -w words_ -i cword_ -c current
        words=("${words_[@]:1:cword_}")
    fi
    lines=$(@ __complete -- "${words[@]}" 2>/dev/null)
    status=$?
    COMPREPLY=()
    case $status in
        0)
            while IFS=$'\t' read -r line _; do
                [[ -n $line && $line == "$current"* ]] && COMPREPLY+=("$line")
            done <<<"$lines"
            declare -F __ltrim_colon_completions >/dev/null && __ltrim_colon_completions "$current"
            ;;
        10)
            compopt -o filenames 2>/dev/null
            local IFS=$'\n'
            COMPREPLY=($(compgen -f -- "$current"))
            ;;
    esac
}
complete -F _@_complete @
)";

constexpr std::string_view zsh = R"(#compdef @
# zsh completion for @: put it into a directory of $fpath as _@, or source it.
_@() {
    local -a lines names texts
    local line code
    lines=("${(@f)$(@ __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null; print -r -- "=$?")}")
    code=${lines[-1]#=}
    lines=("${(@)lines[1,-2]}")
    case $code in
        0)
            for line in "${lines[@]}"; do
                [[ -n $line ]] || continue
                names+=("${line%%$'\t'*}")
                texts+=("${line/$'\t'/  }")
            done
            compadd -l -d texts -- "${names[@]}"
            ;;
        10) _files ;;
    esac
}
if [ "$funcstack[1]" = _@ ]; then _@ "$@"; else compdef _@ @; fi
)";

constexpr std::string_view fish = R"(# fish completion for @: put it into ~/.config/fish/completions/@.fish.
function __@_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    @ __complete -- $words[2..-1] "$current" 2>/dev/null
    if test $status -eq 10
        __fish_complete_path "$current"
    end
end
complete -c @ -f -a '(__@_complete)'
)";

/// A description as one short line.
std::string short_text(std::string_view text) {
    constexpr std::size_t longest = 70;
    std::string made(text.substr(0, text.find('\n')));
    std::erase(made, '`');
    if (auto const end = made.find(". "); end != made.npos) made.resize(end);
    if (made.ends_with('.')) made.pop_back();
    if (made.size() > longest) made.resize(made.rfind(' ', longest));
    std::ranges::replace(made, '\t', ' ');
    return made;
}

flag const* find_flag(std::vector<flag const*> const& known, std::string_view word) {
    for (auto const* one : known) {
        bool const by_letter = one->letter != 0 && word == std::string{'-', one->letter};
        bool const by_name = word.starts_with("--") && (word.substr(2) == one->name ||
                                                        (!one->also.empty() && word.substr(2) == one->also));
        if (by_letter || by_name) return one;
    }
    return nullptr;
}

bool needs_value(flag const& one) {
    return one.kind != value_kind::boolean || one.nullable || one.list;
}

completion values_of(position const& at, flag const& of, std::string const& before, value_source const& ask) {
    if (of.kind == value_kind::file || of.value == "FILE" || of.value == "DIR")
        return {completion::kind::files, {}};
    completion made;
    for (auto const value : of.values) made.candidates.emplace_back(before + std::string(value), "");
    if (of.kind == value_kind::boolean)
        for (auto const* value : {"true", "false", "null"}) made.candidates.emplace_back(before + value, "");
    if (made.candidates.empty() && ask)
        for (auto& [value, text] : ask(at, of))
            made.candidates.emplace_back(before + value, short_text(text));
    if (made.candidates.empty()) made.of = completion::kind::nothing;
    return made;
}

completion flags_for(std::vector<flag const*> const& known, std::vector<std::string> const& written) {
    completion made;
    for (auto const* one : known) {
        auto const name = "--" + std::string(one->name);
        bool const given = !one->list && std::ranges::find(written, name) != written.end();
        if (!given && !one->deprecated) made.candidates.emplace_back(name, short_text(one->help));
    }
    return made;
}

/// What a word without a dash is for: the positional flags in their order, the last of them again where it is
/// a list.
flag const* positional_at(std::vector<flag const*> const& known, std::size_t index) {
    flag const* last = nullptr;
    for (auto const* one : known) {
        if (!one->positional) continue;
        last = one;
        if (index-- == 0) return one;
    }
    return last != nullptr && last->list ? last : nullptr;
}

}  // namespace

completion complete(program const& all, std::vector<std::string> const& words, value_source const& ask) {
    auto const current = words.empty() ? std::string() : words.back();
    std::vector<std::string> before(words.begin(), words.empty() ? words.end() : words.end() - 1);
    auto const found = locate(all, before);
    auto const known = flags_at(found.at);
    if (!found.rest.empty())
        if (auto const* one = find_flag(known, found.rest.back()); one != nullptr && needs_value(*one))
            return values_of(found.at, *one, {}, ask);
    if (current.starts_with("--") && current.find('=') != current.npos) {
        auto const name = current.substr(0, current.find('='));
        auto const* one = find_flag(known, name);
        return one == nullptr ? completion{completion::kind::nothing, {}}
                              : values_of(found.at, *one, name + "=", ask);
    }
    if (current.starts_with('-')) return flags_for(known, found.rest);
    if (found.at.which == nullptr) {
        completion made;
        for (auto& [name, summary] : words_at(all, found.at))
            made.candidates.emplace_back(name, short_text(summary));
        return made;
    }
    std::size_t given = 0;
    for (std::size_t i = 0; i < found.rest.size(); ++i) {
        auto const* one = find_flag(known, found.rest[i].substr(0, found.rest[i].find('=')));
        if (one == nullptr)
            ++given;
        else if (needs_value(*one) && found.rest[i].find('=') == std::string::npos)
            ++i;
    }
    auto const* one = positional_at(known, given);
    if (one == nullptr) return {completion::kind::nothing, {}};
    return values_of(found.at, *one, {}, ask);
}

std::string completion_script(std::string_view shell, std::string_view program) {
    std::string_view script;
    if (shell == "bash") script = bash;
    if (shell == "zsh") script = zsh;
    if (shell == "fish") script = fish;
    if (script.empty())
        throw usage_error("there is no completion for '" + std::string(shell) +
                          "'; there is for bash, zsh and fish");
    std::string made;
    for (std::size_t i = 0; i < script.size(); ++i) {
        // "${words[@]}" is the shell's own.
        bool const index = script[i] == '@' && (i > 0 && (script[i - 1] == '[' || script[i - 1] == '('));
        bool const all_words = script[i] == '@' && i > 0 && script[i - 1] == '$';
        if (script[i] == '@' && !index && !all_words)
            made += program;
        else
            made += script[i];
    }
    return made;
}

int write_completion(completion const& of, std::ostream& to) {
    if (of.of == completion::kind::files) return 10;
    if (of.of == completion::kind::nothing || of.candidates.empty()) return 11;
    for (auto const& [word, text] : of.candidates) to << word << (text.empty() ? "" : "\t") << text << '\n';
    return 0;
}

}  // namespace ferry::cli
