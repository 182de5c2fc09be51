#!/bin/bash
# The modules of Wine that stand on mf.dll read and play a file from end to end. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/sound.sh

# Wine's media source is GStreamer's, of the program's bitness.
case ${1:-x86_64} in i686) libraries=/usr/lib/i386-linux-gnu ;; *) libraries=/usr/lib/x86_64-linux-gnu ;; esac
for needed in $libraries/gstreamer-1.0/libgstwavparse.so $libraries/gstreamer-1.0/libgstplayback.so; do
    [ -e "$needed" ] || { echo "1..0 # SKIP no GStreamer of ${1:-x86_64} with its plugins: $needed"; exit 0; }
done
interop_start mf_players "${1:-}"

# The program's own lines decide: after the last one Wine 8 often crashes as the process ends, where its media source was used, with Wine's own mf.dll too.
ends_well() {
    timeout -k 5 120 tools/wine-run "build/$arch/tests/mf_players.exe" "$1" "C:\\tone.wav" >"$work/$1" 2>"$work/$1.errors"
    grep -q '^1\.\.[1-9]' "$work/$1" && ! grep -q '^not ok' "$work/$1"
} 2>/dev/null

shows() {
    if ends_well "$1"; then result 0 "$2"; else
        result 1 "$2"
        tr -d '\r' <"$work/$1" | diag
        tail -n 3 "$work/$1.errors" | diag
    fi
}

shows reader 'mfreadwrite reads a file to its end, every sample of it'
if sound_start; then
    shows player 'mfplay plays a file to its end'
    shows engine 'mfmediaengine plays a file to its end'
else
    skip 'mfplay plays a file to its end' 'no PulseAudio'
    skip 'mfmediaengine plays a file to its end' 'no PulseAudio'
fi
interop_end
