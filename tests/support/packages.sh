# Sourced by tests/run and examples/run: installs what is missing on Debian and its relatives, and nothing else.
#
#   ferry_need PACKAGE PROBE...    remembers PACKAGE where the probe fails
#   ferry_need_boost [LIBRARY...]  the same for Boost 1.81 or newer with URL, JSON and these, whatever it is called here
#   ferry_install_needed           installs what was remembered
#
# Probes look for the thing rather than for the package, so that libraries from elsewhere count too.

ferry_needed=()
ferry_boost_needed=
ferry_boost_libraries=(url json)
ferry_compiler=${CXX:-g++}

ferry_fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

ferry_has_command() { command -v "$1" >/dev/null 2>&1; }

# Of the distribution's Python, whatever else comes first in PATH.
ferry_has_python_module() { /usr/bin/python3 -c "import $1" >/dev/null 2>&1; }

# Whether one of the headers is found where the compiler looks, the user's own prefixes included.
ferry_has_header() {
    local header
    for header in "$@"; do
        printf '#include <%s>\n' "$header" | "$ferry_compiler" "${ferry_search[@]}" -std=c++20 -x c++ -E - >/dev/null 2>&1 && return
    done
    return 1
}

ferry_has_boost() {
    "$ferry_compiler" "${ferry_search[@]}" -x c++ - "${ferry_boost_libraries[@]/#/-lboost_}" -o /dev/null >/dev/null 2>&1 <<'EOF'
#include <boost/version.hpp>
#if BOOST_VERSION < 108100
#error too old
#endif
int main() {}
EOF
}

# Boost_ROOT and CMAKE_PREFIX_PATH, as CMake will read them, for the probes.
ferry_search=()
IFS=':;' read -r -a ferry_prefixes <<<"${Boost_ROOT:-};${BOOST_ROOT:-};${CMAKE_PREFIX_PATH:-}"
for ferry_prefix in "${ferry_prefixes[@]}"; do
    [ -z "$ferry_prefix" ] || ferry_search+=("-I$ferry_prefix/include" "-L$ferry_prefix/lib")
done

ferry_need() {
    local package=$1
    shift
    case " ${ferry_needed[*]} " in *" $package "*) return ;; esac
    "$@" || ferry_needed+=("$package")
}

ferry_need_boost() {
    ferry_boost_libraries+=("$@")
    ferry_has_boost || ferry_boost_needed=1
}

ferry_as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo --preserve-env=DEBIAN_FRONTEND "$@"
    fi
}

ferry_apt() {
    ferry_as_root apt-get -q -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@"
}

ferry_apt_update() {
    local try
    for try in 1 2 3; do
        ferry_apt update >"$ferry_log" 2>&1 && ! grep -qE '^(E|W: Failed to fetch)' "$ferry_log" && return
        sleep $((try * 3))
    done
    tail -n 5 "$ferry_log" >&2
    ferry_fail 'apt-get update failed three times: the package servers cannot be reached.'
}

# The packages of the first Boost of this distribution that is new enough.
ferry_boost_packages() {
    local version packages=("${ferry_boost_libraries[@]/#/libboost-}")
    version=$(apt-cache policy libboost-url-dev 2>/dev/null | awk '/Candidate:/ { print $2 }')
    if [ -n "$version" ] && dpkg --compare-versions "$version" ge 1.81; then
        echo libboost-dev "${packages[@]/%/-dev}"
    elif apt-cache show libboost-url1.81-dev >/dev/null 2>&1; then
        echo libboost1.81-dev "${packages[@]/%/1.81-dev}"
    else
        return 1
    fi
}

ferry_install_needed() {
    [ ${#ferry_needed[@]} -gt 0 ] || [ -n "$ferry_boost_needed" ] || return 0

    local missing="${ferry_needed[*]}"
    [ -z "$ferry_boost_needed" ] || missing+="${missing:+, }Boost 1.81 or newer (headers, ${ferry_boost_libraries[*]})"
    ferry_has_command apt-get ||
        ferry_fail "Missing, by their Debian names: $missing" 'There is no apt-get here. Install them by hand and run this again.'
    [ "$(id -u)" = 0 ] || ferry_has_command sudo ||
        ferry_fail "Missing: $missing" 'Run this as root, install sudo, or install the packages by hand.'

    export DEBIAN_FRONTEND=noninteractive
    ferry_log=$(mktemp)
    trap 'rm -f "$ferry_log"' EXIT
    ferry_apt_update

    local boost
    if [ -n "$ferry_boost_needed" ]; then
        boost=$(ferry_boost_packages) ||
            ferry_fail 'No Boost 1.81 or newer in the package lists. Install one from https://www.boost.org and set Boost_ROOT.'
        read -r -a boost <<<"$boost"
        ferry_needed+=("${boost[@]}")
    fi

    # Debian 12: the 1.81 development packages cannot stand beside the default 1.74 ones.
    local plan removed
    plan=$(apt-get -s -q install --no-install-recommends "${ferry_needed[@]}" 2>&1) ||
        ferry_fail "$plan" "apt-get cannot install: ${ferry_needed[*]}"
    removed=$(awk '/^Remv/ { print "    " $2, $3 }' <<<"$plan")
    if [ -n "$removed" ] && [ "${FERRY_REPLACE_BOOST:-}" != 1 ]; then
        ferry_fail "Installing ${ferry_needed[*]}" 'would make apt remove:' "$removed" \
            'Nothing was changed. If that is fine, run again with FERRY_REPLACE_BOOST=1; or set Boost_ROOT to another Boost.'
    fi

    printf 'installing %s (%s packages in all)\n' "${ferry_needed[*]}" "$(grep -c '^Inst' <<<"$plan")"
    [ -z "$removed" ] || printf 'removing\n%s\n' "$removed"
    if ! ferry_apt install -y --no-install-recommends "${ferry_needed[@]}" >"$ferry_log" 2>&1; then
        tail -n 20 "$ferry_log" >&2
        ferry_fail 'apt-get install failed.'
    fi
    rm -f "$ferry_log"
    trap - EXIT
}

# cmake, quiet unless it fails.
ferry_configure() {
    local output
    output=$(cmake "$@" 2>&1) || ferry_fail "$output"
    grep -A8 'CMake Warning' <<<"$output" || true
}

# What every build of ferry needs.
ferry_need_toolchain() {
    ferry_need g++ ferry_has_command "$ferry_compiler"
    ferry_need cmake ferry_has_command cmake
    ferry_need ninja-build ferry_has_command ninja
    ferry_need pkg-config ferry_has_command pkg-config
    ferry_need libssl-dev ferry_has_header openssl/ssl.h
    ferry_need zlib1g-dev ferry_has_header zlib.h
    ferry_need_boost
}

# The mock server and the programs around it.
ferry_need_programs() {
    ferry_need libcpp-httplib-dev ferry_has_header httplib.h
    ferry_need libcli11-dev ferry_has_header CLI/CLI.hpp
}

# The command line.
ferry_need_command_line() {
    ferry_need libcli11-dev ferry_has_header CLI/CLI.hpp
    ferry_need libyaml-cpp-dev ferry_has_header yaml-cpp/yaml.h
    ferry_need libtomlplusplus-dev ferry_has_header toml++/toml.h
}
