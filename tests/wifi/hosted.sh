#!/bin/bash
# The hosted network in the guest: made by a Windows program with wpa_supplicant, joined and left by another machine's wpa_supplicant.
#
# hosted.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "1..0 # SKIP no guest with radios: $missing"; exit 0; }
    exec tests/wifi/boot tests/wifi/hosted.sh inside
fi
. tests/wifi/radios.sh
start_supplicant wlan0 || { cat $folder/own.log; echo 'Bail out! no wpa_supplicant'; exit 1; }
start_peer peer wlan1 || { cat $folder/peer.log; echo 'Bail out! no peer'; exit 1; }
export CORK_CORKD=$PWD/build/native/corkd
station() { wpa_cli -p /run/peer -i wlan1 "$@"; }
is_connected() { station status | grep -q '^wpa_state=COMPLETED'; }

tools/wine-run build/x86_64/tests/hosted.exe 'Cork hosted' 'correct horse' >$folder/out 2>&1 </dev/null &
program=$!
is_active_or_over() { grep -q '^# active' $folder/out || ! kill -0 $program; }
(
    wait_for 300 is_active_or_over
    grep -q '^# active' $folder/out || exit 1
    id=$(station add_network)
    station set_network "$id" ssid '"Cork hosted"'
    station set_network "$id" psk '"correct horse"'
    station select_network "$id"
    wait_for 200 is_connected || exit 1
    station status
    wait_for 60 grep -q 'it is in the status$' $folder/out
    station disconnect
    : >$folder/joined
) >$folder/station 2>&1
wait $program
code=$?
# The program's lines, and this one's behind them.
while IFS= read -r line; do
    case $line in
        'ok '*) result 0 "${line#ok * - }" ;;
        'not ok '*) result 1 "${line#not ok * - }" ;;
        1..*) ;;
        *) echo "# $line" ;;
    esac
done <$folder/out
result $code 'exit code 0'
[ -e $folder/joined ]
result $? 'another machine joined it' || sed 's/^/# /' $folder/station $folder/own.log
[ -z "$(wpa_cli -p /run/wpa_supplicant -i wlan0 list_networks | tail -n +3)" ]
result $? 'its network block is gone'
finish
