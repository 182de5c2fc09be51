#!/bin/sh
# An emulated tape library: a SCSI media changer and its tape drives as iSCSI units of tgtd, in user space, on 127.0.0.1, without root.
#
# tape_library.sh start              makes one; prints its changer's location. Data of the tapes that are there already stays.
# tape_library.sh stop               takes it away; the tapes' data stays
# tape_library.sh restart            ends tgtd as a crash would and starts it again on the same port, every medium in its first place
# tape_library.sh kill               ends it as a crash would: connections break, nobody listens any more
# tape_library.sh pause|continue     hangs it (connections stay, nothing is answered), and goes on
# tape_library.sh insert BARCODE [PORT]   a person puts a tape into the mail slot (0 unless given); a new one where there is none of that name
# tape_library.sh remove [PORT]           ... and takes out what lies in it
# tape_library.sh online|offline DRIVE    a drive (0 ...) that is switched on or off
# tape_library.sh account USER PASSWORD   from now on only who knows it gets in (CHAP; 12 characters or more)
# tape_library.sh location           prints the changer's location, iscsi://127.0.0.1:PORT/IQN/LUN
#
# Environment, with what it is unless given:
#   TAPE_LIBRARY           the folder of its state (build/interop/tape_library)
#   TAPE_LIBRARY_PORT      the TCP port (the first time one that is free; then the same again)
#   TAPE_LIBRARY_DRIVES=2  TAPE_LIBRARY_SLOTS=8  TAPE_LIBRARY_PORTS=2  TAPE_LIBRARY_TAPES=5
#   TAPE_LIBRARY_MB=16     the size of a tape
#
# Tapes RSM001L4, RSM002L4 ... stand in the first slots, the cleaning tape CLN001L1 in the last one. Units: drives from 1, then
# the changer. Elements: picker 1, mail slots from 16, drives from 256, slots from 4096. tgtd 1.0.85 ends of a bar code of more than 10
# characters, and writes over its memory when READ ELEMENT STATUS asks for all types at once.
#
# It runs in any POSIX shell, with tgtd, tgtadm and tgtimg on the PATH or in /usr/sbin.
set -u
folder=${TAPE_LIBRARY:-build/interop/tape_library}
drives=${TAPE_LIBRARY_DRIVES:-2} slots=${TAPE_LIBRARY_SLOTS:-8} ports=${TAPE_LIBRARY_PORTS:-2} tapes=${TAPE_LIBRARY_TAPES:-5}
size=${TAPE_LIBRARY_MB:-16}
name=iqn.2026-01.test.cork:library
changer=$((drives + 1))
first_port=16 first_drive=256 first_slot=4096
PATH=$PATH:/usr/sbin:/sbin

die() { echo "tape_library.sh: $*" >&2; exit 1; }

# Its control socket's path has to be short, whatever the folder's is.
use_socket() { TGT_IPC_SOCKET=$(cat "$folder/socket")/control && export TGT_IPC_SOCKET; }
adm() { timeout -k 1 20 tgtadm --lld iscsi "$@"; }
unit() { adm --mode logicalunit --op "$1" --tid 1 --lun "$2" "$3" "$4"; }
set_changer() { unit update $changer --params "$1"; }
alive() { [ -s "$folder/pid" ] && kill -0 "$(cat "$folder/pid")" 2>/dev/null; }

# make_tape BARCODE KIND: its image, where there is none.
make_tape() {
    [ -e "$folder/media/$1" ] ||
        timeout -k 1 20 tgtimg --op new --device-type tape --barcode "$1" --size "$size" --type "$2" --file "$folder/media/$1" >/dev/null
}

# Whether tgtd listens on a port. A taken one does not end it.
listens() {
    local tries=0
    rm -f "$TGT_IPC_SOCKET".*
    tgtd -f --iscsi "portal=127.0.0.1:$1" >"$folder/tgtd.log" 2>&1 </dev/null &
    echo $! >"$folder/pid"
    until adm --mode portal --op show 2>/dev/null | grep -q "^Portal: 127\.0\.0\.1:$1,"; do
        tries=$((tries + 1))
        if [ $tries = 100 ] || ! alive || grep -q 'unable to bind' "$folder/tgtd.log"; then
            stop_daemon
            return 1
        fi
        sleep 0.1
    done
}

give_up() {
    tail -n 5 "$folder/tgtd.log" >&2
    stop
    die "$@"
}

# Below the ports that the kernel gives to those that ask for any: between an end and a new start nobody else gets it.
any_port() { echo $((20000 + $(od -An -N2 -tu2 /dev/urandom) % 12000)); }

start_daemon() {
    local port=${TAPE_LIBRARY_PORT:-} tries=0
    [ -s "$folder/port" ] && port=$(cat "$folder/port")
    if [ -z "$port" ]; then
        port=$(any_port)
        until listens "$port"; do
            tries=$((tries + 1))
            [ $tries -lt 20 ] || give_up 'tgtd listens nowhere'
            port=$(any_port)
        done
    else
        listens "$port" || give_up "tgtd does not listen on port $port"
    fi
    echo "$port" >"$folder/port"
}

# It takes no notice of SIGTERM as long as it has targets.
stop_daemon() {
    local pid
    [ -s "$folder/pid" ] || return 0
    pid=$(cat "$folder/pid")
    rm -f "$folder/pid"
    kill -KILL "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null; do sleep 0.05; done
}

# Every drive is empty at first, whatever was in it: what is where is in tgtd's memory alone.
make_target() {
    local i
    adm --mode target --op new --tid 1 -T $name || return
    i=0
    while [ $i -lt "$drives" ]; do
        i=$((i + 1))
        unit new $i --device-type tape &&
            unit update $i --params "vendor_id=IBM,product_id=ULT3580-TD4,product_rev=C7R3,scsi_sn=DRV00000$i,removable=1" || return
    done
    unit_with_file || return
    set_changer vendor_id=STK,product_id=L700,product_rev=0318,scsi_sn=LIB000001 && set_changer "media_home=$folder/media" &&
        set_changer element_type=1,start_address=1,quantity=1 &&
        set_changer "element_type=2,start_address=$first_slot,quantity=$slots" &&
        set_changer "element_type=3,start_address=$first_port,quantity=$ports" &&
        set_changer "element_type=4,start_address=$first_drive,quantity=$drives" || return
    i=0
    while [ $i -lt "$drives" ]; do
        set_changer "element_type=4,address=$((first_drive + i)),tid=1,lun=$((i + 1))" || return
        i=$((i + 1))
    done
    i=0
    while [ $i -lt "$tapes" ]; do
        set_changer "element_type=2,address=$((first_slot + i)),barcode=$(printf 'RSM%03dL4' $((i + 1))),sides=1" || return
        i=$((i + 1))
    done
    set_changer "element_type=2,address=$((first_slot + slots - 1)),barcode=CLN001L1,sides=1" || return
    adm --mode target --op bind --tid 1 -I ALL
}
# The changer's backing file says nothing, but has to be there.
unit_with_file() {
    [ -s "$folder/changer" ] || head -c 1024 /dev/zero >"$folder/changer"
    adm --mode logicalunit --op new --tid 1 --lun $changer -b "$folder/changer" --device-type changer
}

start() {
    local i=0
    command -v tgtd >/dev/null || die 'there is no tgtd (Debian package tgt)'
    [ "$tapes" -lt "$slots" ] || die "$tapes tapes and the cleaning tape do not go into $slots slots"
    mkdir -p "$folder/media" || exit 1
    folder=$(cd "$folder" && pwd)
    alive && die "it runs already, in $folder"
    [ -s "$folder/socket" ] && [ -d "$(cat "$folder/socket")" ] || mktemp -d "${TMPDIR:-/tmp}/cork-tgt-XXXXXX" >"$folder/socket"
    use_socket
    while [ $i -lt "$tapes" ]; do
        i=$((i + 1))
        make_tape "$(printf 'RSM%03dL4' $i)" data || die 'a tape cannot be made'
    done
    make_tape CLN001L1 clean || die 'the cleaning tape cannot be made'
    start_daemon
    make_target || give_up 'tgtd does not take the library'
}

stop() {
    stop_daemon
    [ -s "$folder/socket" ] && rm -rf "$(cat "$folder/socket")"
    rm -f "$folder/socket"
}

location() { echo "iscsi://127.0.0.1:$(cat "$folder/port")/$name/$changer"; }

case ${1-} in
start) start && location ;;
stop) stop ;;
kill) stop_daemon ;;
restart)
    stop_daemon
    start && location
    ;;
pause) kill -STOP "$(cat "$folder/pid")" ;;
continue) kill -CONT "$(cat "$folder/pid")" ;;
insert)
    folder=$(cd "$folder" && pwd)
    use_socket
    make_tape "${2:?}" data && set_changer "element_type=3,address=$((first_port + ${3:-0})),barcode=$2,sides=1"
    ;;
remove)
    use_socket
    set_changer "element_type=3,address=$((first_port + ${2:-0})),clear_slot=1"
    ;;
online | offline)
    use_socket
    [ "$1" = online ] && value=1 || value=0
    unit update $((${2:?} + 1)) --params online=$value
    ;;
account)
    use_socket
    adm --mode account --op new --user "${2:?}" --password "${3:?}" && adm --mode account --op bind --tid 1 --user "$2"
    ;;
location) location ;;
*) die 'start, stop, restart, kill, pause, continue, insert, remove, online, offline, account or location' ;;
esac
