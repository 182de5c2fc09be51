# What the removable storage tests share; sourced after lib.sh. Windows programs (ntmsapi_driver.exe) do what they are told, each with its own
# session of the prefix's corkd, which is started anew for the test with an empty database.
#
#   ntmsapi_start                 first, after interop_start
#   ntmsapi_end                   last, before interop_end
#   driver NAME                   starts a program and opens its session; NAME_pid is its process
#   tell NAME COMMAND...          gives it a command and does not wait
#   answer NAME                   waits for the answer: its lines are in $said, its result in $reply; succeeds for "0"
#   ask NAME COMMAND...           both
#   expect WHAT RESULT NAME COMMAND...    one test: a command's result, or what `finish` says of one
#   says WHAT PATTERN NAME COMMAND...     one test: it succeeds, and a line of it matches (extended regular expression)
#   nothing_says WHAT PATTERN NAME COMMAND...   likewise, and none does

prefix=${PREFIX:-build/prefix}
endpoint=$prefix/cork/corkd.endpoint
ntms_data=$prefix/drive_c/windows/system32/NtmsData
export CORK_CORKD=${CORK_CORKD:-$PWD/build/native/corkd}
declare -A driver_in driver_out driver_pid

corkd_pid() { cut -d' ' -f4 "$endpoint" 2>/dev/null; }
process_gone() { ! kill -0 "$1" 2>/dev/null; }
end_corkd() {
    local pid
    pid=$(corkd_pid) || return 0
    [ -n "$pid" ] || return 0
    kill "-${1:-TERM}" "$pid" 2>/dev/null
    wait_until process_gone "$pid"
}

ntmsapi_start() {
    if ! "$CORK_CORKD" --version >/dev/null 2>&1; then
        echo '1..0 # SKIP corkd does not run here'
        exit 0
    fi
    said=$work/said
    end_corkd KILL
    rm -rf "$endpoint" "$ntms_data" "$prefix/cork/corkd.log"
    # Drive letters of media that a killed corkd had in drives.
    find "$prefix/dosdevices/" -maxdepth 1 -name '[f-y]:' -xtype l -delete
    trap 'end_corkd KILL; peers_stop' EXIT
}

ntmsapi_end() {
    local name
    for name in "${!driver_pid[@]}"; do end_driver "$name"; done
    end_corkd TERM
    rm -rf "$ntms_data"
}

driver() {
    local name=$1 in out
    mkfifo "$work/$name.in" "$work/$name.out"
    tools/wine-run "build/$arch/ntmsapi_driver.exe" <"$work/$name.in" >"$work/$name.out" 2>"$work/$name.err" &
    driver_pid[$name]=$!
    started+=($!)
    exec {in}>"$work/$name.in" {out}<"$work/$name.out"
    rm "$work/$name.in" "$work/$name.out"
    driver_in[$name]=$in driver_out[$name]=$out
    ask "$name" open "$name" || { echo "# no session: $reply"; diag "$work/$name.err" "$prefix/cork/corkd.log"; return 1; }
}

tell() {
    local name=$1
    shift
    echo "$*" >&"${driver_in[$name]}"
}

answer() {
    local name=$1 line waited=0 status
    : >"$said"
    reply='no answer'
    while [ $waited -lt 120 ]; do
        IFS= read -r -t 1 -u "${driver_out[$name]}" line
        status=$?
        line=${line%$'\r'}
        if [ $status = 0 ]; then
            case $line in
                '= '*) reply=${line#= }; [ "$reply" = 0 ]; return ;;
                *) echo "${line#  }" >>"$said" ;;
            esac
            continue
        fi
        process_gone "${driver_pid[$name]}" && { reply='no program'; return 1; }
        # More than 128: there was nothing to read yet; else its output has ended.
        [ $status -gt 128 ] || sleep 0.1
        waited=$((waited + 1))
    done
    return 1
}

ask() {
    tell "$@"
    answer "$1"
}

# Ends a program, in order or by a signal. Its input's end would not do: other processes that were started meanwhile have that open too.
end_driver() {
    local name=$1 pid=${driver_pid[$1]:-} in out
    [ -n "$pid" ] || return 0
    in=${driver_in[$name]} out=${driver_out[$name]}
    if [ -n "${2:-}" ]; then
        kill "-$2" "$pid"
    else
        process_gone "$pid" || tell "$name" exit 0
        wait_until process_gone "$pid" || kill -KILL "$pid"
    fi
    wait "$pid" 2>/dev/null
    exec {in}>&- {out}<&-
    unset "driver_pid[$name]" "driver_in[$name]" "driver_out[$name]"
}

expect() {
    local what=$1 expected=$2
    shift 2
    ask "$@"
    [ "$reply" = "$expected" ]
    result $? "$what" || { echo "# $*: $reply instead of $expected"; tail -n 8 "$said" | diag; false; }
}

says() {
    local what=$1 pattern=$2
    shift 2
    ask "$@" && grep -qE -- "$pattern" "$said"
    result $? "$what" || { echo "# $*: $reply, no line matches $pattern"; tail -n 12 "$said" | diag; false; }
}

nothing_says() {
    local what=$1 pattern=$2
    shift 2
    ask "$@" && ! grep -qE -- "$pattern" "$said"
    result $? "$what" || { echo "# $*: $reply, or a line matches $pattern"; tail -n 12 "$said" | diag; false; }
}
