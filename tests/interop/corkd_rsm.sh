#!/bin/bash
# corkd with removable storage in it: clients that go at any byte, many at once, requests that are cancelled as they end,
# idle exit, its end in the midst of work, a full disk, growth. Needs no Wine.
#
# corkd_rsm.sh CORKD
set -u
cd "$(dirname "$0")/../.." || exit 1
corkd=$PWD/$1
rsm=$PWD/build/native/interop/corkd_rsm
base=${TMPDIR:-/dev/shm}
[ -w "$base" ] || base=/tmp
work=$(mktemp -d "$base/cork-rsm-XXXXXX") || exit 1
prefix=$work/prefix endpoint=$work/prefix/cork/corkd.endpoint
mkdir -p "$prefix/drive_c/windows/system32" "$prefix/dosdevices"
tests=0 daemon=
export TSAN_OPTIONS=halt_on_error=1 ASAN_OPTIONS=detect_leaks=1
ulimit -n "$(ulimit -H -n)"

check() {
    local what=$1 status
    shift
    "$@" >"$work/out" 2>&1
    status=$?
    tests=$((tests + 1))
    if [ "$status" = 0 ]; then
        echo "ok $tests - $what"
        grep '^before:' "$work/out" | sed 's/^/# /'
        return
    fi
    echo "not ok $tests - $what"
    tail -n 8 "$work/out" | sed 's/^/# /'
    tail -n 12 "$work/log" | sed 's/^/# corkd: /'
}
wait_until() {
    local i
    for ((i = 0; i < 1200; i++)); do "$@" 2>/dev/null && return 0; sleep 0.05; done
    return 1
}
gone() { ! kill -0 "$1" 2>/dev/null; }
start() {
    "$corkd" --prefix "$prefix" --foreground "$@" 2>>"$work/log" &
    daemon=$!
    wait_until grep -qs " $daemon " "$endpoint"
}
ended() {
    wait "$daemon"
    local code=$?
    daemon=
    [ "$code" = 0 ] && [ ! -e "$endpoint" ]
}
stop() {
    kill "$daemon"
    ended
}
clean_up() {
    [ -n "$daemon" ] && kill -KILL "$daemon" 2>/dev/null
    mountpoint -q "$work/full" && umount "$work/full"
    rm -rf "$work"
}
trap clean_up EXIT

if ! "$corkd" --version >"$work/out" 2>&1; then
    echo "1..0 # SKIP corkd does not run here: $(head -n 1 "$work/out")"
    exit 0
fi

check 'starts' start
check 'a folder library' "$rsm" "$prefix" set-up
check 'works' "$rsm" "$prefix" works
for case in every-byte cancel many; do check "survives: $case" "$rsm" "$prefix" "$case"; done
# What a sanitizer keeps of freed memory grows by design.
case $1 in *san/*) ;; *) check 'does not grow' "$rsm" "$prefix" growth ;; esac

# SIGTERM in the midst of mounts.
busy() {
    local client
    "$rsm" "$prefix" busy &
    client=$!
    wait_until test -d "$prefix/busy"
    stop && wait "$client"
}
check 'ends in order while a medium is mounted again and again' busy
check 'and starts again' start
check 'with what was allocated' "$rsm" "$prefix" dismount
check 'and works' "$rsm" "$prefix" works
check 'ends in order' stop

# Idle exit: not while a medium is mounted.
stays() {
    "$rsm" "$prefix" mount || return 1
    sleep 2.5 # longer than its idle time
    kill -0 "$daemon" && "$rsm" "$prefix" dismount
}
check 'starts to go when idle' start --idle-exit 1
check 'stays while a medium is mounted' stays
check 'and goes when it is not any more' wait_until gone "$daemon"
daemon=

# A disk that is full.
if mkdir -p "$work/full" && mount -t tmpfs -o size=4m,mode=700 none "$work/full" 2>/dev/null; then
    prefix=$work/full endpoint=$work/full/cork/corkd.endpoint
    mkdir -p "$prefix/drive_c/windows/system32" "$prefix/dosdevices"
    full() {
        head -c 8000000 /dev/zero >"$work/full/filler" 2>/dev/null
        # What fits into the log that is there already still goes; then it says so.
        local i
        for ((i = 0; i < 200; i++)); do "$rsm" "$prefix" works 2>/dev/null || return 0; done
        return 1
    }
    check 'starts on a small disk' start
    check 'a folder library there' "$rsm" "$prefix" set-up
    check 'a full disk: an error' full
    rm -f "$work/full/filler"
    check 'with room again it works' wait_until "$rsm" "$prefix" works
    check 'and ends in order' stop
fi
echo "1..$tests"
