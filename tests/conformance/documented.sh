#!/bin/bash
# Whether the conformance program of a DLL has a check, or a reason why there is none, for every documented return code and every
# documented export. Prints TAP.
#
# documented.sh DLL ARCH
set -u
dll=$1 arch=$2
facts=tests/conformance/abi
# A DLL of many concepts has its codes in one file a concept.
codes=$(find "$facts" -name "$dll.codes" -o -name "${dll}_*.codes" | sort | tr '\n' ' ')
tools/wine-run "build/$arch/tests/${dll}_conformance.exe" --list | tr -d '\r' | awk -F'\t' -v codes="$codes" \
    -v exports="$facts/$dll.exports" -v dll="$dll" '
    { listed[$2 " " $3] = 1; function_listed[$2] = 1; lines++ }
    function result(passed, what) { printf "%sok %d - %s\n", passed ? "" : "not ", ++tests, what }
    END {
        result(lines > 0, dll "_conformance --list prints its checks")
        files = split(codes, code_file, " ")
        for (file = 1; file <= files; file++) while ((getline line < code_file[file]) > 0) {
            if (line ~ /^#/) continue
            count = split(line, word, " ")
            for (i = 2; i <= count; i++) {
                code = dll == "wsnmp32" ? "SNMPAPI_" word[i] : word[i]
                result((word[1] " " code) in listed, word[1] " " code " is checked, or listed as unreachable")
            }
        }
        while ((getline line < exports) > 0) {
            split(line, word, " ")
            # Of mi.dll every function is documented under its name; another check has their parameters.
            if (line !~ /^#/ && (word[3] != "-" || dll == "mi")) result(word[2] in function_listed, word[2] " is checked")
        }
        print "1.." tests
    }'
