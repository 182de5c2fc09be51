/*
 * Several threads that are at once the first to need the next DLL.
 */
#include "mf_test.h"

static HRESULT passed_on(void)
{
    PROPVARIANT schemes;
    HRESULT result;

    PropVariantInit(&schemes);
    result = pMFGetSupportedSchemes(&schemes);
    PropVariantClear(&schemes);
    return result;
}

static DWORD WINAPI first_user(void *result)
{
    *(HRESULT *)result = passed_on();
    return 0;
}

static void at_once(void)
{
    HANDLE threads[8];
    HRESULT results[8];
    int good = 0;

    for (int i = 0; i < 8; i++)
        threads[i] = CreateThread(NULL, 0, first_user, &results[i], 0, NULL);
    for (int i = 0; i < 8; i++)
    {
        WaitForSingleObject(threads[i], INFINITE);
        CloseHandle(threads[i]);
        good += results[i] == S_OK;
    }
    note("%d of 8 threads", good);
    CHECK(MFGetSupportedSchemes, threads, "The next DLL is resolved on first use, by whichever threads come first.",
          good == 8);
}

static const struct test_case cases[] = {{"at_once", at_once}, {NULL, NULL}};
const struct group next_threads_group = {"next_threads", __FILE__, cases};
