#!/bin/bash
# The host channel of Windows programs: corkd found, started and trusted, or not; calls, cancellation, events; corkd killed.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
if ! build/native/corkd --version >/dev/null 2>&1; then
    echo '1..0 # SKIP corkd does not run here'
    exit 0
fi
interop_start corkd_channel "${1:-}"
prefix=${PREFIX:-build/prefix}
endpoint=$prefix/cork/corkd.endpoint
export CORK_CORKD=$PWD/build/native/corkd

pid_of() { cut -d' ' -f4 "$endpoint"; }
gone() { ! kill -0 "$1" 2>/dev/null; }
# Kills the prefix's corkd, so that it can leave its endpoint file behind.
kill_corkd() {
    local pid
    [ -e "$endpoint" ] || return 0
    pid=$(pid_of)
    kill -KILL "$pid" 2>/dev/null
    wait_until gone "$pid"
}
channel() { windows host_channel "$@"; }
# status PATTERN: what one call ends with.
status() {
    channel status >"$work/status"
    cat "$work/status"
    grep -q -- "$1" "$work/status"
}

kill_corkd
rm -f "$endpoint"
not_installed() { CORK_CORKD=/nowhere/corkd status '^not running: corkd is not installed'; }
check 'corkd is not installed: the service is not running' not_installed
not_a_program() { CORK_CORKD=$PWD/README.md status '^not running'; }
check 'corkd is no program: likewise' not_a_program
check 'started on demand' status '^ok'
one_corkd() {
    local first i pids=() codes=0
    kill_corkd
    for i in 1 2 3 4; do channel status >"$work/status.$i" & pids+=($!); done
    for i in "${pids[@]}"; do wait "$i" || codes=1; done
    first=$(pid_of)
    cat "$work"/status.?
    [ "$codes$(sort -u "$work"/status.? | tr -d "\r")" = 0ok ] && kill -0 "$first"
}
check 'four programs at once, with a stale endpoint file: one corkd, and all are served' one_corkd
for case in echo refused timeout cancel slow threads events close; do check "$case" channel "$case"; done

killed() {
    channel killed >"$work/killed.out" &
    local program=$!
    wait_until grep -q waiting "$work/killed.out" || return 1
    kill -KILL "$(pid_of)"
    wait "$program"
}
check 'corkd is killed: waiting calls end, and the next one starts it again' killed

restarted() {
    mkfifo "$work/restarted.in"
    channel restarted >"$work/restarted.out" <"$work/restarted.in" &
    local program=$!
    exec 9>"$work/restarted.in"
    wait_until grep -q waiting "$work/restarted.out" || return 1
    kill_corkd
    echo >&9
    exec 9>&-
    wait "$program"
}
check 'corkd is killed between two calls: the second one starts it again' restarted

# ---- Whom it trusts ----
chmod 644 "$endpoint"
check 'an endpoint file that others can read is refused' status '^refused: corkd.s endpoint file is not to be trusted'
chmod 640 "$endpoint"
check 'one that the group can read, too' status '^refused: the endpoint file is not to be trusted'
chmod 600 "$endpoint"
check 'in order again' status '^ok'
if [ "$(id -u)" = 0 ]; then
    chown 65534 "$endpoint"
    check 'one of another user is refused' status '^refused: corkd.s endpoint file is not to be trusted'
    chown 0 "$endpoint"
else
    skip 'one of another user is refused' 'giving a file away needs root'
fi
cp -p "$endpoint" "$work/endpoint"
awk '{ print $1, $2, $3, $4, substr($5, 2) (substr($5, 1, 1)) }' "$work/endpoint" >"$work/endpoint.wrong"
cat "$work/endpoint.wrong" >"$endpoint"
check 'a wrong token is refused' status '^refused: the token is missing or wrong'
awk '{ $2 = 99; print }' "$work/endpoint" >"$work/endpoint.version"
cat "$work/endpoint.version" >"$endpoint"
check 'another major version is refused, and named' status '^refused: corkd speaks version 99'
kill_corkd
check 'no corkd any more, and its file names a version of the future: replaced' status '^ok'
kill_corkd
echo garbage >"$endpoint"
chmod 600 "$endpoint"
check 'an endpoint file of garbage: replaced' status '^ok'
kill_corkd
rm -f "$endpoint"
interop_end
