#!/bin/sh
# The part of the test agent's MIB that snmpd's own types cannot give: .1.3.6.1.4.1.99999.2 (snmpd's `pass` protocol).
#   .2.1.0 to .2.6.0     values of the syntaxes that `override` does not have
#   .2.10.N.0            a SET of it is refused with the error-status N (RFC 3416)
base=.1.3.6.1.4.1.99999.2

value() {
    case ${1#"$base"} in
        .1.0) printf '%s\n%s\n%s\n' "$1" counter64 18446744073709551615 ;;
        .2.0) printf '%s\n%s\n%s\n' "$1" ipaddress 192.0.2.1 ;;
        .3.0) printf '%s\n%s\n%s\n' "$1" octet '00 01 7f 80 fe ff 22 5c 00 01 02 03 04 05 06 07 08 09' ;;
        .4.0) printf '%s\n%s\n%s\n' "$1" objectid .0.0 ;;
        .5.0) printf '%s\n%s\n%s\n' "$1" gauge 4294967295 ;;
        .6.0) printf '%s\n%s\n%s\n' "$1" string 'a "quoted" \ text' ;;
    esac
}

next() {
    case ${1#"$base"} in
        "" | .0*) value $base.1.0 ;;
        .1 | .1.0 | .2) value $base.2.0 ;;
        .2.0 | .3) value $base.3.0 ;;
        .3.0 | .4) value $base.4.0 ;;
        .4.0 | .5) value $base.5.0 ;;
        .5.0 | .6) value $base.6.0 ;;
    esac
}

refuse() {
    number=${1#"$base".10.}
    case ${number%.0} in
        1) echo too-big ;;
        2) echo no-such-name ;;
        3) echo bad-value ;;
        4) echo read-only ;;
        5) echo gen-error ;;
        6) echo no-access ;;
        7) echo wrong-type ;;
        8) echo wrong-length ;;
        9) echo wrong-encoding ;;
        10) echo wrong-value ;;
        11) echo no-creation ;;
        12) echo inconsistent-value ;;
        13) echo resource-unavailable ;;
        14) echo commit-failed ;;
        15) echo undo-failed ;;
        16) echo authorization-error ;;
        18) echo inconsistent-name ;;
        *) echo not-writable ;;
    esac
}

case $1 in
    -g) value "$2" ;;
    -n) next "$2" ;;
    -s) refuse "$2" ;;
esac
