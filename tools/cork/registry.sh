# The prefix's registry, read and written as files of regedit. Sourced by cork.
# shellcheck shell=bash

OVERRIDES='HKEY_CURRENT_USER\Software\Wine\DllOverrides'
CORK_COMMON='HKEY_LOCAL_MACHINE\Software\Cork\common'

# In the prefix, since not each prefix has this machine's files as a drive.
registry_file() { echo "$prefix/drive_c/windows/temp/cork-$$.reg"; }
registry_file_name() { echo "C:\\windows\\temp\\cork-$$.reg"; }

# registry_read KEY ARRAY: its values of type string, into the associative array. Fails where Wine does; a key that is not there has none.
registry_read() {
    local -n values=$2
    local file line name
    file=$(registry_file)
    values=()
    mkdir -p "$(dirname "$file")" && rm -f "$file"
    wine_quietly regedit /E "$(registry_file_name)" "$1"
    [ -s "$file" ] || { wine_quietly reg query 'HKEY_CURRENT_USER\Software\Wine' && return; return 1; }
    while IFS= read -r line; do
        case $line in
            '"'*'"="'*'"')
                name=${line#\"}
                name=${name%%\"=*}
                line=${line#*\"=\"}
                line=${line%\"}
                values[${name,,}]=${line//\\\\/\\}
                ;;
            '['*) [ "${line,,}" = "[${1,,}]" ] || break ;;
        esac
    done < <(iconv -f UTF-16 -t UTF-8 "$file" 2>/dev/null | tr -d '\r')
    rm -f "$file"
}

# registry_line NAME =DATA|-: what regedit sets a value by, or deletes it by.
registry_line() {
    local data=${2#=}
    [ "$2" = - ] && { printf '"%s"=-\r\n' "$1"; return; }
    data=${data//\\/\\\\}
    printf '"%s"="%s"\r\n' "$1" "${data//\"/\\\"}"
}

# registry_apply FILE: a file of regedit.
registry_apply() {
    local file
    file=$(registry_file)
    mkdir -p "$(dirname "$file")" && cp "$1" "$file" && wine_quietly regedit /S "$(registry_file_name)"
    local status=$?
    rm -f "$file"
    return $status
}
