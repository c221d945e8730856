# openssl s_server: which versions, certificates and names ferry takes, and what it says about the others.

authority ca
authority stranger
certificate good ca DNS:localhost,IP:127.0.0.1
certificate elsewhere ca DNS:files.example.com
certificate wildcard ca 'DNS:*.example.com'
certificate expired ca DNS:localhost "$(date -u -d '-9 days' +%Y%m%d%H%M%SZ)" "$(date -u -d '-2 days' +%Y%m%d%H%M%SZ)"
certificate early ca DNS:localhost "$(date -u -d '+2 days' +%Y%m%d%H%M%SZ)" "$(date -u -d '+9 days' +%Y%m%d%H%M%SZ)"
certificate client ca DNS:client
certificate impostor stranger DNS:client
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout selfmade.key -out selfmade.pem 2>/dev/null
head -c 8M /dev/urandom >large
printf hello >hello

# serve CERTIFICATE WORD...: s_server with it on a port of its own, $url.
serve() {
    local port
    port=$(free_ports 1)
    start "s_server-$port" "$port" openssl s_server -accept "127.0.0.1:$port" -cert "$1.pem" -key "$1.key" -quiet "${@:2}"
    url=https://localhost:$port
}
trusting=ca=ca.pem

echo '--- versions'
serve good -WWW
check 'a file'                         'ok 200 5 bytes "hello"*'               get $url/hello $trusting
check 'one after the other'            'ok 200 5 bytes "hello"*opened=4*'      get $url/hello $trusting times=4
check 'a large file'                   'ok saved 8388608 bytes*'               save $url/large copy $trusting
holds 'has the same bytes'             cmp copy large
serve good -www -tls1_2
check 'TLS 1.2'                        'ok 200*'                               get $url/ $trusting
serve good -www -tls1_3
check 'TLS 1.3'                        'ok 200*'                               get $url/ $trusting
serve good -www -tls1_3 -groups P-384
check 'TLS 1.3 with a second hello'    'ok 200*'                               get $url/ $trusting
serve good -www -tls1_1 -cipher DEFAULT@SECLEVEL=0
check 'TLS 1.1 is refused'             'error tls 0 *handshake*'               get $url/ $trusting retries=0
serve good -www -tls1 -cipher DEFAULT@SECLEVEL=0
check 'TLS 1.0 is refused'             'error tls 0 *handshake*'               get $url/ $trusting retries=0
check 'http to a TLS server'           'error * 0 *'                           get ${url/https/http}/ retries=0

echo '--- who the server is'
serve good -www
check 'by address'                     'ok 200*'                               get ${url/localhost/127.0.0.1}/ $trusting
check 'with a dot at the end'          'ok 200*'                               get ${url/localhost/localhost.}/ $trusting
check 'an authority not known'         'error tls 0 *not trusted*tls_options::ca_file*' get $url/
check 'another authority'              'error tls 0 *not trusted*'             get $url/ ca=stranger.pem
serve selfmade -www
check 'self-signed'                    'error tls 0 *self*signed*'             get $url/ $trusting
check 'self-signed, and trusted'       'ok 200*'                               get $url/ ca=selfmade.pem
serve elsewhere -www
check 'another name'                   'error tls 0 *issued for another host*' get $url/ $trusting
check 'no address'                     'error tls 0 *issued for another host*' get ${url/localhost/127.0.0.1}/ $trusting
serve wildcard -www
check 'other names'                    'error tls 0 *issued for another host*' get $url/ $trusting
serve expired -www
check 'expired'                        'error tls 0 *certificate has expired*' get $url/ $trusting
serve early -www
check 'not valid yet'                  'error tls 0 *not yet valid*'           get $url/ $trusting
serve elsewhere -www -servername localhost -servername_fatal -cert2 good.pem -key2 good.key
check 'chosen by the name asked for'   'ok 200*'                               get $url/ $trusting
check 'no name for an address'         'error tls 0 *issued for another host*' get ${url/localhost/127.0.0.1}/ $trusting

echo '--- who the client is'
for version in tls1_2 tls1_3; do
    serve good -www -Verify 1 -verify_return_error -CAfile ca.pem -$version
    check "a certificate, $version"           'ok 200*'                        get $url/ $trusting cert=client.pem key=client.key
    check "none, $version"                    'error tls 0 *alert*'            get $url/ $trusting retries=0
    check "one that is not trusted, $version" 'error tls 0 *'                  get $url/ $trusting cert=impostor.pem key=impostor.key retries=0
done
check 'a key that does not fit'        'error tls 0 *private_key_file*'        get $url/ $trusting cert=client.pem key=good.key
check 'a certificate that is missing'  'error tls 0 *certificate_file*'        get $url/ $trusting cert=nothing.pem key=client.key
serve good -www -verify 1 -CAfile ca.pem
check 'asked for, but not required'    'ok 200*'                               get $url/ $trusting

echo '--- streams that are cut'
# cut FORM ANSWER: s_server says this and dies, once the bytes are in the file.
cut() {
    rm -rf broken told && mkdir broken && mkfifo told
    local port download
    port=$(free_ports 1)
    openssl s_server -accept "127.0.0.1:$port" -cert good.pem -key good.key -quiet <>told >heard 2>&1 &
    local server=$!
    eventually has_listener "$port" || fail 's_server does not listen' "$(cat heard)"
    "$driver" save "https://localhost:$port/" broken/file form=$1 retries=0 $trusting >broken.said 2>&1 &
    download=$!
    eventually has_line 'GET /' heard || fail 'the request does not arrive' "$(cat heard)"
    printf "$2" >told
    eventually bash -c 'grep -q half broken/*' || fail 'the answer does not arrive' "$(cat broken.said)"
    kill -KILL "$server"
    wait "$server" "$download" 2>/dev/null || true
}
# Without a connection, which would be the one that s_server talks to.
has_listener() { grep -qi ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp; }
for form in blocking coroutine; do
    cut $form 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf'
    holds "within a known length, $form"  has_line '^error .*after 4 of 8 bytes' broken.said
    cut $form 'HTTP/1.1 200 OK\r\n\r\nhalf'
    holds "without a length, $form"       has_line '^error .*after 4 bytes' broken.said
    holds "leaves nothing, $form"         test -z "$(ls broken)"
done
