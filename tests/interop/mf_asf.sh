#!/bin/bash
# ASF files through mf.dll's ASF objects: ffmpeg's files taken apart, their streams put into files of the multiplexer's and indexer's own, which
# ffmpeg and GStreamer read; all of it equal to the byte. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/interop/lib.sh
interop_start mf_asf "${1:-}"
for needed in "$(command -v ffmpeg)" "$(command -v gst-launch-1.0)" /usr/lib/x86_64-linux-gnu/gstreamer-1.0/libgstasf.so; do
    [ -e "$needed" ] || { echo "1..0 # SKIP no ffmpeg, or no GStreamer with its plugin for ASF: $needed"; exit 0; }
done
program="build/$arch/tests/mf_asf.exe"

# windows_path FILE: the host's file as the prefix has it.
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

# asf VERB ARGUMENTS...: what it says in $work/said. Output never goes through a pipe: wineserver keeps it open.
asf() {
    timeout -k 5 120 tools/wine-run "$program" "$@" >"$work/log" 2>"$work/errors" </dev/null
    local status=$?
    tr -d '\r' <"$work/log" >"$work/said"
    cat "$work/said"
    return $status
}

# Sound alone; pictures and sound, with a key frame a second; packets of another size than ffmpeg's own.
make_files() {
    local quiet="-y -v error -nostdin"
    # shellcheck disable=SC2086 # options are words
    {
        ffmpeg $quiet -f lavfi -i sine=frequency=440:sample_rate=44100:duration=5 -c:a wmav2 -ac 2 "$work/sound.wma" &&
        ffmpeg $quiet -f lavfi -i testsrc=size=320x240:rate=25:duration=5 -f lavfi -i sine=frequency=440:sample_rate=44100:duration=5 \
            -c:v wmv2 -g 25 -c:a wmav2 -ac 2 "$work/both.wmv" &&
        ffmpeg $quiet -i "$work/both.wmv" -c copy -packet_size 1400 "$work/small.wmv"
    }
}

# elementary FILE OUT: the data of its streams as ffmpeg has them; stream N of the format is its stream N - 1.
elementary() {
    local stream
    for stream in $(ffprobe -v error -show_entries stream=index -of csv=p=0 "$1"); do
        ffmpeg -y -v error -nostdin -i "$1" -map "0:$stream" -c copy -f data "$2.$((stream + 1))" || return
    done
}

# stream_field N FIELD: a number of what the program said of stream N.
stream_field() { sed -n "s/^stream $1: .*\b$2 \([0-9-]*\).*/\1/p" "$work/said"; }

# packets FILE N: a line for each media object of the stream, with whether it is a key frame, by ffmpeg.
packets() { ffprobe -v error -select_streams "$(($2 - 1))" -show_entries packet=flags -of csv=p=0 "$1"; }

# packet_times FILE N: when they are presented, in 100 ns; a file counts milliseconds.
packet_times() { ffprobe -v error -select_streams "$(($2 - 1))" -show_entries packet=pts -of csv=p=0 "$1" | sed 's/[^0-9]*$/0000/;s/^00000$/0/'; }

splits() {
    local name=$1 piece=$2 stream
    rm -f "$work/$name.got".*
    check "$name: the splitter takes it apart in pieces of $piece bytes" asf split "$(windows_path "$work/$name")" \
        "$(windows_path "$work/$name.got")" "$piece"
    for stream in $3; do
        check "$name: stream $stream has ffmpeg's bytes" cmp "$work/$name.is.$stream" "$work/$name.got.$stream"
        check "$name: stream $stream has ffmpeg's media objects" test "$(stream_field "$stream" samples)" = \
            "$(packets "$work/$name" "$stream" | wc -l)"
        check "$name: stream $stream begins when ffmpeg says" test "$(stream_field "$stream" first)" = "$(packet_times "$work/$name" "$stream" | head -n 1)"
        check "$name: stream $stream ends when ffmpeg says" test "$(stream_field "$stream" last)" = "$(packet_times "$work/$name" "$stream" | tail -n 1)"
        check "$name: stream $stream is in its order" test "$(stream_field "$stream" backwards)" = 0
    done
}

# read_back FILE KIND CAPS EXPECTED: GStreamer's demultiplexer finds the same bytes in it.
read_back() {
    rm -f "$work/back"
    timeout -k 5 60 gst-launch-1.0 -q filesrc location="$1" ! asfdemux name=d d. ! "$2" ! queue ! filesink location="$work/back" && cmp "$3" "$work/back"
}

# pictures FILE [FROM]: checksums of what ffmpeg makes of it.
pictures() { ffmpeg -v error -nostdin ${2:+-ss "$2"} -i "$1" -map 0:v -f framemd5 - | grep -v '^#'; }

remuxes() {
    local name=$1 stream new="new.$1"
    check "$name: its samples go into a file of the multiplexer's" asf remux "$(windows_path "$work/$name")" "$(windows_path "$work/$new")"
    rm -f "$work/$new.is".*
    check "$new: ffmpeg reads it without a complaint" elementary "$work/$new" "$work/$new.is"
    for stream in $2; do
        check "$new: stream $stream has the same bytes, by ffmpeg" cmp "$work/$name.is.$stream" "$work/$new.is.$stream"
        packets "$work/$name" "$stream" >"$work/flags"
        packets "$work/$new" "$stream" >"$work/flags.new"
        same "$new: stream $stream has the same media objects and key frames, by ffmpeg" "$work/flags" "$work/flags.new"
    done
    splits "$new" 4000 "$2"
}

check "ffmpeg makes the files" make_files
for name in sound.wma both.wmv small.wmv; do check "ffmpeg has the streams of $name" elementary "$work/$name" "$work/$name.is"; done
splits sound.wma 65536 1
splits both.wmv 65536 "1 2"
check "both.wmv: the splitter finds a key frame a second" test "$(stream_field 1 keys)" = 5
splits both.wmv 777 "1 2"
splits small.wmv 1400 "1 2"

remuxes sound.wma 1
check "new.sound.wma: GStreamer has the sound" read_back "$work/new.sound.wma" audio/x-wma "$work/sound.wma.is.1"
remuxes both.wmv "1 2"
check "new.both.wmv: GStreamer has the pictures" read_back "$work/new.both.wmv" video/x-wmv "$work/both.wmv.is.1"
check "new.both.wmv: GStreamer has the sound" read_back "$work/new.both.wmv" audio/x-wma "$work/both.wmv.is.2"
pictures "$work/both.wmv" >"$work/pictures"
pictures "$work/new.both.wmv" >"$work/pictures.new"
same "new.both.wmv: ffmpeg shows the same pictures at the same times" "$work/pictures" "$work/pictures.new"

# Each file's index leads to a key frame that is not later than the time. It knows one for each second, counted from before the preroll of 3 or 3.1
# seconds: 3.5 seconds are in the one that begins at 3.0 or 2.9, before which the last key frame is that of 2.046.
for name in both.wmv small.wmv new.both.wmv; do
    check "$name: its index is read" asf seek "$(windows_path "$work/$name")" 1 3500
    check "$name: it leads to the last key frame before its entry's second" grep -q ', key 20460000$' "$work/said"
done
pictures "$work/both.wmv" 3.5 >"$work/pictures"
pictures "$work/new.both.wmv" 3.5 >"$work/pictures.new"
same "new.both.wmv: ffmpeg seeks in it" "$work/pictures" "$work/pictures.new"
interop_end
