# wsnmp32.dll: a Windows SNMP manager works with a real agent, Debian's snmpd.
# shellcheck shell=bash

case $arch in x86_64) bits=64 ;; *) bits=32 ;; esac
say "wsnmp32.dll, $bits-bit: snmp.exe, a Windows program on WinSNMP, and Debian's snmpd"
start_agent || demo_fail "snmpd does not start; its log is $work/agent.log"
at="-p $AGENT_PORT 127.0.0.1"

# Each program says with -V what it opened and closed.
sessions_of() { cat "$work"/*.err 2>/dev/null | grep -c "^$1: session"; }
# show_snmp NAME COMMAND VERSION COMMUNITY ARGUMENT...
show_snmp() {
    local name=$1
    shift
    show "$name" "$(typed snmp.exe "$1" -v "$2" -c "${@:3}")" windows snmp "$1" -V -v "${@:2:1}" -c "${@:3}"
}

# shellcheck disable=SC2086 # an option list
show_snmp get get 2c public $at .1.3.6.1.2.1.1.1.0 .1.3.6.1.2.1.1.5.0 .1.3.6.1.4.1.99999.2.1.0
[ "$(wc -l <"$work/get")" = 3 ] || demo_fail 'the get has not brought three values'
# shellcheck disable=SC2086
show_snmp walk bulkwalk 2c stable $at .1.3
net_snmp bulkwalk 2c stable "$AGENT" .1.3 >"$work/walk.expected"
cmp -s "$work/walk" "$work/walk.expected" || demo_fail "the walk is not what snmpbulkwalk prints: diff $work/walk $work/walk.expected"
walked=$(wc -l <"$work/walk.expected")
echo "  = what Debian's own snmpbulkwalk prints, line for line"
# shellcheck disable=SC2086
show_snmp set set 2c private $at .1.3.6.1.4.1.99999.1.2.0 s 'written from Wine'
net_snmp get 2c private "$AGENT" .1.3.6.1.4.1.99999.1.2.0 | cmp -s - "$work/set" || demo_fail 'snmpget does not find what was set'

trap_port=$(free_port)
echo "\$ snmp.exe trap-listen -p $trap_port &"
start_cork listener trap-listen -V -p "$trap_port" -n 2 -w 60 || demo_fail 'the trap listener does not start'
show trap "snmptrap -v 1 -c public 127.0.0.1:$trap_port ... linkDown" \
    net_snmp trap 1 public "127.0.0.1:$trap_port" .1.3.6.1.4.1.99999 127.0.0.1 2 0 4200 .1.3.6.1.2.1.2.2.1.1.7 i 7
show inform "snmpinform -v 2c -c public 127.0.0.1:$trap_port ... (ends when it is acknowledged)" \
    net_snmp inform 2c public -t 5 "127.0.0.1:$trap_port" 4300 .1.3.6.1.4.1.99999.5.1 .1.3.6.1.4.1.99999.6.1 s 'the cellar is flooded'
# shellcheck disable=SC2154 # set by start_cork
wait "$listener_pid" || demo_fail 'the trap listener failed'
grep -v '^listening' "$work/listener.out" | sed 's/^/  /'
grep -q '^trap from' "$work/listener.out" && grep -q '^inform from' "$work/listener.out" || demo_fail 'a notification is missing'
stop_agent

opened=$(sessions_of opened) closed=$(sessions_of closed)
row "wsnmp32.dll ($bits bit)" "$opened sessions, 1 trap listener" \
    "get of 3, walk of $walked as snmpbulkwalk, set, trap and inform received" "$closed sessions and all they had"
[ "$opened" = "$closed" ] || demo_fail "only $closed of $opened sessions were closed"
