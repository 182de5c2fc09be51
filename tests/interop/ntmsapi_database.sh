#!/bin/bash
# Where the removable storage database is: in System32\NtmsData, or where the registry value NtmsData says (ExportNtmsDatabase's page).
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start ntmsapi_database "${1:-}"
ntmsapi_start
. tests/interop/rsm_command.sh
key='HKLM\System\CurrentControlSet\Control\NTMS'
# Below system32, which for 32-bit programs is another folder.
moved=$prefix/drive_c/windows/system32/moved
rm -rf "$moved"
reg() { tools/wine-run reg "$@" >"$work/reg.out" 2>&1; }
forget() { reg delete "$key" /v NtmsData /f; }
trap 'forget; rm -rf "$moved"; end_corkd KILL; peers_stop' EXIT

goes 'a session' view /tlibrary /b
check 'the database is in the usual folder' test -f "$ntms_data/NtmsData.db"
reg add "$key" /v NtmsData /t REG_EXPAND_SZ /d '%SystemRoot%\system32\moved' /f
goes 'another folder is named while the service runs' addlibrary "$work/shelf" /nShelf /drives1 /slots2
check 'which goes on with its database' test ! -e "$moved"
end_corkd TERM
prints 'the next start opens it there, and it is another database' 'Off-line Media' view /tlibrary /b
check 'the file' test -f "$moved/NtmsData.db"
goes 'ExportNtmsDatabase there' export
check 'in the folder Export of it' test -f "$moved/Export/NtmsData.db"
end_corkd TERM
reg add "$key" /v NtmsData /d 'C:\nowhere\moved' /f
rm -rf "$moved"
fails 'a folder that cannot be: no session' 2250 . view /tlibrary /b
check 'and no empty database anywhere else' test ! -e "$moved" -a "$(ls "$ntms_data")" = NtmsData.db
reg add "$key" /v NtmsData /d 'C:\windows\notepad.exe' /f
fails 'a file: no session' 2250 . view /tlibrary /b
check 'the log says why' grep -q 'notepad.exe cannot be used' "$prefix/cork/corkd.log"
forget
end_corkd TERM
prints 'without the value all is as it was' $'Off-line Media\nShelf' view /tlibrary /b
ntmsapi_end
interop_end
