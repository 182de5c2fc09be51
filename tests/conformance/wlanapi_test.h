/*
 * What the wlanapi tests share: the functions, loaded at run time, and what the tests' own wpa_supplicant serves
 * (tests/wifi/fake_supplicant.c): one station, whose networks are "Net0000." and so on, and peers that do as their
 * number says.
 */
#ifndef CORK_TESTS_WLANAPI_TEST_H
#define CORK_TESTS_WLANAPI_TEST_H

#include "harness.h"

#include <wlanapi.h>

#include <stdio.h>
#include <string.h>

#define LONG_TIME 60000 /* milliseconds; what is waited for has to come */

/* name, number of parameters */
#define WLANAPI_FUNCTIONS(X)                                                                                           \
    X(WlanOpenHandle, 4)                                                                                               \
    X(WlanCloseHandle, 2)                                                                                              \
    X(WlanAllocateMemory, 1)                                                                                           \
    X(WlanFreeMemory, 1)                                                                                               \
    X(WlanEnumInterfaces, 3)                                                                                           \
    X(WlanGetInterfaceCapability, 4)                                                                                   \
    X(WlanScan, 5)                                                                                                     \
    X(WlanGetNetworkBssList, 7)                                                                                        \
    X(WlanSetProfile, 8)                                                                                               \
    X(WlanGetProfile, 7)                                                                                               \
    X(WlanDeleteProfile, 4)                                                                                            \
    X(WlanRenameProfile, 5)                                                                                            \
    X(WlanGetProfileList, 4)                                                                                           \
    X(WlanSetProfileList, 5)                                                                                           \
    X(WlanSetProfilePosition, 5)                                                                                       \
    X(WlanSetProfileCustomUserData, 6)                                                                                 \
    X(WlanGetProfileCustomUserData, 6)                                                                                 \
    X(WlanSaveTemporaryProfile, 7)                                                                                     \
    X(WlanSetProfileEapUserData, 8)                                                                                    \
    X(WlanSetProfileEapXmlUserData, 6)                                                                                 \
    X(WlanGetAvailableNetworkList, 5)                                                                                  \
    X(WlanGetAvailableNetworkList2, 5)                                                                                 \
    X(WlanConnect, 4)                                                                                                  \
    X(WlanConnect2, 4)                                                                                                 \
    X(WlanDisconnect, 3)                                                                                               \
    X(WlanRegisterNotification, 7)                                                                                     \
    X(WlanReasonCodeToString, 4)                                                                                       \
    X(WlanSetPsdIEDataList, 4)                                                                                         \
    X(WlanExtractPsdIEDataList, 6)                                                                                     \
    X(WlanGetSupportedDeviceServices, 3)                                                                               \
    X(WlanDeviceServiceCommand, 9)                                                                                     \
    X(WlanRegisterDeviceServiceNotification, 2)                                                                        \
    X(WlanQueryInterface, 7)                                                                                           \
    X(WlanSetInterface, 6)                                                                                             \
    X(WlanQueryAutoConfigParameter, 6)                                                                                 \
    X(WlanSetAutoConfigParameter, 5)                                                                                   \
    X(WlanSetFilterList, 4)                                                                                            \
    X(WlanGetFilterList, 4)                                                                                            \
    X(WlanSetSecuritySettings, 3)                                                                                      \
    X(WlanGetSecuritySettings, 5)                                                                                      \
    X(WlanHostedNetworkStartUsing, 3)                                                                                  \
    X(WlanHostedNetworkStopUsing, 3)                                                                                   \
    X(WlanHostedNetworkForceStart, 3)                                                                                  \
    X(WlanHostedNetworkForceStop, 3)                                                                                   \
    X(WlanHostedNetworkInitSettings, 3)                                                                                \
    X(WlanHostedNetworkRefreshSecuritySettings, 3)                                                                     \
    X(WlanHostedNetworkQueryProperty, 6)                                                                               \
    X(WlanHostedNetworkSetProperty, 6)                                                                                 \
    X(WlanHostedNetworkQuerySecondaryKey, 7)                                                                           \
    X(WlanHostedNetworkSetSecondaryKey, 7)                                                                             \
    X(WlanHostedNetworkQueryStatus, 3)                                                                                 \
    X(WlanRegisterVirtualStationNotification, 3)                                                                       \
    X(WlanIhvControl, 8)                                                                                               \
    X(WFDOpenHandle, 3)                                                                                                \
    X(WFDCloseHandle, 1)                                                                                               \
    X(WFDStartOpenSession, 5)                                                                                          \
    X(WFDOpenLegacySession, 4)                                                                                         \
    X(WFDCancelOpenSession, 1)                                                                                         \
    X(WFDCloseSession, 1)                                                                                              \
    X(WFDUpdateDeviceVisibility, 1)

#define DECLARE_FUNCTION(name, count) extern __typeof__(name) *p##name;
WLANAPI_FUNCTIONS(DECLARE_FUNCTION)
#undef DECLARE_FUNCTION

/* Whether the call returns this code; notes what it returns instead. */
#define GIVES(code, call) returned(call, code)
int returned(DWORD result, DWORD code);

/* A handle of WlanOpenHandle, version 2, or of WFDOpenHandle; closed before the next case. */
HANDLE client(void);
HANDLE direct_client(void);
/* The station's GUID. Whether there is one. */
BOOL station(GUID *guid);
#define NEEDS_STATION "no interface is there"

/* A handle of WlanOpenHandle, version 1: a client of Windows XP's API; the caller closes it. */
HANDLE old_client(void);
/* Ends the service, and waits until it has gone. Whether the test may do so here. */
BOOL end_service(void);
#define NOBODY_ENDS_IT "nobody can end the service here"
/* What the tests' wpa_supplicant was asked from then on has a line with that text; waits for it. NULL: begins. */
BOOL was_asked(const char *text);

/* wlanapi_profile_text.c. A profile's XML, valid until the next but three; `key` NULL: without one. */
const WCHAR *profile_xml(const WCHAR *name, const char *auth, const char *cipher, const char *key);
/* The text with its first `from` replaced, valid until the next. */
const WCHAR *profile_changed(const WCHAR *text, const WCHAR *from, const WCHAR *to);
/* The XML of a WPA2-Personal profile of that name, added for all users. */
DWORD add_profile(const GUID *guid, const WCHAR *name);
/* The station has no profiles then; for those that may not be deleted the service is ended. Whether that could be done.
 */
BOOL forget_profiles(void);
#define NOT_FORGOTTEN "what another test has left cannot be taken away"
/* What `--exit profile` does: adds the profile "Other process". */
void add_profile_and_end(void);

#define BAD_HANDLE ((HANDLE)(ULONG_PTR)0x12345678)
extern const GUID unknown_interface;

#endif
