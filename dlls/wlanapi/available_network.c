/*
 * Available networks: WlanGetAvailableNetworkList, WlanGetAvailableNetworkList2.
 */
#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

/* The least that a network takes of the wire. */
#define NETWORK_LEAST 43

#define ALL_FLAGS                                                                                                      \
    (WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_ADHOC_PROFILES | WLAN_AVAILABLE_NETWORK_INCLUDE_ALL_MANUAL_HIDDEN_PROFILES)

static void read_phys(struct host_decoder *values, WLAN_AVAILABLE_NETWORK_V2 *network)
{
    uint32_t count = host_get_list(values, 4);

    for (uint32_t i = 0; i < count; i++)
    {
        uint32_t phy = host_get_u32(values);

        if (i < WLAN_MAX_PHY_TYPE_NUMBER) network->dot11PhyTypes[i] = (DOT11_PHY_TYPE)phy;
    }
    network->uNumberOfPhyTypes = min(count, WLAN_MAX_PHY_TYPE_NUMBER);
    network->bMorePhyTypes = count > WLAN_MAX_PHY_TYPE_NUMBER;
}

/* The access network options' byte (IEEE 802.11-2020, 9.4.2.91). */
static void split_options(UCHAR options, DOT11_ACCESSNETWORKOPTIONS *split)
{
    split->AccessNetworkType = options & 15;
    split->Internet = options >> 4 & 1;
    split->ASRA = options >> 5 & 1;
    split->ESR = options >> 6 & 1;
    split->UESA = options >> 7 & 1;
}

static void read_network(struct host_decoder *values, WLAN_AVAILABLE_NETWORK_V2 *network)
{
    const uint8_t *hessid;
    size_t size;

    memset(network, 0, sizeof(*network));
    get_text(values, network->strProfileName, WLAN_MAX_NAME_LENGTH);
    get_ssid(values, &network->dot11Ssid);
    network->dot11BssType = (DOT11_BSS_TYPE)host_get_u32(values);
    network->uNumberOfBssids = host_get_u32(values);
    network->bNetworkConnectable = host_get_bool(values);
    network->wlanNotConnectableReason = host_get_u32(values);
    read_phys(values, network);
    network->wlanSignalQuality = host_get_u32(values);
    network->bSecurityEnabled = host_get_bool(values);
    network->dot11DefaultAuthAlgorithm = (DOT11_AUTH_ALGORITHM)host_get_u32(values);
    network->dot11DefaultCipherAlgorithm = (DOT11_CIPHER_ALGORITHM)host_get_u32(values);
    network->dwFlags = host_get_u32(values);
    split_options(host_get_u8(values), &network->AccessNetworkOptions);
    network->VenueInfo.VenueGroup = host_get_u8(values);
    network->VenueInfo.VenueType = host_get_u8(values);
    hessid = host_get_bytes(values, &size);
    if (hessid && size == sizeof(network->dot11HESSID)) memcpy(network->dot11HESSID, hessid, size);
}

/* The older structure is the newer one's beginning, and a reserved word. */
static void shorten(const WLAN_AVAILABLE_NETWORK_V2 *network, DWORD version, WLAN_AVAILABLE_NETWORK *old)
{
    memset(old, 0, sizeof(*old));
    memcpy(old, network, offsetof(WLAN_AVAILABLE_NETWORK, dwReserved));
    old->dwFlags = network->dwFlags & (WLAN_AVAILABLE_NETWORK_CONNECTED | WLAN_AVAILABLE_NETWORK_HAS_PROFILE |
                                       WLAN_AVAILABLE_NETWORK_CONSOLE_USER_PROFILE);
    /* "uNumberofBssids is at most 1" */
    if (version == WLAN_API_VERSION_1_0) old->uNumberOfBssids = min(old->uNumberOfBssids, 1);
}

/* A list of either structure, whose head is the same: `version` 0 is the newer. NULL: no memory. */
static void *build_list(struct host_decoder *values, BOOL is_v2, DWORD version)
{
    uint32_t count = host_get_list(values, NETWORK_LEAST);
    size_t size = is_v2 ? sizeof(WLAN_AVAILABLE_NETWORK_LIST_V2) + count * sizeof(WLAN_AVAILABLE_NETWORK_V2)
                        : sizeof(WLAN_AVAILABLE_NETWORK_LIST) + count * sizeof(WLAN_AVAILABLE_NETWORK);
    WLAN_AVAILABLE_NETWORK_LIST_V2 *list = WlanAllocateMemory((DWORD)size);
    WLAN_AVAILABLE_NETWORK_LIST *old = (WLAN_AVAILABLE_NETWORK_LIST *)list;
    WLAN_AVAILABLE_NETWORK_V2 network;

    if (!list) return NULL;
    memset(list, 0, size);
    list->dwNumberOfItems = count;
    for (uint32_t i = 0; i < count; i++)
    {
        read_network(values, &network);
        if (is_v2)
            memcpy(&list->Network[i], &network, sizeof(network));
        else
            shorten(&network, version, &old->Network[i]);
    }
    return list;
}

static DWORD get_list(uint32_t index, DWORD flags, BOOL is_v2, DWORD version, void **list)
{
    struct wlan_call call;
    DWORD error;

    *list = NULL;
    call_begin(&call);
    host_put_u32(&call.arguments, index);
    host_put_u32(&call.arguments, flags);
    error = call_send(&call, WLAN_AVAILABLE_NETWORKS);
    if (!error && !(*list = build_list(&call.reply.values, is_v2, version))) error = ERROR_NOT_ENOUGH_MEMORY;
    error = call_end(&call, error);
    if (!error) return ERROR_SUCCESS;
    WlanFreeMemory(*list);
    *list = NULL;
    return error;
}

/*
 * WlanGetAvailableNetworkList (nf-wlanapi-wlangetavailablenetworklist): the networks that the interface hears, an entry
 * for each profile that is for one, or one without; with dwFlags also profiles whose network is not heard.
 * *ppAvailableNetworkList is to be freed by WlanFreeMemory. ERROR_INVALID_PARAMETER (a NULL, pReserved, other flags;
 * for a client of Windows XP's API any flag), ERROR_INVALID_HANDLE, ERROR_NOT_FOUND (no such interface),
 * ERROR_NDIS_DOT11_POWER_STATE_INVALID (the radio is off), ERROR_NOT_ENOUGH_MEMORY, ERROR_SERVICE_NOT_ACTIVE. Any
 * thread.
 */
DWORD WINAPI WlanGetAvailableNetworkList(HANDLE hClientHandle, const GUID *pInterfaceGuid, DWORD dwFlags,
                                         PVOID pReserved, WLAN_AVAILABLE_NETWORK_LIST **ppAvailableNetworkList)
{
    DWORD version = WLAN_API_VERSION_2_0, error;
    uint32_t index;

    CORK_TRACE("%p, %p, %#lx, %p, %p\n", hClientHandle, pInterfaceGuid, dwFlags, pReserved, ppAvailableNetworkList);
    if (!pInterfaceGuid || pReserved || !ppAvailableNetworkList || dwFlags & ~ALL_FLAGS) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (error == ERROR_NOT_SUPPORTED)
    {
        version = WLAN_API_VERSION_1_0;
        error = dwFlags ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
    }
    if (!error) error = interface_index(pInterfaceGuid, &index);
    return error ? error : get_list(index, dwFlags, FALSE, version, (void **)ppAvailableNetworkList);
}

/*
 * WlanGetAvailableNetworkList2: the same with what the networks say of interworking. No page has it but the
 * structures'; its errors are those of WlanGetAvailableNetworkList, and ERROR_NOT_SUPPORTED for a client of Windows
 * XP's API.
 */
DWORD WINAPI WlanGetAvailableNetworkList2(HANDLE hClientHandle, const GUID *pInterfaceGuid, DWORD dwFlags,
                                          PVOID pReserved, WLAN_AVAILABLE_NETWORK_LIST_V2 **ppAvailableNetworkList)
{
    uint32_t index;
    DWORD error;

    CORK_TRACE("%p, %p, %#lx, %p, %p\n", hClientHandle, pInterfaceGuid, dwFlags, pReserved, ppAvailableNetworkList);
    if (!pInterfaceGuid || pReserved || !ppAvailableNetworkList || dwFlags & ~ALL_FLAGS) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    if (!error) error = interface_index(pInterfaceGuid, &index);
    return error ? error : get_list(index, dwFlags, TRUE, WLAN_API_VERSION_2_0, (void **)ppAvailableNetworkList);
}
