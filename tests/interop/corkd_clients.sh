#!/bin/bash
# Windows programs killed while replies and events are on their way to them, and while they connect: corkd sees every one of them go, though
# wineserver may keep such a program's socket open. CORK_SOAK=1: many more of them.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
if ! build/native/corkd --version >/dev/null 2>&1; then
    echo '1..0 # SKIP corkd does not run here'
    exit 0
fi
interop_start corkd_clients "${1:-}"
rounds=6 at_once=4
[ -z "${CORK_SOAK:-}" ] || rounds=100
prefix=${PREFIX:-build/prefix}
endpoint=$prefix/cork/corkd.endpoint
gone() { ! kill -0 "$1" 2>/dev/null; }
if [ -e "$endpoint" ]; then
    pid=$(cut -d' ' -f4 "$endpoint")
    kill -KILL "$pid" 2>/dev/null
    wait_until gone "$pid"
fi
# One that shows what it does.
build/native/corkd --prefix "$prefix" --foreground --verbose 2>"$work/corkd.log" &
corkd_pid=$!
started+=("$corkd_pid")
wait_until grep -qs " $corkd_pid " "$endpoint"
# One that stays, and with it wineserver, at whose end every socket is closed.
mkfifo "$work/stay"
tools/wine-run cmd /c 'set /p line=' <"$work/stay" >/dev/null 2>&1 &
started+=($!)
exec {stay}>"$work/stay"

client_numbers() { sed -n "s/.*client \([0-9]*\) $1.*/\1/p" "$work/corkd.log" | sort -u; }
went_after_it_came() { comm -12 <(client_numbers 'is host_channel') <(client_numbers 'has gone') | wc -l; }
all_went() { [ "$(client_numbers 'is host_channel' | wc -l)" = "$(went_after_it_came)" ]; }
none_is_connected() { ! grep -q "^ *[0-9]*: 0100007F:$port .* 01 " /proc/net/tcp; }
is_busy() { grep -q busy "$work/$1.out" || gone "$2"; }
pause() { sleep "0.$(printf %03d $((RANDOM % $1)))"; }

# kill_some busy|any: starts that many, and kills each at another moment, once it is busy or before.
kill_some() {
    local i pids=()
    for ((i = 0; i < at_once; i++)); do
        : >"$work/$i.out"
        tools/wine-run "build/$arch/host_channel.exe" busy >"$work/$i.out" 2>"$work/$i.err" &
        pids+=($!)
    done
    started+=("${pids[@]}")
    for i in "${!pids[@]}"; do
        if [ "$1" = busy ]; then wait_until is_busy "$i" "${pids[i]}"; else pause 100; fi
        kill -KILL "${pids[i]}"
        wait "${pids[i]}" 2>/dev/null
    done
    started=("${started[@]:0:2}")
}

port=$(printf %04X "$(cut -d' ' -f3 "$endpoint")")
for moment in busy any; do
    for ((round = 1; round <= rounds; round++)); do
        kill_some $moment
        wait_until all_went && wait_until none_is_connected
        result $? "$at_once programs are killed ($moment, $round): corkd sees each of them go" || tail -n 5 "$work/corkd.log" | diag
    done
done
echo "# $(went_after_it_came) have come and gone, $(grep -c 'its process has ended' "$work/corkd.log") of them known by their lifeline alone"
check 'corkd serves others' windows host_channel echo
exec {stay}>&-
interop_end
