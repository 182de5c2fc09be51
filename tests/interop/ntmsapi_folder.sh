#!/bin/bash
# A folder library through ntmsapi.dll: inventory, allocate, mount, write, dismount, eject, inject, mount again, the data are the same; what a
# person does behind the library's back, and moves that cannot be done.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start ntmsapi_folder "${1:-}"
ntmsapi_start
check 'a session' driver a || { interop_end; exit; }
shelf=$work/library
says 'no library but that of the offline media' '^Off-line Media type=1' a libraries
expect 'a library is added' 0 a add "folder:$shelf" L 2 4 2 1
mkdir "$shelf"/slots/000{1/M001,2/M002,3/M003}
echo 'of another system' >"$shelf/slots/0003/M003/notes.txt"
expect 'an inventory' 0 a inventory L
expect 'is done' 0 a settle L
says 'the library: drives, slots, ports, bar codes' '^L type=2 drives=2 slots=4 ports=2 barcodes=1 .* present=1' a libraries
says 'media that were blank are unrecognized' '^M001 library=L in=slot:1 state=idle side=(foreign|unknown) pool=Unrecognized' a media
says 'and so are those with data of no known format' '^M003 library=L in=slot:3 .*pool=(Unrecognized|Import)' a media
expect 'two media are freed' 0 a free M001 M002
expect 'they are prepared' 0 a settle L
says 'and free' '^M001 .*side=available pool=Free' a media
expect 'a media pool' 0 a pool Backup L
says 'a medium is allocated' '^M00[12]$' a allocate Backup
medium=$(cat "$said")
[ -n "$medium" ] || { interop_end; exit 1; }
says 'it is in the pool' "^$medium .*side=allocated pool=Backup" a media
says 'it is mounted' '^drive=.* device=[F-Z]:$' a mount "$medium"
letter=$(sed 's/.*device=//' "$said")
says 'and in a drive' "^$medium library=L in=drive:[12] state=loaded" a media
expect 'a file is written through the drive letter' 0 a write "$letter\\backup.txt" the-data
check 'and lies in the medium' grep -q the-data "$shelf"/drives/?/"$medium"/backup.txt
expect 'mounted media cannot be ejected' ERROR_BUSY a eject "$medium"
expect 'it is dismounted' 0 a dismount "$medium"
expect 'and goes back' 0 a settle L
says 'to its slot' "^$medium library=L in=slot:[12] state=idle" a media
expect 'the drive letter has gone' ERROR_FILE_NOT_FOUND a read "$letter\\backup.txt"
expect 'it is ejected' 0 a eject "$medium"
expect 'to a mail slot' 0 a settle L
says 'and is offline' "^$medium library=Off-line Media in=shelf" a media
check 'where a person takes it' mv "$shelf/ports/1/$medium" "$work/$medium"
expect 'offline media are not mounted' ERROR_MEDIA_OFFLINE a mount "$medium" options=8
tell a start waiting mount "$medium"
answer a
expect 'one that waits for it' 0 a await medium opreq "$medium"
says 'asks the operator' 'state=submitted message=.' a operator
expect 'who brings it' 0 a inject L
mv "$work/$medium" "$shelf/ports/2/"
expect 'it is mounted then' 0 a finish waiting
letter=$(sed 's/.*device=//' "$said")
says 'the data are the same' '^the-data$' a read "$letter\\backup.txt"
says 'and the medium is still the pool'"'"'s' "^$medium library=L in=drive:[12] state=loaded side=allocated pool=Backup" a media
expect 'it is dismounted again' 0 a dismount "$medium"
expect 'and goes back again' 0 a settle L

# ---- What goes wrong ----
ask a stopinject L
mkdir "$shelf/drives/1/THIEF" "$shelf/drives/2/OTHER"
ask a mount "$medium" timeout=20000
case $reply in ERROR_INVALID_STATE | ERROR_BUSY | ERROR_TIMEOUT | 0) true ;; *) false ;; esac
result $? 'media that a person put into the drives: the mount succeeds with a drive that was emptied, or fails as documented' || echo "# $reply"
[ "$reply" = 0 ] && ask a dismount "$medium"
expect 'an inventory finds them' 0 a inventory L
expect 'and is done' 0 a settle L
says 'and puts one away' '^(THIEF|OTHER) library=L in=slot' a media
check 'nothing is lost' [ "$(find "$shelf" -mindepth 3 -maxdepth 3 -type d | wc -l)" = 5 ]
expect 'a specific drive that there is not' ERROR_OBJECT_NOT_FOUND a mount "$medium" drive=L:3
expect 'the database is in order' 0 a faults
ntmsapi_end
interop_end
