/*
 * Profiles: their order, and what is told of changes.
 */
#include "wlanapi_test.h"

/* Whether the list has these names, in this order, ended by NULL. */
static BOOL list_is(const GUID *guid, const WCHAR *const *names)
{
    WLAN_PROFILE_INFO_LIST *list = NULL;
    DWORD count = 0;
    BOOL same = !pWlanGetProfileList(client(), guid, NULL, &list) && list;

    while (names[count])
        count++;
    same = same && list->dwNumberOfItems == count;
    for (DWORD i = 0; same && i < count; i++)
        same = !wcscmp(list->ProfileInfo[i].strProfileName, names[i]);
    note("%lu profiles, the first %ls", list ? list->dwNumberOfItems : 99,
         list && list->dwNumberOfItems ? list->ProfileInfo[0].strProfileName : L"none");
    pWlanFreeMemory(list);
    return same;
}
#define LIST_IS(guid, ...) list_is(guid, (const WCHAR *const[]){__VA_ARGS__, NULL})

static DWORD add_policy(const GUID *guid, const WCHAR *name)
{
    DWORD reason;

    return pWlanSetProfile(client(), guid, WLAN_PROFILE_GROUP_POLICY, profile_xml(name, "open", "none", NULL), NULL,
                           TRUE, NULL, &reason);
}

static void getting(void)
{
    WLAN_PROFILE_INFO_LIST *list = NULL;
    DWORD reserved;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid);

    CHECK(WlanGetProfileList, ERROR_INVALID_PARAMETER,
          "A parameter is incorrect. This error is returned if any of the following conditions occur:",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileList(NULL, &guid, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileList(client(), NULL, NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileList(client(), &guid, &reserved, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetProfileList(client(), &guid, NULL, NULL)));
    CHECK(WlanGetProfileList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetProfileList(BAD_HANDLE, &guid, NULL, &list)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfileList, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.",
             GIVES(ERROR_SUCCESS, pWlanGetProfileList(client(), &guid, NULL, &list)) && list->dwNumberOfItems == 0);
    pWlanFreeMemory(list);
    there = there && !add_profile(&guid, L"A") && !add_profile(&guid, L"B") && !add_policy(&guid, L"G") &&
            !add_profile(&guid, L"C");
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, top_of_the_list,
             "A new profile is added at the top of the list after the group policy profiles.",
             LIST_IS(&guid, L"G", L"C", L"B", L"A"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfile, position_kept,
             "A profile's position in the list is not changed if an existing profile is overwritten.",
             GIVES(ERROR_SUCCESS, add_profile(&guid, L"A")) && LIST_IS(&guid, L"G", L"C", L"B", L"A"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanGetProfileList, flags, "retrieves the list of profiles in preference order.",
             GIVES(ERROR_SUCCESS, pWlanGetProfileList(client(), &guid, NULL, &list)) &&
                 list->ProfileInfo[0].dwFlags == WLAN_PROFILE_GROUP_POLICY && list->ProfileInfo[1].dwFlags == 0);
    pWlanFreeMemory(list);
}

static void ordering(void)
{
    LPCWSTR all[] = {L"G", L"A", L"B", L"C"}, twice[] = {L"G", L"A", L"A", L"B"}, unknown[] = {L"G", L"A", L"B", L"D"};
    LPCWSTR moved[] = {L"A", L"G", L"B", L"C"}, null[] = {NULL};
    DWORD reserved;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"A") && !add_profile(&guid, L"B") &&
                 !add_policy(&guid, L"G") && !add_profile(&guid, L"C");

    CHECK(WlanSetProfileList, ERROR_INVALID_PARAMETER, "hClientHandle is NULL or invalid. pInterfaceGuid is NULL. ...",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(NULL, &guid, 4, all, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), NULL, 4, all, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &guid, 0, all, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &guid, 4, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &guid, 1, null, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &guid, 4, all, &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &unknown_interface, 4, all, NULL)));
    CHECK(WlanSetProfileList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetProfileList(BAD_HANDLE, &guid, 4, all, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileList, twice,
             "The same profile name appears more than once in strProfileNames.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &guid, 4, twice, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileList, one_to_one,
             "The profiles in the list must be a one-to-one match with the current profiles returned by the "
             "WlanGetProfileList function.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfileList(client(), &guid, 3, all, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileList, ERROR_NOT_FOUND,
             "strProfileNames contains the name of a profile that is not present in the profile store.",
             GIVES(ERROR_NOT_FOUND, pWlanSetProfileList(client(), &guid, 4, unknown, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileList, ERROR_ACCESS_DENIED,
             "The position of group policy profiles cannot be changed.",
             GIVES(ERROR_ACCESS_DENIED, pWlanSetProfileList(client(), &guid, 4, moved, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfileList, ERROR_SUCCESS,
             "If the function succeeds, the return value is ERROR_SUCCESS.",
             GIVES(ERROR_SUCCESS, pWlanSetProfileList(client(), &guid, 4, all, NULL)) &&
                 LIST_IS(&guid, L"G", L"A", L"B", L"C"));
}

static void positions(void)
{
    DWORD reserved;
    GUID guid;
    BOOL there = forget_profiles() && station(&guid) && !add_profile(&guid, L"A") && !add_profile(&guid, L"B") &&
                 !add_policy(&guid, L"G") && !add_profile(&guid, L"C");

    CHECK(WlanSetProfilePosition, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, pInterfaceGuid is NULL, strProfileName is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfilePosition(NULL, &guid, L"A", 1, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfilePosition(client(), NULL, L"A", 1, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfilePosition(client(), &guid, NULL, 1, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfilePosition(client(), &guid, L"A", 1, &reserved)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfilePosition(client(), &unknown_interface, L"A", 1, NULL)));
    CHECK(WlanSetProfilePosition, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetProfilePosition(BAD_HANDLE, &guid, L"A", 1, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfilePosition, ERROR_SUCCESS,
             "0 (zero) corresponds to the first profile in the list that is returned by the WlanGetProfileList "
             "function.",
             GIVES(ERROR_SUCCESS, pWlanSetProfilePosition(client(), &guid, L"A", 1, NULL)) &&
                 LIST_IS(&guid, L"G", L"A", L"C", L"B") &&
                 GIVES(ERROR_SUCCESS, pWlanSetProfilePosition(client(), &guid, L"A", 3, NULL)) &&
                 LIST_IS(&guid, L"G", L"C", L"B", L"A"));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfilePosition, ERROR_ACCESS_DENIED,
             "The position of group policy profiles cannot be changed.",
             GIVES(ERROR_ACCESS_DENIED, pWlanSetProfilePosition(client(), &guid, L"G", 1, NULL)) &&
                 GIVES(ERROR_ACCESS_DENIED, pWlanSetProfilePosition(client(), &guid, L"A", 0, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfilePosition, no_such_place,
             "Indicates the position in the preference list that the profile should be shifted to.",
             GIVES(ERROR_INVALID_PARAMETER, pWlanSetProfilePosition(client(), &guid, L"A", 4, NULL)));
    CHECK_IF(there, NOT_FORGOTTEN, WlanSetProfilePosition, ERROR_NOT_FOUND, "The name of the profile.",
             GIVES(ERROR_NOT_FOUND, pWlanSetProfilePosition(client(), &guid, L"D", 1, NULL)));
}

/* ---- Notifications ---- */

struct heard
{
    HANDLE event;
    DWORD code; /* that sets the event */
    GUID interface_guid;
    WCHAR names[64];
    DWORD size;
};

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    struct heard *heard = context;

    if (data->NotificationSource != WLAN_NOTIFICATION_SOURCE_ACM || data->NotificationCode != heard->code) return;
    heard->interface_guid = data->InterfaceGuid;
    heard->size = data->dwDataSize;
    if (data->dwDataSize && data->dwDataSize <= sizeof(heard->names))
        memcpy(heard->names, data->pData, data->dwDataSize);
    SetEvent(heard->event);
}

static BOOL is_heard(struct heard *heard, DWORD result)
{
    return GIVES(ERROR_SUCCESS, result) && WaitForSingleObject(heard->event, LONG_TIME) == WAIT_OBJECT_0;
}

static void notifications(void)
{
    struct heard heard = {.event = CreateEventW(NULL, FALSE, FALSE, NULL),
                          .code = wlan_notification_acm_profile_change};
    GUID guid;
    BOOL there =
        forget_profiles() && station(&guid) &&
        !pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification, &heard, NULL, NULL);

    CHECK_IF(
        there, NOT_FORGOTTEN, WLAN_NOTIFICATION_ACM, wlan_notification_acm_profile_change,
        "A change in a profile or the profile list has occurred, either through group policy or by calls to Native "
        "Wifi functions.",
        is_heard(&heard, add_profile(&guid, L"A")) && IsEqualGUID(&heard.interface_guid, &guid) && !heard.size &&
            is_heard(&heard, add_profile(&guid, L"B")) &&
            is_heard(&heard, pWlanSetProfilePosition(client(), &guid, L"B", 1, NULL)) &&
            is_heard(&heard, pWlanSetProfileCustomUserData(client(), &guid, L"B", 1, (const BYTE *)"x", NULL)) &&
            is_heard(&heard, pWlanDeleteProfile(client(), &guid, L"B", NULL)));
    heard.code = wlan_notification_acm_profile_name_change;
    CHECK_IF(there, NOT_FORGOTTEN, WLAN_NOTIFICATION_ACM, wlan_notification_acm_profile_name_change,
             "points to a buffer that contains two NULL-terminated WCHAR strings, the old profile name followed by the "
             "new profile name.",
             is_heard(&heard, pWlanRenameProfile(client(), &guid, L"A", L"New", NULL)) &&
                 heard.size == sizeof(L"A\0New") && !memcmp(heard.names, L"A\0New", heard.size));
    pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_NONE, FALSE, NULL, NULL, NULL, NULL);
    CloseHandle(heard.event);
    forget_profiles();
}

static const struct test_case cases[] = {{"getting", getting},
                                         {"ordering", ordering},
                                         {"positions", positions},
                                         {"notifications", notifications},
                                         {NULL, NULL}};
extern const struct group profile_list_group;
const struct group profile_list_group = {"profile_list", __FILE__, cases};
