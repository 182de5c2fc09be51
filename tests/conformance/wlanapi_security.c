/*
 * Who may do what.
 */
#include "wlanapi_test.h"

#include <sddl.h>

#define ALL_TO_USERS     L"D:(A;;0x70023;;;AU)"
#define READING_TO_USERS L"D:(A;;0x20001;;;AU)"
#define NOTHING_TO_USERS L"D:(A;;0x70023;;;SY)"

/* What an object has; `text` NULL: anything. */
static BOOL is_set(WLAN_SECURABLE_OBJECT object, const WCHAR *text, DWORD access, WLAN_OPCODE_VALUE_TYPE type)
{
    WLAN_OPCODE_VALUE_TYPE got_type = wlan_opcode_value_type_invalid;
    DWORD granted = 0;
    WCHAR *got = NULL;
    BOOL same;

    if (!GIVES(ERROR_SUCCESS, pWlanGetSecuritySettings(client(), object, &got_type, &got, &granted))) return FALSE;
    note("%ls, %#lx, %d", got, granted, got_type);
    same = (!text || !wcscmp(got, text)) && (granted & access) == access && got_type == type;
    pWlanFreeMemory(got);
    return same;
}

static BOOL set(WLAN_SECURABLE_OBJECT object, const WCHAR *text)
{
    return GIVES(ERROR_SUCCESS, pWlanSetSecuritySettings(client(), object, text));
}

/* Has this thread be a user who is no administrator. */
static BOOL become_plain_user(void)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    SID_AND_ATTRIBUTES administrators = {.Sid = (SID *)sid};
    HANDLE own = NULL, plain = NULL, token = NULL;
    DWORD size = sizeof(sid);
    BOOL good;

    good = CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size) &&
           OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &own) &&
           CreateRestrictedToken(own, 0, 1, &administrators, 0, NULL, 0, NULL, &plain) &&
           DuplicateToken(plain, SecurityImpersonation, &token) && SetThreadToken(NULL, token);
    if (token) CloseHandle(token);
    if (plain) CloseHandle(plain);
    if (own) CloseHandle(own);
    return good;
}

static void settings(void)
{
    CHECK(WlanGetSecuritySettings, ERROR_SUCCESS, "Gets the security settings associated with a configurable object.",
          is_set(wlan_secure_wfd_elevated_access, NULL, WLAN_WRITE_ACCESS, wlan_opcode_value_type_query_only));
    CHECK(WlanSetSecuritySettings, ERROR_SUCCESS,
          "A successful call to the WlanSetSecuritySettings function overrides the default permissions associated with "
          "an object.",
          set(wlan_secure_deny_list, ALL_TO_USERS) &&
              is_set(wlan_secure_deny_list, ALL_TO_USERS, WLAN_WRITE_ACCESS, wlan_opcode_value_type_set_by_user));
    CHECK(WlanGetSecuritySettings, granted, "The caller can read from and execute the object.",
          set(wlan_secure_deny_list, READING_TO_USERS) &&
              is_set(wlan_secure_deny_list, READING_TO_USERS, WLAN_READ_ACCESS, wlan_opcode_value_type_set_by_user));
    CHECK(WlanSetFilterList, ERROR_ACCESS_DENIED,
          "The caller does not have sufficient permissions to set the filter list.",
          GIVES(ERROR_ACCESS_DENIED, pWlanSetFilterList(client(), wlan_filter_list_type_user_deny, NULL, NULL)));
    set(wlan_secure_deny_list, ALL_TO_USERS);
}

static void denials(void)
{
    DOT11_NETWORK_LIST *list = NULL;
    DWORD size, got, value = 1;
    BOOL there, plain;
    WCHAR *text;
    void *data;
    GUID guid;

    there = station(&guid);
    CHECK(WlanGetFilterList, ERROR_ACCESS_DENIED,
          "The caller does not have sufficient permissions to get the filter list.",
          set(wlan_secure_permit_list, NOTHING_TO_USERS) &&
              GIVES(ERROR_ACCESS_DENIED, pWlanGetFilterList(client(), wlan_filter_list_type_user_permit, NULL, &list)));
    set(wlan_secure_permit_list, ALL_TO_USERS);
    CHECK(WlanQueryAutoConfigParameter, ERROR_ACCESS_DENIED,
          "The caller does not have sufficient permissions to get configuration parameters.",
          set(wlan_secure_show_denied, NOTHING_TO_USERS) &&
              GIVES(ERROR_ACCESS_DENIED, pWlanQueryAutoConfigParameter(client(), 1, NULL, &size, &data, NULL)));
    CHECK(
        WlanSetAutoConfigParameter, ERROR_ACCESS_DENIED,
        "This error is returned if the caller does not have sufficient permissions to set the configuration parameter.",
        GIVES(ERROR_ACCESS_DENIED, pWlanSetAutoConfigParameter(client(), 1, 4, &value, NULL)));
    set(wlan_secure_show_denied, ALL_TO_USERS);
    CHECK_IF(
        there, NEEDS_STATION, WlanIhvControl, ERROR_ACCESS_DENIED,
        "If the DACL does not contain an access control entry (ACE) that grants WLAN_WRITE_ACCESS permission to the "
        "access token of the calling thread, then WlanIhvControl returns ERROR_ACCESS_DENIED.",
        set(wlan_secure_ihv_control, READING_TO_USERS) &&
            GIVES(ERROR_ACCESS_DENIED, pWlanIhvControl(client(), &guid, 0, 0, NULL, 0, NULL, &got)));
    set(wlan_secure_ihv_control, ALL_TO_USERS);
    CHECK_IF(there, NEEDS_STATION, WlanSetInterface, ERROR_ACCESS_DENIED,
             "The WlanSet* functions require an ACE that grants the access token of the calling thread "
             "WLAN_WRITE_ACCESS.",
             set(wlan_secure_ac_enabled, READING_TO_USERS) &&
                 GIVES(ERROR_ACCESS_DENIED,
                       pWlanSetInterface(client(), &guid, wlan_intf_opcode_autoconf_enabled, 4, &value, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanQueryInterface, ERROR_ACCESS_DENIED,
             "The WlanGet* and WlanQuery* functions require that the DACL contains an access control entry (ACE) that "
             "grants the access token of the calling thread WLAN_READ_ACCESS.",
             set(wlan_secure_ac_enabled, NOTHING_TO_USERS) &&
                 GIVES(ERROR_ACCESS_DENIED, pWlanQueryInterface(client(), &guid, wlan_intf_opcode_autoconf_enabled,
                                                                NULL, &size, &data, NULL)));
    set(wlan_secure_ac_enabled, ALL_TO_USERS);
    set(wlan_secure_bss_type, NOTHING_TO_USERS);
    client();
    plain = become_plain_user();
    CHECK_IF(plain, "this Wine makes no restricted tokens", WlanSetSecuritySettings, ERROR_ACCESS_DENIED,
             "The caller does not have sufficient permissions.",
             GIVES(ERROR_ACCESS_DENIED, pWlanSetSecuritySettings(client(), wlan_secure_bss_type, ALL_TO_USERS)));
    CHECK_IF(plain, "this Wine makes no restricted tokens", WlanGetSecuritySettings, ERROR_ACCESS_DENIED,
             "The caller does not have sufficient permissions.",
             GIVES(ERROR_ACCESS_DENIED, pWlanGetSecuritySettings(client(), wlan_secure_bss_type, NULL, &text, &got)));
    SetThreadToken(NULL, NULL);
    set(wlan_secure_bss_type, ALL_TO_USERS);
}

static void arguments(void)
{
    HANDLE old = old_client();
    DWORD granted;
    WCHAR *text;

    CHECK(WlanSetSecuritySettings, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL. strModifiedSDDL is NULL. SecurableObject is set to a value greater than or equal to "
          "WLAN_SECURABLE_OBJECT_COUNT.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetSecuritySettings(NULL, 0, ALL_TO_USERS)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetSecuritySettings(client(), 0, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSetSecuritySettings(client(), WLAN_SECURABLE_OBJECT_COUNT, ALL_TO_USERS)));
    CHECK(WlanSetSecuritySettings, text, "A security descriptor string that specifies the new security settings.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetSecuritySettings(client(), 0, L"nonsense")) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetSecuritySettings(client(), 0, L"O:BA")));
    CHECK(WlanSetSecuritySettings, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetSecuritySettings(BAD_HANDLE, 0, ALL_TO_USERS)));
    CHECK(WlanSetSecuritySettings, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanSetSecuritySettings(old, 0, ALL_TO_USERS)));
    CHECK(WlanGetSecuritySettings, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL. pstrCurrentSDDL is NULL. pdwGrantedAccess is NULL. SecurableObject is set to a value "
          "greater than or equal to WLAN_SECURABLE_OBJECT_COUNT.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetSecuritySettings(NULL, 0, NULL, &text, &granted)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetSecuritySettings(client(), 0, NULL, NULL, &granted)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetSecuritySettings(client(), 0, NULL, &text, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetSecuritySettings(client(), 17, NULL, &text, &granted)));
    CHECK(WlanGetSecuritySettings, ERROR_INVALID_HANDLE, "A handle is invalid.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetSecuritySettings(BAD_HANDLE, 0, NULL, &text, &granted)));
    CHECK(WlanGetSecuritySettings, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanGetSecuritySettings(old, 0, NULL, &text, &granted)));
    pWlanCloseHandle(old, NULL);
}

static const struct test_case cases[] = {
    {"settings", settings}, {"denials", denials}, {"arguments", arguments}, {NULL, NULL}};
extern const struct group security_group;
const struct group security_group = {"security", __FILE__, cases};
