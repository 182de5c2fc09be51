/*
 * The standard quality manager as an object: made, asked for what it is, released.
 */
#include "mf_test.h"

static void creation(void)
{
    IMFQualityManager *manager = NULL;
    IUnknown *unknown = NULL;

    CHECK(MFCreateStandardQualityManager, S_OK, "The function succeeded.",
          OK(pMFCreateStandardQualityManager(&manager)) && manager);
    if (!manager) return;
    CHECK(MFCreateStandardQualityManager, interface,
          "Receives a pointer to the quality manager's IMFQualityManager interface.",
          OK(IUnknown_QueryInterface((IUnknown *)manager, &IID_IMFQualityManager, (void **)&unknown)) && unknown);
    drop(&unknown);
    CHECK(MFCreateStandardQualityManager, reference, "The caller must release the interface.", gone(&manager));
}

static const struct test_case cases[] = {{"creation", creation}, {NULL, NULL}};
const struct group quality_creation_group = {"quality_creation", __FILE__, cases};
