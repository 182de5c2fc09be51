#!/bin/bash
# Kills corkd again and again: corkd_crash.sh CORKD KILLS. The prefix lies in memory where that can be: a disk's own time
# would be most of the test's.
set -u
cd "$(dirname "$0")/../.." || exit 1
base=${TMPDIR:-/dev/shm}
[ -w "$base" ] || base=/tmp
folder=$(mktemp -d "$base/cork-crash-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
export ASAN_OPTIONS=detect_leaks=0
build/native/interop/corkd_crash "$PWD/$1" "$folder" "$2"
status=$?
[ "$status" = 0 ] || tail -n 20 "$folder/log" | sed 's/^/# /'
exit "$status"
