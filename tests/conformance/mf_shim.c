/*
 * The DLL as a whole: what every export does, whoever does the work.
 */
#include "mf_test.h"

static void source_resolver(void)
{
    IMFSourceResolver *resolver = NULL;

    CHECK(MFCreateSourceResolver, S_OK, "The function succeeded.", OK(pMFCreateSourceResolver(&resolver)) && resolver);
    drop(&resolver);
}

static const struct test_case cases[] = {{"source_resolver", source_resolver}, {NULL, NULL}};
const struct group shim_group = {"shim", __FILE__, cases};
