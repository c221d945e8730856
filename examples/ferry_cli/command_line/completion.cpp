// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/completion.hpp"

#include "command_line/exit_code.hpp"

#include <algorithm>
#include <ostream>

namespace ferry::cli {

namespace {

constexpr std::string_view placeholder = "PROGRAM";

constexpr std::string_view bash =
    R"(# bash completion for PROGRAM: source it, or put it into a directory of bash-completion.
_PROGRAM_complete() {
    local current= candidate prefix= lines status i
    local -a words=()
    # Bash takes words apart at : and =, which belong to them here.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == [:=]* || $current == *[:=] ]] && ((${#words[@]} > 0)); then
            current+=${COMP_WORDS[i]}
            words[-1]=$current
        else
            current=${COMP_WORDS[i]}
            words+=("$current")
        fi
    done
    # What it has taken apart it also wants completed in part.
    [[ $COMP_WORDBREAKS == *:* && $current == *:* ]] && prefix=${current%"${current##*:}"}
    [[ $COMP_WORDBREAKS == *=* && $current == --*=* && -z $prefix ]] && prefix=${current%%=*}=
    lines=$(PROGRAM __complete -- "${words[@]}" 2>/dev/null)
    status=$?
    COMPREPLY=()
    case $status in
        0)
            while IFS=$'\t' read -r candidate _; do
                [[ -n $candidate && $candidate == "$current"* ]] || continue
                COMPREPLY+=("${candidate#"$prefix"}")
                [[ $candidate == *[:/=] ]] && compopt -o nospace 2>/dev/null
            done <<<"$lines"
            ;;
        10)
            compopt -o filenames 2>/dev/null
            local IFS=$'\n'
            COMPREPLY=($(compgen -f -- "${current#"$prefix"}"))
            ;;
    esac
}
complete -F _PROGRAM_complete PROGRAM
)";

constexpr std::string_view zsh = R"(#compdef PROGRAM
# zsh completion for PROGRAM: put it into a directory of $fpath as _PROGRAM, or source it.
_PROGRAM() {
    local -a lines names texts open
    local line code
    lines=("${(@f)$(PROGRAM __complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null; print -r -- "=$?")}")
    code=${lines[-1]#=}
    lines=("${(@)lines[1,-2]}")
    case $code in
        0)
            for line in "${lines[@]}"; do
                [[ -n $line ]] || continue
                if [[ ${line%%$'\t'*} == *[:/=] ]]; then
                    open+=("${line%%$'\t'*}")
                else
                    names+=("${line%%$'\t'*}")
                    texts+=("${line/$'\t'/  }")
                fi
            done
            (( $#open )) && compadd -S '' -- "${open[@]}"
            (( $#names )) && compadd -l -d texts -- "${names[@]}"
            ;;
        10)
            compset -P 1 '--*='
            _files
            ;;
    esac
}
if [ "$funcstack[1]" = _PROGRAM ]; then _PROGRAM "$@"; else compdef _PROGRAM PROGRAM; fi
)";

constexpr std::string_view fish =
    R"(# fish completion for PROGRAM: put it into ~/.config/fish/completions/PROGRAM.fish.
function __PROGRAM_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    PROGRAM __complete -- $words[2..-1] "$current" 2>/dev/null
    if test $status -eq 10
        set -l parts (string match -r -- '^(--[^=]*=)(.*)$' "$current")
        if test (count $parts) -eq 3
            __fish_complete_path "$parts[3]" | string replace -r -- '^' "$parts[2]"
        else
            __fish_complete_path "$current"
        end
    end
end
complete -c PROGRAM -f -a '(__PROGRAM_complete)'
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

completion values_of(located const& found, flag const& of, std::string const& written,
                     std::string const& before, value_source const& ask) {
    if (of.kind == value_kind::file || of.value == "FILE" || of.value == "DIR")
        return {completion::kind::files, {}};
    completion made;
    for (auto const value : of.values) made.candidates.emplace_back(before + std::string(value), "");
    if (of.kind == value_kind::boolean)
        for (auto const* value : {"true", "false", "null"}) made.candidates.emplace_back(before + value, "");
    if (made.candidates.empty() && ask) {
        made = ask(found, of, written);
        for (auto& [value, text] : made.candidates) value = before + value;
    }
    if (made.of == completion::kind::files) return made;
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
        if (auto const* one = flag_of(known, found.rest.back()); one != nullptr && takes_next(*one))
            return values_of(found, *one, current, {}, ask);
    if (current.starts_with("--") && current.find('=') != current.npos) {
        auto const name = current.substr(0, current.find('='));
        auto const* one = flag_of(known, name);
        return one == nullptr ? completion{completion::kind::nothing, {}}
                              : values_of(found, *one, current.substr(name.size() + 1), name + "=", ask);
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
        auto const* one = flag_of(known, found.rest[i].substr(0, found.rest[i].find('=')));
        if (one == nullptr)
            ++given;
        else if (takes_next(*one) && found.rest[i].find('=') == std::string::npos)
            ++i;
    }
    auto const* one = positional_at(known, given);
    if (one == nullptr) return {completion::kind::nothing, {}};
    return values_of(found, *one, current, {}, ask);
}

std::string completion_script(std::string_view shell, std::string_view program) {
    std::string_view script;
    if (shell == "bash") script = bash;
    if (shell == "zsh") script = zsh;
    if (shell == "fish") script = fish;
    if (script.empty())
        throw usage_error("there is no completion for '" + std::string(shell) +
                          "'; there is for bash, zsh and fish");
    std::string made(script);
    for (auto at = made.find(placeholder); at != made.npos; at = made.find(placeholder, at))
        made.replace(at, placeholder.size(), program);
    return made;
}

int write_completion(completion const& of, std::ostream& to) {
    if (of.of == completion::kind::files) return 10;
    if (of.of == completion::kind::nothing || of.candidates.empty()) return 11;
    for (auto const& [word, text] : of.candidates) to << word << (text.empty() ? "" : "\t") << text << '\n';
    return 0;
}

}  // namespace ferry::cli
