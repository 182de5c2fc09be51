/*
 * Proximity service discovery: WlanSetPsdIEDataList, WlanExtractPsdIEDataList.
 *
 * A PSD element is a vendor's element of Microsoft (00-50-F2, type 6), with four bytes that tell its format and up to
 * 240 of data: nf-wlanapi-wlansetpsdiedatalist has its form.
 */
#include <windows.h>
#include <bcrypt.h>
#include <stddef.h>
#include <wlanapi.h>

#include "common/trace.h"
#include "wlanapi/call.h"
#include "wlanapi/handle.h"

CORK_TRACE_CHANNEL(wlanapi);

#define ELEMENT_VENDOR 221
#define HASH_SIZE      4
#define HEAD_SIZE      8 /* identifier of the vendor, type, hash: of the element's data */
#define ELEMENT_SIZE   (2 + HEAD_SIZE + DOT11_PSD_IE_MAX_DATA_SIZE)

static const BYTE vendor_and_type[4] = {0x00, 0x50, 0xf2, 6};

/* ---- The format's hash ---- */

/* "When calculating the HMAC, use SHA-256 for the hash function. The key used is the 'null' key": of the text without
 * its end, as UTF-16. Its first four bytes. */
static BOOL hash_format(const WCHAR *format, BYTE hash[HASH_SIZE])
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_HASH_HANDLE state = NULL;
    BYTE whole[32];
    BOOL good;

    if (BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, BCRYPT_ALG_HANDLE_HMAC_FLAG))
        return FALSE;
    good = !BCryptCreateHash(algorithm, &state, NULL, 0, (BYTE *)"", 0, 0) &&
           !BCryptHashData(state, (BYTE *)format, (ULONG)(wcslen(format) * sizeof(WCHAR)), 0) &&
           !BCryptFinishHash(state, whole, sizeof(whole), 0);
    if (state) BCryptDestroyHash(state);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    if (good) memcpy(hash, whole, HASH_SIZE);
    return good;
}

/* ---- Setting ---- */

static BOOL is_list(const WLAN_RAW_DATA_LIST *list)
{
    if (list->dwNumberOfItems > DOT11_PSD_IE_MAX_ENTRY_NUMBER) return FALSE;
    for (DWORD i = 0; i < list->dwNumberOfItems; i++)
    {
        size_t at = (size_t)((const BYTE *)&list->DataList[i] - (const BYTE *)list),
               size = list->DataList[i].dwDataSize;
        size_t offset = list->DataList[i].dwDataOffset;

        if (size > DOT11_PSD_IE_MAX_DATA_SIZE || offset > list->dwTotalSize) return FALSE;
        if (at + offset + size > list->dwTotalSize) return FALSE;
    }
    return TRUE;
}

static void put_elements(struct host_encoder *arguments, const BYTE hash[HASH_SIZE], const WLAN_RAW_DATA_LIST *list)
{
    BYTE element[ELEMENT_SIZE] = {ELEMENT_VENDOR};

    host_put_list(arguments, list ? list->dwNumberOfItems : 0);
    for (DWORD i = 0; list && i < list->dwNumberOfItems; i++)
    {
        DWORD size = list->DataList[i].dwDataSize;

        element[1] = (BYTE)(HEAD_SIZE + size);
        memcpy(element + 2, vendor_and_type, sizeof(vendor_and_type));
        memcpy(element + 6, hash, HASH_SIZE);
        memcpy(element + 10, (const BYTE *)&list->DataList[i] + list->DataList[i].dwDataOffset, size);
        host_put_bytes(arguments, element, 2 + HEAD_SIZE + size);
    }
}

static DWORD set_elements(const WCHAR *format, const WLAN_RAW_DATA_LIST *list)
{
    BYTE hash[HASH_SIZE] = {0};
    struct wlan_call call;

    if (format && !hash_format(format, hash)) return ERROR_GEN_FAILURE;
    call_begin(&call);
    host_put_utf16(&call.arguments, (const uint16_t *)format);
    put_elements(&call.arguments, hash, list);
    return call_end(&call, call_send(&call, WLAN_SET_PSD_ELEMENTS));
}

/*
 * WlanSetPsdIEDataList (nf-wlanapi-wlansetpsdiedatalist): from now on this process's elements of that format go into
 * the probe requests of scans, and into the beacons of the hosted network that is started afterwards, until the process
 * ends; NULL for the list clears those of a format, NULL for both all that the process has set. ERROR_INVALID_PARAMETER
 * (NULL, pReserved, a list without a format, more than five elements, more than 240 bytes, data outside of the list),
 * ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client of Windows XP's API), ERROR_SERVICE_NOT_ACTIVE. Any thread.
 */
DWORD WINAPI WlanSetPsdIEDataList(HANDLE hClientHandle, LPCWSTR strFormat, const WLAN_RAW_DATA_LIST *pPsdIEDataList,
                                  PVOID pReserved)
{
    DWORD error;

    CORK_TRACE("%p, %s, %p, %p\n", hClientHandle, cork_debugstr_w(strFormat), pPsdIEDataList, pReserved);
    if (pReserved || (pPsdIEDataList && (!strFormat || !is_list(pPsdIEDataList)))) return ERROR_INVALID_PARAMETER;
    error = handle_check_version(hClientHandle);
    return error ? error : set_elements(strFormat, pPsdIEDataList);
}

/* ---- Extracting ---- */

/* The next PSD element of that format in bytes that may be anything: its data, *size bytes; NULL: there is no more. */
static const BYTE *next_data(const BYTE **at, const BYTE *end, const BYTE hash[HASH_SIZE], DWORD *size)
{
    while (end - *at >= 2 && end - *at - 2 >= (*at)[1])
    {
        const BYTE *element = *at;

        *at += 2 + element[1];
        if (element[0] != ELEMENT_VENDOR || element[1] < HEAD_SIZE) continue;
        if (memcmp(element + 2, vendor_and_type, 4) || memcmp(element + 6, hash, HASH_SIZE)) continue;
        *size = (DWORD)element[1] - HEAD_SIZE;
        return element + 2 + HEAD_SIZE;
    }
    return NULL;
}

static DWORD extract(const BYTE *elements, DWORD elements_size, const BYTE hash[HASH_SIZE], WLAN_RAW_DATA_LIST **list)
{
    const BYTE *at = elements, *end = elements + elements_size, *data;
    DWORD count = 0, total = 0, size, place;

    while (next_data(&at, end, hash, &size))
    {
        count++;
        total += size;
    }
    place = (DWORD)(offsetof(WLAN_RAW_DATA_LIST, DataList) + count * sizeof((*list)->DataList[0]));
    *list = WlanAllocateMemory(max(place + total, (DWORD)sizeof(**list)));
    if (!*list) return ERROR_NOT_ENOUGH_MEMORY;
    (*list)->dwTotalSize = place + total;
    (*list)->dwNumberOfItems = count;
    at = elements;
    for (DWORD i = 0; i < count && (data = next_data(&at, end, hash, &size)); i++)
    {
        (*list)->DataList[i].dwDataOffset = place - (DWORD)((BYTE *)&(*list)->DataList[i] - (BYTE *)*list);
        (*list)->DataList[i].dwDataSize = size;
        memcpy((BYTE *)*list + place, data, size);
        place += size;
    }
    return ERROR_SUCCESS;
}

/*
 * WlanExtractPsdIEDataList (nf-wlanapi-wlanextractpsdiedatalist): the data of the PSD elements of that format among
 * information elements as a beacon has them, to be freed by WlanFreeMemory; an empty list where there are none.
 * ERROR_INVALID_PARAMETER (a NULL, no bytes, pReserved), ERROR_INVALID_HANDLE, ERROR_NOT_SUPPORTED (a client of Windows
 * XP's API), ERROR_NOT_ENOUGH_MEMORY. Any thread; the service is not asked.
 */
DWORD WINAPI WlanExtractPsdIEDataList(HANDLE hClientHandle, DWORD dwIeDataSize, const BYTE *pRawIeData,
                                      LPCWSTR strFormat, PVOID pReserved, WLAN_RAW_DATA_LIST **ppPsdIEDataList)
{
    BYTE hash[HASH_SIZE];
    DWORD error;

    CORK_TRACE("%p, %lu, %p, %s, %p, %p\n", hClientHandle, dwIeDataSize, pRawIeData, cork_debugstr_w(strFormat),
               pReserved, ppPsdIEDataList);
    if (!dwIeDataSize || !pRawIeData || !strFormat || pReserved || !ppPsdIEDataList) return ERROR_INVALID_PARAMETER;
    *ppPsdIEDataList = NULL;
    error = handle_check_version(hClientHandle);
    if (error) return error;
    if (!hash_format(strFormat, hash)) return ERROR_GEN_FAILURE;
    return extract(pRawIeData, dwIeDataSize, hash, ppPsdIEDataList);
}
