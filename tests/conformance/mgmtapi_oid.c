/*
 * SnmpMgrStrToOid and SnmpMgrOidToStr.
 */
#include "mgmtapi_test.h"

static int parses_to(const char *text, const unsigned *ids, UINT count)
{
    AsnObjectIdentifier oid = {77, NULL};
    int same;

    if (!pSnmpMgrStrToOid((LPSTR)text, &oid)) return 0;
    same = oid.idLength == count && !memcmp(oid.ids, ids, count * sizeof(*ids));
    note("%u subidentifiers, expected %u", oid.idLength, count);
    SnmpUtilOidFree(&oid);
    return same;
}

static void str_to_oid(void)
{
    static const unsigned system_group[] = {1, 3, 6, 1, 2, 1, 1};
    static const char *const bad[] = {"", ".", "..1", ".1..3", ".1.3.x.", ".1.4294967296", ".1.-3", "no such name"};
    AsnObjectIdentifier oid;

    CHECK(SnmpMgrStrToOid, absolute,
          "You must always precede the object identifier with a period (.) (for example, .1.3.6.1.2.1.1).",
          parses_to(".1.3.6.1.2.1.1", system_group, 7));
    CHECK(SnmpMgrStrToOid, relative,
          "SnmpMgrStrToOid assumes that the object identifier is under the Internet MIB of the management subtree.",
          parses_to("1.1.0", sys_descr_ids, 9));
    CHECK(SnmpMgrStrToOid, failure, "If the function fails, the return value is zero.",
          !pSnmpMgrStrToOid(NULL, &oid) && !pSnmpMgrStrToOid((LPSTR) ".1.3", NULL));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
    {
        note("%s", bad[i]);
        CHECK(SnmpMgrStrToOid, bad_text, "If the function fails, the return value is zero.",
              !pSnmpMgrStrToOid((LPSTR)bad[i], &oid));
    }
}

static void oid_to_str(void)
{
    static const unsigned enterprise[] = {1, 3, 6, 1, 4, 1, 99999, 4294967295u};
    AsnObjectIdentifier oid = {8, (UINT *)enterprise}, descr = {9, (UINT *)sys_descr_ids}, empty = {0, NULL};
    LPSTR text = NULL;

    CHECK(SnmpMgrOidToStr, success, "If the function succeeds, the return value is nonzero.",
          pSnmpMgrOidToStr(&oid, &text) && text);
    CHECK(SnmpMgrOidToStr, round_trip, "converts an internal object identifier structure to its string representation",
          text && parses_to(text, enterprise, 8));
    SnmpUtilMemFree(text);
    text = NULL;
    CHECK(SnmpMgrOidToStr, round_trip_mib,
          "converts an internal object identifier structure to its string representation (an object of MIB-II)",
          pSnmpMgrOidToStr(&descr, &text) && text && parses_to(text, sys_descr_ids, 9));
    CHECK(SnmpMgrOidToStr, failure, "If the function fails, the return value is zero.",
          !pSnmpMgrOidToStr(NULL, &text) && !pSnmpMgrOidToStr(&oid, NULL) && !pSnmpMgrOidToStr(&empty, &text));
}

static const struct test_case cases[] = {
    {"SnmpMgrStrToOid", str_to_oid}, {"SnmpMgrOidToStr", oid_to_str}, {NULL, NULL}};
const struct group oid_group = {"oid", __FILE__, cases};
