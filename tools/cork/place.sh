# Where things are: Cork's own files, the prefix, its Wine. Sourced by cork.
# shellcheck shell=bash

# What goes with a DLL: another of Cork's that it loads, and its program.
dll_needs() { case $1 in mgmtapi) echo wsnmp32 ;; mimofcodec) echo mi ;; esac; }
dll_program() { case $1 in wsnmp32) echo snmp.exe ;; ntmsapi) echo rsm.exe ;; mi) echo cim.exe ;; wlanapi) echo wlan.exe ;; esac; }
dll_asks_corkd() { case $1 in wsnmp32 | ntmsapi | wlanapi) return 0 ;; esac; return 1; }

# The lock of a change (change.sh); until there is one, a file of its own to close.
exec {lock_fd}</dev/null

# cork_version, files64, files32 (folders with the DLLs), corkd, cork_dlls (names without .dll): as installed, or in the tree that this is part of.
find_files() {
    local top file
    if [ -d "$parts/../x86_64-windows" ]; then
        top=$(cd "$parts/.." && pwd)
        files64=$top/x86_64-windows files32=$top/i386-windows
        corkd=$(dirname "$(dirname "$top")")/libexec/cork/corkd
        cork_version=$(cat "$parts/VERSION")
    else
        top=$(cd "$parts/../.." && pwd)
        files64=$top/build/x86_64 files32=$top/build/i686 corkd=$top/build/native/corkd
        cork_version=$(cat "$top/VERSION")
    fi
    cork_dlls=()
    for file in "$files64"/*.dll; do [ -e "$file" ] && cork_dlls+=("$(basename "$file" .dll)"); done
    [ ${#cork_dlls[@]} != 0 ] || fail "Cork's DLLs are not in $files64; in Cork's own tree, make builds them"
}

# wine: the program. Debian's Wine 8 may fail to start where the kernel puts its heap by chance; without chance it starts.
find_wine() {
    wine=${WINELOADER:-${WINE:-wine}}
    command -v "$wine" >/dev/null || fail "there is no Wine: $wine is not a program; on Debian: apt-get install wine"
    layout=()
    setarch -R true 2>/dev/null && layout=(setarch -R)
}

# prefix; bits: of the prefix, 64 or 32; folders: its system folders, the main one first, with the folder that their files come from.
find_prefix() {
    prefix=${WINEPREFIX:-$HOME/.wine}
    case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
    [ -f "$prefix/system.reg" ] || fail "$prefix is no Wine prefix; this makes it one: WINEPREFIX='$prefix' wineboot -i"
    [ -O "$prefix" ] || fail "$prefix belongs to somebody else; Wine lets only its owner use it"
    export WINEPREFIX=$prefix
    bits=64
    grep -aqm1 '^#arch=win32' "$prefix/system.reg" && bits=32
    folders=() sources=()
    if [ $bits = 32 ]; then
        folders=(system32) sources=("$files32")
    else
        folders=(system32) sources=("$files64")
        [ -e "$prefix/drive_c/windows/syswow64/kernel32.dll" ] && folders+=(syswow64) sources+=("$files32")
    fi
    state=$prefix/cork/installation
}

folder_path() { echo "$prefix/drive_c/windows/$1"; }
folder_bits() { if [ "$1" = syswow64 ] || [ $bits = 32 ]; then echo 32; else echo 64; fi; }

# Wine's server locks a file as long as a program of the prefix runs. Debian's Wine keeps its folder elsewhere than others.
prefix_in_use() {
    local server lock
    server=$(printf 'server-%x-%x' "$(stat -c %d "$prefix")" "$(stat -c %i "$prefix")")
    for lock in "/tmp/.wine-$(id -u)/$server/lock" /tmp/wine-*/"$server/lock" "/run/user/$(id -u)/wine/$server/lock"; do
        [ -O "$lock" ] || continue
        awk -v inode="$(stat -c %i "$lock")" '{ split($6, part, ":"); if (part[3] == inode) found = 1 } END { exit !found }' /proc/locks 2>/dev/null && return
    done
    return 1
}

# A Windows program of the prefix, without a word and without the terminal. Its server must not inherit our lock.
wine_quietly() {
    WINEDEBUG=-all timeout -k 5 "${wine_patience:-120}" "${layout[@]}" "$wine" "$@" </dev/null >"${wine_output:-/dev/null}" 2>/dev/null {lock_fd}>&-
}

# What only looks at a file must not count as its use (noatime).
read_file() { dd if="$1" iflag=noatime bs=1M 2>/dev/null; }
checksum() { read_file "$1" | sha256sum | cut -d' ' -f1; }
same_file() { [ -f "$1" ] && [ -f "$2" ] && [ "$(checksum "$1")" = "$(checksum "$2")" ]; }
# Wine's own DLLs say so behind their DOS header.
is_builtin() { [ -f "$1" ] && [ "$(dd if="$1" iflag=noatime bs=1 skip=64 count=16 2>/dev/null | tr -d '\0')" = 'Wine builtin DLL' ]; }

# One of Cork's programs, as Wine takes it: in the prefix, where it finds the DLLs that are there.
program_of_cork() { if [ -f "$(folder_path "${folders[0]}")/$1" ]; then echo "C:\\windows\\system32\\$1"; else echo "${sources[0]}/$1"; fi; }
