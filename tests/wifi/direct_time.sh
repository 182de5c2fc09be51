#!/bin/bash
# How long WFDStartOpenSession takes to its callback, in the guest, beside wpa_supplicant alone: both take up the same persistent group again,
# one after the other, in the same guest. Exit code: 0 if the target was reached.
#
# direct_time.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "WFDStartOpenSession: no guest with radios: $missing"; exit 0; }
    exec tests/wifi/boot tests/wifi/direct_time.sh inside
fi
. tests/wifi/direct_guest.sh
direct_start
rounds=9
peer_answers 'pbc persistent go_intent=0'
begin 'a session' time

# ours NUMBER: of the Windows program, in microseconds.
ours() {
    peer peer p2p_listen 60 >/dev/null
    echo go >$folder/exchange/part && mv $folder/exchange/part "$folder/exchange/go.$1"
    wait_for 200 test -e "$folder/exchange/time.$1" -o ! -d /proc/$run_id || return
    cat "$folder/exchange/time.$1" && wait_for 60 no_groups
}
bare() {
    peer peer p2p_listen 60 >/dev/null
    tests/wifi/connect_time /run/wpa_supplicant/p2p-dev-wlan0 $folder P2P_INVITE "persistent=$network" "peer=$peer_address"
    own p2p_group_remove "$(group_of)" >/dev/null
    wait_for 60 no_groups
}
median() { sort -n "$1" | sed -n "$(((rounds + 1) / 2))p"; }

# The first forms the group.
ours 0 >/dev/null
network=$(own list_networks | sed -n 's/^\([0-9]*\).*P2P-PERSISTENT.*/\1/p' | head -n 1)
for ((i = 1; i <= rounds; i++)); do
    bare >>$folder/bare
    ours "$i" >>$folder/ours
done
echo end >"$folder/exchange/go.$i"
wait $run_id || { sed 's/^/# /' $folder/out; exit 1; }
awk -v ours="$(median $folder/ours)" -v bare="$(median $folder/bare)" -v rounds=$rounds 'BEGIN {
    printf "a persistent group taken up again, medians of %d\n", rounds
    printf "  wpa_supplicant alone      %9.1f ms\n", bare / 1000
    printf "  WFDStartOpenSession       %9.1f ms, %.2f of that   target: at most 1.10: %s\n", ours / 1000, ours / bare,
        ours <= 1.1 * bare ? "reached" : "MISSED"
    exit !(ours > 0 && bare > 0 && ours <= 1.1 * bare) }'
