#!/usr/bin/env bash
# The examples of the services' own pages, sent with curl to the mock server: what the pages show is what a person tries first, and the
# mock has to answer it without knowing our SDK.
#
#   pages.sh FERRY_MOCK_SERVER
#
# Exit: 0 all as the pages say, 1 not, 77 no curl.
set -uo pipefail
command -v curl >/dev/null || { echo 'curl is missing; skipped'; exit 77; }
server=${1:?the path of ferry-mock-server}
work=$(mktemp -d)
coproc MOCK { exec "$server" --port 0; }
mock=$MOCK_PID
trap 'kill "$mock" 2>/dev/null; wait "$mock" 2>/dev/null; rm -rf "$work"' EXIT
read -r -t 10 first <&"${MOCK[0]}" || { echo 'the mock server does not start'; exit 1; }
url=${first#listening on }

printf 'what the flow shall read\n' >"$work/notes.txt"
printf '\x89PNG\r\n\x1a\n\x00\x01\x02\xff' >"$work/pixel.png"
printf '%%PDF-1.4\n\x00\xff' >"$work/invoice.pdf"
failed=0

# ask STATUS curl-words...: the body goes to $body; another status is a failure.
ask() {
    local wanted=$1 status
    shift
    status=$(curl --silent --show-error --max-time 10 --noproxy '*' -o "$work/answer" -w '%{http_code}' "$@")
    body=$(tr -d '\0' <"$work/answer")
    [ "$status" = "$wanted" ] || bad "status $status instead of $wanted: $body"
}
bad() {
    echo "  FAIL ($section) $*"
    failed=1
}
has() { [[ $body =~ $1 ]] || bad "no $1 in $body"; }
same() { cmp -s "$1" "$work/answer" || bad "other bytes than $1"; }
# text NAME: the first string member of that name in $body.
text() { sed -nE "s/.*\"$1\":\"([^\"]*)\".*/\1/p" <<<"${body//\},/$'\n'}" | head -n 1; }
page() {
    section=$1
    echo "$section"
}
uuid='[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
time='[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]+)?(Z|[+]00:00)'

echo "== Langflow, $url"
key=(-H 'x-api-key: sk-alice')
json=(-H 'accept: application/json')
flow=a1a1a1a1-a1a1-4a1a-8a1a-a1a1a1a1a1a1
stored='[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}_'

page 'Upload file (v1)'
ask 201 "${json[@]}" "${key[@]}" -F "file=@$work/notes.txt" "$url/api/v1/files/upload/$flow"
has "^\{\"flowId\":\"$flow\",\"file_path\":\"$flow/${stored}notes\.txt\"\}$"
note_name=$(text file_path)
note_name=${note_name#*/}

page 'Upload image files (v1)'
ask 201 "${json[@]}" "${key[@]}" -F "file=@$work/pixel.png;type=image/png" "$url/api/v1/files/upload/$flow"
image_path=$(text file_path)
ask 200 "${json[@]}" "${key[@]}" "$url/api/v1/files/list/$flow"
has "\"${image_path#*/}\""
ask 200 "${key[@]}" -H 'Content-Type: application/json' "$url/api/v1/run/$flow" \
    -d "{\"input_value\":\"describe this image\",\"output_type\":\"chat\",\"input_type\":\"chat\",\"tweaks\":{\"ChatInput-1\":{\"files\":\"$image_path\"}}}"
has 'describe this image'

page 'List files (v1)'
ask 200 "${json[@]}" "${key[@]}" "$url/api/v1/files/list/$flow"
has '^\{"files":\["'
has "\"$note_name\""

page 'Download file (v1)'
ask 200 "${json[@]}" "${key[@]}" "$url/api/v1/files/download/$flow/$note_name"
same "$work/notes.txt"

page 'Delete file (v1)'
ask 200 -X DELETE "${json[@]}" "${key[@]}" "$url/api/v1/files/delete/$flow/$note_name"
has "^\{\"message\":\"File $note_name deleted successfully\"\}$"

page 'Upload file (v2)'
ask 200 "${json[@]}" "${key[@]}" "$url/api/v1/users/whoami"
has '"username":"alice"'
user=$(text id)
ask 201 "${json[@]}" "${key[@]}" -F "file=@$work/notes.txt" "$url/api/v2/files"
has "^\{\"id\":\"$uuid\",\"name\":\"notes\",\"path\":\"$user/[^\"]+\.txt\",\"size\":25,\"provider\":null\}$"
id=$(text id)
path=$user/$id.txt
has "\"path\":\"$path\""

page 'Send files to your flows (v2)'
ask 200 "${key[@]}" -H 'Content-Type: application/json' "$url/api/v1/run/$flow" \
    -d "{\"input_value\":\"what do you see?\",\"output_type\":\"chat\",\"input_type\":\"text\",\"tweaks\":{\"Read-File-1olS3\":{\"path\":[\"$path\"]}}}"
has 'what the flow shall read'

page 'List files (v2)'
ask 200 "${json[@]}" "${key[@]}" "$url/api/v2/files"
has "^\[\{\"id\":\"$id\",\"name\":\"notes\",\"path\":\"$path\",\"size\":25,\"provider\":null\}\]$"

page 'Download file (v2)'
ask 200 "${json[@]}" "${key[@]}" "$url/api/v2/files/$id"
same "$work/notes.txt"

page 'Edit file name (v2)'
ask 200 -X PUT "${json[@]}" "${key[@]}" "$url/api/v2/files/$id?name=renamed-sample-upload"
has "^\{\"id\":\"$id\",\"name\":\"renamed-sample-upload\",\"path\":\"$path\",\"size\":25,\"provider\":null\}$"

page 'Delete file (v2)'
ask 200 -X DELETE "${json[@]}" "${key[@]}" "$url/api/v2/files/$id"
has '^\{"message":"File deleted successfully"\}$'
ask 404 "${key[@]}" "$url/api/v2/files/$id"

page 'Delete all files (v2)'
ask 201 "${key[@]}" -F "file=@$work/notes.txt" "$url/api/v2/files"
ask 200 -X DELETE "${json[@]}" "${key[@]}" "$url/api/v2/files"
has '^\{"message":"All files deleted successfully"\}$'
ask 200 "${key[@]}" "$url/api/v2/files"
has '^\[\]$'

page 'Create upload file (deprecated)'
ask 201 "${json[@]}" "${key[@]}" -F "file=@$work/notes.txt" "$url/api/v1/upload/$flow"
has "^\{\"flowId\":\"$flow\",\"file_path\":\"/"

page 'Only your own files, even as a superuser'
ask 201 "${key[@]}" -F "file=@$work/notes.txt" "$url/api/v2/files"
id=$(text id)
for other in sk-bob sk-root; do ask 404 -H "x-api-key: $other" "$url/api/v2/files/$id"; done
ask 403 "$url/api/v2/files"

echo "== LlamaCloud, $url"
key=(-H 'Authorization: Bearer llx-alice')

page 'Upload File'
# The page sets a content type without a boundary; curl completes it.
ask 201 "$url/api/v1/beta/files" -H 'Content-Type: multipart/form-data' "${key[@]}" -F "file=@$work/invoice.pdf" -F purpose=parse
has '"name":"invoice\.pdf"'
has "\"project_id\":\"$uuid\""
has '"file_type":"pdf"'
has '"purpose":"parse"'
id=$(text id)

page 'Query Files'
ask 200 "$url/api/v1/beta/files/query" -H 'Content-Type: application/json' "${key[@]}" -d '{}'
has '^\{"items":\[\{"id":"'
has "\"id\":\"$id\""

page 'List Files'
ask 200 "$url/api/v1/beta/files" "${key[@]}"
has '^\{"items":\[\{'
has "\"id\":\"$id\""

page 'Read File Content'
ask 200 "$url/api/v1/beta/files/$id/content" "${key[@]}"
has "\"expires_at\":\"$time\""
ask 200 "$(text url)"
same "$work/invoice.pdf"

page 'Upload File To Directory'
ask 201 "$url/api/v1/beta/directories" -H 'Content-Type: application/json' "${key[@]}" -d '{"name":"inbox"}'
directory=$(text id)
ask 201 "$url/api/v1/beta/directories/$directory/files/upload" -H 'Content-Type: multipart/form-data' "${key[@]}" \
    -F "upload_file=@$work/invoice.pdf"
has "\"directory_id\":\"$directory\""
has '"display_name":"invoice\.pdf"'
has '"unique_id":"[^"]+"'

page 'Delete File'
ask 204 "$url/api/v1/beta/files/$id" -X DELETE "${key[@]}"
ask 404 "$url/api/v1/beta/files/$id/content" "${key[@]}"

[ "$failed" = 0 ] && echo 'all as the pages say'
exit "$failed"
