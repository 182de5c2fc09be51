#!/bin/bash
# Stand-alone drives in a guest with a Linux kernel of its own: /dev/srN with a disc in it and /dev/nstN with a blank tape, emulated by tgtd.
#
# stand_alone_guest.sh [inside]
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1:-}" != inside ]; then
    missing=$(tests/interop/guest/boot --missing 2>&1)
    [ -z "$missing" ] && [ "$(id -u)" != 0 ] && missing='devices are made by root only'
    [ -z "$missing" ] && ! command -v genisoimage >/dev/null && missing='genisoimage is not installed'
    if [ -n "$missing" ]; then
        echo "1..0 # SKIP no guest with stand-alone drives: $missing"
        exit 0
    fi
    exec tests/interop/guest/boot tests/interop/stand_alone_guest.sh inside
fi

PATH=$PATH:/usr/sbin:/sbin
name=iqn.2026-01.test.cork:alone
TGT_IPC_SOCKET=$(cat /run/guest/tapes/socket)/control
export TGT_IPC_SOCKET CK_TAP_LOG_FILE_NAME=- CK_VERBOSITY=silent
adm() { tgtadm --lld iscsi "$@"; }
make_disc() {
    mkdir -p "/run/guest/$2" && echo "$1" >"/run/guest/$2/file" &&
        genisoimage -quiet -V "$1" -o "/run/guest/$2.iso" "/run/guest/$2"
}
make_unit() {
    adm --mode logicalunit --op new --tid 2 --lun "$1" --device-type "$2" --backing-store "$3" &&
        adm --mode logicalunit --op update --tid 2 --lun "$1" --params "vendor_id=CORK,product_id=$4,scsi_sn=ALONE0000$1,removable=1"
}
{
    make_disc DISC_ONE one && make_disc DISC_TWO two &&
        tgtimg --op new --device-type tape --barcode ALONE1 --size 16 --type data --file /run/guest/tape &&
        adm --mode target --op new --tid 2 -T $name &&
        make_unit 1 cd /run/guest/one.iso CDROM &&
        make_unit 2 tape /run/guest/tape ULT3580-TD4 &&
        adm --mode target --op bind --tid 2 -I ALL &&
        iscsistart -i iqn.2026-01.test.cork:guest -t $name -g 1 -a 127.0.0.1 -p "$(cat /run/guest/tapes/port)"
} >/run/guest/alone.log 2>&1 || { sed 's/^/# /' /run/guest/alone.log; echo 'Bail out! no drives'; exit 1; }
for ((i = 0; i < 300; i++)); do
    [ -e /dev/sr0 ] && [ -e /dev/nst2 ] && break
    sleep 0.1
done
exec build/native/interop/stand_alone_drives
