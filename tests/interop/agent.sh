# Peers and programs for the interop tests and the demo; sourced. Everything lies in one working folder below build/, and nothing stays running.
#
#   peers_start FOLDER ARCH     first: working folder $work, clean-up at any end; ARCH is that of the Windows programs

# Net-SNMP reads no file of the system and no MIB.
export MIBS='' MIBDIRS=''

peers_start() {
    work=$1 arch=${2:-x86_64}
    rm -rf "$work"
    # The folders that net-snmp would make itself, and would say so.
    mkdir -p "$work/persistent/cert_indexes" "$work/persistent/mib_indexes"
    work=$(cd "$work" && pwd)
    export SNMPCONFPATH=$work SNMP_PERSISTENT_DIR=$work/persistent
    started=()
    trap peers_stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

# Lines of a file, as diagnostics.
show_log() { sed 's/^/# /' "$@"; }

peers_stop() {
    local pid
    for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null; done
    for pid in "${started[@]}"; do
        # A Windows program may need a moment; one that hangs must not stay.
        for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    started=()
}

# Ends one that was started; its exit code is $?.
end_process() {
    local pid=$1 kept=() p
    kill -"${2:-TERM}" "$pid" 2>/dev/null
    for p in "${started[@]}"; do [ "$p" = "$pid" ] || kept+=("$p"); done
    started=("${kept[@]}")
    wait "$pid" 2>/dev/null
}

# Waits up to 30 s for a command to succeed: wait_until COMMAND...
wait_until() {
    local i
    for ((i = 0; i < 600; i++)); do
        "$@" 2>/dev/null && return 0
        sleep 0.05
    done
    echo "# waited in vain: $*"
    return 1
}

free_port() { build/native/interop/free_port; }

has_ipv6() { [ -e /proc/net/if_inet6 ] && grep -q '^00000000000000000000000000000001 ' /proc/net/if_inet6; }

# A native helper with a port file: start_helper VARIABLE NAME [ARGUMENT...] sets VARIABLE to its port and VARIABLE_pid; its output goes to
# $work/VARIABLE.log.
start_helper() {
    local variable=$1 name=$2
    shift 2
    rm -f "$work/$variable.port"
    "build/native/interop/$name" --port-file "$work/$variable.port" "$@" >"$work/$variable.log" 2>&1 &
    started+=($!)
    printf -v "${variable}_pid" %s $!
    wait_until test -s "$work/$variable.port" || { show_log "$work/$variable.log"; return 1; }
    printf -v "$variable" %s "$(cat "$work/$variable.port")"
}

# ---- snmpd ----

# Writes the configuration: agent_config PORT. Communities: public reads all, private reads and writes all, stable reads what does not change by
# itself (no clocks, counters, processes, connections), so that two walks of it give the same.
agent_config() {
    local listen="udp:127.0.0.1:$1"
    has_ipv6 && listen="$listen,udp6:[::1]:$1"
    cat <<CONFIG
agentaddress $listen
rocommunity public 127.0.0.1
rwcommunity private 127.0.0.1
rocommunity stable 127.0.0.1 -V stable
CONFIG
    has_ipv6 && printf 'rocommunity6 public ::1\nrwcommunity6 private ::1\nrocommunity6 stable ::1 -V stable\n'
    cat <<CONFIG
view stable included .1
view stable excluded .1.3.6.1.2.1.1.3
view stable excluded .1.3.6.1.2.1.1.8
view stable excluded .1.3.6.1.2.1.1.9.1.4
view stable excluded .1.3.6.1.2.1.2
view stable excluded .1.3.6.1.2.1.4
view stable excluded .1.3.6.1.2.1.5
view stable excluded .1.3.6.1.2.1.6
view stable excluded .1.3.6.1.2.1.7
view stable excluded .1.3.6.1.2.1.11
view stable excluded .1.3.6.1.2.1.25
view stable excluded .1.3.6.1.2.1.31
view stable excluded .1.3.6.1.2.1.55
view stable excluded .1.3.6.1.2.1.88
view stable excluded .1.3.6.1.2.1.92
view stable excluded .1.3.6.1.4.1.2021
view stable excluded .1.3.6.1.4.1.8072.1.5
view stable excluded .1.3.6.1.4.1.8072.1.8
view stable excluded .1.3.6.1.6.3.10
view stable excluded .1.3.6.1.6.3.11
view stable excluded .1.3.6.1.6.3.12
view stable excluded .1.3.6.1.6.3.15
sysLocation the "cellar"
override .1.3.6.1.4.1.99999.1.1.0 octet_str ""
override -rw .1.3.6.1.4.1.99999.1.2.0 octet_str "hello"
override -rw .1.3.6.1.4.1.99999.1.3.0 integer -5
override -rw .1.3.6.1.4.1.99999.1.4.0 uinteger 4000000000
override .1.3.6.1.4.1.99999.1.5.0 counter 4294967295
override -rw .1.3.6.1.4.1.99999.1.6.0 timeticks 8640123
override -rw .1.3.6.1.4.1.99999.1.7.0 object_id 1.3.6.1.4.1.4294967295.0.127.128.16384
pass .1.3.6.1.4.1.99999.2 /bin/sh $PWD/tests/interop/agent_pass.sh
CONFIG
}

# Starts it: AGENT (host:port), AGENT_PORT, agent_pid. A second start (after stop_agent) takes the same port.
start_agent() {
    local try
    for try in 1 2 3 4 5; do
        AGENT_PORT=${AGENT_PORT:-$(free_port)}
        agent_config "$AGENT_PORT" >"$work/agent.conf"
        snmpd -f -C -c "$work/agent.conf" -Lf "$work/agent.log" >"$work/agent.out" 2>&1 &
        agent_pid=$!
        started+=("$agent_pid")
        AGENT=127.0.0.1:$AGENT_PORT
        if wait_until agent_answers_or_ended && kill -0 "$agent_pid" 2>/dev/null; then return 0; fi
        end_process "$agent_pid"
        [ "$try" -lt 3 ] || AGENT_PORT=
    done
    echo "# snmpd does not start"
    show_log "$work/agent.log" "$work/agent.out"
    return 1
}

agent_answers_or_ended() {
    kill -0 "$agent_pid" 2>/dev/null || return 0
    net_snmp get 2c public -t 1 -r 0 "$AGENT" .1.3.6.1.2.1.1.5.0 >/dev/null
}

stop_agent() { end_process "$agent_pid" "${1:-TERM}"; }

# Net-SNMP's own tools: net_snmp get|getnext|walk|bulkwalk|set|bulkget|trap|inform VERSION COMMUNITY ARGUMENT...
net_snmp() {
    local tool=snmp$1 version=$2 community=$3
    shift 3
    timeout 120 "$tool" -v "$version" -c "$community" -On -m '' "$@"
}

# ---- Windows programs ----

windows() {
    local program=$1
    shift
    timeout -k 5 "${WINDOWS_TIMEOUT:-300}" tools/wine-run "build/$arch/$program.exe" "$@"
}

# cork COMMAND VERSION COMMUNITY ARGUMENT...: snmp.exe
cork() {
    local command=$1 version=$2 community=$3
    shift 3
    windows snmp "$command" -v "$version" -c "$community" "$@"
}

# Starts snmp.exe trap-listen or agent in the background: start_cork VARIABLE COMMAND [ARGUMENT...]; output in $work/VARIABLE.out.
start_cork() {
    local variable=$1
    shift
    : >"$work/$variable.out"
    tools/wine-run "build/$arch/snmp.exe" "$@" >"$work/$variable.out" 2>"$work/$variable.err" &
    started+=($!)
    printf -v "${variable}_pid" %s $!
    wait_until listening_or_ended "$variable" $! && grep -q '^listening' "$work/$variable.out" && return 0
    show_log "$work/$variable.out" "$work/$variable.err"
    return 1
}

listening_or_ended() { grep -q '^listening' "$work/$1.out" || ! kill -0 "$2"; }
