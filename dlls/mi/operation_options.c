/* What an operation's flags and options come to. See operation_options.h. */
#include "mi/operation_options.h"

#include <windows.h>

#include "mi/handles.h"
#include "mi/options.h"
#include "mi/text.h"

#include <string.h>

#define PREFIX       MI_T("__MI_OPERATIONOPTIONS_")
#define OPTION(name) PREFIX MI_T(name)

#define KNOWN_FLAGS                                                                                                    \
    (MI_OPERATIONFLAGS_MANUAL_ACK_RESULTS | MI_OPERATIONFLAGS_BASIC_RTTI | MI_OPERATIONFLAGS_FULL_RTTI |               \
     MI_OPERATIONFLAGS_LOCALIZED_QUALIFIERS | MI_OPERATIONFLAGS_EXPENSIVE_PROPERTIES |                                 \
     MI_OPERATIONFLAGS_POLYMORPHISM_SHALLOW | MI_OPERATIONFLAGS_POLYMORPHISM_DEEP_BASE_PROPS_ONLY |                    \
     MI_OPERATIONFLAGS_REPORT_OPERATION_STARTED | MI_OPERATIONFLAGS_NO_RTTI | MI_OPERATIONFLAGS_STANDARD_RTTI)

static void refuse(struct mi_request *request, const MI_Char *why)
{
    if (request->refused != MI_RESULT_OK) return;
    request->refused = MI_RESULT_NOT_SUPPORTED;
    request->refusal = why;
}

static bool is_custom(const MI_Char *name)
{
    static const MI_Char prefix[] = PREFIX;
    MI_Char head[MI_COUNT(prefix)];
    size_t length = 0;

    for (; length < MI_COUNT(prefix) - 1 && name[length]; length++)
        head[length] = name[length];
    head[length] = 0;
    return !mi_name_equal(head, prefix);
}

/* ---- What WMI is told ---------------------------------------------------------------------------------------------
 */

/* Context values that WMI's own documentation defines, and what they are called among our options. */
static const struct
{
    const MI_Char *option, *context;
} architecture[] = {
    {OPTION("PROVIDER_ARCHITECTURE"), MI_T("__ProviderArchitecture")},
    {OPTION("REQUIRED_ARCHITECTURE"), MI_T("__RequiredArchitecture")},
};

bool mi_request_next_context(const struct mi_request *request, MI_Uint32 *at, const MI_Char **name, MI_Value *value,
                             MI_Type *type)
{
    while (request->options && mi_options_at(request->options, (*at)++, name, value, type, NULL) == MI_RESULT_OK)
    {
        MI_Uint32 number = value->uint32;

        if (is_custom(*name)) return true;
        for (size_t i = 0; i < MI_COUNT(architecture); i++)
        {
            if (!mi_name_equal(*name, architecture[i].option)) continue;
            *name = architecture[i].context;
            *type = i ? MI_BOOLEAN : MI_UINT32;
            memset(value, 0, sizeof(*value));
            if (i)
                value->boolean = number != 0;
            else
                value->uint32 = number == MI_PROVIDER_ARCHITECTURE_32BIT ? 32 : 64;
            return true;
        }
    }
    return false;
}

/* ---- What is refused ----------------------------------------------------------------------------------------------
 */

static bool runs_64_bit(void)
{
    BOOL wow64 = FALSE;

    return sizeof(void *) == 8 || (IsWow64Process(GetCurrentProcess(), &wow64) && wow64);
}

static void check_architecture(struct mi_request *request)
{
    MI_Value wanted, required;

    if (mi_options_get(request->options, architecture[0].option, MI_UINT32, &wanted, NULL, NULL) != MI_RESULT_OK ||
        mi_options_get(request->options, architecture[1].option, MI_UINT32, &required, NULL, NULL) != MI_RESULT_OK)
        return;
    if (required.uint32 && wanted.uint32 == MI_PROVIDER_ARCHITECTURE_64BIT && !runs_64_bit())
        refuse(request, MI_T("There are no 64-bit providers on this machine."));
}

/* Of an option that must be understood nobody can say whether a provider will; of the architecture WMI itself does.
 * Prompts, channels and the modes of callbacks are for what providers ask and tell: WMI's do neither, so they hold. */
static void check_option(struct mi_request *request, const MI_Char *name, bool must_comply)
{
    if (is_custom(name) && must_comply && !mi_name_equal(name, architecture[0].context))
        refuse(request, MI_T("A custom option that must be complied with is not understood."));
    if (mi_name_equal(name, OPTION("RESOURCE_URI")) || mi_name_equal(name, OPTION("RESOURCE_URI_PREFIX")))
        refuse(request, MI_T("Resource URIs are not supported by protocol WMIDCOM."));
}

/* RTTI flags say what the caller is content with; types are always whole, so all of them hold. */
static void check_flags(struct mi_request *request, MI_Uint32 flags)
{
    request->flags = flags;
    if (flags & ~KNOWN_FLAGS) request->bad = true;
}

static void take_set(struct mi_request *request, const struct mi_options *set)
{
    MI_Value value;

    request->options = mi_options_clone(set);
    if (!request->options)
    {
        request->refused = MI_RESULT_SERVER_LIMITS_EXCEEDED;
        return;
    }
    for (MI_Uint32 i = 0; i < set->elements.count; i++)
        check_option(request, set->elements.list[i].name, set->extras[i].must_comply || set->kind);
    check_architecture(request);
    if (mi_options_get(set, OPTION("TIMEOUT"), MI_DATETIME, &value, NULL, NULL) == MI_RESULT_OK &&
        !value.datetime.isTimestamp)
        request->timeout = mi_interval_milliseconds(&value.datetime.u.interval);
}

void mi_request_take_options(struct mi_request *request, MI_Uint32 flags, const MI_OperationOptions *options,
                             const struct mi_destination *destination)
{
    struct mi_options *set;
    struct cork_pin pin;

    check_flags(request, flags);
    request->timeout = destination->timeout;
    if (destination->locale)
    {
        request->locale = mi_text_copy(destination->locale);
        if (!request->locale) request->refused = MI_RESULT_SERVER_LIMITS_EXCEEDED;
    }
    if (!options) return;
    set = mi_handle_acquire(options->reserved1, MI_HANDLE_OPERATION_OPTIONS, &pin);
    if (!set)
    {
        request->bad = true;
        return;
    }
    take_set(request, set);
    cork_pin_release(&pin);
}
