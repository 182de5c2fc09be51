/*
 * wlanapi without memory: a whole scenario, over and over, with another allocation failing each time. Linked with the
 * DLL's own object files, so that its allocator can be replaced. Every call has to succeed or to fail with an error
 * that lack of memory explains, no callback may be missing, nothing may crash, and closing has to leave no memory
 * behind. It needs tests/conformance/with_supplicant.
 */
#include "each_allocation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wlanapi.h>

#include "wlanapi/call.h"

/* ---- Memory that goes between the DLL and programs ----------------------------------------------------------------
 */

PVOID WINAPI __wrap_WlanAllocateMemory(DWORD size);
VOID WINAPI __wrap_WlanFreeMemory(PVOID memory);

PVOID WINAPI __wrap_WlanAllocateMemory(DWORD size)
{
    return malloc(size);
}

VOID WINAPI __wrap_WlanFreeMemory(PVOID memory)
{
    free(memory);
}

/* ---- The end of WFDCloseSession's work, which goes on behind its return -------------------------------------------
 */

DWORD __wrap_call_send(struct wlan_call *call, enum wlan_method method);
DWORD __real_call_send(struct wlan_call *call, enum wlan_method method);
DWORD __wrap_call_end(struct wlan_call *call, DWORD error);
DWORD __real_call_end(struct wlan_call *call, DWORD error);

static HANDLE closed; /* an event */
static struct wlan_call *closing;

DWORD __wrap_call_send(struct wlan_call *call, enum wlan_method method)
{
    if (method == WLAN_DIRECT_CLOSE) closing = call;
    return __real_call_send(call, method);
}

DWORD __wrap_call_end(struct wlan_call *call, DWORD error)
{
    const BOOL was_close = call == closing;

    error = __real_call_end(call, error);
    if (was_close) SetEvent(closed);
    return error;
}

/* ---- The scenario -------------------------------------------------------------------------------------------------
 */

#define LONG_TIME 60000 /* milliseconds; what is waited for has to come */

static int wrong;     /* calls that failed with an error that lack of memory does not explain */
static int succeeded; /* calls */

/* Whether a call worked; otherwise its error has to tell of memory, or of the service that for lack of it could not be
 * talked to. */
static int worked(DWORD error, const char *what)
{
    switch (error)
    {
    case ERROR_SUCCESS:
        succeeded++;
        return 1;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_SERVICE_NOT_ACTIVE:
        return 0;
    default:
        printf("# allocation %ld: %s failed with %lu\n", failing_allocation(), what, error);
        wrong++;
        return 0;
    }
}

#define WORKED(call) worked(call, #call)

static void use_networks(HANDLE client, const GUID *guid)
{
    WLAN_INTERFACE_CAPABILITY *capability = NULL;
    WLAN_BSS_LIST *list = NULL;

    if (WORKED(WlanGetInterfaceCapability(client, guid, NULL, &capability))) WlanFreeMemory(capability);
    if (WORKED(WlanGetNetworkBssList(client, guid, NULL, dot11_BSS_type_any, FALSE, NULL, &list))) WlanFreeMemory(list);
}

/* ---- Profiles ---- */

#define PROFILE                                                                                                        \
    L"<WLANProfile "                                                                                                   \
    L"xmlns=\"http://www.microsoft.com/networking/WLAN/profile/v1\"><name>Memory</name><SSIDConfig><SSID>"             \
    L"<name>Memory</name></SSID></SSIDConfig><connectionType>ESS</connectionType><MSM><security><authEncryption>"      \
    L"<authentication>open</authentication><encryption>none</encryption></authEncryption></security></MSM>"            \
    L"</WLANProfile>"

static void use_profile(HANDLE client, const GUID *guid)
{
    WLAN_PROFILE_INFO_LIST *list = NULL;
    WCHAR *xml = NULL;
    BYTE *data = NULL;
    DWORD size;

    if (WORKED(WlanGetProfileList(client, guid, NULL, &list))) WlanFreeMemory(list);
    if (WORKED(WlanGetProfile(client, guid, L"Memory", NULL, &xml, NULL, NULL))) WlanFreeMemory(xml);
    WORKED(WlanSetProfilePosition(client, guid, L"Memory", 0, NULL));
    if (WORKED(WlanSetProfileCustomUserData(client, guid, L"Memory", 3, (const BYTE *)"abc", NULL)) &&
        WORKED(WlanGetProfileCustomUserData(client, guid, L"Memory", NULL, &size, &data)))
        WlanFreeMemory(data);
}

static void use_profiles(HANDLE client, const GUID *guid)
{
    DWORD reason;

    if (!WORKED(WlanSetProfile(client, guid, 0, PROFILE, NULL, TRUE, NULL, &reason))) return;
    use_profile(client, guid);
    WORKED(WlanDeleteProfile(client, guid, L"Memory", NULL));
}

/* ---- Settings and filters ---- */

static void use_settings(HANDLE client, const GUID *guid)
{
    DOT11_NETWORK_LIST filter = {.dwNumberOfItems = 1, .Network = {{{3, "Net"}, dot11_BSS_type_infrastructure}}},
                       *list = NULL;
    WLAN_OPCODE_VALUE_TYPE type;
    void *data = NULL;
    DWORD size;

    if (WORKED(WlanQueryInterface(client, guid, wlan_intf_opcode_interface_state, NULL, &size, &data, &type)))
        WlanFreeMemory(data);
    if (WORKED(WlanQueryAutoConfigParameter(client, wlan_autoconf_opcode_block_period, NULL, &size, &data, &type)))
        WlanFreeMemory(data);
    WORKED(WlanSetFilterList(client, wlan_filter_list_type_user_deny, &filter, NULL));
    if (WORKED(WlanGetFilterList(client, wlan_filter_list_type_user_deny, NULL, &list))) WlanFreeMemory(list);
    WORKED(WlanSetFilterList(client, wlan_filter_list_type_user_deny, NULL, NULL));
}

/* ---- Notifications ---- */

static void WINAPI on_notification(WLAN_NOTIFICATION_DATA *data, void *context)
{
    if (data->NotificationSource == WLAN_NOTIFICATION_SOURCE_ACM) SetEvent(context);
}

/* One that is lost for lack of memory is the only thing that may be missing. A registration that could not be taken
 * back stays until the handle is closed. */
static void use_notifications(HANDLE client, const GUID *guid)
{
    static HANDLE told;

    if (!told) told = CreateEventW(NULL, TRUE, FALSE, NULL);
    ResetEvent(told);
    if (WORKED(
            WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_ACM, FALSE, on_notification, told, NULL, NULL)))
    {
        WORKED(WlanScan(client, guid, NULL, NULL, NULL));
        WaitForSingleObject(told, failing_allocation() ? 100 : LONG_TIME);
        WORKED(WlanRegisterNotification(client, WLAN_NOTIFICATION_SOURCE_NONE, FALSE, NULL, NULL, NULL, NULL));
    }
}

/* ---- Wi-Fi Direct ---- */

struct opening
{
    HANDLE ended;
    DWORD error;
};

static void WINAPI on_opened(HANDLE session, PVOID context, GUID radio, DWORD error, DWORD reason)
{
    struct opening *opening = context;

    (void)session, (void)radio, (void)reason;
    opening->error = error;
    SetEvent(opening->ended);
}

/* The callback of a session that was begun comes whatever there is no memory for. */
static void use_direct(void)
{
    struct opening opening = {.ended = CreateEventW(NULL, TRUE, FALSE, NULL)};
    DOT11_MAC_ADDRESS peer = {2, 0, 0, 0, 0, 1};
    HANDLE direct, session;
    DWORD version;

    if (WORKED(WFDOpenHandle(WFD_API_VERSION, &version, &direct)))
    {
        if (WORKED(WFDStartOpenSession(direct, &peer, &opening, on_opened, &session)))
        {
            WORKED(WaitForSingleObject(opening.ended, LONG_TIME));
            if (worked(opening.error, "the session") && WORKED(WFDCloseSession(session)))
                WORKED(WaitForSingleObject(closed, LONG_TIME));
        }
        WORKED(WFDCloseHandle(direct));
    }
    CloseHandle(opening.ended);
}

static void use_dll(void)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    HANDLE client;
    DWORD version;

    if (!WORKED(WlanOpenHandle(2, NULL, &version, &client))) return;
    if (WORKED(WlanEnumInterfaces(client, NULL, &list)))
    {
        if (list->dwNumberOfItems)
        {
            use_networks(client, &list->InterfaceInfo[0].InterfaceGuid);
            use_notifications(client, &list->InterfaceInfo[0].InterfaceGuid);
            use_profiles(client, &list->InterfaceInfo[0].InterfaceGuid);
            use_settings(client, &list->InterfaceInfo[0].InterfaceGuid);
        }
        WlanFreeMemory(list);
    }
    use_direct();
    WORKED(WlanCloseHandle(client, NULL));
}

/* Each begins without a connection, which some failures end and others do not. */
static void scenario(void)
{
    use_dll();
    host_channel_close();
}

/* ---- The test -----------------------------------------------------------------------------------------------------
 */

enum
{
    CALLS = 27, /* of a scenario */
};

static int worked_with_memory;

static void note_plain(void)
{
    worked_with_memory = succeeded == 2 * CALLS && !wrong;
    printf("# %d calls in two runs\n", succeeded);
}

int main(void)
{
    struct allocation_counts counts;

    closed = CreateEventW(NULL, FALSE, FALSE, NULL);
    setvbuf(stdout, NULL, _IONBF, 0);
    printf("1..5\n");
    each_allocation(scenario, note_plain, &counts);
    printf("%s 1 - with memory everything works\n", worked_with_memory ? "ok" : "not ok");
    printf("%s 2 - nothing is left after the closes (%ld blocks)\n", counts.left ? "not ok" : "ok", counts.left);
    printf("%s 3 - every allocation of the scenario failed once (%ld of %ld)\n",
           counts.failed > counts.allocations / 2 ? "ok" : "not ok", counts.failed, counts.allocations);
    printf("%s 4 - each failure is reported as a lack of memory\n", wrong ? "not ok" : "ok");
    printf("%s 5 - a failure leaves no memory behind\n", counts.leaks ? "not ok" : "ok");
    return wrong || counts.leaks || counts.left || !worked_with_memory;
}
