# What the static checks share; sourced by them, from the top of the tree. They print TAP.

# Files of the project, by patterns of git (without git: all outside build/).
project_files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r file; do
            [ -f "$file" ] && printf '%s\n' "$file"
        done | sort
    else
        local pattern
        for pattern in "${@:-*}"; do
            find . -path ./build -prune -o -type f -name "$pattern" -print
        done | sed 's,^\./,,' | sort
    fi
}

tap_count=0

# tap_result STATUS WHAT [FILE]: one line, and FILE's beginning as a diagnostic where it failed.
tap_result() {
    tap_count=$((tap_count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $tap_count - $2"
    else
        echo "not ok $tap_count - $2"
        [ -n "${3:-}" ] && head -n 20 "$3" | sed 's/^/# /'
    fi
}

tap_plan() { echo "1..$tap_count"; }
