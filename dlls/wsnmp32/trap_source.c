/* The choice between the sources of traps. */
#include "wsnmp32/trap.h"

CORK_TRACE_CHANNEL(wsnmp32);

static const struct trap_source *source;

/* What the setting says, as its first letter: "auto", "corkd", "process". */
static char chosen(void)
{
    char text[16];

    cork_setting_string(&cork_settings_wsnmp32, "TrapListener", text, sizeof(text));
    if (!strcmp(text, "auto") || !strcmp(text, "corkd") || !strcmp(text, "process")) return text[0];
    CORK_ERR("the setting TrapListener is auto, corkd or process, not '%s'\n", text);
    return 'a';
}

int trap_source_may_fall_back(void)
{
    return chosen() == 'a';
}

SNMPAPI_STATUS trap_source_start(void)
{
    char choice = chosen();
    SNMPAPI_STATUS error = SNMPAPI_TL_NOT_AVAILABLE;

    source = &trap_corkd;
    if (choice != 'p') error = source->start();
    if (choice == 'p' || (choice == 'a' && error == SNMPAPI_TL_NOT_AVAILABLE))
    {
        source = &trap_port;
        error = source->start();
    }
    return error;
}

void trap_source_stop(void)
{
    source->stop();
}
