/* What a user can change about wlanapi.dll. */
#include "common/settings.h"

extern const struct cork_settings cork_settings_wlanapi;

static const struct cork_setting settings[] = {
    {.name = "ConnectTimeout",
     .type = CORK_SETTING_DWORD,
     .number = 60,
     .min = 1,
     .max = 3600,
     .description = "seconds until an attempt of WlanConnect's that has neither succeeded nor failed counts as failed"},
    {.name = "Direct",
     .type = CORK_SETTING_DWORD,
     .number = 1,
     .min = 0,
     .max = 1,
     .description = "Wi-Fi Direct: 1 allowed, 0 forbidden (its functions return ERROR_INVALID_STATE)"},
    {.name = "DirectNewGroups",
     .type = CORK_SETTING_DWORD,
     .number = 1,
     .min = 0,
     .max = 1,
     .description =
         "whether WFDStartOpenSession may form a group with a device that there is no persistent group with"},
    {.name = "DirectPin",
     .type = CORK_SETTING_STRING,
     .string = "",
     .description = "the PIN that the other device shows, four or eight digits; empty: its button is pushed"},
    {.name = "DirectTimeout",
     .type = CORK_SETTING_DWORD,
     .number = 120,
     .min = 1,
     .max = 3600,
     .description = "seconds until a Wi-Fi Direct session that is being opened counts as failed"},
};

const struct cork_settings cork_settings_wlanapi = {"wlanapi", settings, sizeof(settings) / sizeof(settings[0])};
