#!/bin/bash
# rsm.exe: the door of a folder library, and its cleaner: in, used, and out again.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start rsm_cleaner "${1:-}"
ntmsapi_start
. tests/interop/rsm_command.sh
shelf=$work/shelf
goes 'a folder library' addlibrary "$shelf" /nShelf /drives1 /slots6 /ports1
mkdir "$shelf/slots/0001/M001"
goes 'with a medium' refresh /lfShelf
check 'it is known' settle

# ---- The cleaner: a folder library knows one by its name ----

fails 'inject a cleaner where no slot is for it' 4332 'no slot is reserved' cleaner /lfShelf /ainject /n3
fails 'eject one there' 4332 'no slot is reserved' cleaner /lfShelf /aeject
fails 'release what is not reserved' 4332 'no slot is reserved' cleaner /lfShelf /arelease
fails 'a slot that is full cannot be reserved' 5006 'the slot is full' cleaner /lfShelf /areserve '/sfSlot 0'
fails 'the off-line library takes none' 4305 'off-line' cleaner '/lfOff-line Media' /ainject /n3
fails 'reserve without the slot' 87 'needs the slot' cleaner /lfShelf /areserve
fails 'inject without the cycles' 87 'number of cleaning cycles' cleaner /lfShelf /ainject
fails 'another word' 87 'reserve|release|inject|eject' cleaner /lfShelf /aclean
goes 'reserve a slot' cleaner /lfShelf /areserve '/sfSlot 5'
fails 'and another' 4331 'reserved .* already' cleaner /lfShelf /areserve '/sfSlot 4'
fails 'eject of the cleaner where there is none' 4306 'is empty' cleaner /lfShelf /aeject
mkdir "$shelf/ports/1/M002"
shows 'inject of what is no cleaner' '^Operation [0-9A-F]{32}$' cleaner /lfShelf /ainject /n3
check 'it has ended' settle
shows 'and failed' '^[0-9A-F]{32} +inject cleaner +failed .* 4310$' requests /all
check 'the medium stays in the port' rmdir "$shelf/ports/1/M002"
mkdir "$shelf/ports/1/CLN001"
shows 'inject a cleaner' '^Operation [0-9A-F]{32}$' cleaner /lfShelf /ainject /n3
check 'it has ended' settle
check 'the cleaner is in its slot' test -d "$shelf/slots/0006/CLN001"
fails 'inject another one' 5006 'the slot is full' cleaner /lfShelf /ainject /n3
fails 'release the slot while it is there' 4340 'cleaning medium' cleaner /lfShelf /arelease
goes 'clean' clean '/dfDrive 0'
check 'it has ended' settle
shows 'the drive is clean' '^[0-9A-F]{32} +clean +passed .* Drive 0 ' requests /all
check 'the cleaner is back in its slot' test -d "$shelf/slots/0006/CLN001"
rsm cleaner /lfShelf /aeject /b
check 'eject it, /b: the GUID alone' grep -qxE '[0-9A-F]{32}' "$said"
check 'it has ended' settle
check 'the cleaner is in the port' rmdir "$shelf/ports/1/CLN001"
goes 'release the slot' cleaner /lfShelf /arelease

# ---- The door: open as long as there is a file "open" ----

is_unlocked() { [ -e "$shelf/open" ]; }
fails 'door of the off-line library' 4305 'off-line' door '/lfOff-line Media'
fails 'door with another word' 87 'none|fast|full|default' door /lfShelf /astop
fails 'door of a library that is not there' 4312 'no library named' door /lfNowhere
slot=1
for method in /anone /afast /afull /adefault ''; do
    slot=$((slot + 1))
    goes "door $method" door /lfShelf $method
    check 'it is unlocked' wait_until is_unlocked
    shows 'its request is shown' '^[0-9A-F]{32} +door +(queued|in process) .* Shelf ' requests
    mkdir "$shelf/slots/000$slot/D00$slot"
    check 'it is closed' rm "$shelf/open"
    check 'what it was opened for is done' settle
    shows 'the medium is known' "^D00$slot +D00$slot +idle +Shelf +Slot $((slot - 1)) " view /tphysical_media /v
done
hides 'the door has no request left' '  door  ' requests
goes 'door' door /lfShelf
check 'it is unlocked' wait_until is_unlocked
goes 'its request is cancelled' cancel "$(rsm requests /b && cat "$said")"
is_locked() { [ ! -e "$shelf/open" ]; }
check 'and it is locked' wait_until is_locked
prints 'no fault' 'No fault was found.' check
ntmsapi_end
interop_end
