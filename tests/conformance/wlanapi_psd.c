/*
 * Proximity service discovery.
 */
#include "wlanapi_test.h"

#include <stddef.h>

#define FORMAT_ONE L"http://schemas.xmlsoaps.org/ws/2004/10/discovery"
#define FORMAT_TWO L"http://schemas.microsoft.com/networking/discoveryformat/v2"

/* A list with `count` blobs of `size` bytes, each of its number. */
union list
{
    WLAN_RAW_DATA_LIST list;
    BYTE bytes[4096];
};

static const WLAN_RAW_DATA_LIST *make_list(union list *list, DWORD count, DWORD size)
{
    DWORD at = (DWORD)offsetof(WLAN_RAW_DATA_LIST, DataList) + count * sizeof(list->list.DataList[0]);

    memset(list, 0, sizeof(*list));
    list->list.dwNumberOfItems = count;
    list->list.dwTotalSize = at + count * size;
    for (DWORD i = 0; i < count; i++, at += size)
    {
        list->list.DataList[i].dwDataOffset = at - 8 - 8 * i;
        list->list.DataList[i].dwDataSize = size;
        memset(list->bytes + at, (int)i + 1, size);
    }
    return &list->list;
}

/* Elements of formats one and two, of another vendor, and what is none at the end. */
static const BYTE beacon[] = {0,    2,    'a',  'b',  221,  11,   0x00, 0x50, 0xf2, 6,    0xf8, 0xcb, 0x35, 0x15, 1,
                              2,    3,    221,  9,    0x00, 0x50, 0xf2, 6,    0xcf, 0xf1, 0x64, 0x17, 9,    221,  8,
                              0x00, 0x50, 0xf2, 6,    0xf8, 0xcb, 0x35, 0x15, 221,  4,    0x00, 0x50, 0xf2, 6,    221,
                              11,   0x00, 0x50, 0xf2, 4,    0xf8, 0xcb, 0x35, 0x15, 1,    2,    3,    221,  200,  0x00};

static BOOL has_blob(const WLAN_RAW_DATA_LIST *list, DWORD number, const char *bytes, DWORD size)
{
    return list->dwNumberOfItems > number && list->DataList[number].dwDataSize == size &&
           !memcmp((const BYTE *)&list->DataList[number] + list->DataList[number].dwDataOffset, bytes, size);
}

static void extract(void)
{
    WLAN_RAW_DATA_LIST *list = NULL;
    HANDLE old = old_client();
    DWORD reserved;

    CHECK(WlanExtractPsdIEDataList, ERROR_SUCCESS, "Only IEs with a matching format are returned.",
          GIVES(ERROR_SUCCESS, pWlanExtractPsdIEDataList(client(), sizeof(beacon), beacon, FORMAT_ONE, NULL, &list)) &&
              list->dwNumberOfItems == 2 && has_blob(list, 0, "\1\2\3", 3) && has_blob(list, 1, "", 0));
    pWlanFreeMemory(list);
    CHECK(WlanExtractPsdIEDataList, other_format,
          "If the strFormat parameter is http://schemas.microsoft.com/networking/discoveryformat/v2, then the four "
          "octets of the corresponding HMAC are 0xCF 0xF1 0x64 0x17.",
          GIVES(ERROR_SUCCESS, pWlanExtractPsdIEDataList(client(), sizeof(beacon), beacon, FORMAT_TWO, NULL, &list)) &&
              list->dwNumberOfItems == 1 && has_blob(list, 0, "\11", 1) &&
              list->dwTotalSize == (DWORD)((BYTE *)&list->DataList[0] - (BYTE *)list) + 9);
    pWlanFreeMemory(list);
    CHECK(WlanExtractPsdIEDataList, none, "Describes the format of a PSD IE.",
          GIVES(ERROR_SUCCESS, pWlanExtractPsdIEDataList(client(), sizeof(beacon), beacon, L"x", NULL, &list)) &&
              list->dwNumberOfItems == 0);
    pWlanFreeMemory(list);
    CHECK(WlanExtractPsdIEDataList, ERROR_INVALID_PARAMETER,
          "hClientHandle is NULL or invalid, dwIeDataSize is 0, pRawIeData is NULL, or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanExtractPsdIEDataList(NULL, 4, beacon, L"x", NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanExtractPsdIEDataList(client(), 0, beacon, L"x", NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanExtractPsdIEDataList(client(), 4, NULL, L"x", NULL, &list)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanExtractPsdIEDataList(client(), 4, beacon, L"x", &reserved, &list)));
    CHECK(WlanExtractPsdIEDataList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanExtractPsdIEDataList(BAD_HANDLE, 4, beacon, L"x", NULL, &list)));
    CHECK(WlanExtractPsdIEDataList, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanExtractPsdIEDataList(old, 4, beacon, L"x", NULL, &list)));
    pWlanCloseHandle(old, NULL);
}

/* What a scan puts into its probe requests, in wpa_supplicant's words. */
static BOOL scan_sends(const GUID *guid, const char *elements)
{
    was_asked(NULL);
    return GIVES(ERROR_SUCCESS, pWlanScan(client(), guid, NULL, NULL, NULL)) && was_asked(elements);
}

static void set(void)
{
    HANDLE old = old_client();
    union list list;
    DWORD reserved;
    BOOL there;
    GUID guid;

    there = station(&guid);
    CHECK_IF(there, NEEDS_STATION, WlanSetPsdIEDataList, ERROR_SUCCESS,
             "Sets the proximity service discovery (PSD) information element (IE) data list.",
             GIVES(ERROR_SUCCESS, pWlanSetPsdIEDataList(client(), FORMAT_ONE, make_list(&list, 2, 3), NULL)) &&
                 scan_sends(&guid, "VENDOR_ELEM_ADD 14 dd0b0050f206f8cb3515010101dd0b0050f206f8cb3515020202\n"));
    CHECK_IF(there, NEEDS_STATION, WlanSetPsdIEDataList, overwritten,
             "When WlanSetPsdIeDataList is called twice with the same strFormat, the contents [...] are overwritten.",
             GIVES(ERROR_SUCCESS, pWlanSetPsdIEDataList(client(), FORMAT_ONE, make_list(&list, 1, 1), NULL)) &&
                 scan_sends(&guid, "VENDOR_ELEM_ADD 14 dd090050f206f8cb351501\n"));
    CHECK_IF(there, NEEDS_STATION, WlanSetPsdIEDataList, two_formats,
             "An application can call WlanSetPsdIeDataList many times.",
             GIVES(ERROR_SUCCESS, pWlanSetPsdIEDataList(client(), FORMAT_TWO, make_list(&list, 1, 1), NULL)) &&
                 scan_sends(&guid, "VENDOR_ELEM_ADD 14 dd090050f206cff1641701dd090050f206f8cb351501\n"));
    CHECK_IF(there, NEEDS_STATION, WlanSetPsdIEDataList, cleared,
             "When WlanSetPsdIeDataList is called with the pPsdIEDataList parameter set to NULL, the PSD IE list "
             "associated with strFormat is cleared.",
             GIVES(ERROR_SUCCESS, pWlanSetPsdIEDataList(client(), FORMAT_ONE, NULL, NULL)) &&
                 scan_sends(&guid, "VENDOR_ELEM_ADD 14 dd090050f206cff1641701\n"));
    CHECK_IF(there, NEEDS_STATION, WlanSetPsdIEDataList, all_cleared,
             "When WlanSetPsdIeDataList is called with both the pPsdIEDataList and strFormat parameters set to NULL, "
             "all PSD IE lists set by the application are cleared.",
             GIVES(ERROR_SUCCESS, pWlanSetPsdIEDataList(client(), NULL, NULL, NULL)) &&
                 GIVES(ERROR_SUCCESS, pWlanSetPsdIEDataList(client(), FORMAT_TWO, make_list(&list, 1, 2), NULL)) &&
                 scan_sends(&guid, "VENDOR_ELEM_ADD 14 dd0a0050f206cff164170101\n"));
    pWlanSetPsdIEDataList(client(), NULL, NULL, NULL);
    CHECK(WlanSetPsdIEDataList, five, "At most, five PSD IEs can be passed in a list.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetPsdIEDataList(client(), L"x", make_list(&list, 6, 1), NULL)));
    CHECK(WlanSetPsdIEDataList, length, "This field must not exceed 240 bytes in length.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetPsdIEDataList(client(), L"x", make_list(&list, 1, 241), NULL)));
    CHECK(WlanSetPsdIEDataList, ERROR_INVALID_PARAMETER,
          "This error is returned if the hClientHandle is NULL or not valid or pReserved is not NULL.",
          GIVES(ERROR_INVALID_PARAMETER, pWlanSetPsdIEDataList(NULL, L"x", NULL, NULL)) &&
              GIVES(ERROR_INVALID_PARAMETER, pWlanSetPsdIEDataList(client(), L"x", NULL, &reserved)));
    CHECK(WlanSetPsdIEDataList, ERROR_INVALID_HANDLE, "The handle hClientHandle was not found in the handle table.",
          GIVES(ERROR_INVALID_HANDLE, pWlanSetPsdIEDataList(BAD_HANDLE, L"x", NULL, NULL)));
    CHECK(WlanSetPsdIEDataList, ERROR_NOT_SUPPORTED, "This function was called from an unsupported platform.",
          GIVES(ERROR_NOT_SUPPORTED, pWlanSetPsdIEDataList(old, L"x", NULL, NULL)));
    pWlanCloseHandle(old, NULL);
}

static const struct test_case cases[] = {{"extract", extract}, {"set", set}, {NULL, NULL}};
extern const struct group psd_group;
const struct group psd_group = {"psd", __FILE__, cases};
