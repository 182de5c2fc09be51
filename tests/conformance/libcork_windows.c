/*
 * What of libcork only Windows has: settings from the registry in both views, the own-thread list where the thread's
 * own storage slots are used up, the stub that raises an exception. Prints TAP.
 */
#include <stdio.h>
#include <string.h>
#include <windows.h>

#include "common/handle_table.h"
#include "common/settings.h"
#include "common/thread_pins.h"
#include "common/unimplemented.h"

static const struct cork_setting list[] = {
    {.name = "Number", .type = CORK_SETTING_DWORD, .number = 5, .min = 1, .max = 1000, .description = "a number"},
    {.name = "Text", .type = CORK_SETTING_STRING, .string = "default", .description = "a text"},
};
static const struct cork_settings settings = {"libcork_test", list, 2};
static int number, failed;

static void ok(int passed, const char *what)
{
    printf("%s %d - %s\n", passed ? "ok" : "not ok", ++number, what);
    failed |= !passed;
    fflush(stdout);
}

static int text_is(const char *expected)
{
    char text[CORK_SETTING_STRING_MAX];

    return cork_setting_string(&settings, "Text", text, sizeof(text)) == strlen(expected) && !strcmp(text, expected);
}

static void set_value(HKEY key, const WCHAR *name, DWORD type, const void *data, DWORD size)
{
    if (RegSetValueExW(key, name, 0, type, data, size)) printf("# cannot write the registry\n");
}

static void test_settings(void)
{
    static const WCHAR path[] = L"Software\\Cork\\libcork_test";
    static const WCHAR text[] = L"gr\x00fc\x00df dich", digits[] = L"0x3e8";
    static WCHAR huge[5000];
    DWORD value = 77, big = 1001;
    HKEY key;

    SetLastError(4711);
    ok(cork_setting_dword(&settings, "Number") == 5 && text_is("default"), "default where there is no key");
    ok(GetLastError() == 4711, "settings keep the last error");
    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS | KEY_WOW64_64KEY, NULL, &key, NULL))
        printf("# cannot make the key\n");
    ok(cork_setting_dword(&settings, "Number") == 5 && text_is("default"), "default where the key has no value");
    set_value(key, L"Number", REG_DWORD, &value, sizeof(value));
    set_value(key, L"Text", REG_SZ, text, sizeof(text));
    ok(cork_setting_dword(&settings, "Number") == 77, "REG_DWORD, from the 64-bit view in both bitnesses");
    ok(text_is("gr\xc3\xbc\xc3\x9f dich"), "REG_SZ as UTF-8");
    set_value(key, L"Number", REG_SZ, digits, sizeof(digits));
    ok(cork_setting_dword(&settings, "Number") == 1000, "a number as text");
    set_value(key, L"Number", REG_DWORD, &big, sizeof(big));
    ok(cork_setting_dword(&settings, "Number") == 5, "default where the number is out of range");
    set_value(key, L"Number", REG_BINARY, &value, 3);
    ok(cork_setting_dword(&settings, "Number") == 5, "default where the type is another");
    set_value(key, L"Text", REG_SZ, text, 4);
    ok(text_is("gr"), "REG_SZ without its terminating 0");
    for (int i = 0; i < 5000; i++)
        huge[i] = 'x';
    set_value(key, L"Text", REG_SZ, huge, sizeof(huge));
    ok(text_is("default"), "default where the text is too long");
    SetEnvironmentVariableW(L"CORK_LIBCORK_TEST_NUMBER", L"9");
    SetEnvironmentVariableW(L"CORK_LIBCORK_TEST_TEXT", L"\x20ac");
    ok(cork_setting_dword(&settings, "Number") == 9 && text_is("\xe2\x82\xac"), "the environment wins");
    SetEnvironmentVariableW(L"CORK_LIBCORK_TEST_TEXT", L"");
    ok(text_is(""), "an empty variable is a value");
    RegCloseKey(key);
    RegDeleteKeyExW(HKEY_LOCAL_MACHINE, path, KEY_WOW64_64KEY, 0);
}

static void test_own_thread(const char *what)
{
    static const struct cork_handle_type type = {"thing", NULL, NULL};
    struct cork_handle_table *table =
        cork_handle_table_create(&(struct cork_handle_table_config){.types = &type, .type_count = 1});
    struct cork_pin pin, second;
    void *handle;
    int thing, passed;

    passed = cork_handle_open(table, 1, &thing, &handle, NULL) == CORK_OK;
    SetLastError(4712);
    if (passed && cork_handle_acquire(table, handle, 1, &pin) && cork_handle_acquire(table, handle, 1, &second))
    {
        passed = cork_handle_close_and_wait(table, handle, 1) == CORK_OWN_PIN;
        cork_pin_release(&pin);
        cork_pin_release(&second);
    }
    else
    {
        passed = 0;
    }
    passed = passed && GetLastError() == 4712;
    passed = passed && cork_handle_close_and_wait(table, handle, 1) == CORK_OK;
    cork_handle_table_destroy(table);
    ok(passed, what);
}

/* --- the stub --- */

static const char *stub_module, *stub_function;
static DWORD stub_flags;

static LONG CALLBACK catch_stub(EXCEPTION_POINTERS *exception)
{
    const EXCEPTION_RECORD *record = exception->ExceptionRecord;

    if (record->ExceptionCode != 0x80000100 || record->NumberParameters != 2) return EXCEPTION_CONTINUE_SEARCH;
    stub_module = (const char *)record->ExceptionInformation[0];
    stub_function = (const char *)record->ExceptionInformation[1];
    stub_flags = record->ExceptionFlags;
    ExitThread(1);
}

static DWORD WINAPI call_stub(void *argument)
{
    (void)argument;
    __wine_spec_unimplemented_stub("module.dll", "Function");
}

static void test_stub(void)
{
    void *handler = AddVectoredExceptionHandler(1, catch_stub);
    HANDLE thread = CreateThread(NULL, 0, call_stub, NULL, 0, NULL);

    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    RemoveVectoredExceptionHandler(handler);
    ok(stub_module && !strcmp(stub_module, "module.dll") && !strcmp(stub_function, "Function"),
       "stub raises EXCEPTION_WINE_STUB with module and function");
    ok(stub_flags & EXCEPTION_NONCONTINUABLE, "the stub's exception is not continuable");
}

int main(void)
{
    size_t offset = cork_thread_pins_teb_offset;

    printf("1..16\n");
    test_settings();
    test_own_thread("own-thread list in the thread's own storage slots");
    /* What happens where TlsAlloc gave an index beyond those. */
    cork_thread_pins_teb_offset = 0;
    test_own_thread("own-thread list by TlsGetValue, keeping the last error");
    cork_thread_pins_teb_offset = offset;
    test_stub();
    return failed;
}
