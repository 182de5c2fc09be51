#!/bin/bash
# The kinds of changers against an emulated library: over iSCSI, or through the nodes of a kernel of its own.
#
# scsi_changer.sh           over iSCSI
# scsi_changer.sh guest     /dev/sgN and /dev/nstN, in a guest that has them
# scsi_changer.sh inside    the latter in the guest
set -u
cd "$(dirname "$0")/../.." || exit 1
case ${1:-} in
    guest)
        missing=$(tests/interop/guest/boot --missing)
        if [ -n "$missing" ]; then
            echo "1..0 # SKIP no guest with SCSI devices: $missing"
            exit 0
        fi
        exec tests/interop/guest/boot tests/interop/scsi_changer.sh inside
        ;;
    inside)
        for node in /sys/class/scsi_generic/sg*; do
            [ "$(cat "$node/device/type")" = 8 ] && exec build/native/interop/scsi_changer "sg:/dev/${node##*/}"
        done
        echo 'Bail out! no changer among the nodes'
        exit 1
        ;;
esac
export TAPE_LIBRARY=build/interop/scsi_changer
rm -rf "$TAPE_LIBRARY"
trap 'tests/interop/tape_library.sh stop' EXIT
location=$(tests/interop/tape_library.sh start) || { echo 'Bail out! no tape library'; exit 1; }
build/native/interop/scsi_changer "$location"
