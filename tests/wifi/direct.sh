#!/bin/bash
# Wi-Fi Direct in the guest: sessions of a Windows program with another machine, which takes part.
#
# direct.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "1..0 # SKIP no guest with radios: $missing"; exit 0; }
    exec tests/wifi/boot tests/wifi/direct.sh inside
fi
. tests/wifi/direct_guest.sh
direct_start

# A session with addresses and a datagram, and its end; ROLE is this machine's in the group.
session() {
    local name=$1 role=$2 group
    : >$folder/heard
    peer peer p2p_find type=social >/dev/null
    begin "$name" open
    if opened && wait_for 30 peer_group; then
        group=$(group_of)
        own_role=$(wpa_cli -p /run/wpa_supplicant -i "$group" status | sed -n 's/^mode=//p')
        ip addr add 192.168.49.1/24 dev "$group"
        ip netns exec peer ip addr add 192.168.49.2/24 dev "$(peer_group)"
        : >$folder/exchange/go
    fi
    finish_run
    wait_for 60 no_groups
    result $? "$name: the group is gone on both sides"
    peer_heard P2P-GROUP-REMOVED
    result $? "$name: the peer has heard of its end"
    case $role,${own_role:-} in owner,'P2P GO' | client,station) true ;; *) false ;; esac
    result $? "$name: as its $role" || echo "# ${own_role:-no group}"
}

peer_answers 'pbc persistent go_intent=0'
session 'a new group' owner
peer_heard P2P-GO-NEG-REQUEST && peer_heard P2P-GO-NEG-SUCCESS
result $? 'the peer was asked to form a group'
session 'the persistent group' owner
peer_heard P2P-INVITATION-ACCEPTED && ! peer_heard P2P-GO-NEG-SUCCESS
result $? 'the peer was invited to take it up again'

own remove_network all >/dev/null
peer peer remove_network all >/dev/null
export CORK_WLANAPI_DIRECTPIN=12345670
peer_answers '12345670 display persistent go_intent=15'
session 'with a PIN' client
peer_heard P2P-GO-NEG-SUCCESS
result $? 'a group was formed by it'
finish
