# What the tests in the Wi-Fi guest share; sourced by them, in the guest, as root.
#
#   start_supplicant IFNAME        this machine's own wpa_supplicant, its control sockets where Debian's service has them
#   start_peer NAME IFNAME         another machine: a network name space with that radio, and a wpa_supplicant of its own
#   peer NAME COMMAND...           wpa_cli of it, on its P2P device
#   start_ap NAME IFNAME SSID KEY [LINE...]   another machine with an access point; KEY empty: an open one; more lines of hostapd.conf
#   wait_for SECONDS COMMAND...    until the command succeeds
#   result STATUS WHAT             a line of TAP; finish: the plan
#
# What they start ends with the guest.
# shellcheck shell=bash
tests_run=0 tests_failed=0
folder=/run/wifi-test
mkdir -p $folder

result() {
    local status=$1
    shift
    tests_run=$((tests_run + 1))
    if [ "$status" = 0 ]; then
        echo "ok $tests_run - $*"
    else
        echo "not ok $tests_run - $*"
        tests_failed=$((tests_failed + 1))
    fi
    return "$status"
}
finish() { echo "1..$tests_run"; exit $((tests_failed != 0)); }

wait_for() {
    local i seconds=$1
    shift
    for ((i = 0; i < 10 * seconds; i++)); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    return 1
}

supplicant_conf() {
    cat <<END
ctrl_interface=DIR=$1
device_name=$2
device_type=1-0050F204-1
config_methods=virtual_push_button physical_display keypad
p2p_disabled=0
update_config=0
END
}

start_supplicant() {
    mkdir -p /run/wpa_supplicant
    supplicant_conf /run/wpa_supplicant Cork >$folder/own.conf
    wpa_supplicant -B -Dnl80211 "-i$1" -c$folder/own.conf -f$folder/own.log -P$folder/own.pid >/dev/null &&
        wait_for 30 test -S "/run/wpa_supplicant/$1" && wait_for 30 test -S "/run/wpa_supplicant/p2p-dev-$1"
}

name_space() {
    ip netns add "$1" && iw phy "$(basename "$(readlink "/sys/class/net/$2/phy80211")")" set netns name "$1" && ip netns exec "$1" ip link set lo up
}

start_peer() {
    name_space "$1" "$2" && mkdir -p "/run/$1" || return
    supplicant_conf "/run/$1" "$1" >"$folder/$1.conf"
    ip netns exec "$1" wpa_supplicant -B -Dnl80211 "-i$2" "-c$folder/$1.conf" "-f$folder/$1.log" "-P$folder/$1.pid" >/dev/null &&
        wait_for 30 test -S "/run/$1/p2p-dev-$2" && echo "p2p-dev-$2" >"$folder/$1.device"
}
peer() {
    local name=$1
    shift
    wpa_cli -p "/run/$name" -i "$(cat "$folder/$name.device")" "$@"
}

start_ap() {
    local name=$1 ifname=$2 ssid=$3 key=$4
    shift 4
    name_space "$name" "$ifname" || return
    {
        printf '%s\n' "interface=$ifname" "ssid=$ssid" driver=nl80211 hw_mode=g channel=6 ctrl_interface="/run/$name"
        [ -n "$key" ] && printf '%s\n' wpa=2 wpa_key_mgmt=WPA-PSK rsn_pairwise=CCMP "wpa_passphrase=$key"
        [ $# = 0 ] || printf '%s\n' "$@"
    } >"$folder/$name.conf"
    ip netns exec "$name" hostapd -B -P "$folder/$name.pid" -f "$folder/$name.log" "$folder/$name.conf" >/dev/null &&
        wait_for 30 grep -q AP-ENABLED "$folder/$name.log"
}
