/*
 * Profiles for the tests.
 */
#include "wlanapi_test.h"

const WCHAR *profile_xml(const WCHAR *name, const char *auth, const char *cipher, const char *key)
{
    static WCHAR texts[4][2048];
    static unsigned next;
    WCHAR *text = texts[next++ % 4], shared[512] = L"";
    const char *type = !strcmp(cipher, "WEP") ? "networkKey" : "passPhrase";

    if (key)
        _snwprintf(shared, ARRAYSIZE(shared),
                   L"<sharedKey><keyType>%hs</keyType><protected>false</protected><keyMaterial>%hs</keyMaterial>"
                   L"</sharedKey>",
                   type, key);
    _snwprintf(text, ARRAYSIZE(texts[0]),
               L"<?xml version=\"1.0\"?><WLANProfile xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\">"
               L"<name>%ls</name><SSIDConfig><SSID><name>Orchard</name></SSID></SSIDConfig>"
               L"<connectionType>ESS</connectionType><connectionMode>manual</connectionMode><MSM><security>"
               L"<authEncryption><authentication>%hs</authentication><encryption>%hs</encryption>"
               L"<useOneX>false</useOneX></authEncryption>%ls</security></MSM></WLANProfile>",
               name, auth, cipher, shared);
    return text;
}

const WCHAR *profile_changed(const WCHAR *text, const WCHAR *from, const WCHAR *to)
{
    static WCHAR result[4096];
    const WCHAR *at = wcsstr(text, from);

    wcscpy(result, text);
    if (!at) return result;
    wcscpy(result + (at - text), to);
    wcscat(result, at + wcslen(from));
    return result;
}

DWORD add_profile(const GUID *guid, const WCHAR *name)
{
    DWORD reason;

    return pWlanSetProfile(client(), guid, 0, profile_xml(name, "WPA2PSK", "AES", "pear or quince"), NULL, TRUE, NULL,
                           &reason);
}

/* Whether every profile could be deleted. */
static BOOL delete_profiles(void)
{
    WLAN_PROFILE_INFO_LIST *list = NULL;
    BOOL all;
    GUID guid;

    if (!station(&guid) || pWlanGetProfileList(client(), &guid, NULL, &list)) return FALSE;
    all = TRUE;
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        if (pWlanDeleteProfile(client(), &guid, list->ProfileInfo[i].strProfileName, NULL)) all = FALSE;
    pWlanFreeMemory(list);
    return all;
}

/* Those that nobody may delete go with their file, while no service runs. */
BOOL forget_profiles(void)
{
    char path[MAX_PATH], *name;
    GUID guid;

    if (delete_profiles()) return TRUE;
    if (!GetEnvironmentVariableA("CORK_TEST_ENDPOINT", path, sizeof(path)) || !end_service()) return FALSE;
    name = strrchr(path, '\\');
    if (!name) return FALSE;
    strcpy(name + 1, "wlan-profiles");
    if (!DeleteFileA(path) && GetLastError() != ERROR_FILE_NOT_FOUND) return FALSE;
    for (int i = 0; i < LONG_TIME / 10; i++)
    {
        if (station(&guid)) return TRUE;
        Sleep(10);
    }
    return FALSE;
}

void add_profile_and_end(void)
{
    GUID guid;

    if (!station(&guid) || add_profile(&guid, L"Other process")) ExitProcess(43);
}
