#!/bin/bash
# A manager on a bad network: loss, repetition, reordering, delay, damage; agents that die, are silent, slow, or talk nonsense.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start faults "${1:-}"
start_agent || { echo 'Bail out! no agent'; exit 1; }
types=.1.3.6.1.4.1.99999 system=.1.3.6.1.2.1.1 views=.1.3.6.1.6.3.16.1.5
for tree in $system $types $views; do net_snmp walk 2c stable "$AGENT" $tree; done >"$work/direct"

# walk_through WHAT RELAY_OPTION...: both trees through a relay, equal to the direct walk.
walk_through() {
    local what=$1 tree
    shift
    start_helper relay udp_relay --target "$AGENT_PORT" "$@" || { result 1 "$what"; return; }
    # shellcheck disable=SC2154 # set by start_helper
    for tree in $system $types $views; do
        cork walk 2c stable -t 12 -r 40 -p "$relay" 127.0.0.1 $tree 2>>"$work/through.err"
    done >"$work/through"
    end_process "$relay_pid"
    same "$what" "$work/direct" "$work/through" || diag "$work/through.err"
    diag "$work/relay.log"
}

walk_through 'a walk through a relay that does nothing'
walk_through 'a walk through 20 % loss' --loss 0.2 --seed 20
walk_through 'a walk with every third datagram twice' --duplicate 0.33 --seed 21
walk_through 'a walk with a third reordered' --reorder 0.33 --duplicate 0.2 --seed 22
walk_through 'a walk with half delayed, some beyond the time-out' --delay 0.5 --delay-ms 150 --seed 23
walk_through 'a walk with every fifth datagram cut short' --truncate 0.2 --seed 24
walk_through 'a walk with all of these' --loss 0.1 --duplicate 0.1 --reorder 0.1 --delay 0.1 --truncate 0.1 --seed 25

# SNMPv1 and v2c have nothing that tells a changed value from a right one: with changed bits the walk has to end, not to be right.
start_helper relay udp_relay --target "$AGENT_PORT" --corrupt 0.3 --seed 26
cork walk 2c stable -t 12 -r 10 -p "$relay" 127.0.0.1 $system >"$work/corrupt" 2>&1
status=$?
check 'a walk with changed bits ends, with or without an error' test $status -le 1
end_process "$relay_pid"

# ---- the agent is killed and restarted in the middle of a walk ----
killed_walk() {
    local lines
    cork walk 2c stable -d 20 -t 30 -r 100 -p "$AGENT_PORT" 127.0.0.1 $system >"$work/killed" 2>"$work/killed.err" &
    local walk_pid=$!
    started+=("$walk_pid")
    wait_until test_lines "$work/killed" 5 || return 1
    stop_agent KILL
    lines=$(wc -l <"$work/killed")
    # Some requests meet nobody.
    sleep 1
    start_agent || return 1
    wait $walk_pid || return 1
    net_snmp walk 2c stable "$AGENT" $system >"$work/killed.expected"
    echo "# killed after $lines of $(wc -l <"$work/killed.expected") lines"
    [ "$lines" -lt "$(wc -l <"$work/killed.expected")" ]
}
test_lines() { [ "$(wc -l <"$1")" -ge "$2" ]; }
killed_walk
result $? 'the agent is killed and restarted in the middle of a walk, which goes on'
same 'and is complete' "$work/killed.expected" "$work/killed" || diag "$work/killed.err"

# ---- agents that misbehave ----
# asks MODE [OPTION...]: one GET of the responder in that mode; $? is snmp.exe's, its output in $work/asked.
asks() {
    start_helper misfit responder --mode "$@" || return 9
    # shellcheck disable=SC2154 # set by start_helper
    cork get 2c public -t 20 -r 3 -p "$misfit" 127.0.0.1 .1.3.6.1.2.1.1.1.0 >"$work/asked" 2>&1
    local status=$?
    end_process "$misfit_pid"
    return $status
}
times_out() {
    asks "$@"
    [ $? = 1 ] && grep -q SNMPAPI_TL_TIMEOUT "$work/asked"
}
check 'an agent that is silent: SNMPAPI_TL_TIMEOUT' times_out silent
check 'it was asked once, and three times again' grep -q '^responder: 4 requests, 0 answers' "$work/misfit.log"
check 'an agent that is slow, but not too slow, is heard' asks slow --delay 500
check 'an agent that answers twice' asks twice
check 'an agent that answers garbage: SNMPAPI_TL_TIMEOUT' times_out garbage
check 'an agent that answers with a wrong request id: SNMPAPI_TL_TIMEOUT' times_out wrong-id
check 'an agent that answers from another port: SNMPAPI_TL_TIMEOUT' times_out other-port
nobody=$(free_port)
check 'nobody there: SNMPAPI_TL_UNDELIVERABLE or SNMPAPI_TL_TIMEOUT' sh -c \
    'tools/wine-run "$1" get -t 20 -r 1 -p "$2" 127.0.0.1 .1.3.6.1.2.1.1.1.0 2>&1 | grep -Eq "SNMPAPI_TL_(UNDELIVERABLE|TIMEOUT)"' \
    sh "build/$arch/snmp.exe" "$nobody"

# Each of 2,000 requests over a changing, losing, repeating network ends once: answered or timed out.
start_helper relay udp_relay --target "$AGENT_PORT" --loss 0.1 --duplicate 0.2 --corrupt 0.2 --reorder 0.2 --delay 0.2 --seed 27
windows snmp_stress outcomes "$relay" 2000 >"$work/outcomes" 2>&1
result $? 'each of 2,000 requests over all of this ends exactly once'
diag "$work/outcomes"
end_process "$relay_pid"
interop_end
