#!/bin/bash
# A manager in Wine reads a real agent: what it prints is what net-snmp's own tools print, value for value.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start walk "${1:-}"
start_agent || { echo 'Bail out! no agent'; exit 1; }
types=.1.3.6.1.4.1.99999

walks() {
    local version=$1
    net_snmp walk "$version" stable "$AGENT" .1.3 >"$work/walk-$version.expected"
    cork walk "$version" stable -p "$AGENT_PORT" 127.0.0.1 .1.3 >"$work/walk-$version.actual" 2>"$work/walk-$version.err"
    result $? "walk, SNMPv$version: it ends well" || diag "$work/walk-$version.err"
    same "walk, SNMPv$version: $(wc -l <"$work/walk-$version.expected") lines as snmpwalk's" "$work/walk-$version."{expected,actual}
}

# The view has to hold still, or equality would say nothing.
net_snmp walk 2c stable "$AGENT" .1.3 >"$work/still.1"
net_snmp walk 2c stable "$AGENT" .1.3 >"$work/still.2"
same 'two walks of the stable view by snmpwalk itself are equal' "$work/still.1" "$work/still.2"
check 'the view has more than 500 lines' test "$(wc -l <"$work/still.1")" -gt 500
walks 1
walks 2c

for repetitions in 1 10 50; do
    net_snmp bulkwalk 2c stable -Cr"$repetitions" "$AGENT" .1.3 >"$work/bulk.expected"
    cork bulkwalk 2c stable -m "$repetitions" -p "$AGENT_PORT" 127.0.0.1 .1.3 >"$work/bulk.actual" 2>"$work/bulk.err"
    same "bulkwalk with $repetitions repetitions as snmpbulkwalk's" "$work/bulk."{expected,actual} || diag "$work/bulk.err"
done

net_snmp walk 2c private "$AGENT" $types >"$work/types.expected"
cork walk 2c private -p "$AGENT_PORT" 127.0.0.1 $types >"$work/types.actual"
same 'every syntax: strings, hexadecimal, OIDs, Counter64, addresses, ticks' "$work/types."{expected,actual}
cork walk 2c private -W -p "$AGENT_PORT" 127.0.0.1 $types >"$work/window.actual"
same 'the same with notifications by window message' "$work/types.expected" "$work/window.actual"
net_snmp walk 2c private "$AGENT" $types.1.2.0 >"$work/leaf.expected"
cork walk 2c private -p "$AGENT_PORT" 127.0.0.1 $types.1.2.0 >"$work/leaf.actual"
same 'a walk from a leaf gives the leaf' "$work/leaf."{expected,actual}

several="$types.1.3.0 $types.2.1.0 .1.3.6.1.2.1.1.99.0 $types.2.3.0"
# shellcheck disable=SC2086 # a list of OIDs
for command in get getnext; do
    net_snmp $command 2c private "$AGENT" $several >"$work/several.expected"
    cork $command 2c private -p "$AGENT_PORT" 127.0.0.1 $several >"$work/several.actual"
    same "$command of several objects, one that does not exist among them" "$work/several."{expected,actual}
done
net_snmp getnext 2c private "$AGENT" .2.3 >"$work/past.expected"
cork getnext 2c private -p "$AGENT_PORT" 127.0.0.1 .2.3 >"$work/past.actual"
same 'getnext behind the end gives endOfMibView' "$work/past."{expected,actual}

cork get 1 public -p "$AGENT_PORT" 127.0.0.1 $types.1.3.0 $types.1.99.0 >"$work/v1.out" 2>"$work/v1.err"
check 'get of a missing object, SNMPv1: exit code 1' test $? = 1
check 'get of a missing object, SNMPv1: noSuchName' grep -q '^Reason: noSuchName' "$work/v1.err"
check 'get of a missing object, SNMPv1: the index names it' grep -q "^Failed object: $types.1.99.0" "$work/v1.err"

net_snmp get 2c public "$AGENT" .1.3.6.1.2.1.1.6.0 >"$work/name.expected"
cork get 2c public -p "$AGENT_PORT" localhost .1.3.6.1.2.1.1.6.0 >"$work/name.actual" 2>&1
same 'a host name instead of an address' "$work/name."{expected,actual}
if has_ipv6; then
    cork get 2c public -p "$AGENT_PORT" ::1 .1.3.6.1.2.1.1.6.0 >"$work/name.actual" 2>&1
    same 'over IPv6 (::1)' "$work/name."{expected,actual}
    cork walk 2c stable -p "$AGENT_PORT" ::1 $types >"$work/types6.actual" 2>&1
    net_snmp walk 2c stable "udp6:[::1]:$AGENT_PORT" $types >"$work/types6.expected"
    same 'a walk over IPv6' "$work/types6."{expected,actual}
else
    skip 'over IPv6 (::1)' 'this machine has no ::1'
    skip 'a walk over IPv6' 'this machine has no ::1'
fi
interop_end
