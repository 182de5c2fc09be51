# mgmtapi.dll: a manager on the older API reads and writes the same kind of agent, over wsnmp32.dll.
# shellcheck shell=bash

case $arch in x86_64) bits=64 ;; *) bits=32 ;; esac
say "mgmtapi.dll, $bits-bit: mgmtapi.exe, a Windows program on the older manager API, and Debian's snmpd"
start_agent || demo_fail "snmpd does not start; its log is $work/agent.log"

# show_manager NAME COMMAND COMMUNITY ARGUMENT...; the program fails where a session cannot be closed, so each that ended well closed its own.
sessions=0
show_manager() {
    show "$1" "mgmtapi.exe $2 127.0.0.1 $AGENT_PORT ${*:3}" windows mgmtapi "$2" 127.0.0.1 "$AGENT_PORT" "${@:3}"
    sessions=$((sessions + 1))
}
show_manager names names public system.sysDescr interfaces.ifNumber
show_manager walk walk stable .1.3
net_snmp walk 1 stable "$AGENT" .1.3 | grep -vx 'End of MIB' >"$work/walk.expected"
cmp -s "$work/walk" "$work/walk.expected" || demo_fail "the walk is not what snmpwalk prints: diff $work/walk $work/walk.expected"
echo "  = what Debian's own snmpwalk prints, line for line"
show_manager set set private .1.3.6.1.4.1.99999.1.3.0 i 42
net_snmp get 1 private "$AGENT" .1.3.6.1.4.1.99999.1.3.0 | cmp -s - "$work/set" || demo_fail 'snmpget does not find what was set'
stop_agent
row "mgmtapi.dll ($bits bit)" "$sessions sessions" \
    "2 objects by their names, walk of $(wc -l <"$work/walk.expected") as snmpwalk, set" "$sessions sessions"
