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

/* Whether Net0000., of the two networks there are, is in the list of available ones as `expected` says: -1 not at all,
 * else whether it can be connected to. */
static BOOL is_seen(int expected)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    int seen = -1;
    GUID guid;

    if (!station(&guid) || !GIVES(ERROR_SUCCESS, pWlanGetAvailableNetworkList(client(), &guid, 0, NULL, &list)))
        return FALSE;
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
    {
        const WLAN_AVAILABLE_NETWORK *network = &list->Network[i];

        if (memcmp(network->dot11Ssid.ucSSID, "Net0000.", 8)) continue;
        seen = network->bNetworkConnectable;
        if (!seen && network->wlanNotConnectableReason != WLAN_REASON_CODE_USER_DENIED) seen = -2;
    }
    note("%lu networks, %d", list->dwNumberOfItems, seen);
    expected = seen == expected && list->dwNumberOfItems == (seen == -1 ? 1u : 2u);
    pWlanFreeMemory(list);
    return expected;
}

static BOOL show_denied(BOOL show)
{
    return GIVES(ERROR_SUCCESS, pWlanSetAutoConfigParameter(client(), wlan_autoconf_opcode_show_denied_networks,
                                                            sizeof(show), &show, NULL));
}

static void effect(void)
{
    union list deny = {.list = {1, 0, {{{8, "Net0000."}, dot11_BSS_type_infrastructure}}}}, ad_hoc = deny, all = deny;

    ad_hoc.list.Network[0].dot11BssType = dot11_BSS_type_independent;
    all.list.Network[0] = (DOT11_NETWORK){{0, ""}, dot11_BSS_type_any};
    CHECK(WlanSetFilterList, seen, "Networks that are not on a user list or a group policy list will be permitted.",
          is_seen(TRUE));
    CHECK(WlanSetFilterList, not_seen, "Denied networks [...] will not be included on the visible networks list.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), DENY, &deny.list, NULL)) && is_seen(-1));
    CHECK(WlanSetAutoConfigParameter, denied_shown,
          "Whether user and group policy denied networks will be included in the available networks list.",
          show_denied(TRUE) && is_seen(FALSE) && show_denied(FALSE) && is_seen(-1));
    CHECK(WlanSetFilterList, type, "The list of networks to permit or deny: another BSS type is another network.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), DENY, &ad_hoc.list, NULL)) && is_seen(TRUE));
    CHECK(WlanSetFilterList, permitted,
          "To add all SSIDs to a filter list, [...] uSSIDLength [...] set to 0. To add all BSS types [...] "
          "dot11_BSS_type_any: all are denied but those that are permitted.",
          GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), DENY, &all.list, NULL)) &&
              GIVES(ERROR_SUCCESS, pWlanSetFilterList(client(), PERMIT, &deny.list, NULL)) && show_denied(TRUE) &&
              is_seen(TRUE));
    show_denied(FALSE);
    pWlanSetFilterList(client(), DENY, NULL, NULL);
    pWlanSetFilterList(client(), PERMIT, NULL, NULL);
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

static const struct test_case cases[] = {{"lists", lists}, {"effect", effect}, {"arguments", arguments}, {NULL, NULL}};
extern const struct group filter_group;
const struct group filter_group = {"filter", __FILE__, cases};
