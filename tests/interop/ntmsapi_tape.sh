#!/bin/bash
# A tape library through ntmsapi.dll: two drives, eight slots, two mail slots, bar codes, a cleaning tape, emulated by tgtd. By iSCSI from user
# space; in a guest with a kernel of its own (ntmsapi_guest.sh) by /dev/sgN and /dev/nstN.
#
# ntmsapi_tape.sh ARCH [guest]
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
kind=${2:-iscsi}
PATH=$PATH:/usr/sbin:/sbin
if ! command -v tgtd >/dev/null; then
    echo '1..0 # SKIP tgtd is not installed (Debian package tgt)'
    exit 0
fi
interop_start "ntmsapi_tape_$kind" "${1:-}"
ntmsapi_start
robot() { tests/interop/tape_library.sh "$@"; }
if [ "$kind" = iscsi ]; then
    export TAPE_LIBRARY=$work/tapes
    robot start >"$work/location" || { echo 'not ok 1 - an emulated tape library'; echo 1..1; exit 1; }
    trap 'end_corkd KILL; robot stop; peers_stop' EXIT
fi
# iscsi://HOST:PORT/TARGET/UNIT of the changer; the drives are units 1 and 2.
target=$(robot location)
location=$target
[ "$kind" = iscsi ] || for device in /sys/class/scsi_generic/sg*; do
    [ "$(cat "$device/device/type")" = 8 ] && location=sg:/dev/${device##*/}
done

# Somebody else at the library: its elements are named by their addresses.
elsewhere() { build/native/interop/iscsi_tape "$target" move "$1" "$2"; }
# tape write|read DRIVE FILE: as a program does it.
tape() {
    local device
    if [ "$kind" = iscsi ]; then
        build/native/interop/iscsi_tape "${target%/*}/$2" "$1" "$3"
        return
    fi
    ask a path T "$2" || return
    device=$(head -n 1 "$said")
    case $device in /dev/nst*) ;; *) echo "the drive's path is '$device'"; return 1 ;; esac
    case $1 in
        write) mt_rewind "$device" && dd if="$3" of="$device" bs=4096 && mt_rewind "$device" ;;
        read) mt_rewind "$device" && dd if="$device" of="$3" bs=4096 && mt_rewind "$device" ;;
    esac
}
# A tape device that is closed and rewinds: its other name.
mt_rewind() { : <"/dev/st${1#/dev/nst}"; }
# The drive that holds a medium.
drive_of() { ask a media && sed -n "s/^$1 .* in=drive:\([0-9]*\) .*/\1/p" "$said"; }

check 'a session' driver a || { interop_end; exit; }
expect 'the library is added' 0 a add "$location" T
expect 'its first inventory' 0 a settle T
says 'two drives, eight slots, two mail slots, a reader of bar codes' '^T type=2 drives=2 slots=8 ports=2 barcodes=1 .*present=1' a libraries
says 'the drives'"'"' serial numbers' '^1 state=dismounted medium=- .*serial=DRV000001' a drives T
for i in 1 2 3 4 5; do says "the tape in slot $i" "^RSM00${i}L4 library=T in=slot:$i state=idle" a media; done
says 'the cleaning tape' '^8 state=full medium=CLN001L1' a slots T
says 'a slot without one' '^6 state=empty medium=-' a slots T

# ---- A medium's way ----
expect 'four tapes are freed' 0 a free RSM001L4 RSM002L4 RSM003L4 RSM004L4
expect 'and prepared' 0 a settle T
says 'they are free' '^RSM004L4 .*side=available pool=Free' a media
expect 'a media pool' 0 a pool Backup T
says 'a tape is allocated' '^RSM00[1234]L4$' a allocate Backup
medium=$(cat "$said")
[ -n "$medium" ] || { interop_end; exit 1; }
says 'it is mounted' '^drive=' a mount "$medium"
says 'and in a drive, loaded' "^$medium library=T in=drive:[12] state=loaded side=allocated pool=Backup" a media
drive=$(drive_of "$medium")
head -c 409600 /dev/urandom >"$work/data"
check 'data are written to the tape' tape write "$drive" "$work/data"
expect 'it is dismounted' 0 a dismount "$medium"
expect 'and goes back' 0 a settle T
says 'to its slot' "^$medium library=T in=slot:[1-4] state=idle" a media
expect 'it is ejected' 0 a eject "$medium"
expect 'to the mail slot' 0 a settle T
says 'which is full' '^[12] state=full' a ports T
says 'and is offline' "^$medium library=Off-line Media" a media
check 'a person takes it' robot remove 0
expect 'an inventory sees that' 0 a inventory T
ask a settle T
nothing_says 'the mail slots are empty' 'state=full' a ports T
ask a start waiting mount "$medium"
expect 'a mount waits for it' 0 a await medium opreq "$medium"
says 'asks the operator' 'state=submitted' a operator
expect 'who starts an injection' 0 a inject T
check 'and brings the tape' robot insert "$medium" 1
expect 'it is mounted then' 0 a finish waiting
drive=$(drive_of "$medium")
check 'the tape is read' tape read "$drive" "$work/read"
check 'and the data are the same' cmp "$work/data" "$work/read"
says 'it is still the pool'"'"'s' "^$medium library=T .*side=allocated pool=Backup" a media
expect 'it is dismounted' 0 a dismount "$medium"
ask a settle T
ask a stopinject T

# ---- Two at once, a specific drive, a deferred dismount ----
says 'two other tapes' '^RSM' a allocate Backup
second=$(cat "$said")
says 'are mounted together with the first' 'drive=' a mount "$medium" "$second"
check 'in two drives' [ "$(sort -u "$said" | wc -l)" = 2 ]
expect 'three are more than there are drives' ERROR_RESOURCE_DISABLED a mount "$medium" "$second" RSM005L4
expect 'they are dismounted' 0 a dismount "$medium" "$second"
ask a settle T
for i in 1 2; do
    says "drive $i is asked for" '^drive=' a mount "$medium" drive=T:$i
    says 'and is used' "^$medium library=T in=drive:$i" a media
    ask a dismount "$medium"
    ask a settle T
done
ask a mount "$medium"
expect 'deferred: the tape stays in the drive' 0 a dismount "$medium" options=1
says 'unloaded, for whoever comes' "^$medium library=T in=drive:[12] state=unloaded" a media
says 'and is mounted again where it is' '^drive=' a mount "$medium"
ask a dismount "$medium"
ask a settle T

# ---- What the library refuses ----
slot_of() { ask a media && sed -n "s/^$1 .* in=slot:\([0-9]*\) .*/\1/p" "$said"; }
from=$((4095 + $(slot_of "$medium")))
check 'somebody moves a tape' elsewhere $from 4101
expect 'its slot is empty: it is not mounted' ERROR_INVALID_STATE a mount "$medium"
expect 'the library is asked what is where, and says it' 0 a await place slot:6 "$medium"
says 'it is mounted from there' '^drive=' a mount "$medium" drive=T:1
expect 'and dismounted' 0 a dismount "$medium"
ask a settle T
check 'somebody puts another tape into a drive' elsewhere 4100 256
expect 'the drive is full: it is not mounted there' ERROR_INVALID_STATE a mount "$medium" drive=T:1
expect 'that is found out' 0 a settle T
says 'and the tape in the drive put away' '^RSM005L4 library=T in=slot' a media
says 'then the drive is free' '^drive=' a mount "$medium" drive=T:1
coproc HOLD { build/native/interop/iscsi_tape "${target%/*}/1" hold; }
hold_pid=$HOLD_PID
started+=("$hold_pid")
read -r -t 20 -u "${HOLD[0]}" line
check 'somebody keeps the tape in the drive' [ "${line:-}" = held ]
expect 'the dismount is queued' 0 a dismount "$medium"
expect 'and fails' 0 a await request failed T dismount
says 'the tape is in the drive still' "^$medium library=T in=drive:1" a media
release=${HOLD[1]}
exec {release}>&-
wait "$hold_pid" 2>/dev/null
expect 'when it is let go' 0 a dismountdrive T 1
expect 'the drive is emptied' 0 a settle T
says 'and the tape is in its slot' "^$medium library=T in=slot" a media
for i in 0 1; do robot insert "NEW00${i}L4" $i; done
ask a inventory T && ask a settle T
expect 'both mail slots are full: an ejection is queued' 0 a eject "$second"
says 'and waits' '^eject state=queued' a requests T
for i in 0 1; do robot remove $i; done
expect 'a person has emptied them: an inventory' 0 a inventory T
expect 'the ejection goes on' 0 a await request passed T eject
check 'the tape is put back' robot remove 0
expect 'for an injection' 0 a inject T
ask a start again mount "$second"
robot insert "$second" 0
expect 'and used again' 0 a finish again
expect 'and dismounted' 0 a dismount "$second"
ask a stopinject T
ask a settle T

# ---- Cleaning ----
expect 'drive 2 is cleaned' 0 a clean T 2
expect 'that is done' 0 a settle T
says 'in order' '^clean state=passed' a requests T
says 'and the cleaning tape is in its slot' '^8 state=full medium=CLN001L1' a slots T

# ---- The library goes away ----
if [ "$kind" = iscsi ]; then
    ask a mount "$medium"
    check 'the library is switched off' robot kill
    ask a dismount "$medium"
    ask a settle T
    ask a mount "$second" timeout=30000
    case $reply in ERROR_INVALID_STATE | ERROR_INVALID_LIBRARY | ERROR_RESOURCE_DISABLED | ERROR_TIMEOUT) true ;; *) false ;; esac
    result $? 'a mount fails as documented' || echo "# $reply"
    check 'and on again, every tape in its first place' robot restart
    expect 'an inventory' 0 a inventory T
    expect 'is made' 0 a settle T
    says 'the library is there' '^T .*present=1' a libraries
    for i in 1 2 3 4 5; do says "with the tape in slot $i" "^RSM00${i}L4 library=T in=slot:$i state=idle" a media; done
    says 'and works' '^drive=' a mount "$medium"
    drive=$(drive_of "$medium")
    check 'the tape is read' tape read "$drive" "$work/read"
    check 'and the data are the same' cmp "$work/data" "$work/read"
    ask a dismount "$medium"
    expect 'and puts it away' 0 a settle T
    tell a cycle 100000 "$medium" "$second"
    check 'another program' driver b
    expect 'sees the first at work' 0 b subscribe 5
    for _ in 1 2 3 4 5 6; do ask b notified 1; done
    check 'the library is switched off amid that' robot kill
    answer a
    case $reply in ERROR_INVALID_STATE | ERROR_INVALID_LIBRARY | ERROR_RESOURCE_DISABLED | ERROR_TIMEOUT) true ;; *) false ;; esac
    result $? 'the program is told as documented' || echo "# $reply"
    check 'and on again' robot restart
    expect 'an inventory' 0 a inventory T
    expect 'is made' 0 a settle T
    for i in 1 2 3 4 5; do says "and finds the tape in slot $i" "^RSM00${i}L4 library=T in=slot:$i state=idle" a media; done
    expect 'the database is in order' 0 a faults
    ask a mount "$medium"
    drive=$(drive_of "$medium")
    end_corkd KILL
    ask a close
    expect 'corkd is killed, a new one begins' 0 a open
    expect 'its first inventory' 0 a settle T
    says 'finds the tape' "^$medium library=T in=(drive|slot):.* side=allocated pool=Backup" a media
    expect 'and empties the drives' 0 a await drive dismounted T "$drive"
fi
expect 'the database is in order' 0 a faults
ntmsapi_end
interop_end
