#!/bin/bash
# corkd is killed under programs that use it: what waits ends with the documented code, sessions are over, the next OpenNtmsSession starts a new
# corkd, and that one goes on from what the database and the library say.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start ntmsapi_killed "${1:-}"
ntmsapi_start
check 'two programs' driver a && check 'with a session each' driver b || { interop_end; exit; }
shelf=$work/library
ask a add "folder:$shelf" L 1 4 1 1
mkdir "$shelf"/slots/000{1/M001,2/M002,3/M003}
ask a inventory L && ask a settle L && ask a free M001 M002 M003 && ask a settle L && ask a pool P L
says 'a medium' '^M00[123]$' a allocate P
medium=$(cat "$said")
says 'is mounted' '^drive=' a mount "$medium"
case $medium in M001) other=M002 ;; *) other=M001 ;; esac
ask a subscribe 15
ask a start notified notified 3
ask a start waiting mount $other
ask b await request queued L mount
first=$(corkd_pid)
end_corkd KILL
expect 'a mount that waited ends' ERROR_CONNECTION_UNAVAIL a finish waiting
expect 'a notification that was waited for, too' ERROR_NO_DATA a finish notified
expect 'further calls in the session say so' ERROR_CONNECTION_UNAVAIL a libraries
expect 'and those whose pages have another code for it' ERROR_NOT_CONNECTED a subscribe 15
expect 'b is not asked to start it either, by an old session' ERROR_CONNECTION_UNAVAIL b media
check 'and it has not been started' [ "$(corkd_pid)" = "$first" ]
expect 'the session is closed all the same' ERROR_CONNECTION_UNAVAIL a close
expect 'once' ERROR_INVALID_HANDLE a close
expect 'a new session starts a new corkd' 0 a open
check 'that is another one' [ "$(corkd_pid)" != "$first" ]
expect 'the old session of b stays closed to it' ERROR_CONNECTION_UNAVAIL b media
expect 'and is closed' ERROR_CONNECTION_UNAVAIL b close
expect 'b has a new one' 0 b open
expect 'the library is ready' 0 b settle L
says 'what waited has been cancelled' "^mount state=cancelled .*medium=$other" b requests L
says 'the medium that was mounted is where the library says' "^$medium library=L in=(drive|slot):1? .*side=allocated pool=P|^$medium library=L in=(drive|slot):[123] .*side=allocated pool=P" a media
expect 'the database is in order' 0 b faults
says 'another medium is mounted' '^drive=' b mount $other
ask b dismount $other
expect 'and goes back' 0 b settle L

# ---- In the middle of it ----
ask a media
for round in 1 2 3 4 5; do
    tell a cycle 100000 M001 M002 M003
    # Until it does something.
    ask b subscribe 15 && ask b notified 1 && ask b notified 1 && ask b notified 1
    end_corkd KILL
    answer a
    case $reply in ERROR_CONNECTION_UNAVAIL) true ;; *) false ;; esac
    result $? "killed amid mounts, $round: the program is told" || echo "# $reply"
    ask a close
    ask b close
    ask a open && ask b open && ask a settle L && ask a faults
    result $? 'a new corkd goes on, and its database is in order' || { echo "# $reply"; diag "$said"; }
done
check 'nothing is lost' [ "$(find "$shelf" -mindepth 3 -maxdepth 3 -type d | wc -l)" = 3 ]
says 'and works' '^drive=' a mount M003

# ---- No corkd at all ----
end_corkd KILL
ask a close
corkd=$CORK_CORKD
export CORK_CORKD=/nowhere/corkd
check 'a program without corkd' eval '! driver c && [ "$reply" = ERROR_NOT_CONNECTED ]'
end_driver c
export CORK_CORKD=$corkd
ntmsapi_end
interop_end
