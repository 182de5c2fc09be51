/* wlan show profiles, delete profile, set profileorder. */
#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "profile.h"

DWORD each_profile(HANDLE client, const struct matching *matching, DWORD *count)
{
    WLAN_PROFILE_INFO_LIST *list = NULL;
    DWORD error = WlanGetProfileList(client, matching->radio, NULL, &list), first = ERROR_SUCCESS;
    char name[3 * WLAN_MAX_NAME_LENGTH];

    if (error) return fail(error, "profiles");
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
    {
        const WLAN_PROFILE_INFO *info = &list->ProfileInfo[i];

        to_utf8(info->strProfileName, name, sizeof(name));
        if (matching->pattern && !fits_pattern(matching->pattern, name)) continue;
        ++*count;
        error = matching->function(client, matching, info);
        if (!first) first = error;
    }
    WlanFreeMemory(list);
    return first;
}

/* ---- show profiles ---- */

static DWORD list_one(HANDLE client, const struct matching *matching, const WLAN_PROFILE_INFO *info)
{
    char name[NAME_SIZE];

    (void)client, (void)matching;
    show(info->dwFlags & WLAN_PROFILE_GROUP_POLICY ? "Group policy profile"
         : info->dwFlags & WLAN_PROFILE_USER       ? "Current User Profile"
                                                   : "All User Profile",
         "%s", name_text(info->strProfileName, name));
    return ERROR_SUCCESS;
}

/* What the profile says there; `otherwise` (NULL: nothing is shown) where it does not. */
static void show_element(const char *xml, const char *label, const char *path, const char *otherwise)
{
    char text[PROFILE_TEXT_SIZE], shown[4 * PROFILE_TEXT_SIZE + 1];

    if (profile_text(xml, path, text, sizeof(text)))
        show(label, "%s", shown_text((const uint8_t *)text, strlen(text), shown));
    else if (otherwise)
        show(label, "%s", otherwise);
}

static void show_profile(const char *xml, DWORD flags)
{
    say("\nProfile information\n-------------------\n");
    show("Type", "%s", flags & WLAN_PROFILE_USER ? "Current User Profile" : "All User Profile");
    show_element(xml, "Name", "name", "");
    show_element(xml, "Connection mode", "connectionMode", "auto");
    show_element(xml, "Network broadcast", "SSIDConfig/nonBroadcast", NULL);
    show_element(xml, "AutoSwitch", "autoSwitch", NULL);
    say("\nConnectivity settings\n---------------------\n");
    show_element(xml, "SSID name", "SSIDConfig/SSID/name", NULL);
    show_element(xml, "SSID in hexadecimal", "SSIDConfig/SSID/hex", NULL);
    show_element(xml, "Network type", "connectionType", "");
    say("\nSecurity settings\n-----------------\n");
    show_element(xml, "Authentication", "MSM/security/authEncryption/authentication", "");
    show_element(xml, "Cipher", "MSM/security/authEncryption/encryption", "");
    show_element(xml, "802.1X", "MSM/security/authEncryption/useOneX", NULL);
    show_element(xml, "Security key", "MSM/security/sharedKey/keyType", "Absent");
}

char *profile_xml(HANDLE client, const struct matching *matching, const WCHAR *name, DWORD *flags, DWORD *error)
{
    WCHAR *wide = NULL;
    DWORD granted;
    char *xml;
    size_t size;

    *flags = matching->with_key ? WLAN_PROFILE_GET_PLAINTEXT_KEY : 0;
    *error = WlanGetProfile(client, matching->radio, name, NULL, &wide, flags, &granted);
    if (*error) return NULL;
    size = 3 * wcslen(wide) + 1;
    xml = malloc(size);
    if (xml)
        to_utf8(wide, xml, size);
    else
        *error = ERROR_NOT_ENOUGH_MEMORY;
    WlanFreeMemory(wide);
    return xml;
}

static DWORD show_one(HANDLE client, const struct matching *matching, const WLAN_PROFILE_INFO *info)
{
    DWORD flags, error;
    char name[NAME_SIZE], *xml = profile_xml(client, matching, info->strProfileName, &flags, &error);

    name_text(info->strProfileName, name);
    if (!xml) return fail(error, "profile %s", name);
    show_heading("Profile %s on interface %s", name, matching->interface_name);
    show_profile(xml, flags);
    if (matching->with_key) show_element(xml, "Key Content", "MSM/security/sharedKey/keyMaterial", NULL);
    free(xml);
    return ERROR_SUCCESS;
}

static DWORD show_profiles(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    struct matching matching = matching_of(radio, line);
    DWORD count = 0, error;

    matching.function = matching.pattern ? show_one : list_one;
    if (!matching.pattern) show_heading("Profiles on interface %s", interface_name(radio, matching.interface_name));
    error = each_profile(client, &matching, &count);
    if (error || count) return error;
    if (matching.pattern) return fail_no_profile(&matching);
    say("    <None>\n");
    return ERROR_SUCCESS;
}

DWORD verb_show_profiles(HANDLE client, const struct command_line *line)
{
    DWORD error;

    if (!line_value(line, "interface")->given && !line_value(line, "name")->given && !count_interfaces(client, &error))
    {
        if (!error) show_no_interface();
        return error;
    }
    return each_interface(client, line, show_profiles);
}

/* ---- What they share ---- */

struct matching matching_of(const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    const struct tag_value *name = line_value(line, "name"), *key = line_optional(line, "key");
    struct matching matching = {.radio = &radio->InterfaceGuid,
                                .line = line,
                                .pattern = name->given ? name->text : NULL,
                                .with_key = key && key->given};

    interface_name(radio, matching.interface_name);
    return matching;
}

DWORD fail_no_profile(const struct matching *matching)
{
    return fail_plainly(ERROR_NOT_FOUND, "there is no profile %s on interface %s", matching->pattern,
                        matching->interface_name);
}

/* ---- delete profile, set profileorder ---- */

static DWORD delete_one(HANDLE client, const struct matching *matching, const WLAN_PROFILE_INFO *info)
{
    DWORD error = WlanDeleteProfile(client, matching->radio, info->strProfileName, NULL);
    char name[NAME_SIZE];

    name_text(info->strProfileName, name);
    if (error) return fail(error, "delete profile %s", name);
    say("Profile %s has been deleted from interface %s.\n", name, matching->interface_name);
    return ERROR_SUCCESS;
}

static DWORD delete_profiles(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    struct matching matching = matching_of(radio, line);
    DWORD count = 0, error;

    matching.function = delete_one;
    error = each_profile(client, &matching, &count);
    return error || count ? error : fail_no_profile(&matching);
}

DWORD verb_delete_profile(HANDLE client, const struct command_line *line)
{
    return each_interface(client, line, delete_profiles);
}

static DWORD set_position(HANDLE client, const WLAN_INTERFACE_INFO *radio, const struct command_line *line)
{
    const char *text = line_value(line, "name")->text;
    DWORD priority = line_number(line, "priority", 1), error;
    WCHAR name[WLAN_MAX_NAME_LENGTH];

    if (!to_wide(text, name, WLAN_MAX_NAME_LENGTH))
        return fail_plainly(ERROR_INVALID_PARAMETER, "%s: no profile has so long a name", text);
    error = WlanSetProfilePosition(client, &radio->InterfaceGuid, name, priority - 1, NULL);
    if (error) return fail(error, "set profileorder %s", text);
    say("Profile %s has priority %lu now.\n", text, priority);
    return ERROR_SUCCESS;
}

DWORD verb_profile_order(HANDLE client, const struct command_line *line)
{
    return one_interface(client, line, set_position);
}
