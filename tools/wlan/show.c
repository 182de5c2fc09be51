/* Lines of what is shown. */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void show(const char *label, const char *format, ...)
{
    char text[2 * NAME_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    say("    %-24s : %s\n", label, text);
}

void show_heading(const char *format, ...)
{
    char text[2 * NAME_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    say("\n%s\n", text);
    for (size_t i = 0; text[i]; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80) say("-");
    say("\n");
}

const char *yes_or_no(BOOL value)
{
    return value ? "Yes" : "No";
}

const char *address_text(const UCHAR *address, char *text)
{
    for (int i = 0; i < 6; i++)
        sprintf(text + 3 * i, "%02x%s", address[i], i < 5 ? ":" : "");
    return text;
}

const char *ssid_text(const DOT11_SSID *ssid, char *text)
{
    size_t length = ssid->uSSIDLength <= DOT11_SSID_MAX_LENGTH ? ssid->uSSIDLength : 0;

    return shown_text(ssid->ucSSID, length, text);
}

const char *name_text(const WCHAR *name, char *text)
{
    char utf8[3 * WLAN_MAX_NAME_LENGTH];

    to_utf8(name, utf8, sizeof(utf8));
    return shown_text((const uint8_t *)utf8, strlen(utf8), text);
}

DWORD read_ssid(const struct tag_value *value, DOT11_SSID *ssid)
{
    size_t length = strlen(value->text);

    memset(ssid, 0, sizeof(*ssid));
    if (length > DOT11_SSID_MAX_LENGTH)
        return fail_plainly(ERROR_INVALID_PARAMETER, "%s: an SSID has up to 32 bytes", value->text);
    ssid->uSSIDLength = (ULONG)length;
    memcpy(ssid->ucSSID, value->text, length);
    return ERROR_SUCCESS;
}

const char *reason_text(WLAN_REASON_CODE reason, char *text)
{
    WCHAR words[WLAN_MAX_NAME_LENGTH];

    if (WlanReasonCodeToString(reason, WLAN_MAX_NAME_LENGTH, words, NULL) || !words[0]) wcscpy(words, L"unknown");
    return name_text(words, text);
}

DWORD fail_for_reason(DWORD error, WLAN_REASON_CODE reason, const char *format, ...)
{
    char what[2 * NAME_SIZE], words[NAME_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    tell("wlan: %s: %s (reason %#lx, error %lu)\n", what, reason_text(reason, words), reason, error);
    return error;
}
