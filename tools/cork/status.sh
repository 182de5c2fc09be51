# cork status: what is in the prefix. Sourced by cork.
# shellcheck shell=bash

# What a file is: Cork (as cork put it there), changed (since then), builtin, other, missing.
file_kind() {
    local path sum
    path=$(folder_path "$1")/$2
    sum=$(record_file "$1" "$2" 6)
    if [ ! -e "$path" ]; then echo missing
    elif [ -n "$sum" ] && [ "$sum" = "$(checksum "$path")" ]; then echo Cork
    elif is_builtin "$path"; then echo builtin
    elif same_file "$path" "$3/$2"; then echo 'Cork (by hand)'
    elif [ -n "$sum" ]; then echo changed
    else echo other; fi
}

# The system notes when a file was read, once a day at least, where it is not told to leave that.
last_use() {
    local used put
    read -r used put < <(stat -c '%X %Z' "$1" 2>/dev/null) || { echo -; return; }
    if [ "$used" -gt "$put" ]; then date -d "@$used" +%Y-%m-%d; else echo never; fi
}

cork_status() {
    [ $# = 0 ] || wrong_usage 'status takes no arguments'
    find_wine
    find_prefix
    local dll i kind version override installed
    local -A overrides=()
    registry_read "$OVERRIDES" overrides || fail "Wine cannot read the registry of $prefix"
    installed=$(sed -n 's/^cork\t//p' "$state/record" 2>/dev/null)
    echo "Prefix $prefix, $(WINEDEBUG=-all "$wine" --version 2>/dev/null), $bits bit$(prefix_in_use && echo ', in use'); this is Cork $cork_version"
    [ ! -d "$state/undo" ] || echo 'A change was interrupted: the next cork install, upgrade or uninstall takes it back first.'
    {
        printf 'DLL\tbits\tfile\tversion\toverride\tlast use\n'
        for dll in "${cork_dlls[@]}"; do
            for i in "${!folders[@]}"; do
                kind=$(file_kind "${folders[i]}" "$dll.dll" "${sources[i]}")
                version=-
                case $kind in
                    Cork) version=$installed; same_file "$(folder_path "${folders[i]}")/$dll.dll" "${sources[i]}/$dll.dll" || version="$installed (cork upgrade)" ;;
                    'Cork (by hand)') version=$cork_version ;;
                esac
                override=${overrides[$dll]-none}
                printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$dll" "$(folder_bits "${folders[i]}")" "$kind" "$version" "$override" \
                    "$(case $kind in Cork*) last_use "$(folder_path "${folders[i]}")/$dll.dll" ;; *) echo - ;; esac)"
            done
        done
    } | awk -F'\t' '{ for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
        END { for (r = 1; r <= NR; r++) for (i = 1; i <= 6; i++) printf "%-*s%s", width[i] * (i < 6), cell[r, i], i < 6 ? "  " : "\n" }'
}
