# nginx: as a server of files, and in front of the mock server as services have it.

read -r mock_port plain other few brief small tls12 tls13 early old <<<"$(free_ports 10)"
base=http://127.0.0.1:$plain

mkdir -p served/static served/packed
printf hello >served/static/hello
head -c 16M /dev/urandom >served/static/large
head -c 16M /dev/urandom >changed
head -c 200K /dev/zero | tr '\0' 'x' >served/static/even
head -c 48M /dev/urandom >upload
head -c 4M upload >small_upload
head -c 100M /dev/zero | gzip -9 >served/packed/bomb.gz
authority ca
certificate server ca DNS:localhost,IP:127.0.0.1

ipv6=
! grep -q 1 /proc/net/if_inet6 2>/dev/null || ipv6="listen [::1]:$plain;"
four=$(printf '%04000d' 0)
big=$(for i in {1..20}; do printf 'add_header X-Big-%d %s;' "$i" "$four"; done)
behind="proxy_pass http://127.0.0.1:$mock_port; proxy_http_version 1.1; proxy_set_header Connection \"\"; proxy_request_buffering off; proxy_set_header Host \$http_host;"
secured="ssl_certificate $folder/server.pem; ssl_certificate_key $folder/server.key;"

start_mock 127.0.0.1 "$mock_port"
start_nginx "$plain" <<CONF
limit_req_zone \$server_port zone=asked:1m rate=12r/m;
limit_req_zone \$server_port zone=busy:1m rate=1r/m;
server {
    listen 127.0.0.1:$plain; $ipv6
    root $folder/served;
    location /api { $behind }
    location /static { }
    location /slow { alias $folder/served/static; limit_rate 4m; }
    location /gzip { alias $folder/served/static; gzip on; gzip_min_length 1; gzip_types *; }
    location /packed { gzip_static always; }
    location /big-header { $big return 200 hello; }
    location /elsewhere { return 302 http://127.0.0.1:$other/static/hello; }
    location /here { return 307 /static/hello; }
    location /loop { return 301 /loop; }
    location /moved { return 307 http://127.0.0.1:$other/api; }
    location /limited { alias $folder/served/static; limit_req zone=asked; limit_req_status 429; }
    location /busy { alias $folder/served/static; limit_req zone=busy; }
    location /hangs-up { return 444; }
}
server { listen 127.0.0.1:$other; root $folder/served; }
server { listen 127.0.0.1:$few; keepalive_requests 2; root $folder/served; }
server { listen 127.0.0.1:$brief; keepalive_timeout 1s; root $folder/served; location /api { $behind } }
server { listen 127.0.0.1:$small; client_max_body_size 1m; location /api { $behind } }
server { listen 127.0.0.1:$early; client_max_body_size 1m; lingering_close off; location /api { $behind } }
server { listen 127.0.0.1:$tls12 ssl; ssl_protocols TLSv1.2; $secured root $folder/served; location /api { $behind } }
server {
    listen 127.0.0.1:$tls13 ssl; ssl_protocols TLSv1.3; $secured root $folder/served; client_max_body_size 20m;
    location /api { $behind }
    location /down { return 302 http://127.0.0.1:$plain/static/hello; }
}
CONF
start python "$old" python3 -m http.server --bind 127.0.0.1 --directory "$folder/served" "$old"

echo '--- files'
check 'a file'                          'ok 200 5 bytes "hello" attempts=1 opened=1 reused=0 resent=0' get $base/static/hello
check 'one that is not there'           'error status 404 *retries=0*'                 get $base/static/nothing
check 'a large one to disk'             'ok saved 16777216 bytes*'                     save $base/static/large copy
holds 'has the same bytes'              cmp copy served/static/large
check 'compressed and chunked'          'ok 200 204800 bytes*'                         get $base/gzip/even header=Accept-Encoding:gzip
holds 'was compressed and chunked'      logged ' /gzip/even 200 .*encoding=gzip coding=chunked'
check 'compressed, to disk'             'ok saved 16777216 bytes*'                     save $base/gzip/large packed header=Accept-Encoding:gzip
holds 'has the same bytes'              cmp packed served/static/large
check 'a compression bomb'              'error limit *'                                get $base/packed/bomb
check 'a compression bomb, to disk'     'error limit *'                                save $base/packed/bomb bomb
holds 'leaves no file'                  test ! -e bomb
check 'a header beyond the limit'       'error limit *65536 bytes*'                    get $base/big-header
check 'HTTP/1.0'                        'ok 200 5 bytes "hello"*opened=3 reused=0*'    get http://127.0.0.1:$old/static/hello times=3
check 'HTTP/1.0, large'                 'ok saved 16777216 bytes*'                     save http://127.0.0.1:$old/static/large copy10
holds 'has the same bytes'              cmp copy10 served/static/large
if [ -n "$ipv6" ]; then
    check 'IPv6'                        'ok 200 5 bytes "hello"*'                      get "http://[::1]:$plain/static/hello"
else
    echo 'skipped IPv6: this machine has none'
fi

echo '--- in front of a service'
for url in "$base" "http://localhost:$brief" "https://localhost:$tls12 ca=ca.pem" "https://127.0.0.1:$tls13 ca=ca.pem"; do
    read -r url words <<<"$url"
    check "an upload to $url"           'ok 201 4194304 bytes came back attempts=1*'   upload $url small_upload $words
    check "a chunked one to $url"       'ok 201 4194304 bytes came back attempts=1*'   upload $url small_upload chunked=yes $words
done
holds 'TLS 1.2 was used'                logged "^$tls12 POST .*tls=TLSv1.2 "
holds 'TLS 1.3 was used'                logged "^$tls13 POST .*tls=TLSv1.3 "

echo '--- kept connections'
check 'kept'                            'ok 200*opened=1 reused=4 resent=0'            get $base/static/hello times=5
check 'kept, TLS 1.2'                   'ok 200*opened=1 reused=4 resent=0'            get https://localhost:$tls12/static/hello times=5 ca=ca.pem
check 'kept, TLS 1.3'                   'ok 200*opened=1 reused=4 resent=0'            get https://localhost:$tls13/static/hello times=5 ca=ca.pem
check 'two requests for each'           'ok 200*opened=3 reused=3 resent=0'            get http://127.0.0.1:$few/static/hello times=6
check 'closed while idle'               'ok 200*opened=2 *'                            get http://127.0.0.1:$brief/static/hello times=2 pause=3000
check 'closed while idle, uploads'      'ok 201 4194304 bytes came back attempts=1*'   upload http://127.0.0.1:$brief small_upload times=2 pause=3000
check 'hung up on'                      'error connection 0 *closed the connection without an answer*retries=1 *' get $base/hangs-up retries=1
check 'hung up on an upload'            'error connection 0 *retries=0 *'              upload $base/hangs-up small_upload

echo '--- refused uploads'
for url in "http://127.0.0.1:$small" "http://127.0.0.1:$early" "https://localhost:$tls13 ca=ca.pem"; do
    read -r url words <<<"$url"
    check "too large for $url"          'error status 413 *retries=0*'                 upload $url upload $words
    check "too large, chunked"          'error status 413 *retries=0*'                 upload $url upload chunked=yes $words
done

echo '--- redirects'
check 'to another origin'               'ok 200 5 bytes "hello"*'                      get $base/elsewhere
holds 'the key stays at home'           logged "^$other GET /static/hello 200 .*key=- "
check 'within the origin'               'ok 200 5 bytes "hello"*'                      get $base/here
holds 'the key goes along'              logged "^$plain GET /static/hello 200 .*key=sk-alice "
check 'in a circle'                     'error protocol *more than 10 redirects*'      get $base/loop
check 'from https to http'              'error protocol *from https to http*'          get https://localhost:$tls13/down ca=ca.pem
check 'of an upload is not followed'    'error status 307 *'                           upload $base/moved small_upload

echo '--- limits on the rate'
check '429 is waited for'               'ok 200 5 bytes*attempts=[2-9]*'               get $base/limited/hello times=2 retries=9
check '429 is told'                     'error status 429 *retries=0*'                 get $base/limited/hello times=2 retries=0
check '503 is told'                     'error status 503 *retries=1*'                 get $base/busy/hello times=2 retries=1

echo '--- downloads that break off'
# break_off FORM: ends nginx's worker while it sends a file; another one takes its place.
break_off() {
    rm -rf broken && mkdir broken
    "$driver" save $base/slow/large broken/file form=$1 retries=9 "${@:2}" >broken.said 2>&1 &
    local download=$!
    eventually bash -c '[ "$(cat broken/* 2>/dev/null | wc -c)" -gt 1000000 ]' || fail 'the download does not begin' "$(cat broken.said)"
    [ -z "$replacement" ] || { cp "$replacement" next && mv next served/static/large; }
    kill -KILL $(pgrep -P "$nginx")
    wait "$download" || true
}
replacement=
for form in blocking coroutine; do
    break_off $form
    holds "goes on, $form"              has_line '^ok saved 16777216 bytes' broken.said
    holds 'from where it was'           logged "GET /slow/large 206 .*range=bytes=[1-9][0-9]*- if_range=[^-]"
    holds 'with the same bytes'         cmp broken/file served/static/large
    : >access
done
replacement=changed
break_off blocking
holds 'a changed file begins again'     has_line '^ok saved 16777216 bytes' broken.said
holds 'as If-Range says'                logged "GET /slow/large 200 .*range=bytes=[1-9][0-9]*- if_range=[^-]"
holds 'with the new bytes'              cmp broken/file changed
replacement=
break_off blocking retries=0
holds 'without retries it fails'        has_line '^error ' broken.said
holds 'and leaves nothing'              test -z "$(ls broken)"
