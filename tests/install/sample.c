/*
 * What a user of an installed Cork compiles first: links wsnmp32 and mgmtapi by their import libraries and says whose
 * WinSNMP it got. Prints "VENDOR-NAME|LENGTH-OF-AN-OID"; exit code 0 where both DLLs did their work.
 */
#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>
#include <snmp.h>
#include <mgmtapi.h>
#include <stdio.h>

int main(void)
{
    smiUINT32 major, minor, level, translate, retransmit;
    smiVENDORINFO vendor;
    AsnObjectIdentifier oid;

    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) != SNMPAPI_SUCCESS)
    {
        return 1;
    }
    if (SnmpGetVendorInfo(&vendor) != SNMPAPI_SUCCESS)
    {
        return 2;
    }
    if (!SnmpMgrStrToOid((LPSTR) ".1.3.6.1.2.1.1.1", &oid))
    {
        return 3;
    }
    printf("%s|%u\n", vendor.vendorName, oid.idLength);
    return SnmpCleanup() == SNMPAPI_SUCCESS ? 0 : 4;
}
