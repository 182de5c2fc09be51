/*
 * Device services and vendors' controls: there are none.
 */
#include "wlanapi_test.h"

static void device_services(void)
{
    WLAN_DEVICE_SERVICE_GUID_LIST *list = NULL, wanted = {.dwNumberOfItems = 1};
    GUID guid, service = {1, 2, 3, {4}};
    BOOL there = station(&guid);
    DWORD got = 7;
    BYTE data[4];

    CHECK_IF(there, NEEDS_STATION, WlanGetSupportedDeviceServices, ERROR_SUCCESS,
             "Retrieves a list of the supported device services on a given wireless LAN interface.",
             GIVES(ERROR_SUCCESS, pWlanGetSupportedDeviceServices(client(), &guid, &list)) &&
                 list->dwNumberOfItems == 0);
    pWlanFreeMemory(list);
    CHECK(WlanGetSupportedDeviceServices, arguments, "The client's session handle, obtained by a previous call.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanGetSupportedDeviceServices(NULL, &guid, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetSupportedDeviceServices(client(), NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanGetSupportedDeviceServices(client(), &guid, NULL)) &&
              GIVES(ERROR_INVALID_HANDLE, pWlanGetSupportedDeviceServices(BAD_HANDLE, &guid, &list)) &&
              GIVES(ERROR_NOT_FOUND, pWlanGetSupportedDeviceServices(client(), &unknown_interface, &list)));
    CHECK_IF(
        there, NEEDS_STATION, WlanDeviceServiceCommand, ERROR_NOT_SUPPORTED,
        "Allows an OEM or IHV component to communicate with a device service on a particular wireless LAN "
        "interface: there is none.",
        GIVES(ERROR_NOT_SUPPORTED, pWlanDeviceServiceCommand(client(), &guid, &service, 1, 4, data, 4, data, &got)) &&
            got == 0);
    CHECK(WlanDeviceServiceCommand, arguments, "The GUID identifying the device service for this command.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanDeviceServiceCommand(NULL, &guid, &service, 1, 0, NULL, 0, NULL, &got)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanDeviceServiceCommand(client(), &guid, NULL, 1, 0, NULL, 0, NULL, &got)) &&
              GIVES(ERROR_INVALID_PARAMETER,
                    pWlanDeviceServiceCommand(client(), &guid, &service, 1, 4, NULL, 0, NULL, &got)) &&
              GIVES(ERROR_INVALID_HANDLE,
                    pWlanDeviceServiceCommand(BAD_HANDLE, &guid, &service, 1, 0, NULL, 0, NULL, &got)) &&
              GIVES(ERROR_NOT_FOUND,
                    pWlanDeviceServiceCommand(client(), &unknown_interface, &service, 1, 0, NULL, 0, NULL, &got)));
    CHECK(WlanRegisterDeviceServiceNotification, ERROR_SUCCESS,
          "The WLAN service, or the OS, will not check to see whether the device service GUIDs that the client "
          "registers for are actually supported by the IHV driver.",
          GIVES(ERROR_SUCCESS, pWlanRegisterDeviceServiceNotification(client(), &wanted)));
    CHECK(WlanRegisterDeviceServiceNotification, unregister, "To unregister, set pDevSvcGuidList to nullptr.",
          GIVES(ERROR_SUCCESS, pWlanRegisterDeviceServiceNotification(client(), NULL)));
    CHECK(WlanRegisterDeviceServiceNotification, handle, "The client's session handle, obtained by a previous call.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanRegisterDeviceServiceNotification(NULL, NULL)) &&
              GIVES(ERROR_INVALID_HANDLE, pWlanRegisterDeviceServiceNotification(BAD_HANDLE, NULL)));
}

static void ihv_control(void)
{
    HANDLE old = old_client();
    DWORD got = 7;
    BOOL there;
    GUID guid;

    there = station(&guid);
    CHECK_IF(there, NEEDS_STATION, WlanIhvControl, no_vendor,
             "Provides a mechanism for independent hardware vendor (IHV) control of WLAN drivers or services: there is "
             "none.",
             GIVES(ERROR_NOT_SUPPORTED,
                   pWlanIhvControl(client(), &guid, wlan_ihv_control_type_driver, 0, NULL, 0, NULL, &got)) &&
                 got == 0);
    CHECK(WlanIhvControl, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, pInterfaceGuid is NULL, or pdwBytesReturned is NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanIhvControl(NULL, &guid, 0, 0, NULL, 0, NULL, &got)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanIhvControl(client(), NULL, 0, 0, NULL, 0, NULL, &got)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanIhvControl(client(), &guid, 0, 0, NULL, 0, NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanIhvControl(client(), &guid, 2, 0, NULL, 0, NULL, &got)));
    CHECK(WlanIhvControl, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanIhvControl(BAD_HANDLE, &guid, 0, 0, NULL, 0, NULL, &got)));
    CHECK(WlanIhvControl, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanIhvControl(old, &guid, 0, 0, NULL, 0, NULL, &got)));
    pWlanCloseHandle(old, NULL);
}

static const struct test_case cases[] = {
    {"device_services", device_services}, {"ihv_control", ihv_control}, {NULL, NULL}};
extern const struct group services_group;
const struct group services_group = {"services", __FILE__, cases};
