# Bad lines, made by line.py, between ferry and nginx in front of the mock server. In namespaces of their own, which the other
# programs of this machine do not notice.

if [ -z "${FERRY_IN_NAMESPACE:-}" ]; then
    try='ip link set lo up && exec 3<>/dev/net/tun'
    for how in '' --map-root-user; do
        unshare $how --net --mount bash -c "$try" 2>/dev/null || continue
        outcome=0
        FERRY_IN_NAMESPACE=1 unshare $how --net --mount bash "$here/run" line "$driver" "$mock" || outcome=$?
        exit $outcome
    done
    echo 'skipped: network namespaces or /dev/net/tun are not permitted here'
    exit 77
fi

lossy=10.77.0.2 dead=10.77.0.3 slow=10.77.0.4 clean=10.77.0.5 dying=10.77.0.6 far=10.77.0.7 mixed=10.77.0.8 deep=10.77.0.9 dead6=fd77::3 clean6=fd77::5
ip link set lo up
python3 "$here/line.py" ferry0 >line.out <<PATHS &
$lossy loss=0.02 delay=0.02
$mixed reorder=0.1 delay=0.01
$far delay=0.1
$slow rate=125000 queue=0.5
$deep rate=60000 queue=30
$clean
$clean6
$dying dies_after=300
PATHS
servers+=("$!")
eventually has_line ready line.out || ferry_fail 'line.py does not start'
ip address add 10.77.0.1/24 dev ferry0
ip address add fd77::1/64 dev ferry0 nodad
ip link set ferry0 up

# Names, for this namespace only.
printf '%s\n' '127.0.0.1 localhost' "$dead6 half.test" "$clean half.test" "$dead6 dead.test" "$dead dead.test" "$clean6 six.test" >hosts
mount --bind hosts /etc/hosts

authority ca
certificate server ca "DNS:localhost,IP:$lossy,IP:$far,IP:$mixed,IP:$slow,IP:$clean"
mkdir served
printf hello >served/hello
head -c 1M /dev/urandom >served/large
start_mock 127.0.0.1 8000
start_nginx 80 <<CONF
server {
    listen 80; listen [::]:80; listen 443 ssl; root $folder/served;
    ssl_certificate $folder/server.pem; ssl_certificate_key $folder/server.key;
    location /api { proxy_pass http://127.0.0.1:8000; proxy_request_buffering off; proxy_set_header Host \$http_host; }
}
CONF

for line in "$lossy loses packets" "$mixed mixes them up" "$far is far away"; do
    read -r at name <<<"$line"
    echo "--- a line that $name"
    check 'a download'                    'ok saved 1048576 bytes*'                    save http://$at/large copy
    holds 'has the same bytes'            cmp copy served/large
    check 'a download over TLS'           'ok saved 1048576 bytes*'                    save https://$at/large copy_tls ca=ca.pem
    holds 'has the same bytes'            cmp copy_tls served/large
    check 'an upload'                     'ok 201 1048576 bytes came back attempts=1*' upload http://$at served/large
    check 'an upload over TLS, chunked'   'ok 201 1048576 bytes came back attempts=1*' upload https://$at served/large chunked=yes ca=ca.pem
done

retransmitted() { awk '$1 == "Tcp:" { if (at) exit !($at > 0); for (i = 1; i <= NF; ++i) if ($i == "RetransSegs") at = i }' /proc/net/snmp; }
holds 'packets were lost' retransmitted

echo '--- a slow line'
check 'a download is not idle'            'ok saved 1048576 bytes*'                    save http://$slow/large slowly idle=3000 retries=0
check 'an upload is not idle'             'ok 201 1048576 bytes came back attempts=1*' upload http://$slow served/large idle=3000 retries=0
check 'nor where buffers are deep'         'ok 201 1048576 bytes came back attempts=1*' upload http://$deep served/large idle=2000 retries=0
check 'the total holds, down'             'error timeout 200 *total timeout*'          save http://$slow/large late total=2000
holds 'and leaves nothing'                test ! -e late
check 'the total holds, up'               'error timeout 0 *total timeout*'            upload http://$slow served/large total=2000

echo '--- lines that die'
check 'nobody there'                      'error timeout 0 *connect timeout of 1000 ms*retries=1*' get http://$dead/hello connect=1000 retries=1
check 'nobody at two addresses'           'error timeout 0 *connect timeout of 1500 ms*' get http://dead.test/hello connect=1500 retries=0
check 'a download that stops'             'error timeout 200 *idle timeout: no byte for 1000 ms while receiving*' save http://$dying/large stopped idle=1000 retries=0
holds 'leaves nothing'                    test ! -e stopped
check 'a download that stops and goes on' 'ok saved 1048576 bytes*'                    save http://$dying/large pieces idle=1000 retries=20
holds 'has the same bytes'                cmp pieces served/large
check 'an upload that stops'              'error timeout 0 *idle timeout: no byte for 1000 ms*' upload http://$dying served/large idle=1000 retries=0

echo '--- addresses'
check 'IPv6'                              'ok 200 5 bytes "hello"*opened=1*'           get http://six.test/hello
check 'IPv6 by address'                   'ok 200 5 bytes "hello"*opened=1*'           get "http://[$clean6]/hello"
dead_first() { getent ahosts half.test | head -n 1 | grep -q "^$dead6 "; }
holds 'the system prefers the dead one'   dead_first
check 'a dead IPv6 beside a living IPv4'  'ok 200 5 bytes "hello" attempts=1 opened=1*' get http://half.test/hello connect=4000
