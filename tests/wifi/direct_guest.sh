# What the Wi-Fi Direct tests share, in the guest: this machine's wpa_supplicant, a peer with a user of its own, and runs of direct.exe.
#
#   direct_start                both, and the peer's user
#   own COMMAND...              wpa_cli on this machine's P2P device
#   peer_answers [WORDS]        the user's answer to whoever asks (see peer_user); none: no answer
#   run NAME CASE [ARGUMENT...] direct.exe; its lines come with the name
#   begin NAME CASE             the same in the background, with $folder/exchange: `opened` waits until its session is open
#   finish_run                  ... to its end
#   no_groups                   whether neither side has a group
# shellcheck shell=bash
. tests/wifi/radios.sh

direct_start() {
    start_supplicant wlan0 || { cat $folder/own.log; echo 'Bail out! no wpa_supplicant'; exit 1; }
    start_peer peer wlan1 || { cat $folder/peer.log; echo 'Bail out! no peer'; exit 1; }
    export CORK_CORKD=$PWD/build/native/corkd CORK_WLANAPI_DIRECTTIMEOUT=150
    peer_address=$(peer peer status | sed -n 's/^p2p_device_address=//p')
    peer peer set persistent_reconnect 1 >/dev/null
    # An owner whose last client has left ends its group.
    peer peer set p2p_group_idle 10 >/dev/null
    : >$folder/heard
    tests/wifi/peer_user /run/peer/p2p-dev-wlan1 $folder &
    ip netns exec peer python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", 7007))
while True:
    data, other = s.recvfrom(2000)
    s.sendto(data, other)
' &
}

own() { wpa_cli -p /run/wpa_supplicant -i p2p-dev-wlan0 "$@"; }
peer_answers() { if [ $# = 0 ]; then rm -f $folder/answer; else echo "$1" >$folder/answer; fi; }
peer_heard() { grep -q "$1" $folder/heard; }
group_of() { ip -br link | grep -o 'p2p-wlan0-[0-9]*' | head -n 1; }
peer_group() { ip netns exec peer ip -br link | grep -o 'p2p-wlan1-[0-9]*' | head -n 1; }
no_groups() { [ -z "$(group_of)" ] && [ -z "$(peer_group)" ]; }

report() {
    local name=$1 code=$2 line
    while IFS= read -r line; do
        case $line in
            'ok '*) result 0 "$name: ${line#ok * - }" ;;
            'not ok '*) result 1 "$name: ${line#not ok * - }" ;;
            1..*) ;;
            *) echo "# $line" ;;
        esac
    done <$folder/out
    result "$code" "$name: exit code 0"
}

run() {
    local name=$1
    shift
    tools/wine-run build/x86_64/tests/direct.exe "$@" >$folder/out 2>&1 </dev/null
    report "$name" $?
}

begin() {
    run_name=$1
    rm -rf $folder/exchange
    mkdir -p $folder/exchange
    tools/wine-run build/x86_64/tests/direct.exe "$2" "$peer_address" "Z:${folder//\//\\}\\exchange" >$folder/out 2>&1 </dev/null &
    run_id=$!
}
opened() {
    wait_for 300 test -e $folder/exchange/open -o ! -d /proc/$run_id
    [ -e $folder/exchange/open ]
}
finish_run() {
    wait $run_id
    report "$run_name" $?
}
