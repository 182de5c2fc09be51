#!/bin/bash
# Wi-Fi Direct in the guest: sessions that do not come about, and those that end otherwise than by being closed.
#
# direct_ends.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/wifi/boot --missing)
    [ -n "$missing" ] && { echo "1..0 # SKIP no guest with radios: $missing"; exit 0; }
    exec tests/wifi/boot tests/wifi/direct_ends.sh inside
fi
. tests/wifi/direct_guest.sh
direct_start

peer peer p2p_find type=social >/dev/null
run cancel cancel "$peer_address"
CORK_WLANAPI_DIRECTTIMEOUT=8 run absent absent 02:aa:bb:cc:dd:ee
CORK_WLANAPI_DIRECTTIMEOUT=8 run close-handle close-handle "$peer_address"
CORK_WLANAPI_DIRECTTIMEOUT=12 run unanswered refused "$peer_address"
wait_for 30 no_groups
result $? 'no group is left'

# ---- The peer goes ----
peer_answers 'pbc persistent go_intent=0'
peer peer p2p_find type=social >/dev/null
begin 'the peer goes' held
opened
peer peer p2p_group_remove "$(peer_group)" >/dev/null
wait_for 60 no_groups
result $? 'the peer goes: the group has ended here, too'
: >$folder/exchange/end
finish_run

# ---- corkd goes ----
peer peer p2p_find type=social >/dev/null
begin 'the service goes' held
opened
kill -KILL "$(cut -d' ' -f4 build/prefix/cork/corkd.endpoint)"
[ -n "$(group_of)" ]
result $? 'the service goes: the group has outlived it'
: >$folder/exchange/end
finish_run
CORK_WLANAPI_DIRECTTIMEOUT=5 run 'the next service' absent 02:aa:bb:cc:dd:ee
wait_for 60 no_groups
result $? 'the next service has ended the group'

# ---- wpa_supplicant goes ----
peer peer p2p_find type=social >/dev/null
begin 'wpa_supplicant goes' held
opened
kill "$(cat $folder/own.pid)"
wait_for 60 no_groups
result $? 'wpa_supplicant goes: so does the group'
: >$folder/exchange/end
finish_run
start_supplicant wlan0
peer peer p2p_find type=social >/dev/null
begin 'and comes' held
opened
result $? 'and comes: a session is open again'
: >$folder/exchange/end
finish_run
wait_for 60 no_groups
result $? 'and comes: the group has ended'
finish
