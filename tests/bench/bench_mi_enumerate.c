/*
 * mi.dll's sessions: the files of a disk (CIM_DataFile) enumerated, with all their properties read, against the same
 * loop on IWbemServices; opening and closing a session; what an instance takes. Rounds alternate; printed are the
 * medians of the times, and of the ratios within a round. Ends with 1 where the target was missed.
 */
#define COBJMACROS
#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

enum
{
    ROUNDS = 5,
    LEAST = 10000,    /* files that have to be there */
    SESSIONS = 20000, /* opened and closed */
    CLONES = 1000
};

static MI_Application application;
static MI_Session session;
static IWbemServices *services;
static long found, values;

static void must(int good, const char *what)
{
    if (good) return;
    fprintf(stderr, "bench_mi_enumerate: %s failed\n", what);
    exit(2);
}

static void connect_wmi(void)
{
    BSTR path = SysAllocString(L"root\\cimv2");
    IWbemLocator *locator;

    must(SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED)), "CoInitializeEx");
    must(SUCCEEDED(
             CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator, (void **)&locator)),
         "CoCreateInstance");
    must(SUCCEEDED(IWbemLocator_ConnectServer(locator, path, NULL, NULL, NULL, 0, NULL, NULL, &services)),
         "ConnectServer");
    IWbemLocator_Release(locator);
    SysFreeString(path);
}

/* ---- The two ways ------------------------------------------------------------------------------------------------ */

static void read_object(IWbemClassObject *object)
{
    VARIANT value;
    CIMTYPE type;
    BSTR name;

    must(SUCCEEDED(IWbemClassObject_BeginEnumeration(object, WBEM_FLAG_NONSYSTEM_ONLY)), "BeginEnumeration");
    while (IWbemClassObject_Next(object, 0, &name, &value, &type, NULL) == S_OK)
    {
        values++;
        VariantClear(&value);
        SysFreeString(name);
    }
    IWbemClassObject_EndEnumeration(object);
}

static void by_wmi(void)
{
    BSTR class = SysAllocString(L"CIM_DataFile");
    IEnumWbemClassObject *objects;
    IWbemClassObject *object;
    ULONG count;

    must(SUCCEEDED(IWbemServices_CreateInstanceEnum(
             services, class, WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY, NULL, &objects)),
         "CreateInstanceEnum");
    while (IEnumWbemClassObject_Next(objects, (LONG)WBEM_INFINITE, 1, &object, &count) == S_OK)
    {
        found++;
        read_object(object);
        IWbemClassObject_Release(object);
    }
    IEnumWbemClassObject_Release(objects);
    SysFreeString(class);
}

static void read_instance(const MI_Instance *instance)
{
    const MI_Char *name;
    MI_Uint32 count = 0, flags;
    MI_Value value;
    MI_Type type;

    MI_Instance_GetElementCount(instance, &count);
    for (MI_Uint32 i = 0; i < count; i++)
        values += MI_Instance_GetElementAt(instance, i, &name, &value, &type, &flags) == MI_RESULT_OK;
}

static void by_mi(void)
{
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance;
    MI_Result result = MI_RESULT_OK;
    MI_Boolean more = MI_TRUE;

    MI_Session_EnumerateInstances(&session, 0, NULL, NULL, MI_T("CIM_DataFile"), MI_FALSE, NULL, &operation);
    while (more)
    {
        must(MI_Operation_GetInstance(&operation, &instance, &more, &result, NULL, NULL) == MI_RESULT_OK &&
                 result == MI_RESULT_OK,
             "MI_Operation_GetInstance");
        if (!instance) continue;
        found++;
        read_instance(instance);
    }
    MI_Operation_Close(&operation);
}

static void open_and_close(void)
{
    MI_Session other = MI_SESSION_NULL;

    must(MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, NULL, &other) == MI_RESULT_OK &&
             MI_Session_Close(&other, NULL, NULL) == MI_RESULT_OK,
         "MI_Application_NewSession");
}

/* ---- Measuring --------------------------------------------------------------------------------------------------- */

static double milliseconds(void (*way)(void), int times)
{
    LARGE_INTEGER frequency, before, after;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&before);
    for (int i = 0; i < times; i++)
        way();
    QueryPerformanceCounter(&after);
    return (double)(after.QuadPart - before.QuadPart) * 1e3 / (double)frequency.QuadPart;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

static double median(double *list)
{
    qsort(list, ROUNDS, sizeof(*list), compare);
    return list[ROUNDS / 2];
}

static size_t used_bytes(void)
{
    _HEAPINFO entry = {0};
    size_t bytes = 0;

    while (_heapwalk(&entry) == _HEAPOK)
        if (entry._useflag == _USEDENTRY) bytes += entry._size;
    return bytes;
}

/* Of a file's instance, in the C library's heap, which is the DLL's, too. */
static double bytes_of_instance(void)
{
    static MI_Instance *clones[CLONES];
    MI_Operation operation = MI_OPERATION_NULL;
    const MI_Instance *instance = NULL;
    size_t before, after;

    MI_Session_EnumerateInstances(&session, 0, NULL, NULL, MI_T("CIM_DataFile"), MI_FALSE, NULL, &operation);
    MI_Operation_GetInstance(&operation, &instance, NULL, NULL, NULL, NULL);
    must(instance != NULL, "MI_Operation_GetInstance");
    before = used_bytes();
    for (int i = 0; i < CLONES; i++)
        must(MI_Instance_Clone(instance, &clones[i]) == MI_RESULT_OK, "MI_Instance_Clone");
    after = used_bytes();
    for (int i = 0; i < CLONES; i++)
        MI_Instance_Delete(clones[i]);
    MI_Operation_Close(&operation);
    return (double)(after - before) / CLONES;
}

int main(void)
{
    double wmi[ROUNDS], mi[ROUNDS], ratio[ROUNDS], share;
    long by_wmi_found, by_wmi_values;

    connect_wmi();
    must(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK, "MI_Application_Initialize");
    must(MI_Application_NewSession(&application, NULL, NULL, NULL, NULL, NULL, &session) == MI_RESULT_OK,
         "MI_Application_NewSession");
    by_wmi();
    by_wmi_found = found;
    by_wmi_values = values;
    must(found >= LEAST, "finding 10,000 files");
    found = values = 0;
    by_mi();
    must(found == by_wmi_found && values == by_wmi_values, "finding as much both ways");
    for (int round = 0; round < ROUNDS; round++)
    {
        wmi[round] = milliseconds(by_wmi, 1);
        mi[round] = milliseconds(by_mi, 1);
        ratio[round] = mi[round] / wmi[round];
    }
    share = median(ratio);
    printf("enumerate %ld files, read their %ld properties (medians of %d rounds)\n", by_wmi_found, by_wmi_values,
           ROUNDS);
    printf("  IWbemServices  %8.1f ms\n", median(wmi));
    printf("  mi.dll         %8.1f ms, %.2f of that   target: at most 1.10: %s\n", median(mi), share,
           share <= 1.10 ? "reached" : "MISSED");
    printf("session: open and close  %.3f microseconds\n", milliseconds(open_and_close, SESSIONS) * 1e3 / SESSIONS);
    printf("an instance of a file: %.0f bytes\n", bytes_of_instance());
    MI_Session_Close(&session, NULL, NULL);
    MI_Application_Close(&application);
    return share > 1.10;
}
