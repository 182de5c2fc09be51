#!/bin/bash
# A host that no network leads to: SNMPAPI_TL_UNDELIVERABLE at once, by notification and SnmpRecvMsg, instead of a time-out. In a network
# namespace without any interface that is up, so that every address is such a host and nothing leaves the machine.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start unreachable "${1:-}"

namespace=
if [ -z "${MATRIX_RELEASE:-}" ]; then
    if unshare -n true 2>/dev/null; then namespace='unshare -n'
    elif unshare -rn true 2>/dev/null; then namespace='unshare -rn'; fi
fi

# wineserver makes the sockets, so it has to be started in the namespace, and not be there before.
isolated() {
    tools/prefix stop
    # shellcheck disable=SC2016,SC2086,SC2154
    $namespace bash -c 'ip link set lo up; timeout 60 tools/wine-run "$@"; status=$?; tools/prefix stop; exit $status' isolated "$@"
}

unreachable() {
    local what=$1
    shift
    if [ -z "$namespace" ]; then
        skip "$what" 'no network namespace of its own can be had here'
        return
    fi
    isolated "build/$arch/snmp.exe" "$@" >"$work/out" 2>&1
    grep -q SNMPAPI_TL_UNDELIVERABLE "$work/out"
    result $? "$what" || diag "$work/out"
}

unreachable 'IPv4, a request: SNMPAPI_TL_UNDELIVERABLE' get -v 2c -c public -t 3000 -r 5 192.0.2.1 .1.3.6.1.2.1.1.1.0
unreachable 'IPv6, a request: SNMPAPI_TL_UNDELIVERABLE' get -v 2c -c public -t 3000 -r 5 2001:db8::1 .1.3.6.1.2.1.1.1.0

interop_end
