# mi.dll: cim.exe, a Windows program on the Management Infrastructure API, and Wine's own WMI. What it writes to the registry is what reg.exe reads.
# shellcheck shell=bash

case $arch in x86_64) bits=64 ;; *) bits=32 ;; esac
say "mi.dll, $bits-bit: cim.exe, a Windows program on the Management Infrastructure API, and Wine's own WMI"
sessions=0 key='Software\CorkDemo'

# show_cim NAME VERB...; each opens an application and a session, and closes them at its end.
show_cim() {
    show "$1" "$(typed cim.exe "${@:2}")" windows cim "${@:2}"
    sessions=$((sessions + 1))
}
show_reg() { show "$1" "$(typed wine reg "${@:2}")" timeout -k 5 120 tools/wine-run reg "${@:2}"; }

show_cim system query 'SELECT Caption, Version FROM Win32_OperatingSystem' -o list
grep -q '^Caption : .' "$work/system" || demo_fail 'the operating system has no name'
show_cim processes enumerate Win32_Process -p ProcessId,Name,ThreadCount
grep -q 'cim.exe' "$work/processes" || demo_fail 'the program itself is not among the processes'
processes=$(($(wc -l <"$work/processes") - 1))
show_cim class class StdRegProv
show_cim key invoke StdRegProv CreateKey hDefKey=0x80000001 "sSubKeyName=$key"
show_cim write invoke StdRegProv SetStringValue hDefKey=0x80000001 "sSubKeyName=$key" sValueName=Cellar 'sValue=dry again'
show_reg reg query "HKCU\\$key" /v Cellar
grep -q 'Cellar.*dry again' "$work/reg" || demo_fail 'reg.exe does not find what was written'
show_cim read invoke StdRegProv GetStringValue hDefKey=0x80000001 "sSubKeyName=$key" sValueName=Cellar
grep -q '^sValue *: dry again' "$work/read" || demo_fail 'what was read is not what was written'
show_reg gone delete "HKCU\\$key" /f
row "mi.dll ($bits bit)" "$sessions sessions" \
    "operating system, $processes processes, a class, a registry value written and read as by reg.exe" "$sessions sessions"
