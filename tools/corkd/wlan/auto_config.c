/* The parameters of automatic configuration, and who may do what: kept once a prefix. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corkd/wlan/wlan.h"

#define SECURABLE_OBJECTS 17 /* WLAN_SECURABLE_OBJECT_COUNT */
#define SDDL_MAX          16384
#define BLOCK_PERIOD      60 /* seconds, where nobody has set it */

/* ---- Parameters ---- */

static const struct parameter
{
    const char *name; /* NULL: it cannot be set */
    bool is_bool;
    uint32_t value; /* where nobody has set it */
} parameters[] = {
    [AUTOCONF_SHOW_DENIED] = {"autoconf.show_denied", true, 0},
    [AUTOCONF_POWER_SETTING] = {NULL, false, 0}, /* no saving: the service has none of its own */
    [AUTOCONF_ONLY_POLICY_PROFILES] = {NULL, true, 0},
    [AUTOCONF_ALLOW_EXPLICIT_CREDENTIALS] = {"autoconf.explicit_credentials", true, 0},
    [AUTOCONF_BLOCK_PERIOD] = {"autoconf.block_period", false, BLOCK_PERIOD},
    [AUTOCONF_ALLOW_VIRTUAL_STATION] = {"autoconf.virtual_station", true, 1},
};

static const struct parameter *parameter_of(uint32_t opcode)
{
    if (opcode < AUTOCONF_SHOW_DENIED || opcode >= sizeof(parameters) / sizeof(parameters[0])) return NULL;
    return &parameters[opcode];
}

uint32_t wlan_auto_config(struct wlan *wlan, enum wlan_autoconf opcode)
{
    const struct parameter *parameter = &parameters[opcode];

    return parameter->name ? kept_settings_number(wlan->settings, parameter->name, parameter->value) : parameter->value;
}

uint32_t wlan_query_auto_config(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                                struct host_encoder *values)
{
    uint32_t opcode = host_get_u32(arguments);
    const struct parameter *parameter = parameter_of(opcode);

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!parameter) return ERROR_INVALID_PARAMETER;
    wlan_put_number_data(values, wlan_auto_config(wlan, (enum wlan_autoconf)opcode));
    host_put_u32(values, parameter->name ? VALUE_SET_BY_USER : VALUE_QUERY_ONLY);
    return ERROR_SUCCESS;
}

uint32_t wlan_set_auto_config(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                              struct host_encoder *values)
{
    uint32_t opcode = host_get_u32(arguments), number;
    bool right = wlan_get_number_data(arguments, &number);
    const struct parameter *parameter = parameter_of(opcode);

    (void)client, (void)values;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!right || !parameter || !parameter->name) return ERROR_INVALID_PARAMETER;
    if (parameter->is_bool) number = number != 0;
    return kept_settings_put_number(wlan->settings, parameter->name, number) ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

/* ---- Security ---- */

static bool security_name(uint32_t object, char name[KEPT_NAME_SIZE])
{
    if (object >= SECURABLE_OBJECTS) return false;
    snprintf(name, KEPT_NAME_SIZE, "security.%u", object);
    return true;
}

uint32_t wlan_set_security(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    uint32_t object = host_get_u32(arguments);
    uint16_t *text = host_get_utf16(arguments);
    char name[KEPT_NAME_SIZE];
    size_t length = 0;
    bool good;

    (void)client, (void)values;
    if (!wlan_arguments_end(arguments))
    {
        free(text);
        return WLAN_MALFORMED;
    }
    while (text && text[length])
        length++;
    good = text && length <= SDDL_MAX && security_name(object, name);
    if (!good)
    {
        free(text);
        return ERROR_INVALID_PARAMETER;
    }
    good = kept_settings_put(wlan->settings, name, text, (length + 1) * sizeof(*text));
    free(text);
    return good ? ERROR_SUCCESS : ERROR_GEN_FAILURE;
}

uint32_t wlan_get_security(struct wlan *wlan, host_client client, struct host_decoder *arguments,
                           struct host_encoder *values)
{
    uint32_t object = host_get_u32(arguments);
    char name[KEPT_NAME_SIZE];
    uint16_t *text;
    uint8_t *kept;
    size_t size;

    (void)client;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    if (!security_name(object, name)) return ERROR_INVALID_PARAMETER;
    kept = kept_settings_get(wlan->settings, name, &size);
    text = kept && size >= 2 && size % 2 == 0 ? malloc(size) : NULL;
    if (text)
    {
        memcpy(text, kept, size);
        text[size / 2 - 1] = 0;
    }
    host_put_utf16(values, text);
    host_put_u32(values, text ? VALUE_SET_BY_USER : VALUE_QUERY_ONLY);
    free(text);
    free(kept);
    return ERROR_SUCCESS;
}
