/*
 * mgmtapi's identifiers: what parses has to be written as a text that parses to the same; written into every smaller
 * buffer that text has to be cut, and no more. Any bytes taken as an identifier have to survive the way there and back.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "mgmtapi/mib_names.h"

static void check_format(const uint32_t *ids, uint32_t len)
{
    uint32_t again[MIB_OID_MAX], again_len;
    size_t needed = mib_oid_format(ids, len, NULL, 0);
    char *text = malloc(needed);

    REQUIRE(text && mib_oid_format(ids, len, text, needed) == needed);
    REQUIRE(strlen(text) + 1 == needed);
    REQUIRE(mib_oid_parse(text, again, &again_len));
    REQUIRE(again_len == len && memcmp(again, ids, len * sizeof(*ids)) == 0);
    for (size_t size = 1; size < needed && size < 40; size++)
    {
        char *exact = malloc(size);

        REQUIRE(exact && mib_oid_format(ids, len, exact, size) == needed);
        REQUIRE(strlen(exact) == size - 1 && memcmp(exact, text, size - 1) == 0);
        free(exact);
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint32_t ids[MIB_OID_MAX], len = (uint32_t)(size / sizeof(*ids));
    char *text = malloc(size + 1);

    REQUIRE(text != NULL);
    if (size) memcpy(text, data, size);
    text[size] = 0;
    if (len > MIB_OID_MAX) len = MIB_OID_MAX;
    if (len)
    {
        memcpy(ids, data, len * sizeof(*ids));
        check_format(ids, len);
    }
    if (mib_oid_parse(text, ids, &len)) check_format(ids, len);
    free(text);
    return 0;
}
