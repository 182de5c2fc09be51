# A change of the prefix that is made whole or not at all. Sourced by cork.
#
# What is to be changed is planned first (change_file, change_value, change_record). Before the first file is touched, all that is needed to go back
# lies in $state/undo; it is gone when all is done. Where it is found, a change was interrupted, and is taken back before anything else.
#
# $state/record has what is installed, lines of fields with tabs between them:
#   cork VERSION
#   file FOLDER NAME DLL kept|none CHECKSUM     kept: what was there before is $state/replaced/FOLDER/NAME
#   value KEY NAME DLL =DATA|-                  what it was before; -: not there
# shellcheck shell=bash

change_lock() {
    (umask 077 && mkdir -p "$state") || fail "cannot make $state"
    exec {lock_fd}<&- {lock_fd}>"$state/lock"
    flock -n "$lock_fd" || fail "another cork is at work in $prefix"
}

change_begin() {
    planned_folders=() planned_names=() planned_sources=() planned_keys=() planned_values=() planned_data=()
    planned_record=$state/record.new
    printf 'cork\t%s\n' "$cork_version" >"$planned_record" || fail "cannot write $planned_record; nothing was changed"
}
# change_file FOLDER NAME [SOURCE]: without a source there will be no such file.
change_file() { planned_folders+=("$1") planned_names+=("$2") planned_sources+=("${3:-}"); }
# change_value KEY NAME =DATA|-
change_value() { planned_keys+=("$1") planned_values+=("$2") planned_data+=("$3"); }
# change_record FIELD...: a line of what will be installed.
change_record() { (IFS=$'\t'; printf '%s\n' "$*") >>"$planned_record"; }

# Under another name first: a program that has the old file open goes on with it.
put_file() {
    local target=$2/$3
    cp -a "$1" "$2/.cork-$$" && mv -fT "$2/.cork-$$" "$target" && return
    rm -rf "$2/.cork-$$"
    return 1
}

# The registry as planned (1), or as it was, by the values now (2).
registry_text() {
    local key='' i was
    local -A now=()
    printf 'REGEDIT4\r\n'
    for i in "${!planned_keys[@]}"; do
        if [ "${planned_keys[i]}" != "$key" ]; then
            key=${planned_keys[i]}
            printf '\r\n[%s]\r\n' "$key"
            if [ "$1" = was ]; then registry_read "$key" now || return; fi
        fi
        was=-
        [ -n "${now[${planned_values[i],,}]+set}" ] && was="=${now[${planned_values[i],,}]}"
        if [ "$1" = was ]; then registry_line "${planned_values[i]}" "$was"; else registry_line "${planned_values[i]}" "${planned_data[i]}"; fi
    done
}

prepare_undo() {
    local i folder name kept undo=$state/undo.new
    rm -rf "$undo" && mkdir "$undo" && : >"$undo/files" || return
    for i in "${!planned_names[@]}"; do
        folder=${planned_folders[i]} name=${planned_names[i]} kept=none
        if [ -d "$(folder_path "$folder")/$name" ]; then
            problem="$(folder_path "$folder")/$name is a folder"
            return 1
        fi
        if [ -e "$(folder_path "$folder")/$name" ]; then
            mkdir -p "$undo/kept/$folder" && cp -a "$(folder_path "$folder")/$name" "$undo/kept/$folder/$name" || return
            kept=kept
        fi
        printf '%s\t%s\t%s\n' "$kept" "$folder" "$name" >>"$undo/files" || return
    done
    [ ${#planned_keys[@]} = 0 ] || registry_text was >"$undo/registry" || return
    [ ! -e "$state/record" ] || cp "$state/record" "$undo/record" || return
    sync -f "$undo" 2>/dev/null
    mv "$undo" "$state/undo"
}

# What was there before the first installation is kept as long as Cork's file is there.
keep_replaced() {
    local what folder name rest
    while IFS=$'\t' read -r what folder name rest; do
        case $what/$rest in file/*$'\tkept\t'*) ;; *) continue ;; esac
        [ -e "$state/replaced/$folder/$name" ] && continue
        mkdir -p "$state/replaced/$folder" && cp -a "$state/undo/kept/$folder/$name" "$state/replaced/$folder/$name" || return
    done <"$planned_record"
}

carry_out() {
    local i target
    keep_replaced || { problem="cannot keep what is replaced in $state"; return 1; }
    for i in "${!planned_names[@]}"; do
        target=$(folder_path "${planned_folders[i]}")
        problem="cannot write ${planned_names[i]} in $target"
        if [ -n "${planned_sources[i]}" ]; then
            put_file "${planned_sources[i]}" "$target" "${planned_names[i]}" || return
        else
            rm -f "$target/${planned_names[i]}" || return
        fi
    done
    if [ ${#planned_keys[@]} != 0 ]; then
        problem='cannot write the registry'
        registry_text planned >"$state/registry.new" && registry_apply "$state/registry.new" && registry_is_so || return
    fi
    problem="cannot write $state/record"
    sync -f "$state" 2>/dev/null
    mv "$planned_record" "$state/record"
}

# regedit does not say whether it did what it was asked for.
registry_is_so() {
    local key='' i
    local -A now=()
    for i in "${!planned_keys[@]}"; do
        if [ "${planned_keys[i]}" != "$key" ]; then
            key=${planned_keys[i]}
            registry_read "$key" now || return
        fi
        if [ "${planned_data[i]}" = - ]; then
            [ -z "${now[${planned_values[i],,}]+set}" ] || return
        else
            [ "=${now[${planned_values[i],,}]-}" = "${planned_data[i]}" ] || return
        fi
    done
}

forget_undo() {
    rm -rf "$state/undo.done" "$state/undo.new" "$state/registry.new" "$state/record.new"
    [ ! -d "$state/undo" ] || mv "$state/undo" "$state/undo.done"
    rm -rf "$state/undo.done"
    forget_replaced
}

# Copies that no line of the record speaks of.
forget_replaced() {
    local path folder name
    [ -d "$state/replaced" ] || return 0
    for path in "$state"/replaced/*/*; do
        [ -e "$path" ] || continue
        name=$(basename "$path") folder=$(basename "$(dirname "$path")")
        grep -q $'^file\t'"$folder"$'\t'"$name"$'\t' "$state/record" 2>/dev/null || rm -f "$path"
    done
    rmdir "$state"/replaced/* "$state/replaced" 2>/dev/null
    return 0
}

# Takes back a change that was begun.
change_undo() {
    local kept folder name
    while IFS=$'\t' read -r kept folder name; do
        if [ "$kept" = kept ]; then
            put_file "$state/undo/kept/$folder/$name" "$(folder_path "$folder")" "$name" || fail "cannot put back $name in $(folder_path "$folder"); cork tries again the next time"
        else
            rm -f "$(folder_path "$folder")/$name"
        fi
    done <"$state/undo/files"
    if [ -e "$state/undo/registry" ]; then
        registry_apply "$state/undo/registry" || fail "cannot put back the registry's values; cork tries again the next time"
    fi
    if [ -e "$state/undo/record" ]; then cp "$state/undo/record" "$state/record.new" && mv "$state/record.new" "$state/record"; else rm -f "$state/record"; fi
    forget_undo
}

# What was interrupted is taken back.
change_recover() {
    [ -d "$state/undo" ] || { rm -rf "$state/undo.new" "$state/undo.done"; return 0; }
    echo "An earlier change of $prefix was interrupted: it is taken back first."
    change_undo
}

# Carries the plan out, whole or not at all.
change_apply() {
    problem="cannot keep what is to be changed in $state"
    prepare_undo || { rm -rf "$state/undo.new" "$planned_record"; fail "$problem; nothing was changed"; }
    trap 'interrupted=yes' INT TERM HUP
    interrupted=no
    if ! carry_out || [ $interrupted = yes ]; then
        [ $interrupted = yes ] && problem='interrupted'
        change_undo
        fail "$problem; everything is as it was before"
    fi
    trap - INT TERM HUP
    forget_undo
}
