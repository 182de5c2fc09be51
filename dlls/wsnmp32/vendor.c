/*
 * SnmpGetVendorInfo: who made this implementation of WinSNMP.
 */
#include "wsnmp32/wsnmp32.h"

CORK_TRACE_CHANNEL(wsnmp32);

#define VENDOR_NAME         "Cork"
#define VENDOR_VERSION_ID   "2.0 (Cork " CORK_VERSION ")" /* the WinSNMP version, then ours */
#define VENDOR_VERSION_DATE "2026"

_Static_assert(sizeof(VENDOR_VERSION_ID) <= MAXVENDORINFO, "the version does not fit smiVENDORINFO");

/*
 * SnmpGetVendorInfo (nf-winsnmp-snmpgetvendorinfo, ns-winsnmp-smivendorinfo): fills in the caller's structure. Whoever
 * asks is told the truth: the strings are Cork's, there is nobody to contact at a vendor (an empty string), and the
 * enterprise number is 0, which IANA assigns to nobody. SNMPAPI_NOOP for NULL, SNMPAPI_ALLOC_ERROR for a pointer that
 * cannot be written. Any thread.
 */
SNMPAPI_STATUS WINAPI SnmpGetVendorInfo(smiLPVENDORINFO vendorInfo)
{
    static const smiVENDORINFO ours = {
        .vendorName = VENDOR_NAME,
        .vendorVersionId = VENDOR_VERSION_ID,
        .vendorVersionDate = VENDOR_VERSION_DATE,
    };

    RETURN_IF_NOT_STARTED();
    if (!vendorInfo) return fail(NULL, SNMPAPI_NOOP);
    if (!can_write(vendorInfo, sizeof(*vendorInfo))) return fail(NULL, SNMPAPI_ALLOC_ERROR);
    CORK_TRACE("\n");
    *vendorInfo = ours;
    return SNMPAPI_SUCCESS;
}
