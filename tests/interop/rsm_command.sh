# What the tests of rsm.exe share; sourced after ntmsapi.sh.
#
#   rsm VERB...              runs it: standard output, without carriage returns, in $said, standard error in $errors; its exit code
#   goes WHAT VERB...        one test: it succeeds
#   prints WHAT TEXT VERB... one test: it succeeds, and prints exactly that
#   shows WHAT PATTERN VERB...  one test: it succeeds, and a line matches (extended regular expression)
#   hides WHAT PATTERN VERB...  one test: it succeeds, and no line does
#   fails WHAT CODE PATTERN VERB...  one test: it ends with that Windows error code, prints nothing, and says why
#   begin VERB...            starts it; its process is $waiting, its outputs go to $work/waiting.out and .err
#   settle                   until libraries have nothing to do

errors=$work/errors
rsm() {
    windows rsm "$@" >"$said.raw" 2>"$errors.raw"
    local code=$?
    tr -d '\r' <"$said.raw" >"$said"
    tr -d '\r' <"$errors.raw" >"$errors"
    return $code
}

told() {
    local status=$1 what=$2
    shift 2
    result "$status" "$what" || { echo "# rsm $*"; tail -n 12 "$said" "$errors" | diag; false; }
}

goes() {
    local what=$1
    shift
    rsm "$@"
    told $? "$what" "$@"
}

prints() {
    local what=$1 text=$2
    shift 2
    rsm "$@" && [ "$(cat "$said")" = "$text" ]
    told $? "$what" "$@"
}

shows() {
    local what=$1 pattern=$2
    shift 2
    rsm "$@" && grep -qE -- "$pattern" "$said"
    told $? "$what" "$@" || { echo "# no line matches $pattern"; false; }
}

hides() {
    local what=$1 pattern=$2
    shift 2
    rsm "$@" && ! grep -qE -- "$pattern" "$said"
    told $? "$what" "$@" || { echo "# a line matches $pattern"; false; }
}

# A program of the host sees the last eight bits of an exit code.
fails() {
    local what=$1 code=$2 pattern=$3 status
    shift 3
    rsm "$@"
    status=$?
    [ $status = $((code % 256)) ] && [ ! -s "$said" ] && grep -qE -- "$pattern" "$errors" && { [ "$code" = 87 ] || grep -qF "(error $code)" "$errors"; }
    told $? "$what" "$@" || { echo "# exit code $status, and $((code % 256)) of error $code is expected, with $pattern"; false; }
}

settle() { rsm wait /t120000; }

begin() {
    : >"$work/waiting.err"
    tools/wine-run "build/$arch/rsm.exe" "$@" >"$work/waiting.out" 2>"$work/waiting.err" &
    waiting=$!
    started+=("$waiting")
}
