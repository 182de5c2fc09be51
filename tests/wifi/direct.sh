#!/bin/bash
# Wi-Fi Direct in the guest: sessions of a Windows program with another machine, whose wpa_supplicant takes part or not.
#
# direct.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "1..0 # SKIP no guest with radios: $missing"; exit 0; }
    exec tests/wifi/boot tests/wifi/direct.sh inside
fi
. tests/wifi/radios.sh
start_supplicant wlan0 || { cat $folder/own.log; echo 'Bail out! no wpa_supplicant'; exit 1; }
start_peer peer wlan1 || { cat $folder/peer.log; echo 'Bail out! no peer'; exit 1; }
export CORK_CORKD=$PWD/build/native/corkd CORK_WLANAPI_DIRECTTIMEOUT=150
own() { wpa_cli -p /run/wpa_supplicant -i p2p-dev-wlan0 "$@"; }
own_address=$(own status | sed -n 's/^p2p_device_address=//p')
peer_address=$(peer peer status | sed -n 's/^p2p_device_address=//p')

# The peer says yes, whoever asks, by the push of a button; what it hears of goes to a file.
cat >$folder/yes <<END
#!/bin/bash
echo "\$*" >>$folder/heard
case "\$2" in P2P-GO-NEG-REQUEST | P2P-PROV-DISC-PBC-REQ) [ -e $folder/busy ] || wpa_cli -p /run/peer -i \$1 p2p_connect "\$3" pbc ;; esac
END
chmod +x $folder/yes
ip netns exec peer wpa_cli -p /run/peer -i p2p-dev-wlan1 -B -a $folder/yes
peer peer set persistent_reconnect 1 >/dev/null
peer peer p2p_find type=social >/dev/null

# run CASE: its lines, with the case's name; what failed counts here.
run() {
    local name=$1
    tools/wine-run build/x86_64/tests/direct.exe "$@" >$folder/out 2>&1 </dev/null
    local code=$? line
    while IFS= read -r line; do
        case $line in
            'ok '*) result 0 "$name: ${line#ok * - }" ;;
            'not ok '*) result 1 "$name: ${line#not ok * - }" ;;
            1..*) ;;
            *) echo "# $line" ;;
        esac
    done <$folder/out
    result $code "$name: exit code 0"
}
group_of() { ip -br link | grep -o 'p2p-wlan0-[0-9]*' | head -n 1; }
peer_group() { ip netns exec peer ip -br link | grep -o 'p2p-wlan1-[0-9]*' | head -n 1; }
no_groups() { [ -z "$(group_of)" ] && [ -z "$(peer_group)" ]; }

# open_one NAME: a session with addresses and a datagram, and its end.
open_one() {
    rm -rf $folder/exchange
    mkdir -p $folder/exchange
    : >$folder/exchange/running
    (
        wait_for 300 test -e $folder/exchange/open -o ! -e $folder/exchange/running
        [ -e $folder/exchange/open ] || exit
        wait_for 30 peer_group
        ip addr add 192.168.49.1/24 dev "$(group_of)"
        ip netns exec peer ip addr add 192.168.49.2/24 dev "$(peer_group)"
        : >$folder/exchange/go
    ) &
    run open "$peer_address" "Z:${folder//\//\\}\\exchange"
    rm -f $folder/exchange/running
    wait $!
    wait_for 60 no_groups
    result $? "$1: the group is gone on both sides"
}
ip netns exec peer python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 7007))
while True:
    data, other = s.recvfrom(2000)
    s.sendto(data, other)
' &

open_one 'a new group'
grep -q P2P-GO-NEG-REQUEST $folder/heard || grep -q P2P-GO-NEG-SUCCESS $folder/heard
result $? 'the peer was asked to form a group'
rm -f $folder/heard
open_one 'the persistent group'
grep -q 'P2P-INVITATION' $folder/heard && ! grep -q P2P-GO-NEG-SUCCESS $folder/heard
result $? 'the peer was invited to take it up again'

: >$folder/busy
own remove_network all >/dev/null
peer peer remove_network all >/dev/null
run cancel "$peer_address"
CORK_WLANAPI_DIRECTTIMEOUT=8 run absent 02:aa:bb:cc:dd:ee
CORK_WLANAPI_DIRECTTIMEOUT=8 run close-handle "$peer_address"
CORK_WLANAPI_DIRECTTIMEOUT=20 run refused "$peer_address"
wait_for 30 no_groups
result $? 'no group is left'
finish
