/* Where a session's operations go. See destination.h. */
#include "mi/destination.h"

#include <windows.h>

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/application.h"
#include "mi/error.h"
#include "mi/handles.h"
#include "mi/options.h"
#include "mi/text.h"

#include <stdbool.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

#define LOCAL_CREDENTIALS 0x80041064u /* WBEM_E_LOCAL_CREDENTIALS */
#define PREFIX            MI_T("__MI_DESTINATIONOPTIONS_")
#define OPTION(name)      PREFIX MI_T(name)

/* "MS_" and the eight digits that a number may have. */
#define LOCALE_LENGTH 12

MI_Uint64 mi_interval_milliseconds(const MI_Interval *interval)
{
    MI_Uint64 seconds =
        interval->seconds + 60 * (interval->minutes + 60 * (interval->hours + (MI_Uint64)24 * interval->days));

    return 1000 * seconds + ((MI_Uint64)interval->microseconds + 999) / 1000;
}

void mi_destination_clear(struct mi_destination *destination)
{
    mi_free(destination->locale);
    memset(destination, 0, sizeof(*destination));
}

/* ---- Who is told ------------------------------------------------------------------------------------------------- */

struct listener
{
    const MI_SessionCallbacks *callbacks; /* may be NULL */
    MI_Application *application;
    MI_Instance **error; /* may be NULL */
};

static void warn(const struct listener *listener, const MI_Char *message)
{
    CORK_WARN("%s\n", cork_debugstr_w(message));
    if (listener->callbacks && listener->callbacks->writeMessage)
        listener->callbacks->writeMessage(listener->application, listener->callbacks->callbackContext,
                                          MI_WRITEMESSAGE_CHANNEL_WARNING, message);
}

/* The session cannot be made. */
static MI_Result refuse(const struct listener *listener, const MI_Char *type, MI_Uint32 code, const MI_Char *message)
{
    MI_Instance *error = NULL;

    mi_error_new(code, type, message, &error);
    if (error && listener->callbacks && listener->callbacks->writeError)
        listener->callbacks->writeError(listener->application, listener->callbacks->callbackContext, error);
    if (listener->error)
        *listener->error = error;
    else if (error)
        MI_Instance_Delete(error);
    return mi_error_result(type, code);
}

static MI_Result fail(const struct listener *listener, MI_Result result, const MI_Char *message)
{
    return refuse(listener, MI_RESULT_TYPE_MI, (MI_Uint32)result, message);
}

/* ---- Where ------------------------------------------------------------------------------------------------------- */

static bool is_local(const MI_Char *destination)
{
    static const MI_Char *const names[] = {MI_T(""), MI_T("."), MI_T("localhost"), MI_T("127.0.0.1"), MI_T("::1")};
    MI_Char name[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD length = MI_COUNT(name);

    if (!destination) return true;
    for (size_t i = 0; i < MI_COUNT(names); i++)
        if (mi_name_equal(destination, names[i])) return true;
    return GetComputerNameW(name, &length) && mi_name_equal(destination, name);
}

static MI_Result check_place(const struct listener *listener, const MI_Char *protocol, const MI_Char *destination)
{
    if (protocol && !mi_name_equal(protocol, MI_T("WMIDCOM")) && !mi_name_equal(protocol, MI_T("WINRM")))
        return fail(listener, MI_RESULT_INVALID_PARAMETER, MI_T("There is no such protocol."));
    if (protocol ? mi_name_equal(protocol, MI_T("WINRM")) : destination != NULL)
        return fail(listener, MI_RESULT_NOT_SUPPORTED, MI_T("Sessions of protocol WINRM are not implemented."));
    if (!is_local(destination))
        return fail(listener, MI_RESULT_NOT_SUPPORTED, MI_T("Sessions with other machines are not implemented."));
    return MI_RESULT_OK;
}

/* ---- Options ----------------------------------------------------------------------------------------------------- */

/* What each option means for the local machine. */
enum meaning
{
    TAKEN,   /* read by its name */
    HOLDS,   /* of packets, and of servers that would have to be trusted: there are none */
    REFUSED, /* it says to connect to something else */
};

static const struct
{
    const MI_Char *name;
    enum meaning meaning;
} meanings[] = {
    {OPTION("TIMEOUT"), TAKEN},
    {OPTION("UI_LOCALE"), TAKEN},
    {OPTION("DATA_LOCALE"), TAKEN},
    {OPTION("CERT_CA_CHECK"), HOLDS},
    {OPTION("CERT_CN_CHECK"), HOLDS},
    {OPTION("CERT_REVOCATION_CHECK"), HOLDS},
    {OPTION("PACKET_PRIVACY"), HOLDS},
    {OPTION("PACKET_INTEGRITY"), HOLDS},
    {OPTION("PACKET_ENCODING"), HOLDS},
    {OPTION("MAX_ENVELOPE_SIZE"), HOLDS},
    {OPTION("ENCODE_PORT_IN_SPN"), HOLDS},
    {OPTION("IMPERSONATION_TYPE"), HOLDS},
    {OPTION("HTTP_URL_PREFIX"), REFUSED},
    {OPTION("DESTINATION_PORT"), REFUSED},
    {OPTION("TRANSPORT"), REFUSED},
    {OPTION("PROXY_TYPE"), REFUSED},
};

static MI_Result check_option(const struct listener *listener, const MI_Char *name)
{
    for (size_t i = 0; i < MI_COUNT(meanings); i++)
    {
        if (!mi_name_equal(name, meanings[i].name)) continue;
        if (meanings[i].meaning != REFUSED) return MI_RESULT_OK;
        return fail(
            listener, MI_RESULT_NOT_SUPPORTED,
            MI_T("A port, URL prefix, transport or proxy cannot be used for connections to the local machine."));
    }
    warn(listener, MI_T("A destination option that is not known is ignored."));
    return MI_RESULT_OK;
}

/* Whoever uses the process's own credentials may say so. */
static MI_Result check_credentials(const struct listener *listener, const struct mi_options *set)
{
    MI_UserCredentials credentials;
    const MI_Char *name;

    for (MI_Uint32 i = 0; mi_options_credentials_at(set, i, &name, &credentials, NULL) == MI_RESULT_OK; i++)
        if (!mi_name_equal(credentials.authenticationType, MI_AUTH_TYPE_DEFAULT))
            return refuse(listener, MI_RESULT_TYPE_HRESULT, LOCAL_CREDENTIALS,
                          MI_T("Credentials cannot be used for connections to the local machine."));
    return MI_RESULT_OK;
}

/* WMI names a locale by its number: "en-us" is "MS_409". */
static bool locale_number(const MI_Char *name, MI_Char text[LOCALE_LENGTH])
{
    LCID locale = LocaleNameToLCID(name, 0);
    MI_Char digits[LOCALE_LENGTH], *first = digits + MI_COUNT(digits) - 1;

    if (!locale || !*name) return false;
    *first = 0;
    for (; locale; locale /= 16)
        *--first = MI_T("0123456789ABCDEF")[locale % 16];
    memcpy(text, MI_T("MS_"), 3 * sizeof(*text));
    memcpy(text + 3, first, (size_t)(digits + MI_COUNT(digits) - first) * sizeof(*text));
    return true;
}

/* WMI gives data in one form whatever the locale, so the data locale has only to exist. */
static MI_Result read_locales(const struct listener *listener, const struct mi_options *set, struct mi_destination *to)
{
    MI_Char text[LOCALE_LENGTH];
    MI_Value value;

    if (mi_options_get(set, OPTION("DATA_LOCALE"), MI_STRING, &value, NULL, NULL) == MI_RESULT_OK)
    {
        if (!locale_number(value.string, text))
            return fail(listener, MI_RESULT_INVALID_PARAMETER, MI_T("There is no such data locale."));
        warn(listener, MI_T("WMI's data are the same in every data locale."));
    }
    if (mi_options_get(set, OPTION("UI_LOCALE"), MI_STRING, &value, NULL, NULL) != MI_RESULT_OK) return MI_RESULT_OK;
    if (!locale_number(value.string, text))
        return fail(listener, MI_RESULT_INVALID_PARAMETER, MI_T("There is no such UI locale."));
    to->locale = mi_text_copy(text);
    return to->locale ? MI_RESULT_OK : fail(listener, MI_RESULT_SERVER_LIMITS_EXCEEDED, NULL);
}

static MI_Result read_options(const struct listener *listener, const struct mi_options *set, struct mi_destination *to)
{
    const MI_Char *name;
    MI_Value value;
    MI_Result result = check_credentials(listener, set);

    for (MI_Uint32 i = 0; result == MI_RESULT_OK && mi_options_at(set, i, &name, NULL, NULL, NULL) == MI_RESULT_OK; i++)
        result = check_option(listener, name);
    if (result != MI_RESULT_OK) return result;
    if (mi_options_get(set, OPTION("TIMEOUT"), MI_DATETIME, &value, NULL, NULL) == MI_RESULT_OK &&
        !value.datetime.isTimestamp)
        to->timeout = mi_interval_milliseconds(&value.datetime.u.interval);
    return read_locales(listener, set, to);
}

MI_Result mi_destination_read(const MI_Char *protocol, const MI_Char *destination, const MI_DestinationOptions *options,
                              const MI_SessionCallbacks *callbacks, MI_Application *application,
                              struct mi_destination *to, MI_Instance **error)
{
    struct listener listener = {callbacks, application, error};
    struct mi_options *set;
    struct cork_pin pin;
    MI_Result result;

    memset(to, 0, sizeof(*to));
    result = check_place(&listener, protocol, destination);
    if (result != MI_RESULT_OK || !options) return result;
    set = mi_handle_acquire(options->reserved1, MI_HANDLE_DESTINATION_OPTIONS, &pin);
    if (!set) return fail(&listener, MI_RESULT_INVALID_PARAMETER, MI_T("The destination options are none."));
    result = read_options(&listener, set, to);
    cork_pin_release(&pin);
    return result;
}
