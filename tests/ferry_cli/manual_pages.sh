#!/bin/sh
# Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
# The manual pages as readers of roff see them: no warning, and a name that apropos finds.
set -eu
ferry=$1
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT
"$ferry" manual --output "$pages"
failed=0
for page in "$pages"/*.1; do
    said=$(groff -ww -man -Tutf8 -z "$page" 2>&1)
    if [ -n "$said" ]; then
        echo "$said"
        failed=1
    fi
    if command -v lexgrog >/dev/null && ! lexgrog "$page" >/dev/null; then
        echo "lexgrog finds no name in $page"
        failed=1
    fi
done
exit $failed
