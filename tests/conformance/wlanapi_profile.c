/*
 * Profiles: setting, getting, deleting, renaming.
 */
#include "wlanapi_test.h"

#define READ_ONLY  L"D:(A;;0x20001;;;WD)"   /* WLAN_READ_ACCESS for everybody */
#define EXECUTABLE L"D:(A;;0x20021;;;WD)"   /* WLAN_EXECUTE_ACCESS */
#define NOTHING    L"D:(D;;0x10f0023;;;WD)" /* and nothing at all */

static DWORD set(const GUID *guid, const WCHAR *xml, DWORD flags, const WCHAR *security, BOOL overwrite, DWORD *reason)
{
    *reason = 7;
    return pWlanSetProfile(client(), guid, flags, xml, security, overwrite, NULL, reason);
}

static const WCHAR *wpa2(const WCHAR *name)
{
    return profile_xml(name, "WPA2PSK", "AES", "pear or quince");
}

/* Whether the profile's XML, asked for with those flags, has this text in it; `flags` and `granted` are what came. */
static BOOL has(const GUID *guid, const WCHAR *name, DWORD *flags, DWORD *granted, const WCHAR *text)
{
    WCHAR *xml = NULL;
    DWORD error = pWlanGetProfile(client(), guid, name, NULL, &xml, flags, granted);
    BOOL found = !error && wcsstr(xml, text) != NULL;

    note("WlanGetProfile returned %lu", error);
    pWlanFreeMemory(xml);
    return found;
}

static BOOL is_there(const GUID *guid, const WCHAR *name)
{
    DWORD flags = 0;

    return has(guid, name, &flags, NULL, name);
}

/* ---- WlanSetProfile ---- */

static void set_arguments(void)
{
    DWORD reason, reserved;
    HANDLE old = old_client();
    GUID guid;

    station(&guid);
    CHECK(
        WlanSetProfile, ERROR_INVALID_PARAMETER, "One of the following conditions occurred: hClientHandle is NULL ...",
        GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfile(NULL, &guid, 0, wpa2(L"a"), NULL, TRUE, NULL, &reason)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfile(client(), NULL, 0, L"", NULL, TRUE, NULL, &reason)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfile(client(), &guid, 0, NULL, NULL, TRUE, NULL, &reason)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfile(client(), &guid, 0, L"", NULL, TRUE, &reserved, &reason)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfile(client(), &guid, 0, L"", NULL, TRUE, NULL, NULL)));
    CHECK(WlanSetProfile, flags, "dwFlags is not set to one of the specified values.",
          GIVES(ERROR_INVALID_PARAMETER, set(&guid, wpa2(L"a"), 3, NULL, TRUE, &reason)) &&
              GIVES(ERROR_INVALID_PARAMETER, set(&guid, wpa2(L"a"), 0x10000, NULL, TRUE, &reason)));
    CHECK(WlanSetProfile, group_policy, "dwFlags is set to WLAN_PROFILE_GROUP_POLICY and bOverwrite is set to FALSE.",
          GIVES(ERROR_INVALID_PARAMETER, set(&guid, wpa2(L"a"), WLAN_PROFILE_GROUP_POLICY, NULL, FALSE, &reason)));
    CHECK(
        WlanSetProfile, removed,
        "The WlanSetProfile function can fail with ERROR_INVALID_PARAMETER if the wireless interface specified in the "
        "pInterfaceGuid parameter has been removed from the system",
        GIVES(ERROR_INVALID_PARAMETER, set(&unknown_interface, wpa2(L"a"), 0, NULL, TRUE, &reason)));
    CHECK(WlanSetProfile, windows_xp,
          "Windows XP with SP3 and Wireless LAN API for Windows XP with SP2: dwFlags must be 0.",
          GIVES(ERROR_INVALID_PARAMETER,
                pWlanSetProfile(old, &guid, WLAN_PROFILE_USER, wpa2(L"a"), NULL, TRUE, NULL, &reason)));
    CHECK(WlanSetProfile, ERROR_INVALID_HANDLE, "The client's session handle",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetProfile(BAD_HANDLE, &guid, 0, wpa2(L"a"), NULL, TRUE, NULL, &reason)));
    pWlanCloseHandle(old, NULL);
}

static BOOL is_bad(const GUID *guid, const WCHAR *xml, DWORD code, DWORD why)
{
    DWORD reason, error = set(guid, xml, 0, NULL, FALSE, &reason);

    note("returned %lu, expected %lu; reason %#lx, expected %#lx", error, code, reason, why);
    return error == code && reason == why;
}

static void bad_profiles(void)
{
    DWORD reason;
    GUID guid;
    BOOL there = station(&guid);

    CHECK_IF(there, NEEDS_STATION, WlanSetProfile, ERROR_BAD_PROFILE,
             "If this value is returned, pdwReasonCode specifies the reason the profile is invalid.",
             is_bad(&guid, L"<a", ERROR_BAD_PROFILE, WLAN_REASON_CODE_INVALID_PROFILE_SCHEMA) &&
                 is_bad(&guid, L"<a/>", ERROR_BAD_PROFILE, WLAN_REASON_CODE_PROFILE_MISSING) &&
                 is_bad(&guid, wpa2(L""), ERROR_BAD_PROFILE, WLAN_REASON_CODE_INVALID_PROFILE_NAME) &&
                 is_bad(&guid, profile_xml(L"a", "WPA2PSK", "AES", "short"), ERROR_BAD_PROFILE,
                        WLAN_REASON_CODE_MSMSEC_PROFILE_PSK_LENGTH) &&
                 is_bad(&guid, profile_xml(L"a", "WPA2", "AES", NULL), ERROR_BAD_PROFILE,
                        WLAN_REASON_CODE_MSMSEC_PROFILE_ONEX_DISABLED));
    CHECK_IF(there, NEEDS_STATION, WlanSetProfile, ERROR_NO_MATCH,
             "The interface does not support one or more of the capabilities specified in the profile.",
             is_bad(&guid, profile_xml(L"a", "OWE", "AES", NULL), ERROR_NO_MATCH,
                    WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_AUTH) &&
                 is_bad(&guid, profile_xml(L"a", "WPA3SAE", "GCMP256", "pear or quince"), ERROR_NO_MATCH,
                        WLAN_REASON_CODE_MSMSEC_CAPABILITY_PROFILE_CIPHER));
    CHECK_IF(
        there, NEEDS_STATION, WlanSetProfile, ad_hoc,
        "The interface does not support one or more of the capabilities specified in the profile: ad hoc networks.",
        is_bad(&guid, profile_changed(profile_xml(L"a", "open", "none", NULL), L"ESS", L"IBSS"), ERROR_NO_MATCH,
               WLAN_REASON_CODE_BSS_TYPE_UNMATCH));
    CHECK_IF(
        there, NEEDS_STATION, WlanSetProfile, empty_blob, "strProfileXml contains a zero-length ConfigBlob.",
        GIVES(ERROR_INVALID_PARAMETER,
              set(&guid,
                  profile_changed(wpa2(L"a"), L"</MSM>", L"</MSM><x xmlns=\"urn:x\"><ConfigBlob></ConfigBlob></x>"), 0,
                  NULL, TRUE, &reason)));
}

static void setting(void)
{
    DWORD reason;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid);

    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.",
             GIVES(ERROR_SUCCESS, set(&guid, wpa2(L"Attic"), 0, NULL, FALSE, &reason)) &&
                 reason == WLAN_REASON_CODE_SUCCESS && is_there(&guid, L"Attic"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, ERROR_ALREADY_EXISTS,
             "strProfileXml specifies a network that already exists. Typically, this return value is used when "
             "bOverwrite is FALSE",
             GIVES(ERROR_ALREADY_EXISTS, set(&guid, wpa2(L"Attic"), 0, NULL, FALSE, &reason)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, another_kind,
             "if bOverwrite is TRUE and dwFlags specifies a different profile type than the one used by the existing "
             "profile, then the existing profile will not be overwritten and ERROR_ALREADY_EXISTS will be returned.",
             GIVES(ERROR_ALREADY_EXISTS, set(&guid, wpa2(L"Attic"), WLAN_PROFILE_USER, NULL, TRUE, &reason)));
    CHECK_IF(
        there, NOT_FORGOTTEN, WlanSetProfile, replaces,
        "The WlanSetProfile function can be used to add a new wireless LAN profile or replace an existing wireless "
        "LAN profile.",
        GIVES(ERROR_SUCCESS,
              set(&guid, profile_xml(L"Attic", "WPAPSK", "AES", "pear or quince"), 0, NULL, TRUE, &reason)) &&
            has(&guid, L"Attic", NULL, NULL, L"<authentication>WPAPSK<"));
}

static void access_lists(void)
{
    DWORD reason, granted = 0;
    WCHAR *xml = NULL;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !set(&guid, wpa2(L"Read"), 0, READ_ONLY, FALSE, &reason) &&
                 !set(&guid, wpa2(L"Nothing"), 0, NOTHING, FALSE, &reason) &&
                 !set(&guid, wpa2(L"Execute"), 0, EXECUTABLE, FALSE, &reason) &&
                 !set(&guid, wpa2(L"All"), 0, NULL, FALSE, &reason);

    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, ERROR_ACCESS_DENIED,
             "The caller does not have sufficient permissions to set the profile.",
             GIVES(ERROR_ACCESS_DENIED, set(&guid, wpa2(L"Read"), 0, NULL, TRUE, &reason)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanDeleteProfile, ERROR_ACCESS_DENIED,
             "The caller does not have sufficient permissions to delete the profile.",
             GIVES(ERROR_ACCESS_DENIED, pWlanDeleteProfile(client(), &guid, L"Execute", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanRenameProfile, ERROR_ACCESS_DENIED,
             "The caller does not have sufficient permissions to rename the profile.",
             GIVES(ERROR_ACCESS_DENIED, pWlanRenameProfile(client(), &guid, L"Read", L"Write", NULL)));
    CHECK_IF(
        there, NOT_FORGOTTEN, WlanGetProfile, ERROR_ACCESS_DENIED,
        "This error is returned if the pstrProfileXml parameter specifies an all-user profile, but the caller does "
        "not have read access on the profile.",
        GIVES(ERROR_ACCESS_DENIED, pWlanGetProfile(client(), &guid, L"Nothing", NULL, &xml, NULL, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, granted_access, "The access mask of the all-user profile.",
             has(&guid, L"Read", NULL, &granted, L"Read") && granted == WLAN_READ_ACCESS &&
                 has(&guid, L"Execute", NULL, &granted, L"Execute") && granted == WLAN_EXECUTE_ACCESS &&
                 has(&guid, L"All", NULL, &granted, L"All") && granted == WLAN_WRITE_ACCESS);
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, security_string,
             "Sets the security descriptor string on the all-user profile.",
             GIVES(ERROR_INVALID_PARAMETER, set(&guid, wpa2(L"b"), 0, L"no descriptor", FALSE, &reason)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, security_ignored,
             "If dwFlags is set to WLAN_PROFILE_USER, this parameter is ignored.",
             GIVES(ERROR_SUCCESS, set(&guid, wpa2(L"Mine"), WLAN_PROFILE_USER, NOTHING, FALSE, &reason)) &&
                 is_there(&guid, L"Mine"));
    CHECK_IF(
        there, NOT_FORGOTTEN, WlanSetProfile, permissions_kept,
        "If this parameter is set to NULL for an existing all-user profile, the permissions of the profile are not "
        "changed.",
        GIVES(ERROR_SUCCESS, set(&guid, wpa2(L"All"), 0, READ_ONLY, TRUE, &reason)) &&
            GIVES(ERROR_ACCESS_DENIED, set(&guid, wpa2(L"All"), 0, NULL, TRUE, &reason)));
    forget_profiles();
}

/* ---- WlanGetProfile ---- */

static void getting(void)
{
    DWORD reserved, flags = WLAN_PROFILE_GET_PLAINTEXT_KEY, none = 0;
    WCHAR *xml;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic");

    CHECK(WlanGetProfile, ERROR_INVALID_PARAMETER,
          "A parameter is incorrect. This error is returned if any of the following conditions occur:",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfile(NULL, &guid, L"Attic", NULL, &xml, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfile(client(), NULL, L"Attic", NULL, &xml, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfile(client(), &guid, NULL, NULL, &xml, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfile(client(), &guid, L"a", NULL, NULL, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfile(client(), &guid, L"a", &reserved, &xml, NULL, NULL)));
    CHECK(WlanGetProfile, ERROR_INVALID_HANDLE,
          "This error is returned if the handle specified in the hClientHandle parameter was not found in the handle "
          "table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetProfile(BAD_HANDLE, &guid, L"Attic", NULL, &xml, NULL, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, ERROR_NOT_FOUND,
             "The profile specified by strProfileName was not found.",
             GIVES(ERROR_NOT_FOUND, pWlanGetProfile(client(), &guid, L"House", NULL, &xml, NULL, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, case_sensitive, "Profile names are case-sensitive.",
             GIVES(ERROR_NOT_FOUND, pWlanGetProfile(client(), &guid, L"attic", NULL, &xml, NULL, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, encrypted,
             "By default, the keyMaterial element returned in the profile pointed to by the pstrProfileXml is "
             "encrypted.",
             has(&guid, L"Attic", NULL, NULL, L"<protected>true</protected>") &&
                 !has(&guid, L"Attic", &none, NULL, L"quince"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, WLAN_PROFILE_GET_PLAINTEXT_KEY,
             "On input, this flag indicates that the caller wants to retrieve the plain text key from a wireless "
             "profile.",
             has(&guid, L"Attic", &flags, NULL, L"<protected>false</protected><keyMaterial>pear or quince<") &&
                 flags == 0);
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.", is_there(&guid, L"Attic"));
}

/* What was got is set again, as programs do that change a profile. */
static void got_and_set_again(void)
{
    DWORD reason, flags = WLAN_PROFILE_GET_PLAINTEXT_KEY, error;
    WCHAR *xml = NULL;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic") &&
                 !pWlanGetProfile(client(), &guid, L"Attic", NULL, &xml, NULL, NULL) &&
                 !pWlanDeleteProfile(client(), &guid, L"Attic", NULL);

    error = there ? set(&guid, xml, 0, NULL, FALSE, &reason) : ERROR_NOT_READY;
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, encrypted_key,
             "Before the profile is saved in the profile store, the key material is automatically encrypted: what "
             "WlanGetProfile returned is accepted.",
             GIVES(ERROR_SUCCESS, error) && has(&guid, L"Attic", &flags, NULL, L">pear or quince<"));
    pWlanFreeMemory(xml);
    flags = WLAN_PROFILE_GET_PLAINTEXT_KEY;
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, wep_key,
             "in the profile returned by the WlanGetProfile function, the plaintext WEP key is always returned as 10 "
             "hexadecimal characters.",
             GIVES(ERROR_SUCCESS, set(&guid, profile_xml(L"Old", "open", "WEP", "apple"), 0, NULL, FALSE, &reason)) &&
                 has(&guid, L"Old", &flags, NULL, L">6170706c65<"));
}

static void flags_of_profiles(void)
{
    DWORD reason, user = 0, policy = 0;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) &&
                 !set(&guid, wpa2(L"Mine"), WLAN_PROFILE_USER, NULL, FALSE, &reason) &&
                 !set(&guid, wpa2(L"Policy"), WLAN_PROFILE_GROUP_POLICY, NULL, TRUE, &reason);

    CHECK_IF(
        there, NOT_FORGOTTEN, WlanGetProfile, WLAN_PROFILE_USER,
        "this flag indicates that the profile is a user profile for the specific user in whose context the calling "
        "thread resides.",
        has(&guid, L"Mine", &user, NULL, L"Mine") && user == WLAN_PROFILE_USER);
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, WLAN_PROFILE_GROUP_POLICY,
             "A group policy profile is read-only. Neither the content nor the preference order of the profile can be "
             "changed.",
             has(&guid, L"Policy", &policy, NULL, L"Policy") && policy == WLAN_PROFILE_GROUP_POLICY &&
                 GIVES(ERROR_ACCESS_DENIED, pWlanDeleteProfile(client(), &guid, L"Policy", NULL)) &&
                 GIVES(ERROR_ALREADY_EXISTS, set(&guid, wpa2(L"Policy"), 0, NULL, TRUE, &reason)));
    forget_profiles();
}

/* ---- Deleting, renaming ---- */

static void deleting(void)
{
    DWORD reserved;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic");

    CHECK(WlanDeleteProfile, ERROR_INVALID_PARAMETER,
          "The hClientHandle parameter is NULL or not valid, the pInterfaceGuid parameter is NULL, the strProfileName "
          "parameter is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanDeleteProfile(NULL, &guid, L"Attic", NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanDeleteProfile(client(), NULL, L"Attic", NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanDeleteProfile(client(), &guid, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanDeleteProfile(client(), &guid, L"Attic", &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanDeleteProfile(client(), &unknown_interface, L"Attic", NULL)));
    CHECK(WlanDeleteProfile, ERROR_INVALID_HANDLE,
          "The handle specified in the hClientHandle parameter was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanDeleteProfile(BAD_HANDLE, &guid, L"Attic", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanDeleteProfile, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.",
             GIVES(ERROR_SUCCESS, pWlanDeleteProfile(client(), &guid, L"Attic", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanDeleteProfile, ERROR_NOT_FOUND,
             "The wireless profile specified by strProfileName was not found in the profile store.",
             GIVES(ERROR_NOT_FOUND, pWlanDeleteProfile(client(), &guid, L"Attic", NULL)));
}

static void renaming(void)
{
    static WCHAR too_long[260];
    HANDLE old = old_client();
    DWORD reserved;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic") && !add_profile(&guid, L"Barn");

    CHECK(WlanRenameProfile, ERROR_INVALID_PARAMETER, "hClientHandle is NULL or not valid, pInterfaceGuid is NULL",
          GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(NULL, &guid, L"Attic", L"b", NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(client(), NULL, L"Attic", L"b", NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(client(), &guid, NULL, L"b", NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(client(), &guid, L"Attic", NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(client(), &guid, L"Attic", L"b", &reserved)));
    CHECK(WlanRenameProfile, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanRenameProfile(BAD_HANDLE, &guid, L"Attic", L"b", NULL)));
    CHECK(WlanRenameProfile, ERROR_NOT_SUPPORTED,
          "This value will be returned if this function was called from a Windows XP with SP3 or Wireless LAN API for "
          "Windows XP with SP2 client.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanRenameProfile(old, &guid, L"Attic", L"b", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanRenameProfile, ERROR_NOT_FOUND,
             "The profile specified by strOldProfileName was not found in the profile store.",
             GIVES(ERROR_NOT_FOUND, pWlanRenameProfile(client(), &guid, L"House", L"b", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanRenameProfile, taken, "Renames the specified profile: not over another one.",
             GIVES(ERROR_ALREADY_EXISTS, pWlanRenameProfile(client(), &guid, L"Attic", L"Barn", NULL)));
    for (int i = 0; i < 256; i++)
        too_long[i] = L'n';
    CHECK_IF(there, NOT_FORGOTTEN, WlanRenameProfile, length,
             "The maximum length of the profile name is 255 characters.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(client(), &guid, L"Attic", too_long, NULL)) &&
                 GIVES(ERROR_INVALID_PARAMETER, pWlanRenameProfile(client(), &guid, L"Attic", L"", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanRenameProfile, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.",
             GIVES(ERROR_SUCCESS, pWlanRenameProfile(client(), &guid, L"Attic",
                                                     L"Dach\x00e4"
                                                     L"ble \xd83c\xdfe0",
                                                     NULL)) &&
                 is_there(&guid, L"Dach\x00e4"
                                 L"ble \xd83c\xdfe0") &&
                 !is_there(&guid, L"Attic"));
    pWlanCloseHandle(old, NULL);
}

/* ---- Other processes, other services ---- */

static DWORD run_child(void)
{
    char path[MAX_PATH], command[MAX_PATH * 2];
    STARTUPINFOA startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION child;
    DWORD code = 99;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(command, sizeof(command), "\"%s\" --exit profile", path);
    if (!CreateProcessA(path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &child)) return code;
    if (WaitForSingleObject(child.hProcess, LONG_TIME) != WAIT_OBJECT_0) TerminateProcess(child.hProcess, 5);
    GetExitCodeProcess(child.hProcess, &code);
    CloseHandle(child.hThread);
    CloseHandle(child.hProcess);
    return code;
}

static void kept(void)
{
    DWORD flags = WLAN_PROFILE_GET_PLAINTEXT_KEY;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid), ended;

    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfile, other_process,
             "retrieves all information about a specified wireless profile: of one that another process has set.",
             GIVES(42, run_child()) && has(&guid, L"Other process", NULL, NULL, L"Other process"));
    ended = there && end_service();
    for (int i = 0; ended && i < LONG_TIME / 10 && !station(&guid); i++)
        Sleep(10);
    CHECK_IF(ended, NOBODY_ENDS_IT, WlanGetProfile, next_service,
             "retrieves all information about a specified wireless profile: after the service was started anew.",
             has(&guid, L"Other process", &flags, NULL, L">pear or quince<"));
    forget_profiles();
}

static const struct test_case cases[] = {{"set_arguments", set_arguments},
                                         {"bad_profiles", bad_profiles},
                                         {"setting", setting},
                                         {"access_lists", access_lists},
                                         {"getting", getting},
                                         {"got_and_set_again", got_and_set_again},
                                         {"flags_of_profiles", flags_of_profiles},
                                         {"deleting", deleting},
                                         {"renaming", renaming},
                                         {"kept", kept},
                                         {NULL, NULL}};
extern const struct group profile_group;
const struct group profile_group = {"profile", __FILE__, cases};
