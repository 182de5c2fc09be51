/* wlan show filters, add filter, delete filter. A network without a name stands for all of its type (denyall). */
#include "command.h"

#include <string.h>

enum permission
{
    PERMISSION_ALLOW,
    PERMISSION_BLOCK,
    PERMISSION_DENY_ALL,
};

/* ---- show filters ---- */

static DWORD show_list(HANDLE client, WLAN_FILTER_LIST_TYPE type, const char *title)
{
    DOT11_NETWORK_LIST *list = NULL;
    DWORD error = WlanGetFilterList(client, type, NULL, &list);
    char ssid[SSID_TEXT_SIZE];

    show_heading("%s", title);
    if (error) return fail(error, "%s", title);
    if (!list || !list->dwNumberOfItems) say("    <None>\n");
    for (DWORD i = 0; list && i < list->dwNumberOfItems; i++)
    {
        const DOT11_NETWORK *network = &list->Network[i];

        if (network->dot11Ssid.uSSIDLength)
            say("    SSID: \"%s\", Type: %s\n", ssid_text(&network->dot11Ssid, ssid), bss_type(network->dot11BssType));
        else
            say("    All networks, Type: %s\n", bss_type(network->dot11BssType));
    }
    WlanFreeMemory(list);
    return ERROR_SUCCESS;
}

DWORD verb_show_filters(HANDLE client, const struct command_line *line)
{
    static const struct
    {
        WLAN_FILTER_LIST_TYPE type;
        enum permission permission;
        const char *title;
    } lists[] = {
        {wlan_filter_list_type_gp_permit, PERMISSION_ALLOW, "Allow list on the system (group policy)"},
        {wlan_filter_list_type_user_permit, PERMISSION_ALLOW, "Allow list on the system (user)"},
        {wlan_filter_list_type_gp_deny, PERMISSION_BLOCK, "Block list on the system (group policy)"},
        {wlan_filter_list_type_user_deny, PERMISSION_BLOCK, "Block list on the system (user)"},
    };
    const BOOL all = !line_value(line, "permission")->given;
    DWORD first = ERROR_SUCCESS;

    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
    {
        DWORD error = all || lists[i].permission == line_number(line, "permission", 0)
                          ? show_list(client, lists[i].type, lists[i].title)
                          : ERROR_SUCCESS;

        if (!first) first = error;
    }
    return first;
}

/* ---- add filter, delete filter ---- */

static DWORD read_network(const struct command_line *line, DOT11_NETWORK *network)
{
    const BOOL all = line_number(line, "permission", 0) == PERMISSION_DENY_ALL;
    const struct tag_value *ssid = line_value(line, "ssid");

    if (all && ssid->given)
        return fail_plainly(ERROR_INVALID_PARAMETER, "%s: denyall is of all networks, not of an ssid",
                            line->verb->name);
    if (!all && !ssid->given) return fail_plainly(ERROR_INVALID_PARAMETER, "%s needs ssid=", line->verb->name);
    network->dot11BssType =
        line_number(line, "networktype", 0) ? dot11_BSS_type_independent : dot11_BSS_type_infrastructure;
    return read_ssid(ssid, &network->dot11Ssid);
}

static BOOL is_same(const DOT11_NETWORK *a, const DOT11_NETWORK *b)
{
    return a->dot11BssType == b->dot11BssType && a->dot11Ssid.uSSIDLength == b->dot11Ssid.uSSIDLength &&
           !memcmp(a->dot11Ssid.ucSSID, b->dot11Ssid.ucSSID, a->dot11Ssid.uSSIDLength);
}

/* The list with or without the network. */
static DWORD write_list(HANDLE client, WLAN_FILTER_LIST_TYPE type, const DOT11_NETWORK_LIST *old,
                        const DOT11_NETWORK *network, BOOL with)
{
    const DWORD count = old ? old->dwNumberOfItems : 0;
    DOT11_NETWORK_LIST *list = WlanAllocateMemory((DWORD)(sizeof(*list) + (count + 1) * sizeof(DOT11_NETWORK)));
    DWORD error;

    if (!list) return ERROR_NOT_ENOUGH_MEMORY;
    list->dwNumberOfItems = list->dwIndex = 0;
    for (DWORD i = 0; i < count; i++)
        if (!is_same(&old->Network[i], network)) list->Network[list->dwNumberOfItems++] = old->Network[i];
    if (!with && list->dwNumberOfItems == count)
        error = ERROR_NOT_FOUND;
    else
    {
        if (with) list->Network[list->dwNumberOfItems++] = *network;
        error = WlanSetFilterList(client, type, list->dwNumberOfItems ? list : NULL, NULL);
    }
    WlanFreeMemory(list);
    return error;
}

static DWORD change_filter(HANDLE client, const struct command_line *line, BOOL add)
{
    const WLAN_FILTER_LIST_TYPE type = line_number(line, "permission", 0) == PERMISSION_ALLOW
                                           ? wlan_filter_list_type_user_permit
                                           : wlan_filter_list_type_user_deny;
    DOT11_NETWORK_LIST *list = NULL;
    DOT11_NETWORK network = {0};
    DWORD error = read_network(line, &network);

    if (error) return error;
    error = WlanGetFilterList(client, type, NULL, &list);
    if (!error) error = write_list(client, type, list, &network, add);
    WlanFreeMemory(list);
    if (error) return fail(error, "%s", line->verb->name);
    say("The filter has been %s.\n", add ? "added" : "deleted");
    return ERROR_SUCCESS;
}

DWORD verb_add_filter(HANDLE client, const struct command_line *line)
{
    return change_filter(client, line, TRUE);
}

DWORD verb_delete_filter(HANDLE client, const struct command_line *line)
{
    return change_filter(client, line, FALSE);
}
