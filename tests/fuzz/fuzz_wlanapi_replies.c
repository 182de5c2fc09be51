/*
 * wlanapi.dll's functions on replies and events of any content: the DLL's own sources, built natively (windows_wlan/),
 * on a host channel whose every call is answered with the input, or which delivers it as an event. What is given out is
 * read to its last byte, as its own counts say, and freed.
 *
 * The input: a byte for the function, two for the reply's code, the reply.
 */
#include "fuzz.h"
#include <winsock2.h>
#include <windows.h>
#include <wlanapi.h>

#include "common/host_channel.h"
#include "common/settings.h"
#include "wlanapi/handle.h"
#include "wlanapi/security.h"

static const uint8_t *reply_bytes;
static size_t reply_size;
static uint32_t reply_code;
static struct host_subscription *subscription;
static HANDLE client, direct;
static const GUID station = {1, 2, 3, {4}};

/* ---- The host channel ---- */

void host_call_init(struct host_call *call, const char *service, uint32_t method, const struct host_encoder *arguments,
                    DWORD timeout)
{
    memset(call, 0, sizeof(*call));
    call->service = service;
    call->method = method;
    call->arguments = arguments;
    call->timeout = timeout;
}

/* A copy of exactly its size: what is read behind it is found. */
enum host_call_status host_call(struct host_call *call, struct host_reply *reply)
{
    memset(reply, 0, sizeof(*reply));
    if (call->arguments && call->arguments->error) return reply->status = HOST_CALL_BAD_ARGUMENTS;
    reply->code = reply_code;
    reply->payload = malloc(reply_size ? reply_size : 1);
    REQUIRE(reply->payload != NULL);
    if (reply_size) memcpy(reply->payload, reply_bytes, reply_size);
    host_decoder_init(&reply->values, reply->payload, reply_size);
    return reply->status = HOST_CALL_OK;
}

void host_reply_free(struct host_reply *reply)
{
    free(reply->payload);
    reply->payload = NULL;
    host_decoder_init(&reply->values, NULL, 0);
}

void host_subscribe(struct host_subscription *subscribed)
{
    subscription = subscribed;
}

/* ---- The DLL's other parts ---- */

extern const struct cork_settings cork_settings_wlanapi;
const struct cork_settings cork_settings_wlanapi = {"wlanapi", NULL, 0};

uint32_t cork_setting_dword(const struct cork_settings *settings, const char *name)
{
    (void)settings, (void)name;
    return 1;
}

size_t cork_setting_string(const struct cork_settings *settings, const char *name, char *value, size_t size)
{
    (void)settings, (void)name;
    if (size) value[0] = 0;
    return 0;
}

DWORD security_check(WLAN_SECURABLE_OBJECT object, DWORD access)
{
    (void)object, (void)access;
    return ERROR_SUCCESS;
}

DWORD security_granted(const WCHAR *text, DWORD *granted)
{
    (void)text;
    *granted = WLAN_READ_ACCESS;
    return ERROR_SUCCESS;
}

DWORD security_set_by_user(WLAN_SECURABLE_OBJECT object, WCHAR **text)
{
    (void)object;
    *text = NULL;
    return ERROR_SUCCESS;
}

/* ---- What is given out ---- */

/* Reads all of it: AddressSanitizer knows what is there. */
static void read_all(const void *data, size_t size)
{
    const volatile uint8_t *bytes = data;

    for (size_t i = 0; i < size; i++)
        (void)bytes[i];
}

static void interfaces(void)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    WLAN_INTERFACE_CAPABILITY *capability = NULL;

    if (!WlanEnumInterfaces(client, NULL, &list))
        read_all(list->InterfaceInfo, list->dwNumberOfItems * sizeof(*list->InterfaceInfo));
    WlanFreeMemory(list);
    if (!WlanGetInterfaceCapability(client, &station, NULL, &capability))
    {
        REQUIRE(capability->dwNumberOfSupportedPhys <= WLAN_MAX_PHY_INDEX);
        read_all(capability, sizeof(*capability));
        WlanFreeMemory(capability);
    }
}

static void networks(void)
{
    WLAN_BSS_LIST *list = NULL;

    if (WlanGetNetworkBssList(client, &station, NULL, dot11_BSS_type_any, FALSE, NULL, &list)) return;
    read_all(list, list->dwTotalSize);
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
    {
        const WLAN_BSS_ENTRY *entry = &list->wlanBssEntries[i];

        REQUIRE(entry->dot11Ssid.uSSIDLength <= DOT11_SSID_MAX_LENGTH);
        REQUIRE(entry->wlanRateSet.uRateSetLength <= sizeof(entry->wlanRateSet.usRateSet));
        read_all((const uint8_t *)entry + entry->ulIeOffset, entry->ulIeSize);
    }
    WlanFreeMemory(list);
}

static void available(void)
{
    WLAN_AVAILABLE_NETWORK_LIST *list = NULL;
    WLAN_AVAILABLE_NETWORK_LIST_V2 *list2 = NULL;

    if (!WlanGetAvailableNetworkList(client, &station, 0, NULL, &list))
        read_all(list->Network, list->dwNumberOfItems * sizeof(*list->Network));
    WlanFreeMemory(list);
    if (!WlanGetAvailableNetworkList2(client, &station, 0, NULL, &list2))
        read_all(list2->Network, list2->dwNumberOfItems * sizeof(*list2->Network));
    WlanFreeMemory(list2);
}

static void hosted(void)
{
    WLAN_HOSTED_NETWORK_STATUS *status = NULL;
    WLAN_OPCODE_VALUE_TYPE type;
    BOOL phrase, persistent;
    void *data = NULL;
    BYTE *key = NULL;
    DWORD size = 0;

    if (!WlanHostedNetworkQueryStatus(client, &status, NULL))
    {
        read_all(status->PeerList, status->dwNumberOfPeers * sizeof(*status->PeerList));
        WlanFreeMemory(status);
    }
    for (int i = 0; i < 4; i++)
    {
        if (WlanHostedNetworkQueryProperty(client, (WLAN_HOSTED_NETWORK_OPCODE)i, &size, &data, &type, NULL)) continue;
        read_all(data, size);
        WlanFreeMemory(data);
    }
    if (WlanHostedNetworkQuerySecondaryKey(client, &size, &key, &phrase, &persistent, NULL, NULL)) return;
    read_all(key, size);
    WlanFreeMemory(key);
}

static void values(void)
{
    WLAN_OPCODE_VALUE_TYPE type;
    DOT11_NETWORK_LIST *list = NULL;
    void *data = NULL;
    DWORD size = 0;

    for (int i = 1; i < 20; i++)
    {
        if (!WlanQueryInterface(client, &station, (WLAN_INTF_OPCODE)i, NULL, &size, &data, &type))
        {
            read_all(data, size);
            WlanFreeMemory(data);
        }
        if (i > 3 || WlanQueryAutoConfigParameter(client, (WLAN_AUTOCONF_OPCODE)i, NULL, &size, &data, &type)) continue;
        read_all(data, size);
        WlanFreeMemory(data);
    }
    if (WlanGetFilterList(client, wlan_filter_list_type_user_permit, NULL, &list) || !list) return;
    read_all(list->Network, list->dwNumberOfItems * sizeof(*list->Network));
    WlanFreeMemory(list);
}

static void profiles(void)
{
    WLAN_PROFILE_INFO_LIST *list = NULL;
    WCHAR *xml = NULL;
    DWORD flags = 0, size = 0, reason;
    BYTE *data = NULL;

    if (!WlanGetProfileList(client, &station, NULL, &list))
    {
        read_all(list->ProfileInfo, list->dwNumberOfItems * sizeof(*list->ProfileInfo));
        WlanFreeMemory(list);
    }
    if (!WlanGetProfile(client, &station, L"name", NULL, &xml, &flags, NULL))
    {
        read_all(xml, ((size_t)lstrlenW(xml) + 1) * sizeof(*xml));
        WlanFreeMemory(xml);
    }
    if (!WlanGetProfileCustomUserData(client, &station, L"name", NULL, &size, &data))
    {
        read_all(data, size);
        WlanFreeMemory(data);
    }
    WlanSetProfile(client, &station, 0, L"<x/>", NULL, TRUE, NULL, &reason);
}

/* ---- Events ---- */

static void WINAPI notified(PWLAN_NOTIFICATION_DATA data, PVOID context)
{
    (void)context;
    read_all(data->pData, data->dwDataSize);
}

static void WINAPI opened(HANDLE session, PVOID context, GUID adapter, DWORD error, DWORD reason)
{
    (void)context, (void)adapter, (void)error, (void)reason;
    WFDCloseSession(session);
}

static void event(uint32_t code)
{
    uint8_t *copy = malloc(reply_size ? reply_size : 1);
    struct host_decoder decoder;

    REQUIRE(copy && subscription);
    if (reply_size) memcpy(copy, reply_bytes, reply_size);
    host_decoder_init(&decoder, copy, reply_size);
    subscription->event(subscription->context, code, &decoder);
    free(copy);
}

/* A session whose number the event may have: it is the only one. */
static void session(void)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 0, 1};
    const uint8_t *bytes = reply_bytes;
    size_t size = reply_size;
    HANDLE handle = NULL;

    reply_size = 0;
    if (WFDStartOpenSession(direct, &address, NULL, opened, &handle)) return;
    reply_bytes = bytes;
    reply_size = size;
    event(2);
    /* The service has gone: whoever waits is told. */
    subscription->lost(subscription->context);
    WFDCloseSession(handle);
}

static void begin(void)
{
    DWORD version;

    if (client) return;
    reply_size = 0;
    reply_code = 0;
    REQUIRE(!WlanOpenHandle(2, NULL, &version, &client) && !WFDOpenHandle(1, &version, &direct));
    REQUIRE(!WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_ALL, FALSE, notified, NULL, NULL, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const functions[])(void) = {interfaces, networks, values, profiles, session, available, hosted};
    unsigned count = sizeof(functions) / sizeof(functions[0]);

    begin();
    if (size < 3) return 0;
    reply_code = data[1] | (uint32_t)data[2] << 8;
    reply_bytes = data + 3;
    reply_size = size - 3;
    if (data[0] % (count + 1) == count)
        event(1);
    else
        functions[data[0] % (count + 1)]();
    return 0;
}
