/* What a user can change about wsnmp32.dll. */
#include "common/settings.h"

extern const struct cork_settings cork_settings_wsnmp32;

static const struct cork_setting settings[] = {
    {.name = "TrapPort",
     .type = CORK_SETTING_DWORD,
     .number = 162,
     .min = 1,
     .max = 65535,
     .description = "UDP port on which traps and informs are received"},
    {.name = "TrapListener",
     .type = CORK_SETTING_STRING,
     .string = "auto",
     .description = "who listens for traps: corkd (for all processes at once), process (for this one), or auto: corkd "
                    "where it is installed, else process"},
    {.name = "Timeout",
     .type = CORK_SETTING_DWORD,
     .number = 500,
     .min = 1,
     .max = 360000,
     .description = "policy time-out of new entities, in hundredths of a second"},
    {.name = "Retry",
     .type = CORK_SETTING_DWORD,
     .number = 3,
     .min = 0,
     .max = 100,
     .description = "policy retry count of new entities, retransmissions of a request"},
    {.name = "QueueLimit",
     .type = CORK_SETTING_DWORD,
     .number = 10000,
     .min = 1,
     .max = 10000000,
     .description = "traps, informs and requests that may wait in a session; further ones are dropped"},
    {.name = "TranslateMode",
     .type = CORK_SETTING_DWORD,
     .number = 1,
     .min = 0,
     .max = 2,
     .description = "translation mode at start: 0 translated, 1 untranslated SNMPv1, 2 untranslated SNMPv2c"},
    {.name = "RetransmitMode",
     .type = CORK_SETTING_DWORD,
     .number = 1,
     .min = 0,
     .max = 1,
     .description = "retransmission mode at start: 0 off, 1 on"},
};

const struct cork_settings cork_settings_wsnmp32 = {"wsnmp32", settings, sizeof(settings) / sizeof(settings[0])};
