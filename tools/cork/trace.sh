# cork trace: a Windows program with Cork's traces on, readable. Sourced by cork.
# shellcheck shell=bash

# Wine's lines "0024:trace:mi:MI_Session_Close (...)", those of Cork's channels, in columns; what else Wine says stays as it is.
readable() {
    awk -v names=" ${cork_dlls[*]} cork " '
        { line = $0; sub(/\r$/, "", line); n = split(line, part, ":") }
        n >= 4 && part[1] ~ /^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$/ && index(names, " " part[3] " ") {
            text = line; sub(/^[^:]*:[^:]*:[^:]*:/, "", text)
            printf "%s  %-8s  %s%s\n", part[1], part[3], part[2] == "trace" ? "" : toupper(part[2]) ": ", text
            fflush(); next
        }
        { print line; fflush() }'
}

cork_trace() {
    local output='' channels='' dll
    case ${1:-} in
        -o) output=${2:-}; [ -n "$output" ] || wrong_usage '-o wants a file'; shift 2 ;;
        --help) usage; exit 0 ;;
        -*) wrong_usage "trace has no option '$1'" ;;
    esac
    [ $# != 0 ] || wrong_usage 'trace wants a program'
    find_wine
    find_prefix
    for dll in "${cork_dlls[@]}"; do channels="$channels,+$dll"; done
    [ -z "$output" ] || : >"$output" || fail "cannot write $output"
    # The prefix's server and services start without our pipe, which they would hold open.
    wine_quietly cmd /c rem
    local status reader errors i
    exec {errors}> >(if [ -n "$output" ]; then readable >"$output"; else readable >&2; fi)
    reader=$!
    WINEDEBUG=${channels#,} "${layout[@]}" "$wine" "$@" 2>&$errors {errors}>&-
    status=$?
    exec {errors}>&-
    # All that has come is written; what the program left running may go on.
    for ((i = 0; i < 50; i++)); do kill -0 $reader 2>/dev/null && sleep 0.1; done
    return $status
}
