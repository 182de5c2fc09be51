#!/bin/bash
# A process that another program starts arrives as an event, and so does its end; between them, what a query says of the process is true.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start mi_events "${1:-}"

# A program of a name that no other has. It lives as long as its input.
cp build/prefix/drive_c/windows/system32/cmd.exe "$work/visitor.exe"
mkfifo "$work/input"
come() {
    tools/wine-run "$work/visitor.exe" /c pause <"$work/input" >"$work/visitor.out" 2>&1 &
    visitor=$!
    started+=("$visitor")
    exec 9>"$work/input"
}
leave() {
    exec 9>&-
    wait "$visitor"
}

# Prints lines "CLASS HANDLE" of the events so far.
events() {
    sed -n 's/^ *"__CLASS": "\(__[A-Za-z]*\)".*/\1/p; s/.*"TargetInstance".*"Handle": "\([0-9]*\)".*/\1/p' "$work/watch.out" |
        tr -d '\r' | paste -d' ' - -
}
has_event() { events | grep -q "$@"; }

tools/wine-run "build/$arch/cim.exe" watch -o json "SELECT * FROM __InstanceOperationEvent WITHIN 0.2 WHERE TargetInstance ISA \
'Win32_Process' AND TargetInstance.Name = 'visitor.exe' AND __CLASS <> '__InstanceModificationEvent'" \
    >"$work/watch.out" 2>"$work/watch.err" &
watch=$!
started+=("$watch")

# Nothing says when a subscription has begun: one visitor after another, until there is an event.
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    come
    for ((i = 0; i < 60; i++)); do
        has_event '^__InstanceCreationEvent ' && break 2
        sleep 0.05
    done
    leave
done
check 'a process started by another program arrives as an event' has_event '^__InstanceCreationEvent '
handle=$(events | sed -n 's/^__InstanceCreationEvent //p' | tail -n 1)
windows cim query -o json "SELECT Handle FROM Win32_Process WHERE Name = 'visitor.exe'" >"$work/query.out" 2>"$work/query.err"
check "and it is the process that a query finds: $handle" grep -q "\"Handle\": \"$handle\"" "$work/query.out"
leave
check 'its end arrives as an event, too' wait_until has_event "^__InstanceDeletionEvent $handle\$"

check 'an event query with a mistake is refused, and the message says where' \
    sh -c "tools/wine-run build/$arch/cim.exe watch 'SELECT * FROM __InstanceCreationEvent WITHIN x' 2>&1 | grep 'Character 46'"
check 'the watch has said nothing else' test ! -s "$work/watch.err"
end_process "$watch"
interop_end
