#!/bin/bash
# Wi-Fi Direct sessions whose program, service or wpa_supplicant goes, two programs at once, and very many sessions: with a wpa_supplicant of
# the tests' own.
#
# wlan_faults.sh ARCH
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start wlan_faults "${1:-}"
prefix=${PREFIX:-build/prefix}
air=$(mktemp -d "${TMPDIR:-/tmp}/cork-wpa-XXXXXX") || exit 1
export CORK_CORKD=$PWD/build/native/corkd CORK_CORKD_WPA_SUPPLICANT=$air CORK_WLANAPI_DIRECTTIMEOUT=60
program=build/$arch/wlan_faults.exe
windows_work=Z:${work//\//\\}
trap 'peers_stop; end_corkd KILL; rm -rf "$air"' EXIT

corkd_pid() { cut -d' ' -f4 "$prefix/cork/corkd.endpoint" 2>/dev/null; }
end_corkd() {
    local pid
    pid=$(corkd_pid) && kill "-$1" "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
}
start_supplicant() {
    rm -f "$air/lo"
    build/native/tests/fake_supplicant "$air" &
    supplicant=$!
    started+=("$supplicant")
    wait_until test -S "$air/lo"
}
# told COMMAND: how often it was sent.
told() { grep -c "$1" "$air/.log"; }
has_told() { [ "$(told "$1")" -ge "${2:-1}" ]; }
# hold NAME PEER: a program with a session.
hold() {
    rm -f "$work/$1".*
    tools/wine-run "$program" hold "$2" "$windows_work" "$1" >"$work/$1.out" 2>&1 </dev/null &
    last=$!
    started+=("$last")
}
is_there() { wait_until test -e "$work/$1"; }
# says FILE TEXT: the file comes with that text.
says() { is_there "$1" && [ "$(cat "$work/$1")" = "$2" ]; }
end_hold() { : >"$work/$1.end" && says "$1.closed" "$2"; }

end_corkd KILL
rm -f "$prefix/cork/direct-connections"
start_supplicant

# ---- Programs ----
hold a 1
first=$last
check 'a session' says a.opened '0 0'
hold b 1
check 'and one of another program with the same peer' says b.opened '0 0'
check 'in the same group' [ "$(told P2P_CONNECT)" = 1 ]
check 'the first is closed' end_hold a '0 0'
check 'its program ends' wait "$first"
check 'the group stays' [ "$(told P2P_GROUP_REMOVE)" = 0 ]
check 'the last is closed' end_hold b '0 0'
check 'and the group ended with it' wait_until has_told P2P_GROUP_REMOVE
hold c 1
check 'a session' says c.opened '0 0'
end_process "$last" KILL
check 'of a program that is killed is closed' wait_until has_told P2P_GROUP_REMOVE 2
hold d 3
wait_until has_told 'P2P_CONNECT 02:00:00:00:00:03'
end_process "$last" KILL
check 'of one that is killed while it is opened is given up' wait_until has_told P2P_CANCEL
check 'nothing is left of them' wait_until test ! -e "$prefix/cork/direct-connections"

# ---- The service ----
hold e 1
program_e=$last
check 'a session' says e.opened '0 0'
hold f 3
wait_until has_told 'P2P_CONNECT 02:00:00:00:00:03' 2
before=$(told P2P_GROUP_REMOVE)
cancelled=$(told P2P_CANCEL)
end_corkd KILL
check 'the service is killed: one that is being opened is told so' eval 'is_there f.opened && read -r code _ <"$work/f.opened" && [ "$code" = 1062 ]'
check 'its handle has been closed' end_hold f '6 0'
check 'the open one is closed as ever' end_hold e '0 0'
check 'its program ends' wait "$program_e"
hold g 1
check 'the next service opens sessions' says g.opened '0 0'
check 'has ended the group that was left' has_told P2P_GROUP_REMOVE $((before + 1))
check 'and given up the attempt' has_told P2P_CANCEL $((cancelled + 1))
check 'and closes them' end_hold g '0 0'

# ---- wpa_supplicant ----
hold h 1
check 'a session' says h.opened '0 0'
hold i 3
wait_until has_told 'P2P_CONNECT 02:00:00:00:00:03' 3
end_process "$supplicant" KILL
check 'wpa_supplicant is killed: one that is being opened is told so' eval 'is_there i.opened && read -r code _ <"$work/i.opened" && [ "$code" = 1062 ]'
check 'its handle has been closed' end_hold i '6 0'
check 'the open one is closed as ever' end_hold h '0 0'
hold j 1
check 'without it nothing is opened' eval 'is_there j.opened && read -r code _ <"$work/j.opened" && [ "$code" = 50 ]'
: >"$work/j.end"
start_supplicant
opens() { hold "$1" 1; is_there "$1.opened" && read -r code _ <"$work/$1.opened"; : >"$work/$1.end"; [ "$code" = 0 ]; }
check 'with the next a session is opened' wait_until opens k
rm -f "$air/p2p-dev-lo"
radio_gone() { hold l 1; is_there l.opened && read -r code _ <"$work/l.opened"; : >"$work/l.end"; [ "$code" = 50 ] || [ "$code" = 1062 ]; }
end_process "$supplicant" KILL
check 'a radio that is unplugged opens none' wait_until radio_gone
start_supplicant
check 'plugged in it does' wait_until opens m

# ---- Very many ----
corkd_size() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$(corkd_pid)/status"; }
corkd_fds() { find "/proc/$(corkd_pid)/fd" -mindepth 1 | wc -l; }
handles=10000 sessions=1000
check 'getting used to it' tools/wine-run "$program" cycles 1000 100
check 'the groups are gone' wait_until test ! -e "$prefix/cork/direct-connections"
size=$(corkd_size) fds=$(corkd_fds)
tools/wine-run "$program" cycles $handles $sessions >"$work/cycles" 2>&1 </dev/null
result $? "$handles handles of each kind and $sessions sessions"
read -r blocks blocks_after threads threads_after failed < <(tr -d '\r' <"$work/cycles")
check 'none failed' [ "$failed" = 0 ]
check "no memory is kept: $blocks blocks before, $blocks_after after" [ "$blocks_after" -le $((blocks + 200)) ]
check "no thread is: $threads, $threads_after" [ "$threads_after" -le $((threads + 2)) ]
check 'the groups are gone' wait_until test ! -e "$prefix/cork/direct-connections"
check "the service has not grown: $size kB before, $(corkd_size) after" [ "$(corkd_size)" -le $((size + 1024)) ]
fewer_fds() { [ "$(corkd_fds)" -le "$fds" ]; }
check "nor has it more files open: $fds before" wait_until fewer_fds
end_corkd TERM
interop_end
