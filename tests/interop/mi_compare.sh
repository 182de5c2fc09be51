#!/bin/bash
# The classes of Wine's WMI: what mi.dll brings is what a client that talks to IWbemServices itself reads. Prints TAP.
#
# All but those of files and folders: Wine's WMI walks through all drives for them, and so through the host's whole tree.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start mi_compare "${1:-}"
timeout -k 5 300 tools/wine-run "build/$arch/mi_compare.exe" 2>"$work/errors" | tr -d '\r'
status=${PIPESTATUS[0]}
[ "$status" = 0 ] || { echo "# exit code $status"; tail -n 5 "$work/errors" | diag -; }
exit "$status"
