#!/bin/bash
# ntmsapi_tape.sh in a guest with a Linux kernel of its own: a tape library as /dev/sgN, /dev/sch0 and /dev/nstN, corkd and Wine beside it.
#
# ntmsapi_guest.sh ARCH
set -u
cd "$(dirname "$0")/../.." || exit 1
missing=$(tests/interop/guest/boot --missing)
if [ -n "$missing" ]; then
    echo "1..0 # SKIP no guest with SCSI devices: $missing"
    exit 0
fi
exec tests/interop/guest/boot tests/interop/ntmsapi_tape.sh "${1:-x86_64}" guest
