#!/bin/bash
# cim.exe: every verb, what it prints in each form, its errors and exit codes, and Ctrl-C; against Wine's own WMI, reg.exe and processes.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start cim "${1:-}"
said=$work/said errors=$work/errors

# cim ARGUMENT...: its standard output in $said, its standard error in $errors; its exit code.
cim() {
    windows cim "$@" >"$said.raw" 2>"$errors.raw"
    local code=$?
    tr -d '\r' <"$said.raw" >"$said"
    tr -d '\r' <"$errors.raw" | grep -v '^wine: ' >"$errors"
    return $code
}
told() {
    result "$1" "$2" || { echo "# cim ${*:3}"; tail -n 12 "$said" "$errors" | diag -; false; }
}
# shows WHAT PATTERN ARGUMENT...: it succeeds, and a line matches.
shows() {
    cim "${@:3}" && grep -qE -- "$2" "$said"
    told $? "$1" "${@:3}"
}
# ends WHAT CODE PATTERN ARGUMENT...: it ends with that code, prints nothing, and says why.
ends() {
    local status
    cim "${@:4}"
    status=$?
    [ "$status" = "$2" ] && [ ! -s "$said" ] && grep -qE -- "$3" "$errors"
    told $? "$1: exit code $2" "${@:4}" || echo "# exit code $status"
}
# Of a class that it lacks Wine 8.0 says what it says of one without instances; newer ones say which it is.
ends_without_class() {
    local status
    cim "${@:2}"
    status=$?
    [ $status = 5 ] || [ $status = 6 ] && [ ! -s "$said" ] && grep -qE 'MI_RESULT_(INVALID_CLASS|NOT_FOUND), HRESULT 0x800410(10|02)' "$errors"
    told $? "$1" "${@:2}" || echo "# exit code $status"
}
# What Wine's WMI lacks ends with its error; newer ones may have it. ends_or_shows WHAT CODE ERROR PATTERN ARGUMENT...: it ends with that code,
# prints nothing and says why, or it succeeds and a line matches.
ends_or_shows() {
    local status
    cim "${@:5}"
    status=$?
    if [ $status = 0 ]; then grep -qE -- "$4" "$said"; else [ "$status" = "$2" ] && [ ! -s "$said" ] && grep -qxE -- "$3" "$errors"; fi
    told $? "$1: exit code $2, or it is done" "${@:5}" || echo "# exit code $status"
}
# fails WHAT CODES ERROR ARGUMENT...: it ends with one of the codes (A|B), prints nothing, and the one line that it says is of WMI's error.
fails() {
    local status
    cim "${@:4}"
    status=$?
    [[ $status =~ ^($2)$ ]] && [ ! -s "$said" ] && [ "$(wc -l <"$errors")" = 1 ] && grep -qxE -- "$3" "$errors"
    told $? "$1: exit code $2" "${@:4}" || echo "# exit code $status"
}
# The output is JSON for which this is true.
is_json() { python3 -c 'import json, sys; value = json.load(open(sys.argv[1], encoding="utf-8")); sys.exit(not eval(sys.argv[2]))' "$said" "$1"; }
json() {
    cim "${@:3}" && is_json "$2"
    told $? "$1" "${@:3}"
}

# ---- Help, and what is wrong on the command line ----

for words in --help -h '/?' help; do shows "$words: the verbs" '^  enumerate    the instances of a class$' "$words"; done
for verb in enumerate query get associators references invoke class classes watch create modify delete test; do
    shows "$verb --help" "^cim $verb" "$verb" --help
done
shows 'help VERB' '^cim query "SELECT' help query
shows '--version' '^cim \(Cork\) [0-9]' --version
ends 'no verb' 64 'which verb'
ends 'an unknown verb' 64 'there is no verb frobnicate' frobnicate
ends 'no class' 64 'enumerate needs more: CLASS' enumerate
ends 'too much' 64 'does not know what to do with Two' enumerate One Two
ends 'an unknown option' 64 'there is no option --frobnicate' enumerate One --frobnicate
ends 'an option without its value' 64 '--output needs a value' enumerate One -o
ends 'an unknown form' 64 'xml is no value for --output' enumerate One -o xml
ends 'a number that is none' 64 'soon is no value for --timeout' enumerate One --timeout=soon
ends 'an option of another verb' 64 'get takes no --keys' get One -k
ends 'a value for an option that has none' 64 '--keys takes no value' enumerate One --keys=yes
ends 'a table of a class' 64 'class has no table' class Win32_Process -o table

# in_manual WORD...: each stands at the beginning of a paragraph of the manual.
in_manual() {
    local word
    for word in "$@"; do
        sed 's/\\//g' tools/cim/cim.1 | grep -qE -- "^\.(B|BI|BR) (.* )?$word( |\$)" || { echo "$word"; return 1; }
    done
}
manual_has_verbs() {
    local verbs
    cim --help
    mapfile -t verbs < <(sed -n 's/^  \([a-z]*\)  .*/\1/p' "$said")
    [ ${#verbs[@]} -gt 9 ] && in_manual "${verbs[@]}"
}
manual_has_options() {
    local verb options
    for verb in enumerate invoke associators; do
        cim $verb --help
        mapfile -t options < <(grep -oE -- '--[a-z-]+ ' "$said" | tr -d ' ')
        in_manual "${options[@]}" || return
    done
}
check 'its manual has every verb' manual_has_verbs
check 'and every option' manual_has_options

# ---- Instances ----

shows 'test' '^WMI answers\.$' test
shows 'a table has a line of names' '(^| )Handle +[A-Z][A-Za-z]+ ' enumerate Win32_Process
check 'and the program itself' grep -qE '(^| )cim\.exe ' "$said"
shows 'a table of properties, in the order in which they are named' '^Name +ProcessID$' enumerate Win32_Process -p Name,ProcessId
shows 'a list' '^Caption +: Microsoft Windows' enumerate Win32_OperatingSystem -o list
shows 'MOF' '^    Caption = "Microsoft Windows' enumerate Win32_OperatingSystem -o mof
json 'JSON' 'len(value) == 1 and value[0]["__CLASS"] == "Win32_OperatingSystem" and isinstance(value[0]["OSLanguage"], int)' \
    enumerate Win32_OperatingSystem -o json
json 'JSON of nothing' 'value == []' query "SELECT * FROM Win32_Process WHERE ProcessId = 1" -o json
shows 'a query' '^cim\.exe$' query "SELECT Name FROM Win32_Process WHERE Name = 'cim.exe'"
json 'at most so many' 'len(value) == 2' enumerate Win32_Process -c 2 -o json
shows 'a namespace with slashes' '^BootDevice +.*Caption' enumerate Win32_OperatingSystem -n root/cimv2
cim enumerate Win32_Process -p Handle,Name -o json
services=$(python3 -c 'import json, sys; print([p["Handle"] for p in json.load(open(sys.argv[1])) if p["Name"] == "services.exe"][0])' "$said")
shows 'get' "^Name +: services\.exe$" get Win32_Process "Handle=$services"
shows 'get: names in any capitals' "^Name +: services\.exe$" get win32_process "handle=$services"
ends 'get of what there is not' 6 'MI_RESULT_NOT_FOUND' get Win32_Process Handle=3
ends 'get by what is no property' 64 'has no Frob' get Win32_Process Frob=3
ends 'get by what is no pair' 64 'wanted as NAME=VALUE' get Win32_Process Handle
ends_without_class 'get of no class' get Cork_NoSuchClass Name=x
ends 'a query that is none' 15 'MI_RESULT_INVALID_QUERY, HRESULT 0x80041017' query 'SELECT FROM'
ends 'no namespace' 3 'MI_RESULT_INVALID_NAMESPACE, HRESULT 0x8004100e' enumerate Win32_Process -n 'root\cork'

# ---- Associations: each instance, and then the one at the other end by its own keys ----

json 'associators' 'len(value) == 1 and value[0]["__CLASS"] == "Win32_DiskPartition" and len(value[0]) > 3' \
    associators Win32_LogicalDisk DeviceID=C: -o json
partition=$(python3 -c 'import json, sys; print([v for k, v in json.load(open(sys.argv[1]))[0].items() if k.lower() == "deviceid"][0])' "$said")
shows 'associators: only the keys' "^DeviceI[dD] : $partition\$" associators win32_logicaldisk deviceid=c: -k
check 'and nothing else' test "$(grep -c . "$said")" = 1
json 'associators of a class' 'len(value) == 1 and value[0]["__CLASS"] == "Win32_DiskDrive" and "PHYSICALDRIVE" in str(value[0])' \
    associators Win32_DiskPartition "DeviceID=$partition" -r Win32_DiskDrive -o json
# Wine 8.0 knows this association from its other end alone.
json 'and back' 'value == [] or "C:" in value[0].values()' \
    associators Win32_DiskPartition "DeviceID=$partition" -r Win32_LogicalDisk -k -o json
json 'associators of a class that the instance has none of' 'value == []' associators Win32_LogicalDisk DeviceID=C: -r Win32_DiskDrive -o json
json 'associators of what there is not' 'value == []' associators Win32_LogicalDisk DeviceID=none: -o json
unsupported='cim: Win32_LogicalDisk: WMI does not support the operation\. \(MI_RESULT_NOT_SUPPORTED, HRESULT 0x8004100c\)'
ends_or_shows 'associators by an association' 7 "$unsupported" "$partition" associators Win32_LogicalDisk DeviceID=C: -a Win32_LogicalDiskToPartition
ends_or_shows 'associators by a role' 7 "$unsupported" "$partition" associators Win32_LogicalDisk DeviceID=C: --role Dependent
ends_or_shows 'associators by a role of the results' 7 "$unsupported" "$partition" associators Win32_LogicalDisk DeviceID=C: --result-role Antecedent
bad='MI_RESULT_INVALID_PARAMETER, HRESULT 0x80041008'
ends 'associators of what is no name' 4 "$bad" associators Win32_LogicalDisk DeviceID=C: -r 'A B'
no_query='cim: Win32_LogicalDisk: WMI does not understand the query\. \(MI_RESULT_INVALID_QUERY, HRESULT 0x80041017\)'
ends_or_shows 'references' 15 "$no_query" 'Win32_LogicalDisk' references Win32_LogicalDisk DeviceID=C:
ends_or_shows 'references of a class' 15 "$no_query" 'Win32_LogicalDisk' references Win32_LogicalDisk DeviceID=C: -r Win32_LogicalDiskToPartition
ends 'references by what is no name' 4 "$bad" references Win32_LogicalDisk DeviceID=C: --role '1}'
for verb in associators references; do
    ends "$verb of no property" 64 'Win32_LogicalDisk has no Frob' $verb Win32_LogicalDisk Frob=1
    ends_without_class "$verb of no class" $verb Cork_NoSuchClass K=x
done

# ---- Changes: Wine's WMI has no instances that could be written, and says so in several ways ----

refused='cim: Win32_LogicalDisk: .+ \(MI_RESULT_(FAILED|TYPE_MISMATCH|NOT_SUPPORTED), HRESULT 0x80041(001|005|00c|023|024)\)'
not_found='cim: Win32_LogicalDisk: WMI could not find the object\. \(MI_RESULT_NOT_FOUND, HRESULT 0x80041002\)'
fails 'create' '1|7|13' "$refused" create Win32_LogicalDisk DeviceID=none: VolumeName=x
check 'nothing was made' sh -c "! timeout 60 tools/wine-run 'build/$arch/cim.exe' get Win32_LogicalDisk DeviceID=none: >'$work/made' 2>/dev/null"
fails 'modify' '1|7' "$refused" modify Win32_LogicalDisk DeviceID=C: VolumeName=x
json 'nothing was changed' 'value[0].get("VolumeName") != "x"' get Win32_LogicalDisk DeviceID=C: -o json
fails 'modify what there is not' 6 "$not_found" modify Win32_LogicalDisk DeviceID=none: VolumeName=x
fails 'delete' '1|7' "$refused" delete Win32_LogicalDisk DeviceID=C:
shows 'nothing was deleted' '^DeviceI[dD] +: C:$' get Win32_LogicalDisk DeviceID=C:
fails 'delete what there is not' '1|6|7' "($refused|$not_found)" delete Win32_LogicalDisk DeviceID=none:
for verb in create modify delete; do
    ends "$verb: no such property" 64 'Win32_LogicalDisk has no Frob' $verb Win32_LogicalDisk Frob=x
    ends "$verb: what is no pair" 64 'wanted as NAME=VALUE' $verb Win32_LogicalDisk DeviceID
    ends_without_class "$verb of no class" $verb Cork_NoSuchClass K=x
done
ends 'create: a value that is no number' 64 'soon is no uint64, which Size is' create Win32_LogicalDisk DeviceID=none: Size=soon
ends 'delete: no keys' 64 'delete needs more: CLASS KEY=VALUE' delete Win32_LogicalDisk
ends 'modify: no keys' 64 'modify needs more: CLASS KEY=VALUE' modify Win32_LogicalDisk

# ---- Classes and methods ----

shows 'a class: properties' '^  (key )?string Handle$' class Win32_Process
shows 'a class: methods' '^  (static )?uint32 GetStringValue\(.*string sSubKeyName.*\)$' class StdRegProv
json 'a class as JSON' '[m for m in value["methods"] if m["name"] == "SetStringValue"] and value["name"] == "StdRegProv"' class StdRegProv -o json
shows 'a class as MOF' '^class StdRegProv' class StdRegProv -o mof
check 'with its methods' grep -qE 'uint32 GetStringValue\(' -i "$said"
ends_without_class 'no class' class Cork_NoSuchClass
key='Software\CorkTest'
reg() { timeout -k 5 60 tools/wine-run reg "$@" >"$work/reg.raw" 2>/dev/null; local code=$?; tr -d '\r' <"$work/reg.raw" >"$work/reg"; return $code; }
shows 'invoke: a key is made' '^ReturnValue : 0$' invoke StdRegProv CreateKey hDefKey=0x80000001 "sSubKeyName=$key"
shows 'and a value written' '^ReturnValue : 0$' invoke StdRegProv SetStringValue hDefKey=-2147483647 "sSubKeyName=$key" sValueName=Cellar 'sValue=déjà vu'
check 'reg.exe finds the key' reg query "HKCU\\$key" /v Cellar
check 'and the value' grep -q 'Cellar *REG_SZ' "$work/reg"
shows 'it is read back' '^sValue +: déjà vu$' invoke StdRegProv GetStringValue hDefKey=0x80000001 "sSubKeyName=$key" sValueName=Cellar
reg add "HKCU\\$key" /v Attic /d wet /f
shows 'what reg.exe wrote is read' '^sValue +: wet$' invoke StdRegProv GetStringValue hDefKey=0x80000001 "sSubKeyName=$key" sValueName=Attic
json 'an array comes back' 'sorted(value[0]["sNames"]) == ["Attic", "Cellar"] and value[0]["ReturnValue"] == 0' \
    invoke StdRegProv EnumValues hDefKey=0x80000001 "sSubKeyName=$key" -o json
shows 'the key is deleted' '^ReturnValue : 0$' invoke StdRegProv DeleteKey hDefKey=0x80000001 "sSubKeyName=$key"
reg query "HKCU\\$key"
check 'reg.exe does not find it' test $? != 0
cim invoke StdRegProv GetStringValue hDefKey=0x80000001 "sSubKeyName=$key" sValueName=Cellar
check 'a method that returns another value than 0: exit code 32' test $? = 32
ends 'no such method' 17 'MI_RESULT_METHOD_NOT_FOUND' invoke StdRegProv Frob
ends 'no such parameter' 64 'GetStringValue has no Frob' invoke StdRegProv GetStringValue Frob=1
ends 'a parameter that is no number' 64 'soon is no sint32, which hDefKey is' invoke StdRegProv GetStringValue hDefKey=soon
ends 'a number that is too large' 64 'is no sint32' invoke StdRegProv GetStringValue hDefKey=4294967296

# ---- Events, and Ctrl-C ----

begin() {
    tools/wine-run "build/$arch/cim.exe" "$@" >"$work/waiting.out" 2>"$work/waiting.err" &
    waiting=$!
    started+=("$waiting")
}
created="SELECT * FROM __InstanceCreationEvent WITHIN 0.2 WHERE TargetInstance ISA 'Win32_Process' AND TargetInstance.Name ="
nobody="$created 'nobody.exe'"
begin watch "$created 'cim.exe'" -c 1
# Each is there for longer than the first takes to look again.
another_comes() { cim watch "$nobody" -t 1; grep -q . "$work/waiting.out"; }
check 'a process that comes is an event' wait_until another_comes
wait "$waiting"
check 'watch ends after --count events' test $? = 0
check 'the event has its instance' grep -qE '^TargetInstance.*Win32_Process \{.*Name = cim\.exe' "$work/waiting.out"
ends 'watch: time-out' 1 'MI_RESULT_FAILED' watch "$nobody" -t 1
ends 'watch: a query that is none' 15 'MI_RESULT_INVALID_QUERY' watch 'SELECT FROM'
begin watch "$nobody" -o json
watching() { cim query "SELECT Name FROM Win32_Process WHERE Name = 'cim.exe'" -o json && is_json 'len(value) == 2'; }
check 'watch runs' wait_until watching
interrupted() { kill -INT "$waiting" 2>/dev/null; ! kill -0 "$waiting" 2>/dev/null || grep -q cancelled "$work/waiting.err"; }
check 'Ctrl-C ends it' wait_until interrupted
wait "$waiting"
check 'with exit code 130' test $? = 130
check 'in words' grep -q 'cim: the events: cancelled after 0 results' "$work/waiting.err"
tr -d '\r' <"$work/waiting.out" >"$said"
check 'and its JSON is whole' is_json 'value == []'

# ---- Progress: on a terminal alone ----

progress() { grep -qa "cim: 0 results, [0-9]* s" "$1"; }
timeout -k 5 60 script -qec "tools/wine-run build/$arch/cim.exe watch \"$nobody\" -t 4 >/dev/null" "$work/terminal" >/dev/null 2>&1 </dev/null
check 'progress on a terminal' progress "$work/terminal"
cim watch "$nobody" -t 2
check 'and nowhere else' sh -c "! grep -q results '$errors'"
interop_end
