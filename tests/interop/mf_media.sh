#!/bin/bash
# Files that GStreamer's tools make, played by a program that stands on mf.dll: through the source resolver, loader, decoders and session into
# a sample grabber, whose samples are what GStreamer itself decodes; and through the audio renderer into a sound server's null sink. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
. tests/interop/sound.sh
interop_start mf_media "${1:-}"
# Wine's decoders are GStreamer's plugins of the program's bitness.
plugins=/usr/lib/x86_64-linux-gnu/gstreamer-1.0
[ "$arch" = i686 ] && plugins=/usr/lib/i386-linux-gnu/gstreamer-1.0
for needed in "$(command -v gst-launch-1.0)" "$(command -v pulseaudio)" "$(command -v parec)" \
    $plugins/libgst{wavparse,vorbis,isomp4,libav,mpg123}.so /usr/lib/x86_64-linux-gnu/gstreamer-1.0/libgst{x264,lame}.so; do
    [ -e "$needed" ] || { echo "1..0 # SKIP no GStreamer of $arch with its plugins, or no PulseAudio: $needed"; exit 0; }
done
program="build/$arch/tests/mf_media.exe"
seek=20000000 # 2 of the 5 seconds, in units of 100 ns

# windows_path FILE: the host's file as the prefix has it.
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

make_files() {
    local tone="audiotestsrc num-buffers=50 samplesperbuffer=4410 freq=440 volume=0.5 ! audio/x-raw,rate=44100,channels=2 ! audioconvert"
    # shellcheck disable=SC2086 # pipelines are words
    {
        gst-launch-1.0 -q $tone ! audio/x-raw,format=S16LE ! wavenc ! filesink location="$work/tone.wav" &&
        gst-launch-1.0 -q $tone ! vorbisenc ! oggmux ! filesink location="$work/tone.ogg" &&
        gst-launch-1.0 -q $tone ! avenc_aac aac-pns=false ! mp4mux ! filesink location="$work/tone.mp4" &&
        gst-launch-1.0 -q $tone ! lamemp3enc target=bitrate cbr=true bitrate=128 ! filesink location="$work/tone.mp3" &&
        gst-launch-1.0 -q videotestsrc num-buffers=50 ! video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! \
            x264enc bframes=0 ! mp4mux ! filesink location="$work/picture.mp4"
    }
}

# decode FILE CAPS OUT: what GStreamer makes of it.
decode() { gst-launch-1.0 -q filesrc location="$1" ! decodebin ! "$4" ! "$2" ! filesink location="$3"; }

# grab NAME FORMAT A B [SEEK]: plays $work/NAME; log and raw bytes beside it. Output never goes through a pipe: wineserver keeps it open.
grab() {
    local name=$1
    shift
    timeout -k 5 120 tools/wine-run "$program" grab "$(windows_path "$work/$name")" "$(windows_path "$work/$name.grabbed")" "$@" \
        >"$work/$name.log" 2>"$work/errors" </dev/null
    local status=$?
    tr -d '\r' <"$work/$name.log" >"$work/$name.said"
    # Wine 8's winegstreamer crashes now and then as the process ends, or is killed for taking too long: what was closed before that counts.
    case $status in 137 | 139) grep -qx closed "$work/$name.said" && return ;; esac
    return $status
}

# equal_from SKIP EXPECTED ACTUAL: equal from that byte on, and of one size.
equal_from() { [ "$(stat -c %s "$2")" = "$(stat -c %s "$3")" ] && cmp -i "$1" "$2" "$3"; }

# same_from SKIP EXPECTED ACTUAL: likewise; but a 32-bit decoder rounds its floating point otherwise than the 64-bit one that EXPECTED comes from
# (registers of the x87; other vector code), and whole samples after it: within one unit of 16 bits.
same_from() {
    case $arch/${3##*/} in i686/tone.wav*) ;; i686/tone.*) same_sound "$@"; return ;; esac
    equal_from "$@"
}
same_sound() {
    python3 - "$@" <<'PYTHON'
import array, sys
expected, actual = (open(name, "rb").read()[int(sys.argv[1]):] for name in sys.argv[2:4])
print("expected", len(expected), "bytes, got", len(actual))
if len(expected) != len(actual):
    sys.exit(1)
apart = max(abs(a - b) for a, b in zip(array.array("f", expected), array.array("f", actual)))
print("apart by", apart)
sys.exit(0 if apart <= 1 / 32768 else 1)
PYTHON
}

# tail_equal RATE BLOCK SKIP EXPECTED ACTUAL FIRST: ACTUAL is the end of EXPECTED that begins at time FIRST; but for the first SKIP bytes.
tail_equal() {
    python3 - "$@" <<'PYTHON'
import sys
rate, block, skip = map(int, sys.argv[1:4])
expected, actual = open(sys.argv[4], "rb").read(), open(sys.argv[5], "rb").read()
at = round(int(sys.argv[6]) * rate / 1e7) * block
rest = expected[at:]
print("from byte", at, "expected", len(rest), "bytes, got", len(actual))
sys.exit(0 if len(rest) == len(actual) > skip and rest[skip:] == actual[skip:] else 1)
PYTHON
}

# said NAME LINE FIELD: a number of what the program said, of its LINE'th line of samples.
said() { sed -n 's/,//g; /^samples/p' "$work/$1.said" | sed -n "$2p" | sed -n "s/.*\b$3 \([0-9-]*\).*/\1/p"; }

# within LESS VALUE MORE
within() { [ -n "$2" ] && [ "$2" -ge "$1" ] && [ "$2" -le "$3" ]; }

check "GStreamer's tools make the files" make_files
check "GStreamer decodes the WAV file" decode "$work/tone.wav" audio/x-raw,format=S16LE "$work/tone.wav.raw" audioconvert
check "GStreamer decodes the Ogg file" decode "$work/tone.ogg" audio/x-raw,format=F32LE,layout=interleaved "$work/tone.ogg.raw" audioconvert
check "GStreamer decodes the MP4 file" decode "$work/tone.mp4" audio/x-raw,format=F32LE,layout=interleaved "$work/tone.mp4.raw" audioconvert
check "GStreamer decodes the pictures" decode "$work/picture.mp4" video/x-raw,format=NV12 "$work/picture.mp4.raw" videoconvert

# One file: from end to end, then from 2 seconds on. The decoders of Vorbis and AAC are GStreamer's on both sides, and floating point on both, so
# what they make is the same to the bit. Two things are not the decoder's but its history's: the first AAC frame overlaps with what the decoder
# had before it (1024 samples), and after a seek a decoder of either begins in mid-stream.
play() {
    local name=$1 what=$2 skip=$3 format=$4 a=$5 b=$6 seek=$7
    check "$what plays to its end, and from a position" grab "$name" "$format" "$a" "$b" "$seek"
    check "$what: the samples are GStreamer's" same_from "$skip" "$work/$name.raw" "$work/$name.grabbed"
    check "$what: the first time stamp is 0" test "$(said "$name" 1 first)" = 0
    check "$what: the time stamps have no gap" test "$(said "$name" 1 gaps)" = 0
    check "$what: after the seek the time stamps have no gap" test "$(said "$name" 2 gaps)" = 0
}
play tone.wav WAV 0 s16 44100 2 $seek
check "WAV: the duration is 5 seconds" grep -qx 'duration 50000000' "$work/tone.wav.said"
check "WAV: it ends at its duration" test "$(said tone.wav 1 end)" = 50000000
check "WAV: after the seek the samples are the file's from there on" tail_equal 44100 4 0 "$work/tone.wav.raw" "$work/tone.wav.grabbed.seek" \
    "$(said tone.wav 2 first)"
check "WAV: the seek is exact" within $((seek - 300)) "$(said tone.wav 2 first)" $((seek + 300))
play tone.ogg Vorbis 0 f32 44100 2 $seek
check "Vorbis: the duration is 5 seconds" grep -qx 'duration 50000000' "$work/tone.ogg.said"
check "Vorbis: after the seek it goes on from there" within $((seek - 1000000)) "$(said tone.ogg 2 first)" $((seek + 1000000))
play tone.mp4 AAC $((1024 * 8)) f32 44100 2 $seek
check "AAC: after the seek it goes on from there" within $((seek - 1000000)) "$(said tone.mp4 2 first)" $((seek + 1000000))
play picture.mp4 H.264 0 nv12 320 240 10000000
check "H.264: after the seek the pictures are the file's from there on" tail_equal 25 115200 0 "$work/picture.mp4.raw" \
    "$work/picture.mp4.grabbed.seek" "$(said picture.mp4 2 first)"
check "H.264: there are 50 pictures" test "$(said picture.mp4 1 samples)" = 50
check "H.264: the duration is 2 seconds" grep -qx 'duration 20000000' "$work/picture.mp4.said"

# ---- Transcoding ------------------------------------------------------------------------------------------------------------------------------

# into_wave VERB NAME FORMAT: $work/NAME into the WAVE file $work/NAME.VERB.wav; GStreamer has its data in the format.
into_wave() {
    local verb=$1 name=$2 format=$3 caps=audio/x-raw,format=S16LE
    [ "$format" = f32 ] && caps=audio/x-raw,format=F32LE,layout=interleaved
    timeout -k 5 120 tools/wine-run "$program" "$verb" "$(windows_path "$work/$name")" "$(windows_path "$work/$name.$verb.wav")" "$format" 44100 2 \
        >"$work/$name.log" 2>"$work/errors" </dev/null || { cat "$work/$name.log"; return 1; }
    gst-launch-1.0 -q filesrc location="$work/$name.$verb.wav" ! wavparse ! "$caps" ! filesink location="$work/$name.$verb.raw"
}

# What is in the file is what GStreamer decodes of the source: to the bit, but for the first AAC frame (see above).
transcode() {
    local name=$1 what=$2 format=$3 skip=$4 expected=$5 verb
    for verb in transcode transcode-stream; do
        check "$what is transcoded to a WAVE file ($verb, $format)" into_wave "$verb" "$name" "$format"
        check "$what: the WAVE file has what GStreamer decodes ($verb, $format)" same_from "$skip" "$expected" "$work/$name.$verb.raw"
    done
}
check "GStreamer decodes the MP3 file" decode "$work/tone.mp3" audio/x-raw,format=F32LE,layout=interleaved "$work/tone.mp3.raw" audioconvert
check "GStreamer makes floating point of the WAV file" decode "$work/tone.wav" audio/x-raw,format=F32LE,layout=interleaved "$work/tone.wav.f32" \
    audioconvert
transcode tone.wav WAV s16 0 "$work/tone.wav.raw"
transcode tone.wav WAV f32 0 "$work/tone.wav.f32"
transcode tone.ogg Vorbis f32 0 "$work/tone.ogg.raw"
transcode tone.mp4 AAC f32 $((1024 * 8)) "$work/tone.mp4.raw"
transcode tone.mp3 MP3 f32 0 "$work/tone.mp3.raw"

# ---- Sound ------------------------------------------------------------------------------------------------------------------------------------

# By what the program says: as it ends Wine 8 often crashes, where its media source was used, with Wine's own mf.dll too.
play_sound() {
    timeout -k 5 120 tools/wine-run "$program" sound "$(windows_path "$work/noise.wav")" >"$work/sound.log" 2>"$work/errors" </dev/null
    grep -q '^closed' "$work/sound.log"
}

# The recording holds the file's samples and no others, unchanged and in their order, but for silence. A machine that is busy is late with the next
# ones now and then: the sound server plays nothing meanwhile, or the recorder loses some. Half a second of five may be missing, with what was in
# their buffers when the stream began and when it ended.
recorded() {
    python3 - "$work/noise.raw" "$work/recorded.raw" <<'PYTHON'
import sys
def frames(name):
    data = open(name, "rb").read()
    return [f for f in (data[i:i + 4] for i in range(0, len(data) - 3, 4)) if f != bytes(4)]
played, heard = (frames(name) for name in sys.argv[1:3])
places = {}
for i in range(len(played) - 4):
    places.setdefault(b"".join(played[i:i + 4]), []).append(i)
at, next_place, pieces, foreign = 0, 0, [], 0
while at < len(heard):
    place = next((i for i in places.get(b"".join(heard[at:at + 4]), []) if i >= next_place), None)
    if place is None: # at most three samples between two gaps
        at, foreign = at + 1, foreign + 1
        continue
    begin = at
    while at < len(heard) and place < len(played) and heard[at] == played[place]:
        at, place = at + 1, place + 1
    pieces.append((place - (at - begin), at - begin))
    next_place = place
print(len(played), "samples that are not silent;", len(heard), "were heard,", foreign, "of them by themselves; pieces (place, samples):", pieces)
sys.exit(0 if foreign <= 3 * len(pieces) + 3 and len(heard) - foreign > len(played) - 22050 else 1)
PYTHON
}

# Noise, since a tone is the same everywhere.
check "GStreamer makes a file of noise" gst-launch-1.0 -q audiotestsrc wave=white-noise num-buffers=50 samplesperbuffer=4410 volume=0.3 ! \
    audio/x-raw,rate=44100,channels=2,format=S16LE ! wavenc ! filesink location="$work/noise.wav"
check "GStreamer decodes it" decode "$work/noise.wav" audio/x-raw,format=S16LE "$work/noise.raw" audioconvert
if sound_start; then
    parec -d cork.monitor --latency-msec=20 --format=s16le --rate=44100 --channels=2 --raw >"$work/recorded.raw" 2>"$work/parec.log" &
    started+=($!)
    recorder=$!
    wait_until test -s "$work/recorded.raw"
    check "a file of noise plays to the audio renderer" play_sound
    end_process "$recorder"
    check "the sound server got the file's samples" recorded
else
    check "the sound server starts" false
fi
interop_end
