/*
 * Wi-Fi Direct sessions with legacy devices (see fake_supplicant.c for which there are).
 */
#include "wlanapi_test.h"

static DWORD open_legacy(UCHAR device, HANDLE *session, GUID *interface)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 1, device};
    DWORD error;

    *session = NULL;
    memset(interface, 0, sizeof(*interface));
    error = pWFDOpenLegacySession(direct_client(), &address, session, interface);
    note("result %lu, session %p", error, *session);
    return error;
}

static void arguments(void)
{
    DOT11_MAC_ADDRESS address = {2, 0, 0, 0, 1, 1};
    HANDLE session;
    GUID interface;

    CHECK(WFDOpenLegacySession, ERROR_INVALID_PARAMETER,
          "This error is returned if the phClientHandle or the pLegacyMacAddress parameter is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDOpenLegacySession(NULL, &address, &session, &interface)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDOpenLegacySession(direct_client(), NULL, &session, &interface)));
    CHECK(WFDOpenLegacySession, results, "A pointer to a HANDLE to receive the handle; a pointer to the GUID.",
          GIVES(ERROR_INVALID_PARAMETER, pWFDOpenLegacySession(direct_client(), &address, NULL, &interface)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWFDOpenLegacySession(direct_client(), &address, &session, NULL)));
    CHECK(WFDOpenLegacySession, ERROR_INVALID_HANDLE, "This parameter is retrieved using the WFDOpenHandle function.",
          GIVES(ERROR_INVALID_HANDLE, pWFDOpenLegacySession(BAD_HANDLE, &address, &session, &interface)) &&
              GIVES(ERROR_INVALID_HANDLE, pWFDOpenLegacySession(client(), &address, &session, &interface)));
}

static void stored(void)
{
    static const UCHAR devices[] = {1, 5}; /* by its address, by its SSID */
    GUID adapter, interface;
    HANDLE session, second;

    station(&adapter);
    for (unsigned i = 0; i < sizeof(devices); i++)
    {
        CHECK(WFDOpenLegacySession, ERROR_SUCCESS,
              "Retrieves and applies a stored profile for a Wi-Fi Direct legacy device.",
              GIVES(ERROR_SUCCESS, open_legacy(devices[i], &session, &interface)) && session);
        CHECK(WFDOpenLegacySession, interface,
              "A GUID of the network interface on which Wi-Fi Direct session is returned.",
              !memcmp(&interface, &adapter, sizeof(adapter)));
        CHECK(WFDOpenLegacySession, again, "The handle to the Wi-Fi Direct service for this session.",
              GIVES(ERROR_SUCCESS, open_legacy(devices[i], &second, &interface)) && second && second != session);
        CHECK(WFDOpenLegacySession, close, "The application should call the WFDCloseSession function.",
              GIVES(ERROR_SUCCESS, pWFDCloseSession(session)) && GIVES(ERROR_SUCCESS, pWFDCloseSession(second)));
        CHECK(WFDOpenLegacySession, closed, "The application should call the WFDCloseSession function: once.",
              GIVES(ERROR_INVALID_HANDLE, pWFDCloseSession(session)));
    }
}

static void failures(void)
{
    GUID interface;
    HANDLE session;

    CHECK(WFDOpenLegacySession, ERROR_NOT_FOUND,
          "Retrieves the stored legacy profile for device from the profile store for the specified legacy device "
          "address.",
          GIVES(ERROR_NOT_FOUND, open_legacy(4, &session, &interface)) && !session);
    CHECK(WFDOpenLegacySession, refused, "Various error codes.",
          GIVES(ERROR_CONNECTION_REFUSED, open_legacy(2, &session, &interface)) && !session);
    CHECK(WFDOpenLegacySession, ERROR_TIMEOUT, "Various error codes.",
          GIVES(ERROR_TIMEOUT, open_legacy(3, &session, &interface)) && !session);
}

static const struct test_case cases[] = {
    {"arguments", arguments}, {"stored", stored}, {"failures", failures}, {NULL, NULL}};
extern const struct group direct_legacy_group;
const struct group direct_legacy_group = {"direct_legacy", __FILE__, cases};
