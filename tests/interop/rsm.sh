#!/bin/bash
# rsm.exe: every verb, what it prints, and its errors, with a folder library.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start rsm "${1:-}"
ntmsapi_start
. tests/interop/rsm_command.sh
shelf=$work/shelf
nothing=0123456789ABCDEF0123456789ABCDEF

# ---- Help, and what is wrong on the command line: no service is needed ----

for words in '/?' help '--help'; do shows "$words: the verbs" '^  allocate  ' "$words"; done
for verb in allocate createpool deallocate deletepool dismount eject ejectatapi inventory mount refresh view door cleaner; do
    shows "$verb /?" "^rsm $verb" $verb '/?'
    prints "help $verb says the same" "$(cat "$said")" help $verb
done
fails 'no verb' 87 'which verb'
fails 'an unknown verb' 87 'no verb frobnicate' frobnicate
fails 'two verbs' 87 'does not know what to do with dismount' allocate dismount
fails 'an unknown switch' 87 'mount has no switch /x' mount /lfX /x
fails 'a switch without its value' 87 '/m needs a value' allocate /m
fails 'a wrong word' 87 'full\|default\|stop' inventory /lfX /aall
fails 'a wrong number' 87 'takes a number' allocate /mP /tsoon
fails 'a wrong GUID' 87 'takes a GUID' deallocate /lg12
fails 'a medium named twice' 87 'only one of' mount /lfX /pfX
fails 'an unknown type of objects' 87 'physical_media' view /ttape
fails 'what Windows had and ntmsapi.dll has not' 50 'no function of the API' erase /pfX
check 'no service was started for that' test ! -e "$endpoint"

# ---- No service ----

no_service() {
    local status
    CORK_CORKD=/nowhere/corkd rsm view
    status=$?
    [ $status = $((2250 % 256)) ] && grep -q 'corkd.*(error 2250)' "$errors"
}
check 'without its service: exit code and words' no_service

# ---- Libraries ----

fails 'a library of a folder that is none' 4319 'slots make one' addlibrary "$shelf"
fails 'a new one without slots' 87 'needs /drives and /slots' addlibrary "$shelf" /drives2
fails 'a new one without drives' 87 'has to be 1 or more' addlibrary "$shelf" /drives0 /slots2
fails 'a device cannot be made' 87 'only a folder' addlibrary /dev/sg99 /drives1 /slots1
rsm addlibrary /dev/sg99
check 'a device that is not there' test $? != 0
shows 'a folder library is made' '^Library [0-9A-F]{32}$' addlibrary "$shelf" /nShelf /drives2 /slots12 /ports1 /sides1
fails 'and not a second time' 183 'there already' addlibrary "$shelf" /nShelf
prints 'view: names alone' $'Off-line Media\nShelf' view /tlibrary /b
prints 'view: as Windows prints them' $'LIBRARY\nOff-line Media\nShelf\n\nThe command completed successfully.' VIEW /TLIBRARY
shows 'view: a table' '^Shelf +on-line +ready +2 +12 +1 +0$' view /tlibrary /v
library=$(rsm view /tlibrary /guiddisplay && sed -n 's/  Shelf$//p' "$said")
check 'view: GUIDs as Windows prints them' grep -qxE '[0-9A-F]{32}' <<<"$library"
shows 'view: GUIDs alone' "^$library\$" view /tlibrary /guiddisplay /b
prints 'view: what a library contains, in order' "$(for ((i = 0; i < 12; i++)); do echo "Slot $i"; done)" view /tstorageslot /cg"$library" /b
prints 'view: the library by its name' $'Drive 0\nDrive 1' view /tdrive /cfShelf /b
for type in changer changer_type storageslot iedoor ieport media_type media_pool drive_type computer librequest; do
    rsm view /t$type /b && [ -s "$said" ]
    told $? "view /t$type" view /t$type /b
done
for type in physical_media partition logical_media opreq; do prints "view /t$type: none yet" '' view /t$type /b; done
fails 'an unknown container' 4312 'no such object' view /tdrive /cg$nothing
fails 'a container of nothing of that type' 87 'view media pool' view /tmedia_pool /cg"$library"
goes 'a library gets another name' rename /tlibrary /ifShelf '/nTape shelf' '/din the cellar'
shows 'it has it' '^Tape shelf ' view /tlibrary /v
goes 'and its old one back' rename /tlibrary /ig"$library" /nShelf
fails 'what has no name of its own cannot get one' 50 'cannot be changed' rename /tdrive '/ifDrive 0' /nWinder

# ---- Media ----

mkdir "$shelf"/slots/000{1/M001,2/M002,3/M003}
goes 'refresh of a library' refresh /lfShelf
check 'it is done' settle
shows 'it has found the media' '^M001 +M001 +idle +Shelf +Slot 0 +Unrecognized.Folder$' view /tphysical_media /v
goes 'refresh by a medium' refresh /pfM001
goes 'refresh by a type of media' refresh /tfFolder
for method in full fast default none; do goes "inventory /a$method" inventory /lfShelf /a$method; done
goes 'inventory /astop' inventory /lg"$library" /aSTOP
fails 'inventory of the off-line library' 4301 'no library that can' inventory '/lfOff-line Media' /afull
check 'they are done' settle
fails 'allocate from a pool that is not there' 4312 'media pool Backup' allocate /mBackup
goes 'createpool /anew' createpool /mBackup /anew /tfFolder /d /r
fails 'createpool /anew again' 183 'there already' createpool /mBackup /anew /tfFolder
goes 'createpool /aexisting' createpool /mBackup /aexisting
goes 'createpool /aalways' createpool /mBackup /aalways
fails 'createpool /aexisting of another' 4312 'createpool Other' createpool /mOther /aexisting
goes 'createpool of pools' createpool /mOffice /anew
goes 'createpool in a pool' createpool '/mOffice\Weekly' /anew /tfFolder
shows 'view has its whole name' '^Office.Weekly$' view /tmedia_pool /b
fails 'deletepool of one that is not empty' 4307 'not empty' deletepool /mOffice
goes 'deletepool' deletepool '/mOffice\Weekly'
goes 'deletepool of the other' deletepool /mOffice
fails 'allocate /oerrunavail where there is no medium' 4308 'no medium' allocate /mBackup /oerrunavail
fails 'allocate /t where there is no medium' 1460 'time is over' allocate /mBackup /t100
goes 'freemedia by partition' freemedia /pfM001
goes 'freemedia by slot' freemedia '/sfSlot 1'
fails 'freemedia of an empty slot' 4318 'is empty' freemedia '/sfSlot 9'
check 'they are labelled' settle
shows 'allocate' '^Logical medium [0-9A-F]{32}$' allocate /mBackup /oerrunavail '/lnMonday' '/ldthe first' '/pnMonday side' '/pdsmall'
medium=$(sed -n 's/^Logical medium //p' "$said")
prints 'it has its name' Monday view /tlogical_media /b
prints 'its partition, too' 'Monday side' view /tpartition /cg"$medium" /b
rsm allocate /mBackup /b
second=$(cat "$said")
check 'allocate /b: the GUID alone' grep -qxE '[0-9A-F]{32}' "$said"
fails 'deletepool of one that has media' 4307 'not empty' deletepool /mBackup
fails 'freemedia of one that is allocated' 170 'in use' freemedia /lfMonday
fails 'allocate /onext without a medium' 87 'both are needed' allocate /mBackup /onext

# ---- Mounting ----

shows 'mount by name' '^Mounted in Drive [01], [F-Z]: \(.*/drives/[12]/M00[12]\)$' mount /lfMonday /oread /owrite /t60000
letter=$(sed 's/.*, \(.\):.*/\1/' "$said")
copy_there() { windows_command "echo written by cmd>$letter:\\note.txt" && grep -qs 'written by cmd' "$shelf"/drives/?/*/note.txt; }
windows_command() { timeout -k 5 120 tools/wine-run cmd /c "$1"; }
check 'a program writes to the drive letter' copy_there
shows 'view has the drive' "^Drive [01] +Shelf +loaded +M00[12] +$letter: +1\$" view /tdrive /v
fails 'eject of what is mounted' 170 'in use' eject /pfM001
fails 'mount /oerrunavail of what is mounted' 170 'in use' mount /lfMonday /oerrunavail
fails 'mount in a drive that is not there' 4312 'no drive named' mount /lfMonday '/dfDrive 9'
fails 'mount /odrive without a drive' 87 'that is needed' mount /lfMonday /odrive
fails 'mount with a time' 1460 'time is over' mount /lfMonday /t100
goes 'dismount /odeferred' dismount /lfMonday /odeferred
goes 'mount again, where it stayed' mount /lg"$medium" /b
goes 'dismount' dismount /lg"$medium"
check 'it is done' settle
fails 'dismount of what is in no drive' 5023 'state does not allow' dismount /lg"$medium"
prints 'mount by slot, in a certain drive' "$letter:" mount '/sfSlot 0' '/cfChanger 0' '/dfDrive 0' /odrive /rhigh /b
fails 'mount of an empty slot' 4318 'is empty' mount '/sfSlot 9'
goes 'dismount by drive' dismount '/dfDrive 0'
check 'it is done' settle
fails 'dismount of an empty drive' 5023 'state does not allow' dismount '/dfDrive 0'

# Both drives are in use by others: who has them is said, and Ctrl-C ends the wait, in the service too.
goes 'freemedia of a third' freemedia /pfM003
check 'it is labelled' settle
rsm allocate /mBackup /b
third=$(cat "$said")
goes 'one drive is taken' mount /lg"$medium"
goes 'and the other' mount /lg"$second"
begin mount /lg"$third"
check 'a mount that waits says what for' wait_until grep -q 'waiting: for a drive of Shelf; Drive 0 has M00[12]; Drive 1 has M00[12]' "$work/waiting.err"
shows 'its request is shown' '^[0-9A-F]{32} +mount +(queued|waiting) .* rsm +Shelf +M003 ' requests
kill -INT "$waiting"
wait "$waiting"
code=$?
check 'Ctrl-C: ERROR_CANCELLED' test $code = $((1223 % 256))
check 'in words' grep -q 'mount M003: cancelled (error 1223)' "$work/waiting.err"
shows 'its request is cancelled' '^[0-9A-F]{32} +mount +cancelled .* M003 ' requests /all
begin mount /lg"$third" /b
open_request() { rsm requests /b && [ -s "$said" ]; }
check 'another one waits' wait_until open_request
goes 'a library request is cancelled by another program' cancel "$(cat "$said")"
wait "$waiting"
check 'which ends it' test $? = $((1223 % 256))
goes 'a drive is given back' dismount /lg"$medium"
shows 'and is had' '^[F-Z]:$' mount /lg"$third" /b
for id in "$second" "$third"; do goes 'dismount' dismount /lg"$id"; done
check 'all are back' settle
fails 'cancel of a request that has ended' 4312 'no such object' cancel "$(rsm requests /all /b && tail -n 1 "$said")"
fails 'cancel of nothing' 4312 'no such object' cancel $nothing
fails 'cancel of what is no request' 4312 'is a library, and a library request is wanted' cancel "$library"
fails 'satisfy of what is no GUID' 87 'is no GUID' satisfy Monday

# ---- Ejecting and injecting ----

shows 'eject' '^Ejecting: operation [0-9A-F]{32}$' eject /pfM003
check 'it is done' settle
check 'the medium is in the port' test -d "$shelf/ports/1/M003"
fails 'mount /ooffline of a medium that is in no library' 4304 'in no library' mount /lg"$third" /ooffline

# Another program asks the operator.
begin mount /lg"$third" /b
check 'a mount of it asks the operator, and says so' wait_until grep -q 'waiting: operator request [0-9A-F]* *: .*library' "$work/waiting.err"
shows 'the request is shown' '^[0-9A-F]{32} +move media +submitted .* rsm +M003 ' requests
request=$(sed -n 's/^\([0-9A-F]\{32\}\)  move media .*/\1/p' "$said")
goes 'it is refused' refuse "$request"
wait "$waiting"
check 'which ends the mount' test $? = $((4320 % 256))
check 'in words' grep -q 'the operator refused it (error 4320)' "$work/waiting.err"
fails 'and cannot be satisfied then' 4312 'no such object' satisfy "$request"
begin mount /lg"$third" /b
open_operator_request() { rsm requests && grep -q 'move media' "$said"; }
check 'it asks again' wait_until open_operator_request
request=$(sed -n 's/^\([0-9A-F]\{32\}\)  move media .*/\1/p' "$said")
mv "$shelf/ports/1/M003" "$shelf/slots/0003/"
goes 'the medium is brought and the request satisfied' satisfy "$request"
wait "$waiting"
check 'the mount succeeds' test $? = 0
check 'with a drive letter' grep -q '^[F-Z]:' "$work/waiting.out"
goes 'dismount' dismount /lg"$third"
check 'it is done' settle
rsm eject '/sfSlot 2' /lfShelf /b
check 'eject by slot, /b: the GUID alone' grep -qxE '[0-9A-F]{32}' "$said"
operation=$(cat "$said")
check 'it is done' settle
fails 'eject /astop of what has ended' 4317 'no such operation' eject /astop /o"$operation"
fails 'eject /astop without an operation' 87 'needs the operation' eject /astop
fails 'eject of an empty slot' 4318 'no medium' eject '/sfSlot 9' /lfShelf
fails 'eject of nothing' 87 'needs a medium' eject
fails 'eject from a library of several drives, none of them full' 4318 'no medium' eject /lfShelf
fails 'ejectatapi' 87 'CdChanger3' ejectatapi /n3
shows 'inject' '^Injecting: operation [0-9A-F]{32}$' inject /lfShelf
check 'it is done' settle
rsm inject /lfShelf /b
operation=$(cat "$said")
fails 'wait /t while a library waits for somebody to bring a medium' 1460 'waiting: inject Shelf' wait /lfShelf /t1500
goes 'inject /astop' inject /lfShelf /astop /o"$operation"
goes 'wait' wait /t60000
begin inject /lfShelf /b
wait "$waiting"
begin wait
check 'wait says what for' wait_until grep -q 'waiting: inject Shelf' "$work/waiting.err"
kill -INT "$waiting"
wait "$waiting"
check 'Ctrl-C: ERROR_CANCELLED' test $? = $((1223 % 256))
goes 'the inject is cancelled' cancel "$(rsm requests /b && cat "$said")"
fails 'inject into the off-line library' 4305 'off-line' inject '/lfOff-line Media'

# ---- The rest ----

goes 'deallocate by partition' deallocate /pfM003
goes 'deallocate' deallocate /lg"$second"
fails 'deallocate of what is not allocated' 5023 'not allocated' deallocate /pfM003
goes 'disable a drive' disable '/dfDrive 1'
shows 'it is' '^Drive 1 +Shelf +disabled' view /tdrive /v
fails 'disable it again' 5023 'state does not allow' disable '/dfDrive 1'
goes 'enable it' enable '/dfDrive 1'
goes 'disable the library' disable /lfShelf
goes 'enable it' enable /lfShelf
goes 'disable a medium' disable /pfM002
goes 'clean without a cleaner' clean '/dfDrive 0'
asks_for_cleaner() { rsm requests && grep -q '  cleaner ' "$said"; }
check 'an operator is asked for one' wait_until asks_for_cleaner
goes 'and has none' refuse "$(sed -n 's/^\([0-9A-F]\{32\}\)  cleaner .*/\1/p' "$said")"
goes 'reserve one' cleaner /lfShelf /areserve '/sfSlot 11'
fails 'a second one' 4331 'reserved .* already' cleaner /lfShelf /areserve '/sfSlot 10'
goes 'release it' cleaner /lfShelf /arelease
fails 'reserve without a slot' 87 'needs the slot' cleaner /lfShelf /areserve
fails 'inject a cleaner without its cycles' 87 'cleaning cycles' cleaner /lfShelf /ainject
check 'the media are labelled again' settle
goes 'movemedia' movemedia /pfM003 '/mFree\Folder'
fails 'movemedia to a pool that is not there' 4312 'media pool' movemedia /pfM003 /mNowhere
goes 'export' export
shows 'import' 'when the service starts next' import
prints 'check' 'No fault was found.' check
goes 'a library is disabled before it is deleted' disable /lfShelf
goes 'deletelibrary' deletelibrary /lfShelf
hides 'it is gone' Shelf view /tlibrary /b
check 'and its media are still there' test -d "$shelf/slots/0001/M001"
ntmsapi_end
interop_end
