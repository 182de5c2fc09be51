/*
 * The permit and the deny list.
 */
#include "wlanapi_test.h"

#define PERMIT wlan_filter_list_type_user_permit
#define DENY   wlan_filter_list_type_user_deny

union list
{
    DOT11_NETWORK_LIST list;
    BYTE bytes[sizeof(DOT11_NETWORK_LIST) + sizeof(DOT11_NETWORK)];
};

static const union list two = {
    .list = {.dwNumberOfItems = 1, .Network = {{{6, "Foobar"}, dot11_BSS_type_infrastructure}}}};

static BOOL list_is(WLAN_FILTER_LIST_TYPE type, DWORD count, const DOT11_NETWORK *first)
{
    DOT11_NETWORK_LIST *list = NULL;
    BOOL same;

    if (!GIVES(ERROR_SUCCESS, pWlanGetFilterList(client(), type, NULL, &list))) return FALSE;
    note("%lu networks", list->dwNumberOfItems);
    same = list->dwNumberOfItems == count && list->dwIndex == 0 &&
           (!first || !memcmp(&list->Network[0], first, sizeof(*first)));
    pWlanFreeMemory(list);
    return same;
}

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    if (data->NotificationSource == WLAN_NOTIFICATION_SOURCE_ACM &&
        data->NotificationCode == wlan_notification_acm_filter_list_change)
        SetEvent(context);
}

static void lists(void)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    DOT11_NETWORK_LIST empty = {.dwNumberOfItems = 0};
    union list list = two;

    pWlanRegisterNotification(client(), WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification, event, NULL, NULL);
    CHECK(WlanSetFilterList, ERROR_SUCCESS, "The WlanSetFilterList function sets the permit/deny list.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), DENY, &list.list, NULL)) &&
              list_is(DENY, 1, &list.list.Network[0]) && list_is(PERMIT, 0, NULL));
    CHECK(WlanSetFilterList, notification, "wlan_notification_acm_filter_list_change: a filter list has changed.",
          WaitForSingleObject(event, LONG_TIME) == WAIT_OBJECT_0);
    list.list.Network[0] = (DOT11_NETWORK){{0, ""}, dot11_BSS_type_any};
    CHECK(WlanSetFilterList, overwritten,
          "New user permit and deny lists overwrite previous versions of the user lists.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), DENY, &list.list, NULL)) &&
              list_is(DENY, 1, &list.list.Network[0]));
    CHECK(WlanGetFilterList, ERROR_SUCCESS, "User permission lists can be set by calling WlanSetFilterList.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), PERMIT, &two.list, NULL)) &&
              list_is(PERMIT, 1, &two.list.Network[0]));
    CHECK(WlanGetFilterList, policy, "All user defined and group policy filter lists can be queried.",
          list_is(wlan_filter_list_type_gp_permit, 0, NULL) && list_is(wlan_filter_list_type_gp_deny, 0, NULL));
    CHECK(WlanSetFilterList, cleared,
          "To clear a filter list, set the pNetworkList parameter to NULL, or pass a pointer to a DOT11_NETWORK_LIST "
          "structure that has the dwNumberOfItems member set to 0.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), DENY, NULL, NULL)) && list_is(DENY, 0, NULL) &&
              GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), PERMIT, &empty, NULL)) && list_is(PERMIT, 0, NULL));
    pWlanRegisterNotification(client(), 0, FALSE, NULL, NULL, NULL, NULL);
    CloseHandle(event);
}

static void arguments(void)
{
    DOT11_NETWORK_LIST *got = NULL;
    HANDLE old = old_client();
    union list list = two;
    DWORD reserved;

    CHECK(WlanSetFilterList, ERROR_INVALID_PARAMETER, "hClientHandle is NULL or invalid or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetFilterList(NULL, DENY, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetFilterList(client(), DENY, NULL, &reserved)));
    CHECK(
        WlanSetFilterList, policy, "Group policy-defined lists cannot be set using this function.",
        GIVES(ERROR_INVALID_PARAMETER, pWlanSetFilterList(client(), wlan_filter_list_type_gp_deny, &two.list, NULL)) &&
            GIVES(ERROR_INVALID_PARAMETER, pWlanSetFilterList(client(), 4, &two.list, NULL)));
    list.list.Network[0].dot11Ssid.uSSIDLength = 33;
    CHECK(WlanSetFilterList, ssid, "The list of networks to permit or deny: an SSID has at most 32 bytes.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetFilterList(client(), DENY, &list.list, NULL)));
    list.list.Network[0] = (DOT11_NETWORK){{1, "x"}, 4};
    CHECK(WlanSetFilterList, bss_type, "The list of networks to permit or deny: with a BSS type that there is.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetFilterList(client(), DENY, &list.list, NULL)));
    CHECK(WlanSetFilterList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetFilterList(BAD_HANDLE, DENY, NULL, NULL)));
    CHECK(WlanSetFilterList, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanSetFilterList(old, DENY, NULL, NULL)));
    CHECK(WlanGetFilterList, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, ppNetworkList is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetFilterList(NULL, DENY, NULL, &got)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetFilterList(client(), DENY, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetFilterList(client(), DENY, &reserved, &got)));
    CHECK(WlanGetFilterList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanGetFilterList(BAD_HANDLE, DENY, NULL, &got)));
    CHECK(WlanGetFilterList, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanGetFilterList(old, DENY, NULL, &got)));
    pWlanCloseHandle(old, NULL);
}

static const struct test_case cases[] = {{"lists", lists}, {"arguments", arguments}, {NULL, NULL}};
extern const struct group filter_group;
const struct group filter_group = {"filter", __FILE__, cases};
