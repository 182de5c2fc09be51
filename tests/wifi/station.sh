#!/bin/bash
# A station in the Wi-Fi guest: wlanapi.dll in Wine, corkd, wpa_supplicant, a radio, and an access point of hostapd.
#
# station.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "1..0 # SKIP no guest with radios: $missing"; exit 0; }
    exec tests/wifi/boot tests/wifi/station.sh inside
fi
. tests/wifi/radios.sh
start_supplicant wlan0 || { cat $folder/own.log; echo 'Bail out! no wpa_supplicant'; exit 1; }
start_ap ap wlan1 'Cork test' 'correct horse' || { cat $folder/ap.log; echo 'Bail out! no access point'; exit 1; }
export CORK_CORKD=$PWD/build/native/corkd
tools/wine-run build/x86_64/tests/station.exe 'Cork test'
