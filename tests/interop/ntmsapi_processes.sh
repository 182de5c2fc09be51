#!/bin/bash
# Several processes at one library: what one mounts the others see; one that waits for a drive gets it; notifications reach all; one that is killed
# disturbs nobody, what it waited for is cancelled; and many at once, with fewer drives than programs.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start ntmsapi_processes "${1:-}"
ntmsapi_start
check 'two programs' driver a && check 'with a session each' driver b || { interop_end; exit; }
shelf=$work/library
ask a add "folder:$shelf" L 1 8 1 1
mkdir "$shelf"/slots/000{1/M001,2/M002,3/M003,4/M004,5/M005,6/M006}
ask a inventory L && ask a settle L && ask a free M001 M002 M003 M004 M005 M006 && ask a settle L && ask a pool P L
for _ in 1 2 3 4 5 6; do ask a allocate P || break; done
says 'a library with one drive and six media' '^M006 .*side=allocated' a media

# ---- One drive, two programs ----
for who in a b; do expect "$who wants to know about media" 0 $who subscribe 15; done
says 'a mounts' '^drive=' a mount M001
says 'b sees it' '^M001 library=L in=drive:1 state=loaded' b media
for who in a b; do expect "$who is told" 0 $who notifiedof 1 M001; done
expect 'b wants no waiting: the drive is taken' ERROR_BUSY b mount M002 options=4
ask b mount M002 timeout=100
case $reply in ERROR_TIMEOUT | ERROR_BUSY) true ;; *) false ;; esac
result $? 'b waits for a short time in vain' || echo "# $reply"
says 'its request has been cancelled' '^mount state=cancelled .*medium=M002' b requests L
ask b start waiting mount M002
expect 'b waits for the drive' 0 b await request queued L mount
says 'a sees that' '^mount state=queued .*medium=M002' a requests L
expect 'a dismounts' 0 a dismount M001
expect 'b gets the drive' 0 b finish waiting
says 'a sees it' '^M002 library=L in=drive:1 state=loaded' a media
for who in a b; do expect "$who is told of that too" 0 $who notifiedof 1 M002; done

# ---- One waits, and its session is closed, or it is killed ----
ask a start waiting mount M003
expect 'a waits for the drive' 0 a await request queued L mount
expect 'its session is closed meanwhile' 0 a close
expect 'the mount ends at once' ERROR_CANCELLED a finish waiting
says 'and its request is cancelled' '^mount state=cancelled .*medium=M003' b requests L
ask a open a
tell a mount M004
expect 'a waits again' 0 b await request queued L mount
end_driver a KILL
expect 'and is killed: what it waited for is cancelled' 0 b await request cancelled L mount
says 'b has its medium still' '^M002 library=L in=drive:1 state=loaded' b media
check 'another program comes' driver a
ask a start waiting mount M005
expect 'waits' 0 a await request queued L mount
end_driver b KILL
says 'b is killed while it has the drive: a sees its medium mounted' '^M002 library=L in=drive:1 state=loaded' a media
expect 'and can send it back' 0 a dismount M002
expect 'a goes on' 0 a finish waiting
expect 'in order' 0 a dismount M005
check 'another b' driver b
ask b mount M006
expect 'b ends itself, by TerminateProcess, with a medium mounted' 'no program' b crash
end_driver b
ask a start waiting mount M001
check 'one more' driver m
ask m start waiting mount M002
expect 'two programs wait for the drive' 0 a await request queued L mount
end_driver m KILL
result 0 'one of them is killed while it waits'
expect 'the drive is sent back to the library' 0 a dismount M006
expect 'the other one has it' 0 a finish waiting
says 'what the first waited for has been cancelled' '^mount state=cancelled .*medium=M002' a requests L
expect 'and gives it back' 0 a dismount M001
expect 'everything is done' 0 a settle L
expect 'the database is in order' 0 a faults

# ---- Ten programs, two drives ----
times=100
ask a add "folder:$work/other" M 2 8 1 1
mkdir "$work"/other/slots/000{1/N001,2/N002,3/N003,4/N004,5/N005,6/N006}
expect 'another library, with two drives and six media' 0 a inventory M
ask a settle M

# What many wait for holds up nobody who wants something else.
check 'b begins anew' driver b
says 'a has a medium' '^drive=' a mount N001
for ((i = 0; i < 100; i++)); do ask b start waits$i mount N001 || break; done
check 'a hundred threads of b wait for it' [ $i = 100 ]
says 'a mounts another in the other drive' '^drive=' a mount N002
expect 'and dismounts both' 0 a dismount N001 N002
expect 'one that waited has it' 0 a await medium loaded N001
expect 'b closes its session' 0 b close
expect 'the others have been cancelled' 0 a settle M
end_driver b
expect 'and what b had is sent back' 0 a dismount N001
ask a settle M

programs=(c d e f g h i j k l)
for who in "${programs[@]}"; do driver "$who" || break; done
media=(N001 N002 N003 N004 N005 N006 N001 N002 N003 N004 N005 N006 N001 N002 N003)
# Each begins with another medium.
for i in "${!programs[@]}"; do tell "${programs[i]}" cycle $times "${media[@]:i:6}"; done
for who in "${programs[@]}"; do
    answer "$who" && grep -qx $times "$said"
    result $? "one of ten mounts and dismounts $times times" || echo "# $reply $(cat "$said")"
done
expect 'then nothing is left to do' 0 a settle M
nothing_says 'and no medium is mounted' 'library=M .* state=(mounted|loaded)' a media
expect 'the database is in order after all that' 0 a faults
check 'nothing is lost' [ "$(find "$work/other" -mindepth 3 -maxdepth 3 -type d | wc -l)" = 6 ]
ntmsapi_end
interop_end
