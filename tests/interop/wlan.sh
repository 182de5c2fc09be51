#!/bin/bash
# wlan.exe: its commands, what they print, their errors and exit codes; on the tests' own wpa_supplicant, and without any.
set -u
cd "$(dirname "$0")/../.." || exit 1
# Before anything else: what it serves has to be there when corkd starts.
if [ -z "${CORK_CORKD_WPA_SUPPLICANT:-}" ]; then exec tests/conformance/with_supplicant "$0" "$@"; fi
. tests/interop/lib.sh
interop_start wlan "${1:-}"
prefix=${PREFIX:-build/prefix}
endpoint=$prefix/cork/corkd.endpoint
state=("$prefix"/cork/wlan-profiles "$prefix"/cork/wlan-key "$prefix"/cork/wlan.settings)
export CORK_CORKD=${CORK_CORKD:-$PWD/build/native/corkd}
said=$work/said errors=$work/errors

if ! "$CORK_CORKD" --version >/dev/null 2>&1; then
    echo '1..0 # SKIP corkd does not run here'
    exit 0
fi
gone() { ! kill -0 "$1" 2>/dev/null; }
end_corkd() {
    local pid
    pid=$(cut -d' ' -f4 "$endpoint" 2>/dev/null)
    if [ -n "$pid" ] && kill "$pid" 2>/dev/null; then wait_until gone "$pid"; fi
}
end_corkd
rm -rf "${state[@]}"
trap 'end_corkd; rm -rf "${state[@]}"; peers_stop' EXIT

# wlan WORD...: its standard output in $said, its standard error in $errors; its exit code.
wlan() {
    windows wlan "$@" >"$said.raw" 2>"$errors.raw" </dev/null
    local code=$?
    tr -d '\r' <"$said.raw" >"$said"
    tr -d '\r' <"$errors.raw" >"$errors"
    return $code
}
told() {
    result "$1" "$2" || { echo "# wlan ${*:3}"; tail -n 12 "$said" "$errors" | diag -; false; }
}
# shows WHAT PATTERN WORD...: it succeeds, and a line matches (extended regular expression).
shows() {
    wlan "${@:3}" && grep -qE -- "$2" "$said"
    told $? "$1" "${@:3}"
}
# hides WHAT PATTERN WORD...: it succeeds, and no line does.
hides() {
    wlan "${@:3}" && ! grep -qE -- "$2" "$said"
    told $? "$1" "${@:3}"
}
# fails WHAT CODE PATTERN WORD...: it ends with that Windows error code, of which a program of the host gets eight bits, and says why.
fails() {
    local code=$(($2 & 255)) status
    [ $code = 0 ] && code=1
    wlan "${@:4}"
    status=$?
    [ $status = $code ] && grep -qE -- "$3" "$errors"
    told $? "$1: error $2" "${@:4}" || echo "# exit code $status"
}
host_path() { echo "Z:$1" | tr / '\\'; }

# ---- Help and wrong command lines ----
shows 'the commands are listed' '^  show networks  *the networks in reach$' --help
shows 'a word alone lists its commands' '^  show hostednetwork ' show
hides 'and no other' '^  connect' show
shows 'a command has its help' '^wlan connect name=PROFILE' connect '?'
fails 'an unknown command' 87 'there is no command sho everything' sho everything
fails 'an unknown parameter' 87 'has no parameter moed' show networks moed=bssid
fails 'a parameter that is missing' 87 'connect needs name=' connect
fails 'what netsh has and this has not' 50 'export the profile, change the file' set profileparameter name=x cost=fixed

# ---- Radios ----
shows 'the radios are counted' '^There is 1 interface on the system\.$' show interfaces
shows 'their names' '^    Name  *: lo$' show interfaces
shows 'their state' '^    State  *: disconnected$' sh int
shows 'one of them' '^    GUID  *: [0-9a-f-]{36}$' show interfaces interface=lo
fails 'one that is not there' 1168 'no wireless interface wlan7' show interfaces wlan7
shows 'what the drivers can do' '^    Radio types supported  *: 802.11' show drivers
shows 'how they can be secure' ' WPA2-Personal  *CCMP$' show drivers
shows 'capabilities' '^    802.11d  *: Yes$' show wirelesscapabilities

# ---- Networks ----
shows 'the networks in reach' '^    SSID 2  *: Net0001\.$' show networks
check 'it says that it looks for them' grep -q 'looking for networks' "$errors"
shows 'their security' '^    Authentication  *: WPA2-Personal$' show networks scan=no
shows 'their access points' '^    BSSID 1  *: 02:10:00:00:00:01$' show networks mode=bssid scan=no
shows 'their channels' ': 6 \(2437 MHz\)$' sh net lo bssid no

# ---- Profiles ----
profile() { # NAME KEY
    cat <<END
<?xml version="1.0"?>
<WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1">
  <name>$1</name>
  <SSIDConfig><SSID><name>Net0001.</name></SSID></SSIDConfig>
  <connectionType>ESS</connectionType>
  <connectionMode>manual</connectionMode>
  <MSM><security>
    <authEncryption><authentication>WPA2PSK</authentication><encryption>AES</encryption><useOneX>false</useOneX></authEncryption>
    <sharedKey><keyType>passPhrase</keyType><protected>false</protected><keyMaterial>$2</keyMaterial></sharedKey>
  </security></MSM>
</WLANProfile>
END
}
profile Home 'correct horse' >"$work/home.xml"
profile 'Büro €' 'battery staple' | iconv -f UTF-8 -t UTF-16LE | { printf '\xff\xfe'; cat; } >"$work/office.xml"
profile Bad short >"$work/bad.xml"
profile Wrong 'wrong key!' >"$work/wrong.xml"
shows 'without profiles' '^    <None>$' show profiles
shows 'a profile is added' 'has been added on interface lo\.$' add profile filename="$(host_path "$work/home.xml")"
shows 'another, of UTF-16' 'has been added' add profile "$(host_path "$work/office.xml")" interface=lo
fails 'one that is not right, with the reason' 1206 '\(reason 0x[0-9a-f]+, error 1206\)' add profile "$(host_path "$work/bad.xml")"
fails 'one whose file is not there' 2 'nothing\.xml' add profile "$(host_path "$work/nothing.xml")"
shows 'they are listed' '^    All User Profile  *: Home$' show profiles
shows 'in any letters' ': Büro €$' show profiles
shows 'what one says' '^    Authentication  *: WPA2PSK$' show profiles name=Home
hides 'not its key' 'correct horse' show profiles name=Home
shows 'its key when it is asked for' '^    Key Content  *: correct horse$' show profile Home key=clear
fails 'one that is not there' 1168 'there is no profile Away' show profiles Away
shows 'their order is changed' 'has priority 1 now' set profileorder name='Büro €' priority=1
wlan show profiles && grep ': ' "$said" | head -n 1 | grep -q 'Büro'
told $? 'and is shown' show profiles
shows 'profiles are written to files' 'has been written' export profile folder="$(host_path "$work")" key=clear
check 'a file has what was added' grep -q 'correct horse' "$work/lo-Home.xml"
shows 'a file that was written can be added' 'has been added' add profile "$(host_path "$work/lo-Home.xml")"

# ---- Connections ----
shows 'a connection' '^Connected to Home\.$' connect Home
check 'whose way is told' grep -q 'authenticating' "$errors"
shows 'and shown' '^    State  *: connected$' show interfaces
shows 'with its network' '^    SSID  *: Net0001\.$' show interfaces
shows 'which is marked in the list' '^    Connected  *: Yes$' show networks scan=no
shows 'it is ended' '^lo has been disconnected\.$' disconnect interface=lo
shows 'and gone' '^    State  *: disconnected$' show interfaces
fails 'a profile that is not there' 1168 'connect Away' connect Away
shows 'a profile with a wrong key' 'has been added' add profile "$(host_path "$work/wrong.xml")"
fails 'fails, with the reason' 31 'connect Wrong: .* \(reason 0x[0-9a-f]+, error 31\)' connect Wrong

shows 'profiles are deleted by a pattern' 'Profile Home has been deleted' delete profile 'H*'
fails 'which no other fits' 1168 'there is no profile H\*' delete profile 'H*'
shows 'the other is left' 'Büro' show profiles
wlan delete profile '*'

# ---- Settings and filters ----
shows 'settings' '^    Block period  *: ' show settings
shows 'one is changed' '^    Block period  *: 7 minutes$' set blockperiod 7
shows 'and stays' '^    Block period  *: 7 minutes$' show settings
shows 'automatic connections' '^Auto configuration is enabled on interface lo\.$' show autoconfig
shows 'are switched off' 'disabled' set autoconfig enabled=no interface=lo
shows 'and stay so' 'disabled' show autoconfig
shows 'and on again' 'enabled' set autoconfig yes
shows 'a network is blocked' 'has been added' add filter permission=block ssid='My Net' networktype=infrastructure
shows 'and listed' '^    SSID: "My Net", Type: Infrastructure$' show filters
hides 'not among those that are allowed' 'My Net' show filters allow
shows 'all networks of a type' 'has been added' add filter denyall networktype=adhoc
shows 'are listed as that' '^    All networks, Type: Adhoc$' show filters block
shows 'a filter is taken back' 'has been deleted' delete filter block 'My Net'
fails 'which is not there then' 1168 'delete filter' delete filter block 'My Net'
shows 'the last, too' 'has been deleted' delete filter denyall networktype=adhoc
fails 'a filter without its network' 87 'needs ssid=' add filter allow

# ---- The hosted network ----
shows 'the network that this machine offers is not started' '^    Status  *: Not started$' show hostednetwork
shows 'it gets a name and a key' 'key has been changed' set hostednetwork ssid=Desk key='correct horse'
shows 'the name is shown' '^    SSID name  *: "Desk"$' show hostednetwork
shows 'and the key' '^    User security key  *: correct horse$' show hostednetwork setting=security
shows 'it is started' 'has been started' start hostednetwork
shows 'and shown as that' '^    Status  *: Started$' show hostednetwork
shows 'with its clients' '^        02:20:00:00:00:01  *Authenticated$' show hostednetwork
shows 'it is stopped' 'has been stopped' stop hostednetwork
shows 'and shown as that' '^    Status  *: Not started$' show hostednetwork
shows 'it gets another key' 'has a new key' refresh hostednetwork data=key
shows 'it is forbidden' 'mode has been changed' set hostednetwork mode=disallow
fails 'and does not start then' 5023 'reason 12' start hostednetwork
shows 'it is allowed again' 'mode has been changed' set hostednetwork mode=allow
fails 'a key that is too short' 87 '8 to 63 characters' set hostednetwork key=short

# ---- Wi-Fi Direct ----
shows 'devices in reach' '^    Address  *: 02:00:00:00:00:03$' direct find time=1
fails 'a device that refuses, with the reason' 1225 'reason 0x' direct connect 02:00:00:00:00:02
fails 'a session that nobody holds' 1168 'holds a session with' direct close 02:00:00:00:00:01
windows wlan direct connect 02:00:00:00:00:01 >"$work/holder" 2>"$work/holder.err" </dev/null &
holder=$!
started+=("$holder")
check 'a session is opened and held' wait_until grep -q 'is open' "$work/holder"
fails 'by one at a time' 183 'another wlan holds' direct connect 02:00:00:00:00:01
shows 'it is closed from elsewhere' 'is closed\.$' direct close 02:00:00:00:00:01
wait "$holder"
result $? 'its holder ends then' || diag "$work/holder" "$work/holder.err"

# ---- Without a radio ----
end_corkd
mkdir -p "$work/empty"
export CORK_CORKD_WPA_SUPPLICANT=$work/empty
shows 'without a radio that is said' '^There is no wireless interface on the system' show interfaces
shows 'of networks, too' '^There is no wireless interface on the system' show networks
fails 'what needs one fails' 1168 'no wireless interface' connect Home
fails 'Wi-Fi Direct, too' 50 'no radio that can do that' direct find time=1
interop_end
