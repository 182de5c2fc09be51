#!/bin/bash
# corkd by itself: its command line, its files, and what it has to survive. Needs no Wine.
#
# corkd.sh [CORKD]    build/native/corkd unless named: a sanitized build, for one
set -u
cd "$(dirname "$0")/../.." || exit 1
corkd=$PWD/${1:-build/native/corkd}
faults=$PWD/build/native/interop/corkd_faults
# A folder for each build of corkd: they run at the same time.
work=build/interop/corkd-$(basename "$(dirname "$corkd")")
rm -rf "$work" && mkdir -p "$work/prefix" || exit 1
work=$(cd "$work" && pwd)
prefix=$work/prefix endpoint=$work/prefix/cork/corkd.endpoint
tests=0 daemon=
export TSAN_OPTIONS=halt_on_error=1 ASAN_OPTIONS=detect_leaks=1

result() {
    local status=$1
    shift
    tests=$((tests + 1))
    [ "$status" = 0 ] && { echo "ok $tests - $*"; return; }
    echo "not ok $tests - $*"
    tail -n 8 "$work/out" | sed 's/^/# /'
}
check() {
    local what=$1
    shift
    "$@" >"$work/out" 2>&1
    result $? "$what"
}
# says CODE PATTERN COMMAND...: its exit code and what it prints.
says() {
    local code=$1 pattern=$2 actual
    shift 2
    "$@" </dev/null >"$work/said" 2>&1
    actual=$?
    cat "$work/said"
    [ "$actual" = "$code" ] || { echo "exit code $actual"; return 1; }
    [ -z "$pattern" ] || grep -q -- "$pattern" "$work/said"
}
wait_until() {
    local i
    for ((i = 0; i < 600; i++)); do "$@" 2>/dev/null && return 0; sleep 0.05; done
    return 1
}
gone() { ! kill -0 "$1" 2>/dev/null; }
pid_of() { cut -d' ' -f4 "$endpoint"; }
start() {
    "$corkd" --prefix "$prefix" --foreground 2>"$work/log" &
    daemon=$!
    wait_until grep -qs " $daemon " "$endpoint"
}
# Ends it in order: exit code 0, with nothing found by a sanitizer, and the endpoint file gone.
stop() {
    kill "$daemon"
    wait "$daemon"
    local code=$?
    daemon=
    cat "$work/log"
    [ "$code" = 0 ] && [ ! -e "$endpoint" ]
}
stop_all() {
    [ -n "$daemon" ] && kill -KILL "$daemon" 2>/dev/null
    [ -e "$endpoint" ] && kill -KILL "$(pid_of)" 2>/dev/null
    [ -d "$work/full" ] && mountpoint -q "$work/full" && umount "$work/full"
}
trap stop_all EXIT

if ! "$corkd" --version >"$work/out" 2>&1; then
    echo "1..0 # SKIP corkd does not run here: $(head -n 1 "$work/out")"
    exit 0
fi

# ---- The command line ----
check '--version' says 0 'protocol 1.1' "$corkd" --version
check '--help' says 0 '--idle-exit SECONDS' "$corkd" --help
check 'no prefix' says 2 'prefix DIR is missing' "$corkd"
check 'an unknown option' says 2 'corkd --help' "$corkd" --prefix "$prefix" --nonsense
check 'an argument too many' says 2 'too many' "$corkd" --prefix "$prefix" more
check 'a number that is none' says 2 'idle-exit' "$corkd" --prefix "$prefix" --idle-exit 1x
check 'a prefix that is not there' says 1 'No such file' "$corkd" --prefix "$work/nothing"
check 'a prefix that is a file' says 1 'not a folder' "$corkd" --prefix "$work/out"

# ---- In the background ----
check 'the background: serves when the command returns' says 0 '' "$corkd" --prefix "$prefix" --idle-exit 2
background=$(pid_of)
check 'the endpoint file is for its owner only' [ "$(stat -c %a "$endpoint")" = 600 ]
check 'a second one finds the first' says 3 "process $background" "$corkd" --prefix "$prefix"
check 'it answers' "$faults" "$prefix" answers
check 'it ends when nobody has been there for so long' wait_until gone "$background"
check 'and leaves no endpoint file' [ ! -e "$endpoint" ]
check 'and has a log' grep -q 'nobody has been here for 2 seconds' "$prefix/cork/corkd.log"

# Ten at once: one serves, the others find it.
race() {
    local i code served=0 found=0 pids=()
    for i in 1 2 3 4 5 6 7 8 9 10; do "$corkd" --prefix "$prefix" --idle-exit 60 </dev/null 2>/dev/null & pids+=($!); done
    for i in "${pids[@]}"; do
        wait "$i"
        code=$?
        [ $code = 0 ] && served=$((served + 1))
        [ $code = 3 ] && found=$((found + 1))
    done
    echo "$served $found"
    [ "$served $found" = '1 9' ] && "$faults" "$prefix" answers
}
check 'ten started at once: one serves, nine say so' race
background=$(pid_of)
kill -KILL "$background"
wait_until gone "$background"
check 'a killed one leaves its endpoint file' [ -e "$endpoint" ]
check 'and a new one takes its place' start
check 'with a token of its own' "$faults" "$prefix" answers

# ---- What clients do ----
for case in garbage lengths token version silent every-byte many slow limits deaf lifeline; do
    check "survives: $case" "$faults" "$prefix" "$case"
done
check 'ends by a signal, in order' stop

# ---- The endpoint file ----
start
chmod 644 "$endpoint"
check 'others can read the token: nobody is let in' "$faults" "$prefix" untrusted
chmod 640 "$endpoint"
check 'the group can, likewise' "$faults" "$prefix" untrusted
chmod 600 "$endpoint"
check 'in order again' "$faults" "$prefix" answers
stop >/dev/null
chmod 777 "$prefix/cork"
check 'a folder that others can write to is not used' says 1 'others can write' "$corkd" --prefix "$prefix"
chmod 700 "$prefix/cork"
mv "$prefix/cork" "$prefix/elsewhere"
ln -s elsewhere "$prefix/cork"
check 'nor one that is a symbolic link' says 1 'not a folder' "$corkd" --prefix "$prefix"
rm "$prefix/cork"
mv "$prefix/elsewhere" "$prefix/cork"

# ---- Limits of the machine ----
start_small() {
    (ulimit -n 40 && exec "$corkd" --prefix "$prefix" --foreground 2>"$work/log") &
    daemon=$!
    wait_until grep -qs " $daemon " "$endpoint"
}
few_descriptors() {
    "$faults" "$prefix" many && return 1 # it cannot have a thousand
    grep -q 'no descriptor is left' "$work/log" && wait_until "$faults" "$prefix" answers
}
start_small
check 'no descriptor left: says so, and goes on when some are there again' few_descriptors
stop >"$work/out" || result 1 'ends in order after that'

if mkdir -p "$work/full" && mount -t tmpfs -o size=64k,mode=700 none "$work/full" 2>/dev/null; then
    mkdir "$work/full/cork"
    chmod 700 "$work/full/cork"
    head -c 1000000 /dev/zero >"$work/full/filler" 2>/dev/null
    check 'a full disk: a clear error' says 1 'No space left' "$corkd" --prefix "$work/full"
    rm "$work/full/filler"
    prefix=$work/full endpoint=$work/full/cork/corkd.endpoint
    check 'and with room again it serves' start
    head -c 1000000 /dev/zero >"$work/full/filler" 2>/dev/null
    check 'a disk that fills up later does not disturb it' "$faults" "$prefix" answers
    check 'it ends in order on a full disk' stop
    umount "$work/full"
else
    tests=$((tests + 1))
    echo "ok $tests - a full disk # SKIP mounting a small one needs root"
fi
echo "1..$tests"
