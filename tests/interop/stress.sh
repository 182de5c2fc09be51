#!/bin/bash
# Thousands of sessions and of requests in flight, without growth of memory, handles or threads.
# CORK_CYCLES=N sets both numbers (2,000 cycles, 10,000 in flight; with CORK_SOAK 10,000 each).
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start stress "${1:-}"
cycles=${CORK_CYCLES:-2000} flight=${CORK_CYCLES:-10000}
[ -n "${CORK_SOAK:-}" ] && cycles=${CORK_CYCLES:-10000} WINDOWS_TIMEOUT=3000

# stress WHAT MODE PORT NUMBER
stress() {
    local what=$1
    shift
    windows snmp_stress "$@" >"$work/$1.out" 2>"$work/$1.err"
    result $? "$what"
    diag "$work/$1.out" "$work/$1.err"
}

start_helper fast responder
# shellcheck disable=SC2154 # set by start_helper
stress "$cycles sessions opened, used and closed, half of them with the request under way" cycles "$fast" "$cycles"
stress "$cycles sessions by four threads at once" threads "$fast" "$cycles"
stress "$cycles sessions with window messages" windows "$fast" "$((cycles / 4))"
end_process "$fast_pid"

start_helper holding responder --mode hold --hold "$flight"
# shellcheck disable=SC2154 # set by start_helper
stress "$flight requests in flight, each answered once" flight "$holding" "$flight"
end_process "$holding_pid"
diag "$work/holding.log"
most=$(sed -n 's/.* \([0-9]*\) held at most.*/\1/p' "$work/holding.log")
check "the responder held $most of them at one time" test "${most:-0}" -ge $((flight * 9 / 10))

start_helper mute responder --mode silent
# shellcheck disable=SC2154 # set by start_helper
stress "a session is closed with $flight requests in flight, and nothing comes after" close "$mute" "$flight"
end_process "$mute_pid"
interop_end
