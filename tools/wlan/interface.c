/* Which interfaces a command is about. */
#include <winsock2.h>
#include <ws2ipdef.h>
#include <iphlpapi.h>
#include <netioapi.h>

#include "command.h"

#include <string.h>

const char *interface_name(const WLAN_INTERFACE_INFO *radio, char *text)
{
    WCHAR alias[NDIS_IF_MAX_STRING_SIZE + 1];
    NET_LUID luid;

    if (ConvertInterfaceGuidToLuid(&radio->InterfaceGuid, &luid) ||
        ConvertInterfaceLuidToAlias(&luid, alias, NDIS_IF_MAX_STRING_SIZE + 1) || !alias[0])
        return name_text(radio->strInterfaceDescription, text);
    return name_text(alias, text);
}

void show_no_interface(void)
{
    say("There is no wireless interface on the system: no radio, no wpa_supplicant that drives it, or no right to its\n"
        "control socket.\n");
}

DWORD count_interfaces(HANDLE client, DWORD *error)
{
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    DWORD count = 0;

    *error = WlanEnumInterfaces(client, NULL, &list);
    if (*error)
        fail(*error, "interfaces");
    else
        count = list->dwNumberOfItems;
    WlanFreeMemory(list);
    return count;
}

static BOOL is_wanted(const WLAN_INTERFACE_INFO *radio, const struct tag_value *wanted)
{
    char name[NAME_SIZE];

    return !wanted || !wanted->given || !_stricmp(interface_name(radio, name), wanted->text);
}

static DWORD call_for(HANDLE client, const struct command_line *line, interface_function *function, BOOL one)
{
    const struct tag_value *wanted = line_optional(line, "interface");
    WLAN_INTERFACE_INFO_LIST *list = NULL;
    DWORD error = WlanEnumInterfaces(client, NULL, &list), found = 0;

    if (error) return fail(error, "interfaces");
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        found += is_wanted(&list->InterfaceInfo[i], wanted);
    if (!found)
        error = wanted && wanted->given
                    ? fail_plainly(ERROR_NOT_FOUND, "there is no wireless interface %s", wanted->text)
                    : fail_plainly(ERROR_NOT_FOUND, "there is no wireless interface on the system");
    else if (one && found > 1)
        error = fail_plainly(ERROR_INVALID_PARAMETER, "there are several wireless interfaces; which (interface=)?");
    else
    {
        for (DWORD i = 0; i < list->dwNumberOfItems; i++)
        {
            DWORD its_error;

            if (!is_wanted(&list->InterfaceInfo[i], wanted)) continue;
            its_error = function(client, &list->InterfaceInfo[i], line);
            if (!error) error = its_error;
        }
    }
    WlanFreeMemory(list);
    return error;
}

DWORD each_interface(HANDLE client, const struct command_line *line, interface_function *function)
{
    return call_for(client, line, function, FALSE);
}

DWORD one_interface(HANDLE client, const struct command_line *line, interface_function *function)
{
    return call_for(client, line, function, TRUE);
}

void *query_interface(HANDLE client, const GUID *radio, WLAN_INTF_OPCODE opcode, DWORD least)
{
    WLAN_OPCODE_VALUE_TYPE type;
    DWORD size = 0;
    void *data = NULL;

    if (WlanQueryInterface(client, radio, opcode, NULL, &size, &data, &type)) return NULL;
    if (size >= least) return data;
    WlanFreeMemory(data);
    return NULL;
}
