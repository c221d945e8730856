#!/usr/bin/env bash
# The command line: a tree goes to a directory of LlamaCloud and comes back, and the same with Langflow. `ferry` must be on the PATH, and
# the services as LLAMA_CLOUD_API_KEY and the other variables say; examples/run sees to both.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

mkdir -p reports/2026
printf 'budget\n' >reports/budget.txt
for month in jan feb mar; do printf 'report of %s\n' "$month" >"reports/2026/$month.txt"; done
head -c 3000000 /dev/urandom >reports/2026/scan.bin

say() { printf '$ %s\n' "$*"; "$@"; }

for place in "llamacloud:ferry-demo-$$" "langflow:ferry-demo-$$"; do
    say ferry push reports "$place"
    say ferry push reports "$place"  # nothing left to do
    say ferry ls --long "$place"
    say ferry cat "$place/2026/feb.txt"
    say ferry pull "$place" "copy-${place%%:*}"
    say diff -r reports "copy-${place%%:*}" && printf 'the same, byte for byte\n'
    say ferry rm --recursive --yes --quiet "$place"
done
