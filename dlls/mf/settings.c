/* What a user can change about mf.dll. */
#include "common/settings.h"

extern const struct cork_settings cork_settings_mf;

static const struct cork_setting settings[] = {
    {.name = "Next",
     .type = CORK_SETTING_STRING,
     .string = "mf_next.dll",
     .description = "the DLL that does what mf.dll does not do itself: a file of the system folder, or a whole path"},
    {.name = "CloseTimeout",
     .type = CORK_SETTING_DWORD,
     .number = 5000,
     .min = 1,
     .max = 3600000,
     .description = "milliseconds that IMFMediaSession::Close waits for sources and sinks; then MESessionClosed comes "
                    "with ERROR_TIMEOUT (0x800705b4), and the session has let go of them"},
};

const struct cork_settings cork_settings_mf = {"mf", settings, sizeof(settings) / sizeof(settings[0])};
