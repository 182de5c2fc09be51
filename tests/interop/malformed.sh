#!/bin/bash
# Malformed datagrams at a session, at the trap listener and at an agent, while good messages go on being served.
# CORK_MALFORMED=N sends N to each (50,000; with CORK_SOAK 1,000,000).
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start malformed "${1:-}"
count=${CORK_MALFORMED:-50000}
[ -n "${CORK_SOAK:-}" ] && count=${CORK_MALFORMED:-1000000} WINDOWS_TIMEOUT=3000
rate=10000

# Kilobytes of memory that a Windows program has.
memory_of() { awk '/^(RssAnon|VmSwap):/ { sum += $2 } END { print sum + 0 }' "/proc/$1/status"; }

# ---- a session: before each of its answers come a hundred malformed ones ----
start_helper flood responder --mode flood --flood 100 --seed 7
# shellcheck disable=SC2154 # set by start_helper
windows snmp_stress flood "$flood" $((count / 100)) >"$work/session" 2>&1
result $? "a session: each of $((count / 100)) requests is answered among $count malformed datagrams"
diag "$work/session"
end_process "$flood_pid"
diag "$work/flood.log"

# served WHAT PID COMMAND...: COMMAND succeeds again and again while malformed datagrams come to port $target.
served() {
    local what=$1 pid=$2 before after good=0 bad=0
    shift 2
    before=$(memory_of "$pid")
    build/native/interop/malform --port "$target" --count "$count" --rate $rate --seed 11 >"$work/malform.log" 2>"$work/malform.progress" &
    local malform_pid=$!
    started+=("$malform_pid")
    while kill -0 $malform_pid 2>/dev/null; do
        if "$@" >"$work/served.out" 2>&1; then good=$((good + 1)); else bad=$((bad + 1)); fi
        sleep 0.2
    done
    wait $malform_pid
    "$@" >"$work/served.out" 2>&1
    result $? "$what: $count malformed datagrams later it is served" || diag "$work/served.out"
    [ $good -gt 0 ] && [ $bad = 0 ]
    result $? "$what: all of $((good + bad)) good ones in between were served"
    kill -0 "$pid" 2>/dev/null
    result $? "$what: the program still runs"
    after=$(memory_of "$pid")
    # The first requests make a pool, buffers and so on; a leak of five bytes a datagram would be more than this in the soak.
    [ $((after - before)) -lt 4096 ]
    result $? "$what: its memory has not grown by 4 MB ($before kB before, $after kB after)"
    diag "$work/malform.log"
}

target=$(free_port)
start_cork listener trap-listen -p "$target" -C -c good || { echo 'Bail out! no listener'; exit 1; }
# shellcheck disable=SC2154 # set by start_cork
served 'the trap listener' "$listener_pid" \
    net_snmp inform 2c good -t 2 -r 5 "127.0.0.1:$target" 1 .1.3.6.1.4.1.99999.5.1 .1.3.6.1.4.1.99999.6.1 s good
check 'no message of another community was let through' test "$(grep -c '^[a-z]* from' "$work/listener.out")" = \
    "$(grep -c 'community good$' "$work/listener.out")"
end_process "$listener_pid"

target=$(free_port)
start_cork role agent -p "$target" || { echo 'Bail out! no agent'; exit 1; }
# shellcheck disable=SC2154 # set by start_cork
served 'the agent role' "$role_pid" net_snmp get 2c public -t 2 -r 5 "127.0.0.1:$target" .1.3.6.1.2.1.1.1.0
end_process "$role_pid"
interop_end
