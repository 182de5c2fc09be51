# A sound device for Wine without one of the machine's: a PulseAudio daemon of the test's own, whose only sink plays into nothing. Sourced, after
# interop_start.
#
#   sound_start      sets PULSE_SERVER, which Wine's sound driver and pactl, parec ... follow; false where there is no PulseAudio
#
# A stream whose rate may change, as newer Wine's are, goes through the server's resampler also where the rates are equal; the trivial one then
# leaves every sample as it is.

sound_start() {
    local folder=$work/sound
    command -v pulseaudio >/dev/null && command -v pactl >/dev/null || return 1
    mkdir -p "$folder"
    printf '%s\n' 'load-module module-null-sink sink_name=cork rate=44100 channels=2' \
        "load-module module-native-protocol-unix auth-anonymous=1 socket=$folder/native" >"$folder/default.pa"
    HOME=$folder XDG_RUNTIME_DIR=$folder XDG_CONFIG_HOME=$folder pulseaudio -n -F "$folder/default.pa" --daemonize=no \
        --use-pid-file=no --disallow-exit --exit-idle-time=-1 --resample-method=trivial >"$folder/log" 2>&1 &
    started+=($!)
    export PULSE_SERVER=unix:$folder/native PULSE_COOKIE=$folder/cookie
    wait_until pactl info >/dev/null || { tail -n 3 "$folder/log" | diag; return 1; }
}
