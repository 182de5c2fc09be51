#!/bin/bash
# The agent role: net-snmp's own manager programs are answered by snmp.exe agent, through SnmpListen.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start agent_role "${1:-}"
types=.1.3.6.1.4.1.99999.3
column=.1.3.6.1.4.1.99999.4

role_start() {
    ROLE_PORT=$(free_port)
    start_cork role agent -p "$ROLE_PORT" "$@"
}
role_start || { echo 'Bail out! the agent does not listen'; exit 1; }
ROLE=127.0.0.1:$ROLE_PORT

cat >"$work/types.expected" <<EXPECTED
$types.1.0 = INTEGER: -2147483648
$types.2.0 = Gauge32: 4294967295
$types.3.0 = Counter32: 4294967295
$types.4.0 = Timeticks: (8640000) 1 day, 0:00:00.00
$types.5.0 = IpAddress: 192.0.2.1
$types.6.0 = OID: .1.3.6.1.4.1.4294967295.0.127.128
$types.7.0 = Hex-STRING: 00 01 7F 80 FE FF 00 01 7F 80 FE FF 00 01 7F 80 
FE FF 
$types.8.0 = ""
$types.9.0 = Counter64: 18446744073709551615
EXPECTED
for i in $(seq 1 100); do echo "$column.1.$((i * 3)) = INTEGER: $((i * i))"; done >"$work/column.expected"

net_snmp walk 2c public "$ROLE" $types >"$work/types.actual" 2>&1
same 'snmpwalk, SNMPv2c: every syntax' "$work/types."{expected,actual}
net_snmp walk 1 public "$ROLE" $column >"$work/column.actual" 2>&1
# The column is the end of the MIB: SNMPv1 says so with noSuchName.
{ cat "$work/column.expected"; echo 'End of MIB'; } >"$work/column1.expected"
same 'snmpwalk, SNMPv1: a column of a hundred rows' "$work/column1.expected" "$work/column.actual"
cp "$work/column.expected" "$work/end.expected"
echo "$column.1.300 = No more variables left in this MIB View (It is past the end of the MIB tree)" >>"$work/end.expected"
for repetitions in 1 10 60; do
    # A repetition behind the end says so again; so many of these as fit in the last answer are printed.
    net_snmp bulkwalk 2c public -Cr$repetitions "$ROLE" $column 2>&1 | uniq >"$work/end.actual"
    same "snmpbulkwalk with $repetitions repetitions" "$work/end."{expected,actual}
done
net_snmp bulkget 2c public -Cn1 -Cr3 "$ROLE" .1.3.6.1.2.1.1.1 $column.1 $types >"$work/bulk.actual" 2>&1
cat >"$work/bulk.expected" <<EXPECTED
.1.3.6.1.2.1.1.1.0 = STRING: "Cork WinSNMP agent"
$column.1.3 = INTEGER: 1
$types.1.0 = INTEGER: -2147483648
$column.1.6 = INTEGER: 4
$types.2.0 = Gauge32: 4294967295
$column.1.9 = INTEGER: 9
$types.3.0 = Counter32: 4294967295
EXPECTED
same 'snmpbulkget: one non-repeater, three repetitions of two' "$work/bulk."{expected,actual}

net_snmp get 2c public "$ROLE" .1.3.6.1.2.1.1.5.0 $types.1.7 .1.3.6.1.4.1.99999.77.0 >"$work/get.actual" 2>&1
cat >"$work/get.expected" <<EXPECTED
.1.3.6.1.2.1.1.5.0 = STRING: "corkscrew"
$types.1.7 = No Such Instance currently exists at this OID
.1.3.6.1.4.1.99999.77.0 = No Such Object available on this agent at this OID
EXPECTED
same 'snmpget: a value, noSuchInstance, noSuchObject' "$work/get."{expected,actual}
check 'snmpget, SNMPv1: a value' net_snmp get 1 public "$ROLE" .1.3.6.1.2.1.1.5.0
check 'snmpget, SNMPv1: a missing object is noSuchName' sh -c \
    'snmpget -v 1 -c public -On -m "" "$1" "$2" 2>&1 | grep -q "Reason: (noSuchName)"' sh "$ROLE" $types.1.7

# ---- set ----
for value in "5.0 a 192.0.2.254" "6.0 o .1.3.9" "7.0 x 00 ff" "8.0 s stored" "2.0 u 17" "1.0 i 18"; do
    read -r instance type text <<<"$value"
    net_snmp set 2c public "$ROLE" "$types.$instance" "$type" "$text" >"$work/set.expected" 2>&1
    net_snmp get 2c public "$ROLE" "$types.$instance" >"$work/set.actual" 2>&1
    same "snmpset $type '$text', and snmpget finds it" "$work/set."{expected,actual}
done
# refused REASON VERSION OID TYPE VALUE
refused() {
    net_snmp set "$2" public "$ROLE" "${@:3}" >"$work/refused" 2>&1
    grep -q "^Reason: (\{0,1\}$1" "$work/refused"
    result $? "snmpset, SNMPv$2: $1" || diag "$work/refused"
}
refused notWritable 2c .1.3.6.1.2.1.1.1.0 s text
refused wrongType 2c $types.1.0 s text
refused noCreation 2c $column.1.4 i 1
refused wrongLength 2c $types.8.0 s "$(printf 'x%.0s' $(seq 300))"
refused notWritable 2c .1.3.6.1.4.1.99999.77.0 i 1
refused noSuchName 1 .1.3.6.1.2.1.1.1.0 s text
refused badValue 1 $types.1.0 s text
refused noSuchName 1 $column.1.4 i 1

# ---- many at once, another address family, the port ----
many() {
    local pids=() pid failures=0
    for _ in 1 2 3 4 5 6 7 8; do
        net_snmp walk 2c public "$ROLE" .1.3.6.1.4.1.99999 >"$work/many.$_" 2>&1 &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || failures=$((failures + 1)); done
    return $failures
}
check 'eight managers at once' many
check 'snmp.exe itself as the manager' cork get 2c public -p "$ROLE_PORT" 127.0.0.1 .1.3.6.1.2.1.1.1.0
cork agent 2c public -p "$ROLE_PORT" -w 10 127.0.0.1 >"$work/second.out" 2>&1
check 'a second agent on the port is refused: SNMPAPI_TL_OTHER' grep -q 'SnmpListen: SNMPAPI_TL_OTHER' "$work/second.out"
check 'and the first still answers' net_snmp get 2c public "$ROLE" .1.3.6.1.2.1.1.1.0
end_process "$role_pid"
if has_ipv6; then
    role_start -w 60 ::1
    check 'snmpget over IPv6' net_snmp get 2c public "udp6:[::1]:$ROLE_PORT" .1.3.6.1.2.1.1.1.0
    end_process "$role_pid"
else
    skip 'snmpget over IPv6' 'this machine has no ::1'
fi
role_start -n 2 -W
check 'notified by window message' net_snmp get 2c public "127.0.0.1:$ROLE_PORT" .1.3.6.1.2.1.1.1.0
check 'a second time' net_snmp get 2c public "127.0.0.1:$ROLE_PORT" .1.3.6.1.2.1.1.1.0
wait "$role_pid"
check 'an agent that ends gives its port back and says what it did' grep -qx 'served 2 requests' "$work/role.out"
interop_end
