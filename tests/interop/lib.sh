# What the interop tests share; sourced by them. They print TAP, keep their files in build/interop/NAME-ARCH and leave nothing running.
#
#   interop_start NAME ARCH     first: working folder $work, clean-up at any end
#   interop_end                 last: the plan
#   check WHAT COMMAND...       one test: the command's exit code
#   same WHAT EXPECTED ACTUAL   one test: two files are equal; the difference is printed as a diagnostic

. tests/interop/agent.sh

interop_start() {
    test_name=$1
    peers_start "build/interop/$test_name-${2:-x86_64}" "${2:-x86_64}"
    tests_run=0
}

interop_end() { echo "1..$tests_run"; }

diag() { sed 's/^/# /' "$@"; }

result() {
    local status=$1
    shift
    tests_run=$((tests_run + 1))
    if [ "$status" = 0 ]; then echo "ok $tests_run - $*"; else echo "not ok $tests_run - $*"; fi
    return "$status"
}

skip() { tests_run=$((tests_run + 1)); echo "ok $tests_run - $1 # SKIP $2"; }

check() {
    local what=$1
    shift
    "$@" >"$work/check.out" 2>&1
    result $? "$what" || { echo "# $*"; tail -n 8 "$work/check.out" | diag; false; }
}

same() {
    local what=$1 expected=$2 actual=$3
    if [ -s "$expected" ] && cmp -s "$expected" "$actual"; then
        result 0 "$what"
        return
    fi
    result 1 "$what"
    [ -s "$expected" ] || echo "# nothing was expected: $expected is empty"
    diff "$expected" "$actual" | head -n 12 | diag
    return 1
}
