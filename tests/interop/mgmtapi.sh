#!/bin/bash
# mgmtapi.dll against net-snmp's own programs: requests to a real agent, and traps received.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start mgmtapi "${1:-}"
start_agent || { echo 'Bail out! no agent'; exit 1; }
types=.1.3.6.1.4.1.99999
values=$types.1
refusing=$types.2.10

# mgmt COMMAND COMMUNITY ARGUMENT...
mgmt() { windows mgmtapi "$1" 127.0.0.1 "$AGENT_PORT" "${@:2}"; }

# ---- requests ----

# What the Windows program prints is what net-snmp's program prints for SNMPv1: as_net_snmp WHAT TOOL COMMAND COMMUNITY OID...
as_net_snmp() {
    local what=$1 tool=$2 command=$3
    shift 3
    net_snmp "$tool" 1 "$1" "$AGENT" "${@:2}" | grep -vx 'End of MIB' >"$work/expected"
    mgmt "$command" "$@" >"$work/actual" 2>"$work/errors"
    same "$what" "$work/expected" "$work/actual" || diag "$work/errors"
}

as_net_snmp 'get of several objects of several types' get get public \
    $values.1.0 $values.2.0 $values.3.0 $values.4.0 $values.5.0 $values.6.0 $values.7.0 $types.2.2.0 $types.2.3.0
as_net_snmp 'getnext' getnext getnext public $values.1.0 $values.6.0 .1.3.6.1.2.1.1.4
as_net_snmp "a walk of the whole tree is snmpwalk's, value for value" walk walk stable .1.3
as_net_snmp 'a walk through what SNMPv1 has no type for' walk walk private $types
check 'that was a walk' test "$(wc -l <"$work/expected")" -gt 10

mgmt names public system.sysDescr interfaces.ifNumber .1.3.6.1.4.1.99999.1.1 1.1 >"$work/actual"
cat >"$work/expected" <<EXPECTED
system.sysDescr.0
interfaces.ifNumber.0
.iso.org.dod.internet.private.enterprises.99999.1.1.0
system.sysDescr.0
EXPECTED
same 'objects by name, and their names' "$work/expected" "$work/actual"

stores() {
    local oid=$1 type=$2 value=$3
    mgmt set private "$oid" "$type" "$value" >"$work/actual" 2>&1
    net_snmp get 1 private "$AGENT" "$oid" >"$work/expected"
    same "set $oid to $type '$value'" "$work/expected" "$work/actual" && grep -q -F -- "${4:-$value}" "$work/actual"
    result $? 'and that is the value'
}
stores $values.2.0 s 'by the older API'
stores $values.2.0 x '00 01 7f 80 ff' '00 01 7F 80 FF'
stores $values.3.0 i -2147483648
stores $values.4.0 u 4294967295
stores $values.6.0 t 4294967295
stores $values.7.0 o .1.3.6.1.4.1.16383.2097151.4294967295
mgmt set private $values.2.0 s both $values.3.0 i 77 >"$work/actual" 2>&1
net_snmp get 1 private "$AGENT" $values.2.0 $values.3.0 >"$work/expected"
same 'two variables in one request' "$work/expected" "$work/actual"

# ---- error statuses: what net-snmp's program says of the same request ----

refused() {
    local what=$1 tool=$2 community=$3 reason
    shift 3
    net_snmp "$tool" 1 "$community" "$AGENT" "$@" >"$work/refused.expected" 2>&1
    mgmt "$tool" "$community" "$@" >"$work/refused.out" 2>"$work/refused.err"
    # Net-snmp writes some names in brackets, with a text, and spells genErr otherwise.
    reason=$(sed -n 's/^Reason: (\{0,1\}\([A-Za-z]*\).*/\1/p;/^Reason/q' "$work/refused.expected")
    reason=${reason/genError/genErr}
    [ -n "$reason" ] && grep -qx "Reason: $reason" "$work/refused.err" &&
        [ "$(grep '^Failed object' "$work/refused.expected" | head -n 1)" = "$(grep '^Failed object' "$work/refused.err")" ]
    result $? "$what: $reason" || diag "$work/refused.expected" "$work/refused.err"
}
refused 'get of an object that is not there' get public $values.1.0 $values.99.0
refused 'getnext behind the end' getnext public .2.3
refused 'set of a read-only object' set private $values.5.0 i 1
refused 'set with the wrong type' set private $values.3.0 s text
refused 'set without the right to' set public $values.3.0 i 1
for status in 1 2 3 4 5; do refused "error-status $status" set private $refusing.$status.0 i 5; done

# ---- sessions ----

check 'wrong arguments, wrong handles' mgmt wrong public
check 'eight threads send on one session' mgmt threads public
check 'a thousand sessions, one after another, leave nothing behind' mgmt many public
check 'a request and a close in a callback of WinSNMP' mgmt callback public
check 'SnmpCleanup of the application, and one SnmpCleanupEx too many' mgmt cleanup public
check 'each retry waits longer' mgmt doubling public

start_helper silent responder --mode silent
check 'a silent agent: SNMP_MGMTAPI_TIMEOUT' windows mgmtapi timeout 127.0.0.1 "$silent" public
check 'close while four threads wait' windows mgmtapi close 127.0.0.1 "$silent" public
start_helper counted responder --mode silent
windows mgmtapi timeout 127.0.0.1 "$counted" public >/dev/null 2>&1
end_process "$counted_pid"
check '1 + 2 + 3 transmissions for 0, 1 and 2 retries' grep -qE '(^|[^0-9])6 requests' "$work/counted.log" || diag "$work/counted.log"
start_helper slow responder --mode slow --delay 250
check 'an answer to the first transmission after the second was sent' windows mgmtapi late 127.0.0.1 "$slow" public
start_helper twice responder --mode twice
check 'every answer comes twice' windows mgmtapi threads 127.0.0.1 "$twice" public
start_helper relay udp_relay --target "$AGENT_PORT" --loss 0.2 --seed 3
net_snmp walk 1 stable "$AGENT" $values >"$work/expected"
windows mgmtapi walk 127.0.0.1 "$relay" stable $values >"$work/actual" 2>"$work/errors"
same 'a walk through 20 % loss' "$work/expected" "$work/actual" || diag "$work/errors"
stop_agent
check 'no agent at all: SNMP_MGMTAPI_TIMEOUT' mgmt timeout public

# ---- traps ----

enterprise=$types.5
data=$types.6
listen() {
    TRAP_PORT=$(free_port)
    TRAP_AT=127.0.0.1:$TRAP_PORT
    : >"$work/listener.out"
    CORK_WSNMP32_TRAPPORT=$TRAP_PORT tools/wine-run "build/$arch/mgmtapi.exe" traps "$1" \
        >"$work/listener.out" 2>"$work/listener.err" &
    listener_pid=$!
    started+=("$listener_pid")
    wait_until listening_or_ended listener "$listener_pid" && grep -q '^listening' "$work/listener.out" && return
    diag "$work/listener.out" "$work/listener.err"
}

received() {
    local what=$1 status
    cat >"$work/expected"
    wait "$listener_pid"
    status=$?
    grep -v '^listening' "$work/listener.out" >"$work/actual"
    same "$what" "$work/expected" "$work/actual" || diag "$work/listener.err"
    result $status "$what: and the listener ended well" || diag "$work/listener.err"
}
v1() { net_snmp trap 1 "$1" "$TRAP_AT" "${@:2}"; }
v2() { net_snmp trap 2c "$1" "$TRAP_AT" "${@:2}"; }

# Every second one is fetched by SnmpMgrGetTrap, which gives neither source nor community.
listen 8
for generic in 0 1 2 3 4 5; do v1 "c$generic" $enterprise "192.0.2.$generic" $generic "4$generic" 100 $data.1 i $generic; done
v1 specific $enterprise 192.0.2.255 6 42 4294967295 $data.1 s x $data.2 o .1.3.6.1.4.1.1
v1 empty .1.3.6.1.4.1.0 127.0.0.1 6 0 0
received 'SNMPv1 traps, field for field' <<EXPECTED
enterprise $enterprise agent 192.0.2.0 source 127.0.0.1 generic 0 specific 40 time 100 community c0
  $data.1 = INTEGER: 0
enterprise $enterprise agent 192.0.2.1 generic 1 specific 41 time 100
  $data.1 = INTEGER: 1
enterprise $enterprise agent 192.0.2.2 source 127.0.0.1 generic 2 specific 42 time 100 community c2
  $data.1 = INTEGER: 2
enterprise $enterprise agent 192.0.2.3 generic 3 specific 43 time 100
  $data.1 = INTEGER: 3
enterprise $enterprise agent 192.0.2.4 source 127.0.0.1 generic 4 specific 44 time 100 community c4
  $data.1 = INTEGER: 4
enterprise $enterprise agent 192.0.2.5 generic 5 specific 45 time 100
  $data.1 = INTEGER: 5
enterprise $enterprise agent 192.0.2.255 source 127.0.0.1 generic 6 specific 42 time 4294967295 community specific
  $data.1 = STRING: "x"
  $data.2 = OID: .1.3.6.1.4.1.1
enterprise .1.3.6.1.4.1.0 agent 127.0.0.1 generic 6 specific 0 time 0
EXPECTED

# RFC 2576, section 3.2.
listen 7
v2 one 12345 $enterprise.7 $data.1 i -7 $data.9 C 18446744073709551615
v2 two 1 $enterprise.0.7
v2 three 2 .1.3.6.1.6.3.1.1.5.3 $data.1 i 3
v2 four 3 .1.3.6.1.6.3.1.1.5.1 $data.1 i 4 .1.3.6.1.6.3.1.1.4.3.0 o $enterprise
v2 five 4 $enterprise.1 .1.3.6.1.6.3.18.1.3.0 a 192.0.2.77
v2 dropped 5 $enterprise.4294967295
check 'snmpinform is acknowledged' net_snmp inform 2c six -t 5 -r 2 "$TRAP_AT" 6 $enterprise.2 $data.1 i 1
v2 seven 7 $enterprise.3
received 'SNMPv2c traps and an inform, in the terms of SNMPv1' <<EXPECTED
enterprise $enterprise agent 127.0.0.1 source 127.0.0.1 generic 6 specific 7 time 12345 community one
  $data.1 = INTEGER: -7
  $data.9 = Counter64: 18446744073709551615
enterprise $enterprise agent 127.0.0.1 generic 6 specific 7 time 1
enterprise .1.3.6.1.6.3.1.1.5 agent 127.0.0.1 source 127.0.0.1 generic 2 specific 0 time 2 community three
  $data.1 = INTEGER: 3
enterprise $enterprise agent 127.0.0.1 generic 0 specific 0 time 3
  $data.1 = INTEGER: 4
  .1.3.6.1.6.3.1.1.4.3.0 = OID: $enterprise
enterprise $enterprise agent 192.0.2.77 source 127.0.0.1 generic 6 specific 1 time 4 community five
  .1.3.6.1.6.3.18.1.3.0 = IpAddress: 192.0.2.77
enterprise $enterprise agent 127.0.0.1 generic 6 specific 2 time 6
  $data.1 = INTEGER: 1
enterprise $enterprise agent 127.0.0.1 source 127.0.0.1 generic 6 specific 3 time 7 community seven
EXPECTED

TRAP_PORT=$(free_port)
export CORK_WSNMP32_TRAPPORT=$TRAP_PORT
check 'the order of SnmpMgrTrapListen, SnmpMgrGetTrap and SnmpMgrClose(NULL)' windows mgmtapi listen-twice
start_cork other trap-listen -p "$TRAP_PORT" -n 1 -w 30
windows mgmtapi traps 1 >"$work/busy.out" 2>"$work/busy.err"
check 'a port that is in use: SNMP_MGMTAPI_TRAP_ERRORS' grep -q 'SnmpMgrTrapListen: error 42' "$work/busy.err"
interop_end
