#!/bin/bash
# Profiles' network blocks, given to a real wpa_supplicant: one without a radio, so that it needs neither a guest nor root.
set -u
cd "$(dirname "$0")/../.." || exit 2
folder=$(mktemp -d "${TMPDIR:-/tmp}/cork-wpa-XXXXXX") || exit 2
PATH=$PATH:/usr/sbin:/sbin
wpa_supplicant -i lo -D none -C "$folder" >"$folder/log" 2>&1 &
server=$!
trap 'kill $server; wait $server; rm -rf "$folder"' EXIT
until [ -S "$folder/lo" ]; do
    kill -0 $server || { cat "$folder/log"; exit 2; }
    sleep 0.05
done
build/native/tests/profile_network "$folder/lo"
