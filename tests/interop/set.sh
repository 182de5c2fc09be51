#!/bin/bash
# SET against a real agent: what is stored, and every error-status that the agent can give, for SNMPv1 and SNMPv2c.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start set "${1:-}"
start_agent || { echo 'Bail out! no agent'; exit 1; }
values=.1.3.6.1.4.1.99999.1
refusing=.1.3.6.1.4.1.99999.2.10

# stores VERSION OID TYPE VALUE: Cork sets it, net-snmp's snmpget reads what Cork printed.
stores() {
    local version=$1 oid=$2 type=$3 value=$4
    cork set "$version" private -p "$AGENT_PORT" 127.0.0.1 "$oid" "$type" "$value" >"$work/set.actual" 2>"$work/set.err"
    net_snmp get "$version" private "$AGENT" "$oid" >"$work/set.expected"
    same "SNMPv$version: set $oid to $type '$value'" "$work/set."{expected,actual} || { diag "$work/set.err"; return; }
    grep -q -F -- "${5:-$value}" "$work/set.actual"
    result $? "SNMPv$version: and that is the value"
}

for version in 1 2c; do
    stores $version $values.2.0 s "text $version"
    stores $version $values.2.0 x '00 01 7f 80 ff' '00 01 7F 80 FF'
    stores $version $values.3.0 i -2147483648
    stores $version $values.3.0 i 2147483647
    stores $version $values.3.0 i 0
    stores $version $values.4.0 u 4294967295
    stores $version $values.6.0 t 4294967295
    stores $version $values.7.0 o .1.3.6.1.4.1.16383.2097151.4294967295
done

cork set 2c private -p "$AGENT_PORT" 127.0.0.1 $values.2.0 s both $values.3.0 i 77 >"$work/two.actual" 2>"$work/two.err"
net_snmp get 2c private "$AGENT" $values.2.0 $values.3.0 >"$work/two.expected"
same 'two variables in one request' "$work/two."{expected,actual}

# What net-snmp's snmpset says of the same request is what Cork's has to say.
refused() {
    local what=$1 version=$2 community=$3 reason
    shift 3
    net_snmp set "$version" "$community" "$AGENT" "$@" >"$work/refused.expected" 2>&1
    cork set "$version" "$community" -p "$AGENT_PORT" 127.0.0.1 "$@" >"$work/refused.out" 2>"$work/refused.err"
    local status=$?
    # Net-snmp writes some names in brackets, with a text, and spells genErr otherwise.
    reason=$(sed -n 's/^Reason: (\{0,1\}\([A-Za-z]*\).*/\1/p' "$work/refused.expected")
    reason=${reason/genError/genErr}
    # A tooBig of SNMPv1 loses its bindings in translation (RFC 1908, 3.1.2), and with them the name.
    [ "$version $reason" = '1 tooBig' ] && sed -i '/^Failed object/d' "$work/refused.expected"
    [ -n "$reason" ] && [ "$status" = 1 ] && grep -qx "Reason: $reason" "$work/refused.err" &&
        [ "$(grep '^Failed object' "$work/refused.expected")" = "$(grep '^Failed object' "$work/refused.err")" ]
    result $? "SNMPv$version: $what: $reason" || diag "$work/refused.expected" "$work/refused.out" "$work/refused.err"
}

for version in 1 2c; do
    refused 'a read-only object' $version private .1.3.6.1.2.1.1.1.0 s text
    # Another object than those that are looked at last: this agent spoils the value of one that was set with a wrong type.
    refused 'the wrong type' $version private $values.4.0 s text
    refused 'no right to write' $version public $values.3.0 i 1
    refused 'an object that is not there' $version private .1.3.6.1.4.1.99999.7.0 i 1
    refused 'the second of three' $version private $values.3.0 i 1 $refusing.12.0 i 1 $values.2.0 s x
    for status in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do
        refused "error-status $status" $version private $refusing.$status.0 i 5
    done
done
net_snmp get 2c private "$AGENT" $values.2.0 $values.3.0 >"$work/two.after"
same 'what was refused as a whole has stored nothing' "$work/two.expected" "$work/two.after"
interop_end
