/*
 * An instance of mi.dll against WMI's own IWbemClassObject: make one, set its elements, read them back, delete it.
 *
 * Wine's WMI makes objects from its classes' methods only, so both do what is possible there: three elements, a number
 * and two texts (the parameters of StdRegProv.GetStringValue). The tests of ten elements are mi.dll's alone. Rounds
 * alternate; printed are the medians of the times, and of the ratios within a round. Ends with 1 where the target was
 * missed.
 */
#define COBJMACROS
#include <windows.h>
#include <wbemcli.h>

#include <mi.h>

#include <stdio.h>
#include <stdlib.h>

enum
{
    ROUNDS = 9,
    COUNT = 20000
};

static IWbemClassObject *parameters;
static MI_Application application;

static void must(int good, const char *what)
{
    if (good) return;
    fprintf(stderr, "bench_mi: %s failed\n", what);
    exit(2);
}

static void connect_wmi(void)
{
    IWbemLocator *locator;
    IWbemServices *services;
    IWbemClassObject *class;
    BSTR path = SysAllocString(L"root\\default"), name = SysAllocString(L"StdRegProv");

    must(SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED)), "CoInitializeEx");
    must(SUCCEEDED(
             CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator, (void **)&locator)),
         "CoCreateInstance");
    must(SUCCEEDED(IWbemLocator_ConnectServer(locator, path, NULL, NULL, NULL, 0, NULL, NULL, &services)),
         "ConnectServer");
    must(SUCCEEDED(IWbemServices_GetObject(services, name, 0, NULL, &class, NULL)), "GetObject");
    must(SUCCEEDED(IWbemClassObject_GetMethod(class, L"GetStringValue", 0, &parameters, NULL)), "GetMethod");
    SysFreeString(path);
    SysFreeString(name);
}

/* ---- The two ways ------------------------------------------------------------------------------------------------ */

static void put_text(IWbemClassObject *object, const WCHAR *name, const WCHAR *text)
{
    VARIANT value;

    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(text);
    must(SUCCEEDED(IWbemClassObject_Put(object, name, 0, &value, 0)), "Put");
    VariantClear(&value);
}

static void read_back(IWbemClassObject *object, const WCHAR *name)
{
    VARIANT value;

    VariantInit(&value);
    must(SUCCEEDED(IWbemClassObject_Get(object, name, 0, &value, NULL, NULL)), "Get");
    VariantClear(&value);
}

static void by_wmi(void)
{
    IWbemClassObject *object;
    VARIANT number;

    must(SUCCEEDED(IWbemClassObject_SpawnInstance(parameters, 0, &object)), "SpawnInstance");
    V_VT(&number) = VT_I4;
    V_I4(&number) = (LONG)0x80000002;
    must(SUCCEEDED(IWbemClassObject_Put(object, L"hDefKey", 0, &number, 0)), "Put");
    put_text(object, L"sSubKeyName", L"Software\\Microsoft");
    put_text(object, L"sValueName", L"ProductName");
    read_back(object, L"hDefKey");
    read_back(object, L"sSubKeyName");
    read_back(object, L"sValueName");
    IWbemClassObject_Release(object);
}

static void add(MI_Instance *instance, const MI_Char *name, MI_Value value, MI_Type type)
{
    must(MI_Instance_AddElement(instance, name, &value, type, 0) == MI_RESULT_OK, "MI_Instance_AddElement");
}

static void get(const MI_Instance *instance, const MI_Char *name)
{
    MI_Value value;
    MI_Type type;
    MI_Uint32 flags;

    must(MI_Instance_GetElement(instance, name, &value, &type, &flags, NULL) == MI_RESULT_OK, "MI_Instance_GetElement");
}

static MI_Instance *new_instance(void)
{
    MI_Instance *instance = NULL;

    must(MI_Application_NewInstance(&application, MI_T("__PARAMETERS"), NULL, &instance) == MI_RESULT_OK,
         "MI_Application_NewInstance");
    return instance;
}

static void by_mi(void)
{
    MI_Instance *instance = new_instance();

    add(instance, MI_T("hDefKey"), (MI_Value){.uint32 = 0x80000002}, MI_UINT32);
    add(instance, MI_T("sSubKeyName"), (MI_Value){.string = (MI_Char *)MI_T("Software\\Microsoft")}, MI_STRING);
    add(instance, MI_T("sValueName"), (MI_Value){.string = (MI_Char *)MI_T("ProductName")}, MI_STRING);
    get(instance, MI_T("hDefKey"));
    get(instance, MI_T("sSubKeyName"));
    get(instance, MI_T("sValueName"));
    MI_Instance_Delete(instance);
}

static void ten_by_mi(void)
{
    static const MI_Char *const names[] = {MI_T("Name"),   MI_T("Caption"), MI_T("Description"), MI_T("Size"),
                                           MI_T("Status"), MI_T("Owner"),   MI_T("Path"),        MI_T("Version"),
                                           MI_T("Count"),  MI_T("State")};
    MI_Instance *instance = new_instance();

    for (size_t i = 0; i < MI_COUNT(names); i++)
        if (i % 2)
            add(instance, names[i], (MI_Value){.uint32 = (MI_Uint32)i}, MI_UINT32);
        else
            add(instance, names[i], (MI_Value){.string = (MI_Char *)names[i]}, MI_STRING);
    for (size_t i = 0; i < MI_COUNT(names); i++)
        get(instance, names[i]);
    MI_Instance_Delete(instance);
}

/* ---- Measuring --------------------------------------------------------------------------------------------------- */

static double microseconds(void (*way)(void))
{
    LARGE_INTEGER frequency, before, after;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&before);
    for (int i = 0; i < COUNT; i++)
        way();
    QueryPerformanceCounter(&after);
    return (double)(after.QuadPart - before.QuadPart) * 1e6 / (double)frequency.QuadPart / COUNT;
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

int main(void)
{
    double wmi[ROUNDS], mi[ROUNDS], ten[ROUNDS], ratio[ROUNDS], share;

    connect_wmi();
    must(MI_Application_Initialize(0, NULL, NULL, &application) == MI_RESULT_OK, "MI_Application_Initialize");
    for (int round = 0; round < ROUNDS; round++)
    {
        wmi[round] = microseconds(by_wmi);
        mi[round] = microseconds(by_mi);
        ten[round] = microseconds(ten_by_mi);
        ratio[round] = wmi[round] / mi[round];
    }
    share = median(ratio);
    printf("an object: make, set 3 elements, read them, delete (medians of %d rounds)\n", ROUNDS);
    printf("  IWbemClassObject  %7.3f microseconds\n", median(wmi));
    printf("  MI_Instance       %7.3f microseconds, %.1f times as fast   target: at least 3: %s\n", median(mi), share,
           share >= 3 ? "reached" : "MISSED");
    printf("  MI_Instance, 10   %7.3f microseconds\n", median(ten));
    MI_Application_Close(&application);
    return share < 3;
}
