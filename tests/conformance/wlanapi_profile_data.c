/*
 * Profiles: custom user data, credentials for 802.1X, temporary profiles.
 */
#include "wlanapi_story.h"

static BYTE bytes[] = {1, 0, 2};

static DWORD set_data(const GUID *guid, const WCHAR *name, DWORD size)
{
    return pWlanSetProfileCustomUserData(client(), guid, name, size, bytes, NULL);
}

/* Whether the data are what set_data has set. */
static BOOL data_are(const GUID *guid, const WCHAR *name)
{
    BYTE *data = NULL;
    DWORD size = 0;
    BOOL same = GIVES(ERROR_SUCCESS, pWlanGetProfileCustomUserData(client(), guid, name, NULL, &size, &data)) &&
                size == sizeof(bytes) && !memcmp(data, bytes, sizeof(bytes));

    pWlanFreeMemory(data);
    return same;
}

static DWORD no_data(const GUID *guid, const WCHAR *name)
{
    DWORD size;
    BYTE *data;

    return pWlanGetProfileCustomUserData(client(), guid, name, NULL, &size, &data);
}

static void setting_data(void)
{
    HANDLE old = old_client();
    DWORD reserved;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic");

    CHECK(
        WlanSetProfileCustomUserData, ERROR_INVALID_PARAMETER, "dwDataSize is not 0 and pData is NULL. ...",
        GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileCustomUserData(NULL, &guid, L"Attic", 3, bytes, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileCustomUserData(client(), NULL, L"Attic", 3, bytes, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileCustomUserData(client(), &guid, NULL, 3, bytes, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileCustomUserData(client(), &guid, L"a", 3, NULL, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileCustomUserData(client(), &guid, L"a", 3, bytes, &reserved)) &&
            GIVES(ERROR_INVALID_PARAMETER,
                  pWlanSetProfileCustomUserData(client(), &unknown_interface, L"a", 3, bytes, NULL)));
    CHECK(WlanSetProfileCustomUserData, ERROR_INVALID_HANDLE,
          "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetProfileCustomUserData(BAD_HANDLE, &guid, L"a", 3, bytes, NULL)));
    CHECK(WlanSetProfileCustomUserData, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanSetProfileCustomUserData(old, &guid, L"a", 3, bytes, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileCustomUserData, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.",
             GIVES(ERROR_SUCCESS, set_data(&guid, L"Attic", sizeof(bytes))) && data_are(&guid, L"Attic"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileCustomUserData, reset,
             "The custom user data gets reset to empty any time the profile is modified by calling the WlanSetProfile "
             "function.",
             GIVES(ERROR_SUCCESS, add_profile(&guid, L"Attic")) &&
                 GIVES(ERROR_FILE_NOT_FOUND, no_data(&guid, L"Attic")));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileCustomUserData, no_profile,
             "The name of the profile associated with the custom user data.",
             GIVES(ERROR_NOT_FOUND, set_data(&guid, L"House", sizeof(bytes))));
    pWlanCloseHandle(old, NULL);
}

static void getting_data(void)
{
    HANDLE old = old_client();
    DWORD reserved, size;
    BYTE *data;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic");

    CHECK(
        WlanGetProfileCustomUserData, ERROR_INVALID_PARAMETER,
        "The hClientHandle parameter is NULL or not valid, the pInterfaceGuid parameter is NULL, ...",
        GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileCustomUserData(NULL, &guid, L"a", NULL, &size, &data)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileCustomUserData(client(), NULL, L"a", NULL, &size, &data)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileCustomUserData(client(), &guid, NULL, NULL, &size, &data)) &&
            GIVES(ERROR_INVALID_PARAMETER,
                  pWlanGetProfileCustomUserData(client(), &guid, L"a", &reserved, &size, &data)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileCustomUserData(client(), &guid, L"a", NULL, NULL, &data)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileCustomUserData(client(), &guid, L"a", NULL, &size, NULL)));
    CHECK(WlanGetProfileCustomUserData, ERROR_INVALID_HANDLE,
          "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetProfileCustomUserData(BAD_HANDLE, &guid, L"a", NULL, &size, &data)));
    CHECK(WlanGetProfileCustomUserData, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanGetProfileCustomUserData(old, &guid, L"a", NULL, &size, &data)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfileCustomUserData, ERROR_FILE_NOT_FOUND,
             "This error is returned if no user custom data exists for the profile specified.",
             GIVES(ERROR_FILE_NOT_FOUND, no_data(&guid, L"Attic")));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfileCustomUserData, ERROR_SUCCESS,
             "Once custom user data has been set, this data can be accessed using the WlanGetProfileCustomUserData "
             "function.",
             GIVES(ERROR_SUCCESS, set_data(&guid, L"Attic", sizeof(bytes))) && data_are(&guid, L"Attic"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfileCustomUserData, none_again,
             "This custom user data is initially non-existent: and again when no bytes are set.",
             GIVES(ERROR_SUCCESS, set_data(&guid, L"Attic", 0)) &&
                 GIVES(ERROR_FILE_NOT_FOUND, no_data(&guid, L"Attic")));
    pWlanCloseHandle(old, NULL);
}

/* ---- 802.1X ---- */

static void eap_data(void)
{
    const WLAN_SET_EAPHOST_FLAGS everybody = WLAN_SET_EAPHOST_DATA_ALL_USERS, none = 0;
    static const EAP_METHOD_TYPE type;
    HANDLE old = old_client();
    DWORD reserved, reason;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic") &&
                 !pWlanSetProfile(client(), &guid, 0, profile_xml(L"Read", "open", "none", NULL),
                                  L"D:(A;;0x20001;;;WD)", FALSE, NULL, &reason);

    CHECK(WlanSetProfileEapUserData, ERROR_INVALID_PARAMETER,
          "this error is returned if the pbEapUserData parameter is NULL, but the dwEapUserDataSize parameter is not 0 "
          "or the dwFlags parameter does not contain WLAN_SET_EAPHOST_DATA_ALL_USERS.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileEapUserData(NULL, &guid, L"a", type, none, 3, bytes, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSetProfileEapUserData(client(), NULL, L"a", type, none, 3, bytes, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSetProfileEapUserData(client(), &guid, NULL, type, none, 3, bytes, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSetProfileEapUserData(client(), &guid, L"a", type, none, 3, bytes, &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSetProfileEapUserData(client(), &guid, L"a", type, everybody, 3, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSetProfileEapUserData(client(), &guid, L"a", type, none, 0, NULL, NULL)));
    CHECK(WlanSetProfileEapUserData, ERROR_INVALID_HANDLE,
          "This error is returned if the handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetProfileEapUserData(BAD_HANDLE, &guid, L"a", type, none, 3, bytes, NULL)));
    CHECK_IF(
        there, NOT_FORGOTTEN, WlanSetProfileEapUserData, ERROR_NOT_SUPPORTED,
        "this value is returned if the WlanSetProfileEapUserData function was called on a profile that uses a "
        "method other than 802.1X for authentication.",
        GIVES(ERROR_NOT_SUPPORTED, pWlanSetProfileEapUserData(client(), &guid, L"Attic", type, none, 3, bytes, NULL)) &&
            GIVES(ERROR_NOT_SUPPORTED,
                  pWlanSetProfileEapUserData(client(), &guid, L"Attic", type, everybody, 0, NULL, NULL)) &&
            GIVES(ERROR_NOT_SUPPORTED, pWlanSetProfileEapUserData(old, &guid, L"Attic", type, none, 3, bytes, NULL)));
    CHECK_IF(
        there, NOT_FORGOTTEN, WlanSetProfileEapUserData, ERROR_ACCESS_DENIED,
        "This value is returned if the caller does not have write access to the profile.",
        GIVES(ERROR_ACCESS_DENIED, pWlanSetProfileEapUserData(client(), &guid, L"Read", type, none, 3, bytes, NULL)));
    pWlanCloseHandle(old, NULL);
    forget_profiles();
}

static void eap_xml(void)
{
    const WLAN_SET_EAPHOST_FLAGS none = 0;
    DWORD reserved, reason;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"Attic") &&
                 !pWlanSetProfile(client(), &guid, 0, profile_xml(L"Read", "open", "none", NULL),
                                  L"D:(A;;0x20001;;;WD)", FALSE, NULL, &reason);

    CHECK(
        WlanSetProfileEapXmlUserData, ERROR_INVALID_PARAMETER,
        "A parameter is incorrect. This value is returned if any of the following conditions occur:",
        GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileEapXmlUserData(NULL, &guid, L"a", none, L"<a/>", NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileEapXmlUserData(client(), NULL, L"a", none, L"", NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileEapXmlUserData(client(), &guid, NULL, none, L"", NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileEapXmlUserData(client(), &guid, L"a", none, NULL, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileEapXmlUserData(client(), &guid, L"a", none, L"", &reserved)));
    CHECK(WlanSetProfileEapXmlUserData, ERROR_INVALID_HANDLE,
          "This error is returned if the handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetProfileEapXmlUserData(BAD_HANDLE, &guid, L"a", none, L"", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileEapXmlUserData, ERROR_NOT_SUPPORTED,
             "this value is returned if the WlanSetProfileEapXmlUserData function was called on a profile that uses a "
             "method other than 802.1X for authentication.",
             GIVES(ERROR_NOT_SUPPORTED, pWlanSetProfileEapXmlUserData(client(), &guid, L"Attic", none, L"<a/>", NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileEapXmlUserData, ERROR_ACCESS_DENIED,
             "This value is returned if the caller does not have write access to the profile.",
             GIVES(ERROR_ACCESS_DENIED, pWlanSetProfileEapXmlUserData(client(), &guid, L"Read", none, L"<a/>", NULL)));
    forget_profiles();
}

/* ---- Temporary profiles ---- */

static void temporary(void)
{
    HANDLE old = old_client();
    DWORD reserved;
    GUID guid;
    BOOL there = station(&guid);

    CHECK(WlanSaveTemporaryProfile, ERROR_INVALID_PARAMETER,
          "dwFlags is not set to a combination of one or more of the values specified in the table above. ...",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSaveTemporaryProfile(NULL, &guid, L"a", NULL, 0, FALSE, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSaveTemporaryProfile(client(), NULL, L"a", NULL, 0, FALSE, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanSaveTemporaryProfile(client(), &guid, L"a", NULL, 0, FALSE, &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSaveTemporaryProfile(client(), &guid, L"a", NULL, 1, FALSE, NULL)));
    CHECK(WlanSaveTemporaryProfile, name,
          "dwFlags is set to WLAN_PROFILE_CONNECTION_MODE_AUTO and strProfileName is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSaveTemporaryProfile(client(), &guid, NULL, NULL,
                                                                   WLAN_PROFILE_CONNECTION_MODE_AUTO, FALSE, NULL)));
    CHECK(WlanSaveTemporaryProfile, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSaveTemporaryProfile(BAD_HANDLE, &guid, L"a", NULL, 0, FALSE, NULL)));
    CHECK(WlanSaveTemporaryProfile, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanSaveTemporaryProfile(old, &guid, L"a", NULL, 0, FALSE, NULL)));
    CHECK_IF(there, NEEDS_STATION, WlanSaveTemporaryProfile, ERROR_INVALID_STATE,
             "The interface is not currently connected using a temporary profile.",
             GIVES(ERROR_INVALID_STATE, pWlanSaveTemporaryProfile(client(), &guid, L"a", NULL, 0, FALSE, NULL)));
    pWlanCloseHandle(old, NULL);
}

/* Connects by a profile that is kept nowhere. */
static DWORD connect_temporary(const GUID *guid)
{
    const WCHAR *xml = profile_xml(L"Temporary", "WPA2PSK", "AES", "right key!");
    WLAN_CONNECTION_PARAMETERS parameters = {.wlanConnectionMode = wlan_connection_mode_temporary_profile,
                                             .strProfile = (WCHAR *)profile_changed(xml, L"Orchard", L"Net0000."),
                                             .dot11BssType = dot11_BSS_type_infrastructure};

    return pWlanConnect(client(), guid, &parameters, NULL);
}

static DWORD save(const GUID *guid, const WCHAR *name, DWORD flags, BOOL overwrite)
{
    return pWlanSaveTemporaryProfile(client(), guid, name, NULL, flags, overwrite, NULL);
}

/* Whether there is a profile of that name and kind whose XML has this in it. */
static BOOL is_saved(const GUID *guid, const WCHAR *name, DWORD kind, const WCHAR *text)
{
    DWORD flags = WLAN_PROFILE_GET_PLAINTEXT_KEY;
    WCHAR *xml = NULL;
    BOOL found = GIVES(ERROR_SUCCESS, pWlanGetProfile(client(), guid, name, NULL, &xml, &flags, NULL)) &&
                 flags == kind && wcsstr(xml, text) && wcsstr(xml, L">right key!<");

    pWlanFreeMemory(xml);
    return found;
}

static BOOL connects_by(const GUID *guid, const WCHAR *name, struct story *story)
{
    WLAN_CONNECTION_PARAMETERS parameters = {.wlanConnectionMode = wlan_connection_mode_profile,
                                             .strProfile = (WCHAR *)name,
                                             .dot11BssType = dot11_BSS_type_infrastructure};

    return GIVES(ERROR_SUCCESS, pWlanDisconnect(client(), guid, NULL)) && story_is(story, DISCONNECTS) &&
           GIVES(ERROR_SUCCESS, pWlanConnect(client(), guid, &parameters, NULL)) && story_is(story, CONNECTS);
}

static void saving(void)
{
    const DWORD automatic = WLAN_PROFILE_CONNECTION_MODE_AUTO;
    struct story story;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && story_begin(&story) && !connect_temporary(&guid) &&
                 story_is(&story, CONNECTS);

    CHECK_IF(there, NOT_FORGOTTEN, WlanSaveTemporaryProfile, ERROR_SUCCESS,
             "Using this API saves the temporary profile and associated user data to the profile store.",
             GIVES(ERROR_SUCCESS, save(&guid, L"Saved", 0, FALSE)) && is_saved(&guid, L"Saved", 0, L"<name>Saved<"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSaveTemporaryProfile, exists,
             "If this parameter is FALSE and the profile already exists, the existing profile will not be overwritten "
             "and an error will be returned.",
             GIVES(ERROR_ALREADY_EXISTS, save(&guid, L"Saved", automatic, FALSE)) &&
                 GIVES(ERROR_SUCCESS, save(&guid, L"Saved", automatic, TRUE)) &&
                 is_saved(&guid, L"Saved", 0, L"<connectionMode>auto<"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSaveTemporaryProfile, user, "The profile is a per-user profile.",
             GIVES(ERROR_SUCCESS, save(&guid, NULL, WLAN_PROFILE_USER, FALSE)) &&
                 is_saved(&guid, L"Temporary", WLAN_PROFILE_USER, L"<connectionMode>manual<"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanConnect, saved_profile,
             "strProfile specifies the name of the profile used for the connection: one that was saved.",
             connects_by(&guid, L"Saved", &story));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSaveTemporaryProfile, not_temporary,
             "The interface is not currently connected using a temporary profile.",
             GIVES(ERROR_INVALID_STATE, save(&guid, L"Again", 0, FALSE)));
    if (!there) return;
    pWlanDisconnect(client(), &guid, NULL);
    story_is(&story, DISCONNECTS);
    story_end(&story);
    forget_profiles();
}

static const struct test_case cases[] = {{"setting_data", setting_data},
                                         {"getting_data", getting_data},
                                         {"eap_data", eap_data},
                                         {"eap_xml", eap_xml},
                                         {"temporary", temporary},
                                         {"saving", saving},
                                         {NULL, NULL}};
extern const struct group profile_data_group;
const struct group profile_data_group = {"profile_data", __FILE__, cases};
