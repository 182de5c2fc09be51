#!/bin/bash
# rsm.exe and a tape library on the network: an emulated one, reached over iSCSI.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start rsm_tapes "${1:-}"
ntmsapi_start
. tests/interop/rsm_command.sh
export TAPE_LIBRARY=$work/tapes
trap 'tests/interop/tape_library.sh stop; end_corkd KILL; peers_stop' EXIT
location=$(tests/interop/tape_library.sh start) || { echo 'Bail out! no tape library'; exit 1; }

fails 'a target that is not there' 4319 'no media changer answers' addlibrary "${location%/*}x/3"
fails 'a unit that is no changer' 4301 'is no media changer' addlibrary "${location%/*}/1"
shows 'a library is added' '^Library [0-9A-F]{32}$' addlibrary "$location" /nRobot
goes 'wait' wait /lfRobot
shows 'it has its drives, slots, ports and media' '^Robot +on-line +ready +2 +8 +2 +6$' view /tlibrary /v
prints 'its media by their bar codes' "$(printf '%s\n' CLN001L1 RSM00{1..5}L4)" view /tphysical_media /cfRobot /b
type=$(rsm view /tmedia_type /cfRobot /b && cat "$said")
goes 'a tape is made free' freemedia /pfRSM001L4
goes 'wait' wait
goes 'a pool for this type of media' createpool /mTapes /anew /tf"$type" /d
shows 'allocate' '^Allocated Monday$' allocate /mTapes /lnMonday /t60000
shows 'mount' '^Mounted in Drive [01]' mount /lfMonday /t60000
shows 'it is in the drive' '^Drive [01] +Robot +loaded +RSM001L4 ' view /tdrive /v
fails 'eject of what is mounted' 170 'in use' eject /pfRSM001L4
goes 'dismount' dismount /lfMonday
goes 'wait' wait
shows 'it is in its slot again' '^RSM001L4 +RSM001L4 +idle +Robot +Slot 0 +Tapes$' view /tphysical_media /v
goes 'another tape is ejected' eject /pfRSM005L4
goes 'wait' wait
shows 'it is in a mail slot' '^Port [01] +Robot +full$' view /tieport /v
check 'an operator takes it out' tests/interop/tape_library.sh remove
goes 'inventory' inventory /lfRobot /afast
goes 'wait' wait
hides 'it is gone' RSM005L4 view /tphysical_media /cfRobot /b
ntmsapi_end
interop_end
