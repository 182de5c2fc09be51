# wlanapi.dll: wlan.exe, a Windows program on the Native Wifi API, and this machine's radio, if it has one that it may use.
# shellcheck shell=bash

case $arch in x86_64) bits=64 ;; *) bits=32 ;; esac
say "wlanapi.dll, $bits-bit: wlan.exe, a Windows program on the Native Wifi API, and this machine's radio"
# For its end of the host service.
. tests/interop/ntmsapi.sh
end_corkd TERM
trap 'end_corkd KILL; peers_stop' EXIT
handles=0

# show_wlan NAME WORD...; each opens a handle, and closes it at its end.
show_wlan() {
    show "$1" "$(typed wlan.exe "${@:2}")" windows wlan "${@:2}"
    handles=$((handles + 1))
}

show_wlan interfaces show interfaces
if grep -q '^There is no wireless interface' "$work/interfaces"; then
    done='no radio on this machine that may be used: no networks'
else
    show_wlan networks show networks
    radios=$(grep -c '^Interface name' "$work/networks")
    [ "$radios" != 0 ] || demo_fail 'there are radios, and no list of networks'
    done="networks in reach of $radios radio(s): $(grep -c '^ *SSID [0-9]' "$work/networks")"
fi
show_wlan settings show settings
grep -q 'Block period' "$work/settings" || demo_fail 'the settings are not all there'
end_corkd TERM
row "wlanapi.dll ($bits bit)" "$handles handles" "$done" "$handles handles"
