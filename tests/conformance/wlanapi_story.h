/*
 * What notifications tell of a connection, as a text: "A9 M1 M2" is notification 9 of ACM, then 1 and 2 of MSM. Scans
 * and profiles are left out.
 */
#ifndef CORK_TESTS_WLANAPI_STORY_H
#define CORK_TESTS_WLANAPI_STORY_H

#include "wlanapi_test.h"

/* Of winerror.h, which mingw-w64 has without it. */
#ifndef ERROR_NDIS_DOT11_POWER_STATE_INVALID
#define ERROR_NDIS_DOT11_POWER_STATE_INVALID 0x80342002u
#endif

struct story
{
    CRITICAL_SECTION lock;
    HANDLE told; /* an event: something more */
    char text[512];
    WLAN_CONNECTION_NOTIFICATION_DATA acm; /* the last of each */
    WCHAR xml[2048];                       /* of the last ACM's */
    WLAN_MSM_NOTIFICATION_DATA msm;
    WLAN_REASON_CODE attempt_reason; /* of the last attempt that failed */
    WLAN_REASON_CODE left_reason;    /* of the last wlan_notification_msm_disconnected */
    DWORD number;                    /* of the last signal quality */
    WLAN_PHY_RADIO_STATE radio;
    GUID guid; /* the last interface */
    DWORD size;
};

/* Begins to listen with client()'s handle. */
BOOL story_begin(struct story *story);
void story_end(struct story *story);
/* Whether exactly that has been told since it was asked the last time, or is told within LONG_TIME. */
BOOL story_is(struct story *story, const char *expected);

/* A connection that succeeds, and one that a program ends. */
#define CONNECTS    "A9 M1 M2 M3 M4 A10 "
#define DISCONNECTS "A20 M9 M10 A21 "

#endif
