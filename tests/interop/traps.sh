#!/bin/bash
# Traps and informs of net-snmp's own programs, received through SnmpRegister: with the right variable bindings, translated from SNMPv1, filtered,
# and acknowledged.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
# A listener of its own: what corkd shares between processes has its own test.
export CORK_WSNMP32_TRAPLISTENER=process
interop_start traps "${1:-}"
enterprise=.1.3.6.1.4.1.99999.5
data=.1.3.6.1.4.1.99999.6
uptime_name=.1.3.6.1.2.1.1.3.0 trap_name=.1.3.6.1.6.3.1.1.4.1.0 enterprise_name=.1.3.6.1.6.3.1.1.4.3.0
standard=.1.3.6.1.6.3.1.1.5

# A fresh listener on a fresh port: listen COUNT [OPTION...]. It ends by itself after COUNT notifications, or after a minute.
listen() {
    local count=$1
    shift
    TRAP_PORT=$(free_port)
    TRAP_AT=127.0.0.1:$TRAP_PORT
    start_cork listener trap-listen -p "$TRAP_PORT" -n "$count" -w 60 "$@"
}

# What the next listener has to print, on standard input.
expect() { cat >"$work/expected"; }

# Waits for the listener's end and compares what it printed with that.
received() {
    local what=$1
    wait "$listener_pid" 2>/dev/null
    grep -v '^listening' "$work/listener.out" >"$work/actual"
    same "$what" "$work/expected" "$work/actual" || diag "$work/listener.err"
}

v1() { net_snmp trap 1 "$1" "$TRAP_AT" "${@:2}"; }
v2() { net_snmp trap 2c "$1" "$TRAP_AT" "${@:2}"; }

listen 1
v2 public 12345 $enterprise.1 $data.1 i -7 $data.2 s 'some text' $data.3 o .1.2.3 $data.4 a 192.0.2.9 \
    $data.5 c 4294967295 $data.6 u 5 $data.7 t 100 $data.8 x '00 ff' $data.9 C 18446744073709551615
expect <<EXPECTED
trap from 127.0.0.1 community public
  $uptime_name = Timeticks: (12345) 0:02:03.45
  $trap_name = OID: $enterprise.1
  $data.1 = INTEGER: -7
  $data.2 = STRING: "some text"
  $data.3 = OID: .1.2.3
  $data.4 = IpAddress: 192.0.2.9
  $data.5 = Counter32: 4294967295
  $data.6 = Gauge32: 5
  $data.7 = Timeticks: (100) 0:00:01.00
  $data.8 = Hex-STRING: 00 FF 
  $data.9 = Counter64: 18446744073709551615
EXPECTED
received 'an SNMPv2c trap with every syntax'

# RFC 1908, 3.1.2: the generic traps are snmpTraps.(generic + 1); an enterprise's own is enterprise.0.specific; the enterprise comes last.
listen 7
for generic in 0 1 2 3 4 5; do v1 "generic$generic" $enterprise 127.0.0.1 $generic 0 100 $data.1 i $generic; done
v1 specific $enterprise 127.0.0.1 6 42 200 $data.1 s x $data.2 i 2
{
    for generic in 0 1 2 3 4 5; do
        cat <<EXPECTED
trap from 127.0.0.1 community generic$generic
  $uptime_name = Timeticks: (100) 0:00:01.00
  $trap_name = OID: $standard.$((generic + 1))
  $data.1 = INTEGER: $generic
  $enterprise_name = OID: $enterprise
EXPECTED
    done
    cat <<EXPECTED
trap from 127.0.0.1 community specific
  $uptime_name = Timeticks: (200) 0:00:02.00
  $trap_name = OID: $enterprise.0.42
  $data.1 = STRING: "x"
  $data.2 = INTEGER: 2
  $enterprise_name = OID: $enterprise
EXPECTED
} | expect
received 'SNMPv1 traps, each generic one and a specific one, translated to SNMPv2c'

listen 2
check 'snmpinform ends well: the inform was acknowledged' net_snmp inform 2c public -t 5 -r 2 "$TRAP_AT" 500 $enterprise.2 $data.1 i 1
check 'a second one too' net_snmp inform 2c other -t 5 -r 2 "$TRAP_AT" 600 $standard.3 $data.1 i 2
expect <<EXPECTED
inform from 127.0.0.1 community public
  $uptime_name = Timeticks: (500) 0:00:05.00
  $trap_name = OID: $enterprise.2
  $data.1 = INTEGER: 1
inform from 127.0.0.1 community other
  $uptime_name = Timeticks: (600) 0:00:06.00
  $trap_name = OID: $standard.3
  $data.1 = INTEGER: 2
EXPECTED
received 'both informs were delivered'

listen 1 -W
v2 public 1 $enterprise.3
expect <<EXPECTED
trap from 127.0.0.1 community public
  $uptime_name = Timeticks: (1) 0:00:00.01
  $trap_name = OID: $enterprise.3
EXPECTED
received 'notified by window message'

if has_ipv6; then
    listen 2
    TRAP_AT="udp6:[::1]:$TRAP_PORT"
    v2 public 1 $enterprise.4
    check 'an inform over IPv6 is acknowledged' net_snmp inform 2c public -t 5 -r 2 "$TRAP_AT" 2 $enterprise.4
    expect <<EXPECTED
trap from ::1 community public
  $uptime_name = Timeticks: (1) 0:00:00.01
  $trap_name = OID: $enterprise.4
inform from ::1 community public
  $uptime_name = Timeticks: (2) 0:00:00.02
  $trap_name = OID: $enterprise.4
EXPECTED
    received 'a trap and an inform over IPv6 (::1)'
else
    skip 'an inform over IPv6 is acknowledged' 'this machine has no ::1'
    skip 'a trap and an inform over IPv6 (::1)' 'this machine has no ::1'
fi

# ---- filters: what does not match comes first, so that its absence shows ----

notification() { printf 'trap from 127.0.0.1 community %s\n  %s = Timeticks: (%s) 0:00:00.0%s\n  %s = OID: %s\n' \
    "$1" $uptime_name "$2" "$2" $trap_name "$3"; }

listen 2 -F $enterprise.7
v2 public 1 $enterprise.6
v2 public 2 $enterprise
v2 public 3 $enterprise.70
v2 public 4 $enterprise.7
v2 public 5 $enterprise.7.1
{ notification public 4 $enterprise.7; notification public 5 $enterprise.7.1; } | expect
received 'only the notification OID and what lies below it'

listen 1 -F $standard.4
v1 public $enterprise 127.0.0.1 2 0 1
v1 public $enterprise 127.0.0.1 3 0 2
{ notification public 2 $standard.4; echo "  $enterprise_name = OID: $enterprise"; } | expect
received 'an SNMPv1 trap is filtered by its translated OID'

listen 1 -C -c wanted
v2 public 1 $enterprise.1
v2 wanted2 2 $enterprise.1
v2 wanted 3 $enterprise.1
notification wanted 3 $enterprise.1 | expect
received 'only one community'

listen 1 -H 127.0.0.1
v2 public 1 $enterprise.1
notification public 1 $enterprise.1 | expect
received 'only one host: it is this one'

TRAP_PORT=$(free_port)
TRAP_AT=127.0.0.1:$TRAP_PORT
start_cork elsewhere trap-listen -p "$TRAP_PORT" -n 1 -w 4 -H 192.0.2.77
v2 public 1 $enterprise.1
wait "$elsewhere_pid" 2>/dev/null
check 'only one host: it is another, and nothing comes' test "$(grep -vc '^listening' "$work/elsewhere.out")" = 0

# ---- a flood of good ones: none is lost or changed, in their order ----
listen 200
for i in $(seq 200); do v2 public "$i" $enterprise.8 $data.1 i "$i"; done
for i in $(seq 200); do echo "  $data.1 = INTEGER: $i"; done >"$work/flood.expected"
wait "$listener_pid" 2>/dev/null
grep -F "$data.1" "$work/listener.out" >"$work/flood.actual"
same '200 traps one after another: all, in their order' "$work/flood.expected" "$work/flood.actual"

# ---- Cork to Cork, and the port ----

listen 1
check 'trap-send' cork trap-send 2c public -p "$TRAP_PORT" 127.0.0.1 $enterprise.9 $data.1 s sent
wait "$listener_pid" 2>/dev/null
check 'is received' grep -qx "  $data.1 = STRING: \"sent\"" "$work/listener.out"

listen 1
check 'trap-send to SNMPv1: translated' cork trap-send 1 public -p "$TRAP_PORT" 127.0.0.1 $enterprise.0.9 $data.1 s sent
wait "$listener_pid" 2>/dev/null
check 'and back: the same notification' grep -qx "  $trap_name = OID: $enterprise.0.9" "$work/listener.out"
check 'and back: with its enterprise last' test "$(tail -n 1 "$work/listener.out")" = "  $enterprise_name = OID: $enterprise"

listen 1
check 'a second listener finds the port in use: SNMPAPI_TL_IN_USE' sh -c \
    'tools/wine-run "$1" trap-listen -p "$2" -n 1 -w 20 2>&1 | grep -q "SnmpRegister: SNMPAPI_TL_IN_USE"' sh \
    "build/$arch/snmp.exe" "$TRAP_PORT"
v2 public 1 $enterprise.1
notification public 1 $enterprise.1 | expect
received 'and the first goes on'
interop_end
