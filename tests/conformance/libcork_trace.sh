#!/bin/bash
# libcork's traces in Wine beside a builtin DLL's: switched in the same way, of the same form. Prints TAP.
#
# libcork_trace.sh PROGRAM.exe (which libcork_trace.c makes)
set -u
program=$1
export WINEPREFIX=${WINEPREFIX:-$PWD/build/prefix}
export WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe='
number=0
failed=0

# $1: WINEDEBUG. The program's own lines, without the thread's number.
lines() { WINEDEBUG=$1 tools/wine-run "$program" 2>&1 >/dev/null </dev/null | tr -d '\r' | grep ':corktest:' | sed 's/^[0-9a-f]*://'; }

result() {
    number=$((number + 1))
    if [ "$1" = 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        failed=1
        printf '%s\n' "${3:-}" | sed 's/^/# got: /'
    fi
}

trace='trace:corktest:write_traces number 1, text "a\n\"b\"", wide L"w\20ac", bytes 2:01 ff, size 2, long -3'
warn='warn:corktest:write_traces careful'
err='err:corktest:write_traces wrong'
fixme='fixme:corktest:write_traces in parts'

# $1: WINEDEBUG; the other arguments: the lines that are to come.
expect() {
    local options=$1 got
    shift
    got=$(lines "$options")
    [ "$got" = "$(printf '%s\n' "$@")" ]
    result $? "WINEDEBUG=$options" "$got"
}

echo 1..13
# Not an empty one: Debian's wine then takes fixme-all.
expect '+nosuchchannel' "$err" "$fixme"
expect '+corktest' "$trace" "$warn" "$err" "$fixme"
expect '-corktest'
expect '-all'
expect '+all,-corktest'
expect 'fixme-all,err+corktest' "$err"
# A channel that is named before "all" keeps its flags.
expect 'err+corktest,fixme-all' "$err" "$fixme"
expect 'fixme-all' "$err"
expect 'warn+corktest' "$warn" "$err" "$fixme"
expect '-all,trace+corktest' "$trace"

# The head of a line: what comes before the channel's name is made of the same parts as a builtin's.
shape() { grep -m1 ":$1:" | sed 's/:trace:.*/:trace:/; s/[0-9]/9/g; s/[a-f]\{1\}/9/g; s/9\+/9/g; s/^ *//'; }
for options in '' '+pid,' '+timestamp,+pid,'; do
    output=$(WINEDEBUG="$options"trace+corktest,trace+module tools/wine-run "$program" 2>&1 >/dev/null </dev/null | tr -d '\r')
    own=$(printf '%s\n' "$output" | shape corktest)
    builtin=$(printf '%s\n' "$output" | shape module)
    [ -n "$own" ] && [ "$own" = "$builtin" ]
    result $? "head of a line as a builtin's with WINEDEBUG=${options}..." "$own, builtin: $builtin"
done
exit $failed
