#!/bin/bash
# rsm.exe from scripts: a batch file as administrators wrote them for Windows, that takes names and GUIDs from `for /f`; and a shell script.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/ntmsapi.sh
interop_start rsm_script "${1:-}"
ntmsapi_start
. tests/interop/rsm_command.sh
shelf=$work/shelf
drive_path() { echo "z:${1//\//\\}"; }
goes 'a library' addlibrary "$(drive_path "$shelf")" '/nTape Shelf' /drives1 /slots4 /b
library=$(cat "$said")
mkdir "$shelf/slots/0001/M001"
goes 'inventory' inventory '/lfTape Shelf' /afull
check 'it is done' settle

# 32 bit programs of a 64 bit prefix find rsm.exe of their own bitness by its path.
cp "build/$arch/rsm.exe" "$work/rsm.exe"
cat >"$work/backup.bat" <<'BATCH'
@echo off
rsm freemedia /pf"M001"
if errorlevel 1 exit /b 1
rsm createpool /m"Night Backup" /aalways /tf"Folder" /d
if errorlevel 1 exit /b 2
for /f "usebackq delims=" %%i in (`rsm allocate /m"Night Backup" /t60000 /lnTonight /b`) do set medium=%%i
if "%medium%"=="" exit /b 3
for /f "usebackq delims=" %%i in (`rsm mount /lg%medium% /owrite /t60000 /b`) do set letter=%%i
if "%letter%"=="" exit /b 4
echo the data of tonight>%letter%\night.txt
rsm dismount /lfTonight
if errorlevel 1 exit /b 5
for /f "usebackq delims==" %%i in (`rsm view /tphysical_media /cg%1 /guiddisplay /b`) do set physical=%%i
for /f "usebackq delims==" %%i in (`rsm view /tpartition /cg%physical% /guiddisplay /b`) do set partition=%%i
for /f "usebackq delims==" %%i in (`rsm view /tlogical_media /cg%partition% /guiddisplay /b`) do set logical=%%i
echo %medium% %logical%
echo %medium:~0,8%-%medium:~8,4%-%medium:~12,4%-%medium:~16,4%-%medium:~20,12%
rsm mount /lfNowhere
if not %errorlevel%==4312 exit /b 6
rsm deallocate /lg%logical%
exit /b %errorlevel%
BATCH
sed -i 's/$/\r/' "$work/backup.bat"
run_batch() {
    (cd "$work" && timeout -k 5 200 "$OLDPWD/tools/wine-run" cmd /c backup.bat "$library") >"$said" 2>"$errors"
}
run_batch
code=$?
tr -d '\r' <"$said" >"$work/batch.out"
check 'a batch file goes through' test $code = 0 || diag "$work/batch.out" "$errors"
check 'it has taken GUIDs from for /f' grep -qxE '([0-9A-F]{32}) \1' "$work/batch.out"
check 'which have 32 digits, as ntbackup /g wants them with dashes' grep -qxE '[0-9A-F]{8}-([0-9A-F]{4}-){3}[0-9A-F]{12}' "$work/batch.out"
check 'the data are on the medium' grep -q 'the data of tonight' "$shelf/slots/0001/M001/night.txt"
check 'errors go to standard error' grep -q 'no logical medium named Nowhere (error 4312)' "$errors"

# A shell script: names beyond ASCII come back as they went.
goes 'a name in other letters' rename /tlibrary '/ifTape Shelf' '/nBänder im Keller €'
prints 'it comes back in UTF-8' $'Bänder im Keller €\nOff-line Media' view /tlibrary /b
goes 'and finds the library' refresh '/lfBänder im Keller €'
ntmsapi_end
interop_end
