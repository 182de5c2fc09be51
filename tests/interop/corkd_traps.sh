#!/bin/bash
# The trap port that corkd shares: every process receives every trap, one that goes does not disturb the others, an inform is acknowledged once,
# and a corkd that is killed is replaced.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
if ! build/native/corkd --version >/dev/null 2>&1; then
    echo '1..0 # SKIP corkd does not run here'
    exit 0
fi
interop_start corkd_traps "${1:-}"
prefix=${PREFIX:-build/prefix}
endpoint=$prefix/cork/corkd.endpoint
export CORK_CORKD=$PWD/build/native/corkd
export CORK_WSNMP32_TRAPLISTENER=corkd
data=.1.3.6.1.4.1.99999.6 enterprise=.1.3.6.1.4.1.99999.5
TRAP_PORT=$(free_port)
TRAP_AT=127.0.0.1:$TRAP_PORT

pid_of() { cut -d' ' -f4 "$endpoint"; }
gone() { ! kill -0 "$1" 2>/dev/null; }
if [ -e "$endpoint" ]; then
    pid=$(pid_of)
    kill -KILL "$pid" 2>/dev/null
    wait_until gone "$pid"
fi
# One that shows what it does.
build/native/corkd --prefix "$prefix" --foreground --verbose 2>"$work/corkd.log" &
corkd_pid=$!
started+=("$corkd_pid")
wait_until grep -qs " $corkd_pid " "$endpoint"

trap_with() { net_snmp trap 2c public "$TRAP_AT" 1 $enterprise.1 $data.1 i "$1"; }
inform_with() { net_snmp inform 2c public "$TRAP_AT" 1 $enterprise.1 $data.1 i "$1"; }
values() { grep -F "$data.1 = INTEGER" "$work/$1.out" | sed 's/.*: //' | tr '\n' ' '; }
got() { [ "$(values "$1")" = "$2" ]; }
# received LISTENER VALUES
received() { wait_until got "$1" "$2" || { values "$1"; return 1; }; }

check 'a first process listens' start_cork first trap-listen -p "$TRAP_PORT" -n 100 -w 240
check 'and a second one, at the same port' start_cork second trap-listen -p "$TRAP_PORT" -n 100 -w 240
check 'and a third one' start_cork third trap-listen -p "$TRAP_PORT" -n 2 -w 240
for i in 1 2; do trap_with $i; done
for who in first second third; do check "the $who receives every trap" received $who '1 2 '; done
# shellcheck disable=SC2154 # start_cork sets it
wait "$third_pid" 2>/dev/null
for i in 3 4; do trap_with $i; done
for who in first second; do check "one has gone in order: the $who goes on" received $who '1 2 3 4 '; done

check 'an inform is acknowledged' inform_with 5
for who in first second; do check "and received by the $who" received $who '1 2 3 4 5 '; done
answers() { [ "$(grep -c "answers trap 5: $1" "$work/corkd.log")" = "$2" ]; }
check 'acknowledged once' wait_until answers sent 1
check 'and not a second time' wait_until answers 'somebody did already' 1

# shellcheck disable=SC2154 # start_cork sets it
kill -KILL "$second_pid"
wait "$second_pid" 2>/dev/null
check 'one is killed: the next inform is acknowledged' inform_with 6
check 'and received by the other' received first '1 2 3 4 5 6 '

check 'another process listens' start_cork fourth trap-listen -p "$TRAP_PORT" -n 100 -w 240
kill -KILL "$corkd_pid"
wait "$corkd_pid" 2>/dev/null
# A new one, started by those that listen: informs are repeated until it has the port.
replaced() { [ -e "$endpoint" ] && [ "$(pid_of)" != "$corkd_pid" ] && kill -0 "$(pid_of)" && inform_with 7; }
check 'corkd is killed: a new one takes over the port' wait_until replaced
both() { grep -q 'INTEGER: 7' "$work/first.out" && grep -q 'INTEGER: 7' "$work/fourth.out"; }
again() { both || { inform_with 7; both; }; }
check 'and both go on' wait_until again

other_port() {
    build/native/interop/responder --port-file "$work/taken.port" >/dev/null 2>&1 &
    started+=($!)
    wait_until test -s "$work/taken.port" || return 1
    windows snmp trap-listen -p "$(cat "$work/taken.port")" -n 1 -w 20 2>&1 | grep -q 'SnmpRegister: SNMPAPI_TL_IN_USE'
}
check 'a port that another program has: SNMPAPI_TL_IN_USE' other_port
no_corkd() { CORK_CORKD=/nowhere windows snmp trap-listen -p "$(free_port)" -n 1 -w 20 2>&1 | grep -q 'SNMPAPI_TL_NOT_AVAILABLE'; }
check 'no corkd, and no other listener wanted: SNMPAPI_TL_NOT_AVAILABLE' no_corkd
export CORK_WSNMP32_TRAPLISTENER=auto CORK_CORKD=/nowhere
TRAP_PORT=$(free_port)
TRAP_AT=127.0.0.1:$TRAP_PORT
check 'no corkd: the process listens itself' start_cork alone trap-listen -p "$TRAP_PORT" -n 1 -w 240
trap_with 8
check 'and receives' received alone '8 '

kill "$(pid_of)" 2>/dev/null
interop_end
