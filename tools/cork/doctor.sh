# cork doctor: what the DLLs need, whether it is there, and the command that mends what is not. Sourced by cork.
# shellcheck shell=bash

good() { printf '  ok    %s\n' "$1"; }
# finding WHAT MEND: it keeps something from working. hint WHAT MEND: it may be meant so.
finding() { printf '  WRONG %s\n        mend: %s\n' "$1" "$2"; findings=$((findings + 1)); }
hint() { printf '  note  %s\n        if you need it: %s\n' "$1" "$2"; }

check_wine() {
    local version number
    version=$(WINEDEBUG=-all "$wine" --version 2>/dev/null)
    number=${version#wine-}
    if [ "${number%%[!0-9]*}" -ge 8 ] 2>/dev/null; then good "Wine is $version"; else
        finding "Wine is ${version:-broken: $wine --version says nothing}; Cork is for 8.0 and newer" 'apt-get install wine, or set WINELOADER to a newer one'
    fi
    good "the prefix $prefix is one of $bits bit$([ ${#folders[@]} = 2 ] && echo ', with 32-bit programs')$(prefix_in_use && echo '; it is in use')"
    [ ! -d "$state/undo" ] || finding 'a change of the prefix was interrupted' 'cork upgrade'
}

check_dll() {
    local dll=$1 i kind where
    for i in "${!folders[@]}"; do
        where=${folders[i]}/$dll.dll
        kind=$(file_kind "${folders[i]}" "$dll.dll" "${sources[i]}")
        case $kind in
            Cork*)
                if same_file "$(folder_path "${folders[i]}")/$dll.dll" "${sources[i]}/$dll.dll"; then good "$where is Cork's $cork_version"; else
                    finding "$where is another Cork than this one, $cork_version" 'cork upgrade'
                fi
                if [ "$dll" = mf ] && [ ! -e "$(folder_path "${folders[i]}")/mf_next.dll" ]; then
                    finding "${folders[i]}/mf_next.dll is not there: what mf.dll passes on fails" 'cork upgrade'
                fi
                ;;
            *)
                if record_dlls | grep -qx "$dll"; then finding "$where is not Cork's any more ($kind)" "cork install $dll"; else
                    hint "$where is not Cork's ($kind)" "cork install $dll"
                    return
                fi
                ;;
        esac
    done
    case ${overrides[$dll]-} in
        native*) good "programs take $dll.dll from the prefix (override ${overrides[$dll]})" ;;
        *) finding "Wine takes its own $dll.dll (override ${overrides[$dll]-none})" "cork install $dll" ;;
    esac
    return 0
}

# installed DLL...: whether one of them is Cork's in the prefix
installed() {
    local dll
    for dll in "$@"; do [[ $(file_kind "${folders[0]}" "$dll.dll" "${sources[0]}") = Cork* ]] && return; done
    return 1
}

check_corkd() {
    local version
    if [ ! -x "$corkd" ]; then
        finding "corkd, the host service, is not at $corkd" 'make install of Cork, or the package cork'
        return
    fi
    version=$("$corkd" --version 2>&1 | head -n 1)
    case $version in
        *"$cork_version"*) good "$version is at $corkd" ;;
        *) finding "$corkd says '$version', this is Cork $cork_version" 'make install of Cork again, or the package cork' ;;
    esac
    installed ntmsapi || return 0
    if wine_output=$answer wine_quietly "$(program_of_cork rsm.exe)" view /tlibrary; then good 'corkd answers (rsm view)'; else
        finding "corkd does not answer in this prefix; it said: $(tail -n 1 "$prefix/cork/corkd.log" 2>/dev/null || echo nothing)" "WINEPREFIX='$prefix' cork trace '$(program_of_cork rsm.exe)' view /tlibrary"
    fi
}

check_tapes() {
    local device usable=0 forbidden=''
    for device in /dev/sg* /dev/nst* /dev/sr*; do
        [ -c "$device" ] || [ -b "$device" ] || continue
        if [ -r "$device" ] && [ -w "$device" ]; then usable=$((usable + 1)); else forbidden=$device; fi
    done
    if [ -n "$forbidden" ]; then
        hint "$forbidden is not yours to use: drives and changers of this machine are not in the libraries" \
            "sudo usermod -aG $(stat -c %G "$forbidden") $(id -un), then log in again"
    elif [ $usable = 0 ]; then good 'this machine has no tape drive or changer of its own (folders and iSCSI libraries work)'
    else good "$usable SCSI devices of this machine can be used"; fi
}

check_wifi() {
    local folder=${CORK_CORKD_WPA_SUPPLICANT:-/run/wpa_supplicant} socket sockets=0
    if [ -z "$(ls -d /sys/class/net/*/phy80211 2>/dev/null)" ] && [ ! -e "$folder" ]; then
        good 'this machine has no Wi-Fi radio: wlanapi.dll has no interfaces'
        return
    fi
    if [ ! -e "$folder" ]; then
        finding "wpa_supplicant is not there, or has no control sockets in $folder" 'sudo apt-get install wpasupplicant, and ctrl_interface=DIR=/run/wpa_supplicant GROUP=netdev in its configuration'
    elif [ ! -x "$folder" ] || [ ! -r "$folder" ]; then
        finding "$folder, wpa_supplicant's control sockets, is not yours to use" "sudo usermod -aG $(stat -c %G "$folder") $(id -un), then log in again"
    else
        for socket in "$folder"/*; do [ -S "$socket" ] && [ -w "$socket" ] && sockets=$((sockets + 1)); done
        if [ $sockets = 0 ]; then finding "wpa_supplicant has no control socket in $folder that you may use" "sudo wpa_cli -g /run/wpa_supplicant-global interface_add IFNAME '' nl80211 'DIR=$folder GROUP=netdev'"
        else good "wpa_supplicant can be asked ($sockets control sockets)"; fi
    fi
}

check_traps() {
    local port=${CORK_WSNMP32_TRAPPORT:-162} first
    first=$(cat /proc/sys/net/ipv4/ip_unprivileged_port_start 2>/dev/null || echo 1024)
    if awk -v port="$(printf ':%04X' "$port")" 'FNR > 1 && index($2, port) { found = 1 } END { exit !found }' /proc/net/udp /proc/net/udp6 2>/dev/null && ! prefix_in_use; then
        finding "UDP port $port, for traps, is taken by another program" "ss -lunp 'sport = :$port' names it; or have the devices send elsewhere: wine reg add 'HKLM\\Software\\Cork\\wsnmp32' /v TrapPort /t REG_DWORD /d 1162 /f"
    elif [ "$port" -lt "$first" ] && [ "$(id -u)" != 0 ]; then
        hint "traps cannot be received: UDP port $port is for privileged programs" "sudo sysctl net.ipv4.ip_unprivileged_port_start=$port"
    else
        good "traps can be received on UDP port $port"
    fi
}

check_wmi() {
    if wine_output=$answer wine_quietly "$(program_of_cork cim.exe)" query 'SELECT Caption FROM Win32_OperatingSystem' && [ -s "$answer" ]; then
        good "WMI answers: $(tr -d '\r' <"$answer" | grep -v '^$' | tail -n 1 | sed 's/^ *//; s/ *$//')"
    else
        finding "WMI does not answer through mi.dll" "WINEPREFIX='$prefix' cork trace '$(program_of_cork cim.exe)' query 'SELECT Caption FROM Win32_OperatingSystem'"
    fi
}

cork_doctor() {
    [ $# = 0 ] || wrong_usage 'doctor takes no arguments'
    find_wine
    find_prefix
    local findings=0 dll answer
    local -A overrides=()
    answer=$(mktemp) || fail 'no temporary file can be made'
    echo 'Wine and the prefix'
    check_wine
    registry_read "$OVERRIDES" overrides || finding "Wine cannot read the registry of $prefix" "WINEPREFIX='$prefix' wineboot -u"
    echo 'DLLs'
    for dll in "${cork_dlls[@]}"; do check_dll "$dll"; done
    if installed wsnmp32 ntmsapi wlanapi; then echo 'Host service'; check_corkd; fi
    if installed ntmsapi; then echo 'Removable storage (ntmsapi)'; check_tapes; fi
    if installed wlanapi; then echo 'Wi-Fi (wlanapi)'; check_wifi; fi
    if installed wsnmp32; then echo 'SNMP (wsnmp32)'; check_traps; fi
    if installed mi; then echo 'Management information (mi)'; check_wmi; fi
    rm -f "$answer"
    if [ $findings = 0 ]; then echo 'Nothing is wrong.'; return 0; fi
    echo "$findings found. Each mend is a command, or says what to do."
    return 1
}
