/* The API's numbers in words. */
#include "command.h"

#define WORD(words, number) ((number) < sizeof(words) / sizeof(*(words)) && (words)[number] ? (words)[number] : "?")

const char *drive_state(DWORD state)
{
    static const char *const words[] = {
        [NTMS_DRIVESTATE_DISMOUNTED] = "empty",       [NTMS_DRIVESTATE_MOUNTED] = "mounted",
        [NTMS_DRIVESTATE_LOADED] = "loaded",          [NTMS_DRIVESTATE_UNLOADED] = "unloaded",
        [NTMS_DRIVESTATE_BEING_CLEANED] = "cleaning", [NTMS_DRIVESTATE_DISMOUNTABLE] = "dismountable",
    };

    return WORD(words, state);
}

const char *slot_state(DWORD state)
{
    static const char *const words[] = {"unknown", "full", "empty", "not there", "needs inventory"};

    return WORD(words, state);
}

const char *door_state(DWORD state)
{
    static const char *const words[] = {"unknown", "closed", "open"};

    return WORD(words, state);
}

const char *port_content(DWORD content)
{
    static const char *const words[] = {"unknown", "full", "empty"};

    return WORD(words, content);
}

const char *medium_state(DWORD state)
{
    static const char *const words[] = {"idle",     "in use",         "mounted",           "loaded",
                                        "unloaded", "operator error", "operator requested"};

    return WORD(words, state);
}

const char *partition_state(DWORD state)
{
    static const char *const words[] = {"unknown",   "unprepared", "incompatible", "decommissioned", "available",
                                        "allocated", "complete",   "unrecognized", "import",         "reserved"};

    return WORD(words, state);
}

const char *pool_type(DWORD type)
{
    static const char *const words[] = {"unknown", "free", "unrecognized", "import"};

    return type == NTMS_POOLTYPE_APPLICATION ? "application" : WORD(words, type);
}

const char *library_type(DWORD type)
{
    static const char *const words[] = {"unknown", "off-line", "on-line", "stand-alone"};

    return WORD(words, type);
}

const char *operational_state(DWORD state)
{
    switch (state)
    {
    case NTMS_READY:
        return "ready";
    case NTMS_INITIALIZING:
        return "starting";
    case NTMS_NEEDS_SERVICE:
        return "needs service";
    case NTMS_NOT_PRESENT:
        return "not there";
    default:
        return "?";
    }
}

const char *library_operation(DWORD operation)
{
    static const char *const words[] = {"remove",
                                        "disable library",
                                        "enable library",
                                        "disable drive",
                                        "enable drive",
                                        "disable medium",
                                        "enable medium",
                                        "update label",
                                        "inventory",
                                        "door",
                                        "eject",
                                        "eject cleaner",
                                        "inject",
                                        "inject cleaner",
                                        "read label",
                                        "clean",
                                        "dismount",
                                        "mount",
                                        "write label",
                                        "classify",
                                        "reserve cleaner slot",
                                        "release cleaner slot"};

    return WORD(words, operation);
}

const char *library_request_state(DWORD state)
{
    static const char *const words[] = {"queued",  "in process", "passed",    "failed", "invalid",
                                        "waiting", "deferred",   "cancelled", "stopped"};

    return WORD(words, state);
}

const char *operator_request(DWORD request)
{
    static const char *const words[] = {"unknown", "new media", "cleaner", "device service", "move media", "message"};

    return WORD(words, request);
}

const char *operator_request_state(DWORD state)
{
    static const char *const words[] = {"unknown", "submitted", "active", "in progress", "refused", "complete"};

    return WORD(words, state);
}

BOOL library_request_has_ended(DWORD state)
{
    return state != NTMS_LM_QUEUED && state != NTMS_LM_INPROCESS && state != NTMS_LM_WAITING &&
           state != NTMS_LM_DEFERRED;
}

BOOL operator_request_has_ended(DWORD state)
{
    return state == NTMS_OPSTATE_REFUSED || state == NTMS_OPSTATE_COMPLETE;
}
