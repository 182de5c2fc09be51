# cork install, uninstall and upgrade: what each of them plans. Sourced by cork.
# shellcheck shell=bash

say_in_use() { prefix_in_use && echo "$prefix is in use: programs that run go on with the DLLs that they have loaded."; return 0; }

# record_field FOLDER NAME FIELD: of a file's line in the record
record_file() { [ -f "$state/record" ] && awk -F'\t' -v folder="$1" -v name="$2" -v field="$3" '$1 == "file" && $2 == folder && $3 == name { print $field }' "$state/record"; }
record_dlls() { [ -f "$state/record" ] && awk -F'\t' '$1 == "file" || $1 == "value" { print $4 }' "$state/record" | sort -u; }
record_value() { [ -f "$state/record" ] && awk -F'\t' -v key="$1" -v name="$2" '$1 == "value" && $2 == key && $3 == name { print $5 }' "$state/record"; }

# begin: what each of them does first
begin_change() {
    find_wine
    find_prefix
    change_lock
    change_recover
}

# The names that the user gave, without .dll; all of Cork's where there are none. Into the array `wanted`, with what they need.
want_dlls() {
    local name known needed
    wanted=()
    [ $# != 0 ] || set -- "${cork_dlls[@]}"
    for name in "$@"; do
        case $name in -*) wrong_usage "'$name' is no option of this command" ;; esac
        name=${name,,}
        name=${name%.dll}
        known=no
        for needed in "${cork_dlls[@]}"; do [ "$needed" = "$name" ] && known=yes; done
        [ $known = yes ] || wrong_usage "Cork has no $name.dll; it has ${cork_dlls[*]}"
        needed=$(dll_needs "$name")
        if [ -n "$needed" ]; then want_dll "$needed"; fi
        want_dll "$name"
    done
}
want_dll() {
    local other
    for other in "${wanted[@]}"; do [ "$other" != "$1" ] || return 0; done
    wanted+=("$1")
}

# plan_file FOLDER NAME DLL SOURCE
plan_file() {
    local kept
    kept=$(record_file "$1" "$2" 5)
    if [ -z "$kept" ]; then
        kept=none
        [ ! -e "$(folder_path "$1")/$2" ] || kept=kept
    fi
    change_file "$1" "$2" "$4"
    change_record file "$1" "$2" "$3" "$kept" "$(checksum "$4")"
}

# Wine's own mf.dll, which goes on doing what Cork's does not: newest first, that of the Wine that is there; then what Cork's replaced.
builtin_mf() {
    local folder=$1 machine=x86_64-windows file top
    [ "$(folder_bits "$folder")" = 32 ] && machine=i386-windows
    top=$(dirname "$(dirname "$(readlink -f "$(command -v "$wine")")")")
    for file in "$top"/lib/wine/$machine/mf.dll "$top"/lib64/wine/$machine/mf.dll "$top"/lib/*/wine/$machine/mf.dll \
        /usr/lib/wine/$machine/mf.dll /usr/lib/*/wine/$machine/mf.dll \
        "$(folder_path "$folder")/mf.dll" "$state/replaced/$folder/mf.dll"; do
        is_builtin "$file" && { echo "$file"; return; }
    done
}

plan_dll() {
    local dll=$1 i folder source program was
    for i in "${!folders[@]}"; do
        folder=${folders[i]} source=${sources[i]}
        [ -f "$source/$dll.dll" ] || fail "$source/$dll.dll is not there; nothing was changed"
        plan_file "$folder" "$dll.dll" "$dll" "$source/$dll.dll"
        [ "$dll" = mf ] || continue
        was=$(builtin_mf "$folder")
        if [ -n "$was" ]; then plan_file "$folder" mf_next.dll mf "$was"; else
            echo "Wine's own mf.dll was not found for $folder: what Cork's does not do itself will fail there." >&2
        fi
    done
    program=$(dll_program "$dll")
    if [ -n "$program" ] && [ -f "${sources[0]}/$program" ]; then
        if [ -z "$(record_file "${folders[0]}" "$program" 5)" ] && [ -e "$(folder_path "${folders[0]}")/$program" ]; then
            echo "${folders[0]}/$program is another program's: Cork's is left out." >&2
        else
            plan_file "${folders[0]}" "$program" "$dll" "${sources[0]}/$program"
        fi
    fi
    plan_value "$OVERRIDES" "$dll" "$dll" =native,builtin
}

declare -A values_now=()
# plan_value KEY NAME DLL DATA
plan_value() {
    local was
    was=$(record_value "$1" "$2")
    if [ -z "$was" ]; then
        # One key's values after another's: each reading starts a program.
        if [ "$1" != "${values_key:-}" ]; then
            registry_read "$1" values_now || fail "Wine cannot read the registry of $prefix; nothing was changed"
            values_key=$1
        fi
        was=-
        [ -z "${values_now[${2,,}]+set}" ] || was="=${values_now[${2,,}]}"
    fi
    change_value "$1" "$2" "$4"
    change_record value "$1" "$2" "$3" "$was"
}

# Where the DLLs do not look for corkd by themselves they are told.
plan_corkd() {
    local dll asks=no was
    for dll in "$@"; do dll_asks_corkd "$dll" && asks=yes; done
    case $corkd in /usr/local/libexec/cork/corkd | /usr/libexec/cork/corkd) asks=no ;; esac
    if [ $asks = yes ] && [ -x "$corkd" ]; then
        plan_value "$CORK_COMMON" CorkdPath corkd "=$corkd"
    else
        was=$(record_value "$CORK_COMMON" CorkdPath)
        [ -z "$was" ] || change_value "$CORK_COMMON" CorkdPath "$was"
    fi
}

# The lines of the record that the plan does not speak of stay: $1... are the DLLs that it does.
keep_record_of_others() {
    [ -f "$state/record" ] || return 0
    awk -F'\t' -v names=" $* corkd " '($1 == "file" || $1 == "value") && !index(names, " " $4 " ")' "$state/record" >>"$planned_record"
}

apply_installation() {
    local dll
    change_begin
    for dll in "${wanted[@]}"; do plan_dll "$dll"; done
    # shellcheck disable=SC2046
    plan_corkd "${wanted[@]}" $(record_dlls)
    keep_record_of_others "${wanted[@]}"
    say_in_use
    change_apply
}

cork_install() {
    begin_change
    want_dlls "$@"
    apply_installation
    echo "In $prefix, ${#folders[@]} folder(s), are Cork's $cork_version: ${wanted[*]}"
}

cork_upgrade() {
    [ $# = 0 ] || wrong_usage 'upgrade takes no arguments'
    begin_change
    local installed=() dll
    for dll in $(record_dlls); do [ "$dll" = corkd ] || installed+=("$dll"); done
    [ ${#installed[@]} != 0 ] || fail "nothing of Cork's is installed in $prefix by this command; cork install does so"
    local before
    before=$(sed -n 's/^cork\t//p' "$state/record")
    want_dlls "${installed[@]}"
    apply_installation
    echo "$prefix: Cork $before is Cork $cork_version now: ${wanted[*]}"
}

# A file that is not as Cork put it there any more belongs to somebody else.
plan_removal() {
    local what folder name dll kept sum
    while IFS=$'\t' read -r what folder name dll kept sum; do
        case " $leaving " in *" $dll "*) ;; *) continue ;; esac
        if [ "$what" = file ]; then
            if [ "$(checksum "$(folder_path "$folder")/$name")" != "$sum" ]; then
                echo "$folder/$name is not what cork put there any more: it is left as it is."
            elif [ "$kept" = kept ]; then
                change_file "$folder" "$name" "$state/replaced/$folder/$name"
            else
                change_file "$folder" "$name"
            fi
        elif [ "$what" = value ]; then
            change_value "$folder" "$name" "$kept"
        fi
    done <"$state/record"
}

cork_uninstall() {
    begin_change
    local dll name remaining=''
    [ -f "$state/record" ] || fail "nothing of Cork's is installed in $prefix by this command"
    leaving=
    if [ $# = 0 ]; then leaving=$(record_dlls | tr '\n' ' '); else
        for name in "$@"; do
            name=${name,,}
            record_dlls | grep -qxF "${name%.dll}" || fail "${name%.dll}.dll of Cork's is not installed in $prefix; nothing was changed"
            leaving="$leaving ${name%.dll}"
        done
    fi
    for dll in $(record_dlls); do
        case " $leaving corkd " in *" $dll "*) continue ;; esac
        case " $leaving " in *" $(dll_needs "$dll") "*) [ -z "$(dll_needs "$dll")" ] || fail "$dll.dll needs it: uninstall that first, or both at once; nothing was changed" ;; esac
        dll_asks_corkd "$dll" && remaining=yes
    done
    [ -n "$remaining" ] || leaving="$leaving corkd"
    change_begin
    plan_removal
    # shellcheck disable=SC2086
    awk -F'\t' -v names=" $leaving " '($1 == "file" || $1 == "value") && !index(names, " " $4 " ")' "$state/record" >>"$planned_record"
    say_in_use
    change_apply
    grep -q $'^file\t' "$state/record" || rm -f "$state/record"
    echo "$prefix is as it was before Cork's: ${leaving//corkd/}"
    [ -z "$(find "$prefix/cork" -mindepth 1 -maxdepth 1 ! -name installation -print -quit)" ] || echo "What Cork's service keeps in $prefix/cork (databases, profiles, its log) is still there."
}
