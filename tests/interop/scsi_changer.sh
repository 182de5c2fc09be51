#!/bin/bash
# The kind of changer that works over iSCSI, against an emulated library.
set -u
cd "$(dirname "$0")/../.." || exit 1
export TAPE_LIBRARY=build/interop/scsi_changer
rm -rf "$TAPE_LIBRARY"
trap 'tests/interop/tape_library.sh stop' EXIT
location=$(tests/interop/tape_library.sh start) || { echo 'Bail out! no tape library'; exit 1; }
build/native/interop/scsi_changer "$location"
