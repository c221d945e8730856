# Sourced by run: servers that end with the script, certificates, and the table's verbs.

checks=0 failures=0 servers=()

begin() {
    folder=$(mktemp -d)
    chmod 755 "$folder"
    trap 'kill "${servers[@]}" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
    cd "$folder"
}

finish() {
    printf '%d checks, %d failed\n' "$checks" "$failures"
    [ "$checks" -gt 0 ] && [ "$failures" = 0 ]
}

pass() { checks=$((checks + 1)) && printf 'ok      %s\n' "$1"; }
fail() { # NAME LINE...
    checks=$((checks + 1)) failures=$((failures + 1))
    printf 'FAILED  %s\n' "$1"
    shift
    printf '        %s\n' "$@"
}

# check NAME PATTERN WORD...: what the driver says with these words, blocking and in a coroutine.
check() {
    local name=$1 pattern=$2 said line
    shift 2
    said=$(timeout 120 "$driver" "$@" 2>&1) || said+="${said:+ }(exit code $?)"
    while read -r line; do
        line=${line#blocking: } line=${line#coroutine: }
        [[ $line == $pattern ]] || { fail "$name" "expected: $pattern" "got:      $said"; return 0; }
    done <<<"$said"
    pass "$name"
}

# holds NAME COMMAND...: that the command succeeds within 30 seconds, tried again and again.
holds() {
    local name=$1
    shift
    if eventually "$@"; then pass "$name"; else fail "$name" "not so: $*"; fi
}

eventually() {
    local end=$((SECONDS + 30))
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

# Ports that are free now, below those that the system gives away by itself.
free_ports() { # COUNT
    python3 - "$1" <<'PYTHON'
import random, socket, sys
found = []
while len(found) < int(sys.argv[1]):
    one = socket.socket()
    try:
        one.bind(("127.0.0.1", random.randrange(20000, 32000)))
        found.append(one)
    except OSError:
        pass
print(*(one.getsockname()[1] for one in found))
PYTHON
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
has_line() { grep -q -- "$1" "$2"; }

# start NAME PORT COMMAND...: a server of this script, listening. `started` is its process.
start() {
    local name=$1 port=$2
    shift 2
    "$@" >"$folder/$name.out" 2>&1 </dev/null &
    started=$!
    servers+=("$started")
    eventually listens "$port" || ferry_fail "$name does not listen on port $port:" "$(tail -n 5 "$folder/$name.out")"
}

start_mock() { # HOST PORT
    start mock "$2" "$mock" --host "$1" --port "$2" --log quiet
}

# start_nginx PORT: with the http block on standard input.
start_nginx() {
    {
        [ "$(id -u)" != 0 ] || echo 'user root;'
        echo "daemon off; worker_processes 1; pid $folder/nginx.pid; error_log $folder/nginx.errors; events { worker_connections 256; } http {"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $folder/$kind;"; done
        echo "log_format peers '\$server_port \$request_method \$uri \$status tls=\$ssl_protocol'"
        echo "' range=\$http_range if_range=\$http_if_range key=\$http_x_api_key'"
        echo "' encoding=\$sent_http_content_encoding coding=\$sent_http_transfer_encoding via=\$http_via';"
        echo "access_log $folder/access peers; server_names_hash_bucket_size 128; client_max_body_size 0; default_type text/plain;"
        cat
        echo '}'
    } >"$folder/nginx.conf"
    start nginx "$1" nginx -c "$folder/nginx.conf" -p "$folder"
    nginx=$started
}
logged() { has_line "$1" "$folder/access"; }

# authority NAME: a key and a certificate that signs others, in NAME.key and NAME.pem.
authority() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$1" -keyout "$folder/$1.key" -out "$folder/$1.pem" 2>/dev/null
}

# certificate NAME AUTHORITY NAMES [FROM TO]: signed by AUTHORITY, for what subjectAltName=NAMES says.
certificate() {
    local from=${4:-$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)} to=${5:-$(date -u -d '+1 day' +%Y%m%d%H%M%SZ)}
    : >"$folder/index"
    cat >"$folder/ca.conf" <<CONF
[ca]
default_ca = this
[this]
database = $folder/index
new_certs_dir = $folder
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[extensions]
subjectAltName = $3
CONF
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$folder/$1.key" -out "$folder/$1.csr" 2>/dev/null
    openssl ca -config "$folder/ca.conf" -batch -notext -in "$folder/$1.csr" -out "$folder/$1.pem" -cert "$folder/$2.pem" -keyfile "$folder/$2.key" \
        -extensions extensions -startdate "$from" -enddate "$to" 2>"$folder/ca.said" || ferry_fail "$(cat "$folder/ca.said")"
}
