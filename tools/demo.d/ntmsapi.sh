# ntmsapi.dll: rsm.exe, a Windows program on the removable storage API, and a library that is a folder. What a program writes to the drive letter
# of a mounted medium lies on the medium.
# shellcheck shell=bash

case $arch in x86_64) bits=64 ;; *) bits=32 ;; esac
say "ntmsapi.dll, $bits-bit: rsm.exe, a Windows program on the removable storage API, and a folder as a library of media"
. tests/interop/ntmsapi.sh
ntmsapi_start
shelf=$work/shelf
sessions=0

# show_rsm NAME VERB...; each opens a session, and closes it at its end.
show_rsm() {
    show "$1" "$(typed rsm.exe "${@:2}")" windows rsm "${@:2}"
    sessions=$((sessions + 1))
}
show_cmd() { show "$1" "wine cmd /c \"$2\"" timeout -k 5 120 tools/wine-run cmd /c "$2"; }

show_rsm add addlibrary "$shelf" /nShelf /drives2 /slots4
show media "mkdir $shelf/slots/000{1/TAPE01,2/TAPE02}" mkdir "$shelf"/slots/000{1/TAPE01,2/TAPE02}
show_rsm refresh refresh /lfShelf
show_rsm wait1 wait
show_rsm free1 freemedia /pfTAPE01
show_rsm free2 freemedia /pfTAPE02
show_rsm pool createpool /mBackup /anew /tfFolder /d
show_rsm allocate allocate /mBackup /oerrunavail /lnMonday
show_rsm mount mount /lfMonday /owrite
letter=$(sed -n 's/^Mounted in .*, \([A-Z]\):.*/\1/p' "$work/mount")
[ -n "$letter" ] || demo_fail 'the medium has no drive letter'
show_cmd write "echo the cellar is dry again> $letter:\\report.txt"
show_cmd copy "copy $letter:\\report.txt $letter:\\copy.txt"
show_cmd read "type $letter:\\copy.txt"
grep -q 'the cellar is dry again' "$work/read" || demo_fail 'what was read is not what was written'
show_rsm drives view /tdrive /v
show_rsm dismount dismount /lfMonday
show_rsm wait2 wait
written=$(echo "$shelf"/slots/*/*/report.txt)
show slot "cat $written" cat "$written"
cmp -s <(tr -d '\r' <"$work/slot") <(tr -d '\r' <"$work/read") || demo_fail 'the file on the medium is another one'
show_rsm check check
[ -z "$(windows rsm requests /b)" ] || demo_fail 'a request is left'
row "ntmsapi.dll ($bits bit)" "$sessions sessions, 1 library of 2 drives" \
    'allocate, mount, write, copy and read a file, dismount; it is on the medium' "$sessions sessions, no request left"
ntmsapi_end
