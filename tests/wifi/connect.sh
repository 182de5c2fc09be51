#!/bin/bash
# Connecting in the Wi-Fi guest: wlanapi.dll in Wine, corkd, wpa_supplicant, and access points of hostapd: with WPA2, with WPA3 (SAE), open
# and hidden; a network that the user has configured is left as it was.
#
# connect.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "1..0 # SKIP no guest with radios: $missing"; exit 0; }
    GUEST_RADIOS=5 exec tests/wifi/boot tests/wifi/connect.sh inside
fi
. tests/wifi/radios.sh
start_supplicant wlan0 || { cat $folder/own.log; echo 'Bail out! no wpa_supplicant'; exit 1; }
start_ap wpa2 wlan1 'Cork test' 'correct horse' &&
    start_ap sae wlan2 'Cork SAE' '' wpa=2 wpa_key_mgmt=SAE rsn_pairwise=CCMP ieee80211w=2 'sae_password=correct horse' &&
    start_ap open wlan3 'Cork open' '' &&
    start_ap hidden wlan4 'Cork hidden' 'correct horse' ignore_broadcast_ssid=1 ||
    { cat $folder/*.log; echo 'Bail out! no access points'; exit 1; }
own() { wpa_cli -p /run/wpa_supplicant -i wlan0 "$@"; }
own add_network >/dev/null && own set_network 0 ssid '"Home"' >/dev/null && own set_network 0 key_mgmt NONE >/dev/null &&
    own enable_network 0 >/dev/null || { echo 'Bail out! no network of the user'; exit 1; }

# What the program asks for.
serve() {
    while :; do
        if [ -e $folder/end-ap ]; then
            kill "$(cat $folder/open.pid)"
            rm $folder/end-ap
        elif [ -e $folder/end-corkd ]; then
            own list_networks >$folder/connected.list
            kill -KILL "$(pidof corkd)"
            rm $folder/end-corkd
        fi
        sleep 0.1
    done
}
serve &
server=$!
export CORK_CORKD=$PWD/build/native/corkd
tools/wine-run build/x86_64/tests/connect.exe "Z:${folder//\//\\}" | sed '/^1\.\./d' >$folder/output
cat $folder/output
tests_run=$(grep -c '^\(not \)\?ok ' $folder/output) tests_failed=$(grep -c '^not ok ' $folder/output)
kill $server
left_alone() { [ "$(own list_networks | tail -n +2 | wc -l)" = 1 ] && own list_networks | grep -q 'Home' && ! own list_networks | grep -q DISABLED; }
grep -q 'Home.*DISABLED' $folder/connected.list
result $? 'the network of the user is switched off while another is connected'
wait_for 60 left_alone
result $? 'it is as it was, although the service was killed' || own list_networks
finish
