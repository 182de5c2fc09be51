# mf.dll: tone.exe, a Windows program that plays a tone through a media session into a sample grabber and measures it.
# shellcheck shell=bash

case $arch in x86_64) bits=64 ;; *) bits=32 ;; esac
say "mf.dll, $bits-bit: tone.exe, a Windows program on the media session"
show tone 'wine tone.exe 440 2' timeout -k 5 120 tools/wine-run "build/$arch/tone.exe" 440 2
tr -d '\r' <"$work/tone" >"$work/tone.text"
said() { sed -n "s/^$1: //p" "$work/tone.text"; }
[ "$(said duration)" = '2.000 s' ] || demo_fail 'the tone did not come whole'
[ "$(said level)" = '-6.0 dBFS' ] || demo_fail 'the tone came at another level'
[ "$(said frequency)" = '440 Hz' ] || demo_fail 'another tone came'
[ "$(said closed)" = MESessionClosed ] || demo_fail 'the session did not close'
row "mf.dll ($bits bit)" '1 session' "a tone of $(said frequency) played: $(said duration), $(said level)" '1 session, by MESessionClosed'
