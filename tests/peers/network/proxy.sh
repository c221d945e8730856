# tinyproxy, in front of nginx, in front of the mock server: forwarding and CONNECT, with and without a password.

read -r mock_port plain secure shut open guarded dead <<<"$(free_ports 7)"
authority ca
certificate server ca DNS:localhost,IP:127.0.0.1
mkdir served
printf hello >served/hello
head -c 4M /dev/urandom >upload
head -c 48M /dev/urandom >large
behind="proxy_pass http://127.0.0.1:$mock_port; proxy_request_buffering off; proxy_set_header Host \$http_host; client_max_body_size 20m;"
secured="ssl_certificate $folder/server.pem; ssl_certificate_key $folder/server.key;"

start_mock 127.0.0.1 "$mock_port"
start_nginx "$plain" <<CONF
server { listen 127.0.0.1:$plain; root $folder/served; location /api { $behind } }
server { listen 127.0.0.1:$secure ssl; $secured root $folder/served; location /api { $behind } }
server { listen 127.0.0.1:$shut ssl; $secured root $folder/served; }
CONF
start_proxy() { # NAME PORT LINE...
    printf '%s\n' "Port $2" 'Listen 127.0.0.1' 'Timeout 60' 'MaxClients 50' 'Allow 127.0.0.1' "ConnectPort $secure" "ConnectPort $dead" "${@:3}" >"$1.conf"
    start "$1" "$2" tinyproxy -d -c "$folder/$1.conf"
}
start_proxy open "$open"
start_proxy guarded "$guarded" 'BasicAuth alice s3cret'

file=http://127.0.0.1:$plain/hello
secret=https://localhost:$secure/hello
through=proxy=http://127.0.0.1:$open
right=proxy=http://alice:s3cret@127.0.0.1:$guarded
wrong=proxy=http://alice:guessed@127.0.0.1:$guarded
missing=proxy=http://127.0.0.1:$guarded

echo '--- forwarding'
check 'a file'                       'ok 200 5 bytes "hello"*'                          get $file $through
holds 'came through the proxy'       logged "^$plain GET /hello 200 .*via=1.1 .*tinyproxy"
check 'several'                      'ok 200 5 bytes "hello"*'                          get $file $through times=3
check 'an upload'                    'ok 201 4194304 bytes came back*'                  upload http://127.0.0.1:$plain upload $through
check 'a chunked upload'             'ok 201 4194304 bytes came back*'                  upload http://127.0.0.1:$plain upload chunked=yes $through
check 'a password'                   'ok 200 5 bytes "hello"*'                          get $file $right
check 'the wrong password'           'error status 401 *'                               get $file $wrong
check 'no password'                  "error connection 0 *the proxy http://127.0.0.1:$guarded (from client_options::proxy) refused a request to 127.0.0.1:$plain with status 407*" get $file $missing
check 'nobody behind the proxy'      'error status 500 *retries=0*'                     get http://127.0.0.1:$dead/ $through retries=0

echo '--- tunnels'
check 'a file'                       'ok 200 5 bytes "hello" attempts=1 opened=1 reused=0 resent=0' get $secret $through ca=ca.pem
holds 'came through the proxy'       has_line "CONNECT localhost:$secure" open.out
check 'kept'                         'ok 200*opened=1 reused=4 resent=0'                get $secret $through ca=ca.pem times=5
check 'an upload'                    'ok 201 4194304 bytes came back*'                  upload https://localhost:$secure upload $through ca=ca.pem
check 'a refused upload'             'error status 413 *'                               upload https://localhost:$secure large $through ca=ca.pem
check 'a password'                   'ok 200 5 bytes "hello"*'                          get $secret $right ca=ca.pem
check 'the wrong password'           "error connection 0 *the proxy http://127.0.0.1:$guarded (from client_options::proxy) refused a tunnel to localhost:$secure with status 401*" get $secret $wrong ca=ca.pem
check 'no password'                  "error connection 0 *refused a tunnel to localhost:$secure with status 407*" get $secret $missing ca=ca.pem
check 'a port that is not allowed'   "error connection 0 *refused a tunnel to localhost:$shut with status 403*" get https://localhost:$shut/hello $through ca=ca.pem
check 'nobody behind the proxy'      "error connection 0 *refused a tunnel to localhost:$dead with status 500*" get https://localhost:$dead/ $through ca=ca.pem retries=0
check 'the proxy is not trusted'     'error tls *not trusted*'                          get $secret $through

echo '--- the proxy itself'
check 'nobody there'                 "error connection 0 *cannot connect to the proxy http://127.0.0.1:$dead (from client_options::proxy)*" get $file proxy=http://alice:s3cret@127.0.0.1:$dead retries=0
check 'no proxy, but a TLS server'   'error * 0 *'                                      get $secret proxy=http://alice:s3cret@127.0.0.1:$secure ca=ca.pem retries=0
check 'no proxy, but a web server'   'error connection 0 *refused a tunnel*'            get $secret proxy=http://alice:s3cret@127.0.0.1:$plain ca=ca.pem retries=0

nowhere=http://127.0.0.1:$dead
from=proxy=environment

echo '--- the environment'
http_proxy=http://alice:s3cret@127.0.0.1:$guarded check 'http_proxy'             'ok 200*'               get $file $from
HTTPS_PROXY=http://alice:s3cret@127.0.0.1:$guarded check 'HTTPS_PROXY'           'ok 200*'               get $secret $from ca=ca.pem
https_proxy=$nowhere HTTPS_PROXY=http://127.0.0.1:$open check 'https_proxy wins' 'error connection 0 *'  get $secret $from ca=ca.pem retries=0
ALL_PROXY=$nowhere check 'ALL_PROXY, http'                                       "error connection 0 *the proxy $nowhere (from the environment variable ALL_PROXY)*" get $file $from retries=0
ALL_PROXY=$nowhere check 'ALL_PROXY, https'                                      'error connection 0 *'  get $secret $from ca=ca.pem retries=0
https_proxy=$nowhere NO_PROXY=example.com,localhost check 'NO_PROXY, a host'     'ok 200*'               get $secret $from ca=ca.pem
http_proxy=$nowhere NO_PROXY=127.0.0.1:$plain check 'NO_PROXY, with a port'      'ok 200*'               get $file $from
http_proxy=$nowhere NO_PROXY=127.0.0.1:$secure check 'NO_PROXY, another port'    'error connection 0 *'  get $file $from retries=0
http_proxy=$nowhere NO_PROXY=$'10.0.0.1\t127.0.0.0/8' check 'NO_PROXY, a range'  'ok 200*'               get $file $from
https_proxy=$nowhere no_proxy='*.localhost.' NO_PROXY=x check 'no_proxy wins'    'ok 200*'               get $secret $from ca=ca.pem
http_proxy=$nowhere NO_PROXY='*' check 'NO_PROXY, everything'                    'ok 200*'               get $file $from
HTTP_PROXY=$nowhere check 'HTTP_PROXY in capitals is not read'                   'ok 200*'               get $file $from

echo '--- passwords'
said=$(for url in $file $secret; do for proxy in "$right" "$wrong" "proxy=http://alice:s3cret@127.0.0.1:$dead"; do "$driver" get $url $proxy retries=0; done; done 2>&1)
case $said in
    *s3cret* | *guessed* | *YWxpY2U*) fail 'no message holds a password' "$said" ;;
    *'error '*) pass 'no message holds a password' ;;
    *) fail 'no message holds a password' "there is none: $said" ;;
esac
if logged 'YWxpY2U'; then fail 'no server hears the password'; else pass 'no server hears the password'; fi
