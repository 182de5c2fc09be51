/*
 * Media: allocated, deallocated, decommissioned, completed, swapped, created, deleted, labelled; and media types.
 */
#include "ntmsapi/information.h"

#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(ntmsapi);

/* The most sides that a medium to be created may have: what fits a request, far beyond what media have. */
#define MOST_SIDES 1024

/* ---- Allocating ---- */

static DWORD allocate(struct ntms_call *call, NTMS_GUID *media, NTMS_GUID *from)
{
    DWORD error = call_send(call, RSM_ALLOCATE);

    if (!error)
    {
        host_get_guid(&call->reply.values, media);
        host_get_guid(&call->reply.values, from);
    }
    return call_end(call, error);
}

/*
 * AllocateNtmsMedia (nf-ntmsapi-allocatentmsmedia): a logical medium of an application pool. lpPartition (may be NULL):
 * the side to take. *lpMediaId: out, the logical medium, zeros where there is none; in, with NTMS_ALLOCATE_NEXT, the
 * one whose medium has another side to give, which stays on failure. dwOptions: NTMS_ALLOCATE_*. dwTimeout in
 * milliseconds, or INFINITE. lpAllocateInformation (may be NULL; dwSize set): receives the pool that the medium was
 * taken from. Waits for an operator to bring media unless NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE. ERROR_CANCELLED (also:
 * the session was closed meanwhile), ERROR_DEVICE_NOT_AVAILABLE, ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA,
 * ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER, ERROR_MEDIA_OFFLINE, ERROR_MEDIA_UNAVAILABLE, ERROR_TIMEOUT,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI AllocateNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaPool, LPNTMS_GUID lpPartition, LPNTMS_GUID lpMediaId,
                               DWORD dwOptions, DWORD dwTimeout, LPNTMS_ALLOCATION_INFORMATION lpAllocateInformation)
{
    static const NTMS_GUID none;
    const BOOL next = (dwOptions & NTMS_ALLOCATE_NEXT) != 0;
    NTMS_GUID media, from;
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %p, %p, %#lx, %lu, %p\n", hSession, lpMediaPool, lpPartition, lpMediaId, dwOptions, dwTimeout,
               lpAllocateInformation);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpMediaPool || !lpMediaId ||
        (lpAllocateInformation && lpAllocateInformation->dwSize < sizeof(*lpAllocateInformation)))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpMediaPool);
    host_put_guid(&call.arguments, lpPartition);
    host_put_guid(&call.arguments, next ? lpMediaId : &none);
    host_put_u32(&call.arguments, dwOptions);
    host_put_u32(&call.arguments, dwTimeout);
    error = allocate(&call, &media, &from);
    if (error && !next) *lpMediaId = none;
    if (error) return error;
    *lpMediaId = media;
    if (lpAllocateInformation) lpAllocateInformation->AllocatedFrom = from;
    return ERROR_SUCCESS;
}

/*
 * DeallocateNtmsMedia (nf-ntmsapi-deallocatentmsmedia): ends a logical medium; its side becomes available, or
 * decommissioned where it has been allocated often enough. dwOptions: "reserved; must be zero". ERROR_INVALID_HANDLE,
 * ERROR_INVALID_MEDIA, ERROR_INVALID_PARAMETER, ERROR_INVALID_PARTITION, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE,
 * ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DeallocateNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId, DWORD dwOptions)
{
    CORK_TRACE("%p, %p, %#lx\n", hSession, lpMediaId, dwOptions);
    return ask_one_number(hSession, RSM_DEALLOCATE, dwOptions ? NULL : lpMediaId, dwOptions, ERROR_INVALID_PARAMETER);
}

/*
 * SwapNtmsMedia (nf-ntmsapi-swapntmsmedia): swaps the sides of two logical media of one pool, neither in use.
 * ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER, ERROR_BAD_FORMAT,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI SwapNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId1, LPNTMS_GUID lpMediaId2)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpMediaId1, lpMediaId2);
    return ask_two(hSession, RSM_SWAP_MEDIA, lpMediaId1, lpMediaId2, ERROR_INVALID_PARAMETER);
}

/*
 * DecommissionNtmsMedia (nf-ntmsapi-decommissionntmsmedia): an available side is never used again.
 * ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI DecommissionNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId)
{
    CORK_TRACE("%p, %p\n", hSession, lpMediaId);
    return ask_one(hSession, RSM_DECOMMISSION, lpMediaId, ERROR_INVALID_PARAMETER);
}

/*
 * SetNtmsMediaComplete (nf-ntmsapi-setntmsmediacomplete): a logical medium that is not to be written to any more.
 * ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER, ERROR_INVALID_STATE,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI SetNtmsMediaComplete(HANDLE hSession, LPNTMS_GUID lpMediaId)
{
    CORK_TRACE("%p, %p\n", hSession, lpMediaId);
    return ask_one(hSession, RSM_SET_COMPLETE, lpMediaId, ERROR_INVALID_PARAMETER);
}

/* ---- Creating and deleting ---- */

struct new_media
{
    char *medium, *sides; /* the caller's structures */
    BOOL wide;
    DWORD size, count; /* of one structure in bytes; of the sides */
};

static NTMS_OBJECTINFORMATIONW *side(const struct new_media *media, DWORD index)
{
    return (NTMS_OBJECTINFORMATIONW *)(void *)(media->sides + (size_t)media->size * index);
}

/* "verifies that this size equals the length ... that the value ... was provided". An array of sides has whole
 * structures, so only their size will do there. */
static DWORD check_new_media(struct new_media *media)
{
    const NTMS_OBJECTINFORMATIONW *medium = (const NTMS_OBJECTINFORMATIONW *)(void *)media->medium;

    if (!medium || !media->sides || medium->dwType != NTMS_PHYSICAL_MEDIA ||
        !information_is_valid(medium->dwType, medium->dwSize, media->wide))
        return ERROR_INVALID_PARAMETER;
    media->size = media->wide ? sizeof(NTMS_OBJECTINFORMATIONW) : sizeof(NTMS_OBJECTINFORMATIONA);
    media->count =
        media->wide ? medium->Info.PhysicalMedia.dwNumberOfPartitions
                    : ((const NTMS_OBJECTINFORMATIONA *)(void *)media->medium)->Info.PhysicalMedia.dwNumberOfPartitions;
    if (!media->count || media->count > MOST_SIDES) return ERROR_MEDIA_INCOMPATIBLE;
    for (DWORD i = 0; i < media->count; i++)
        if (side(media, i)->dwType != NTMS_PARTITION || side(media, i)->dwSize != media->size)
            return ERROR_INVALID_PARAMETER;
    return ERROR_SUCCESS;
}

static void put_new_media(struct host_encoder *arguments, const struct new_media *media)
{
    information_put(arguments, media->medium, media->wide);
    host_put_list(arguments, media->count);
    for (DWORD i = 0; i < media->count; i++)
        information_put(arguments, side(media, i), media->wide);
}

/* Reads what was made into the caller's structures, which have been checked. */
static void get_new_media(struct host_decoder *values, const struct new_media *media)
{
    const DWORD size = ((const NTMS_OBJECTINFORMATIONW *)(void *)media->medium)->dwSize;

    if (!information_get(values, media->medium, NTMS_PHYSICAL_MEDIA, size, media->wide)) return;
    if (host_get_list(values, sizeof(NTMS_GUID)) != media->count) values->error = HOST_MALFORMED;
    for (DWORD i = 0; i < media->count && !values->error; i++)
        information_get(values, side(media, i), NTMS_PARTITION, media->size, media->wide);
}

static DWORD create_media(HANDLE session, struct new_media *media, DWORD options)
{
    struct ntms_call call;
    DWORD error = call_begin(&call, session, HANDLE_SESSION);

    if (error) return error;
    error = options & ~(DWORD)NTMS_ERROR_ON_DUPLICATE ? ERROR_INVALID_PARAMETER : check_new_media(media);
    if (error) return call_end(&call, error);
    put_new_media(&call.arguments, media);
    host_put_u32(&call.arguments, options);
    error = call_send(&call, RSM_CREATE_MEDIA);
    if (!error) get_new_media(&call.reply.values, media);
    return call_end(&call, error);
}

/*
 * CreateNtmsMedia (nf-ntmsapi-createntmsmediaa): a new offline medium with as many sides as lpMedia's
 * dwNumberOfPartitions says, which lpList has one after another. dwOptions: 0 or NTMS_ERROR_ON_DUPLICATE. The
 * structures receive what was made: identifiers, times, the sequence number. ERROR_DUPLICATE_OMID,
 * ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA (the bar code is known already), ERROR_INVALID_MEDIA_POOL,
 * ERROR_INVALID_PARAMETER (missing, a wrong size or type), ERROR_MEDIA_INCOMPATIBLE (not as many sides as the pool's
 * media have), ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI CreateNtmsMediaW(HANDLE hSession, LPNTMS_OBJECTINFORMATIONW lpMedia, LPNTMS_OBJECTINFORMATIONW lpList,
                              DWORD dwOptions)
{
    struct new_media media = {(char *)lpMedia, (char *)lpList, TRUE, 0, 0};

    CORK_TRACE("%p, %p, %p, %#lx\n", hSession, lpMedia, lpList, dwOptions);
    return create_media(hSession, &media, dwOptions);
}

DWORD WINAPI CreateNtmsMediaA(HANDLE hSession, LPNTMS_OBJECTINFORMATIONA lpMedia, LPNTMS_OBJECTINFORMATIONA lpList,
                              DWORD dwOptions)
{
    struct new_media media = {(char *)lpMedia, (char *)lpList, FALSE, 0, 0};

    CORK_TRACE("%p, %p, %p, %#lx\n", hSession, lpMedia, lpList, dwOptions);
    return create_media(hSession, &media, dwOptions);
}

/*
 * DeleteNtmsMedia (nf-ntmsapi-deletentmsmedia): forgets an offline physical medium without allocated, completed or
 * reserved sides. ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER,
 * ERROR_INVALID_STATE, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY.
 * Any thread.
 */
DWORD WINAPI DeleteNtmsMedia(HANDLE hSession, LPNTMS_GUID lpMediaId)
{
    CORK_TRACE("%p, %p\n", hSession, lpMediaId);
    return ask_one(hSession, RSM_DELETE_MEDIA, lpMediaId, ERROR_INVALID_PARAMETER);
}

/*
 * UpdateNtmsOmidInfo (nf-ntmsapi-updatentmsomidinfo): tells of the label that the application has just written to a
 * logical medium: NTMS_OMID_TYPE_RAW_LABEL, the label's bytes, or NTMS_OMID_TYPE_FILESYSTEM_INFO, an
 * NTMS_FILESYSTEM_INFO. ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA, ERROR_INVALID_PARTITION, ERROR_INVALID_PARAMETER (no
 * medium; no bytes, or another type), ERROR_NOT_CONNECTED, ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE. Any thread.
 */
DWORD WINAPI UpdateNtmsOmidInfo(HANDLE hSession, LPNTMS_GUID lpMediaId, DWORD labelType, DWORD numberOfBytes,
                                LPVOID lpBuffer)
{
    struct ntms_call call;
    DWORD error;

    CORK_TRACE("%p, %p, %lu, %lu, %p\n", hSession, lpMediaId, labelType, numberOfBytes, lpBuffer);
    error = call_begin(&call, hSession, HANDLE_SESSION);
    if (error) return error;
    if (!lpMediaId || !lpBuffer || !numberOfBytes ||
        (labelType != NTMS_OMID_TYPE_RAW_LABEL && labelType != NTMS_OMID_TYPE_FILESYSTEM_INFO) ||
        (labelType == NTMS_OMID_TYPE_FILESYSTEM_INFO && numberOfBytes < sizeof(NTMS_FILESYSTEM_INFO)))
        return call_end(&call, ERROR_INVALID_PARAMETER);
    host_put_guid(&call.arguments, lpMediaId);
    host_put_u32(&call.arguments, labelType);
    host_put_bytes(&call.arguments, lpBuffer, numberOfBytes);
    return call_end(&call, call_send(&call, RSM_UPDATE_OMID));
}

/* ---- Media types ---- */

/*
 * AddNtmsMediaType (nf-ntmsapi-addntmsmediatype): a library can hold media of that type too; makes the type's system
 * pools. ERROR_INVALID_HANDLE, ERROR_INVALID_LIBRARY, ERROR_INVALID_MEDIA, ERROR_INVALID_PARAMETER,
 * ERROR_ACCESS_DENIED, ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI AddNtmsMediaType(HANDLE hSession, LPNTMS_GUID lpMediaTypeId, LPNTMS_GUID lpLibId)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpMediaTypeId, lpLibId);
    return ask_two(hSession, RSM_ADD_MEDIA_TYPE, lpMediaTypeId, lpLibId, ERROR_INVALID_PARAMETER);
}

/* DeleteNtmsMediaType (nf-ntmsapi-deletentmsmediatype): the reverse, for a library without media of that type. The same
 * errors, without ERROR_INVALID_MEDIA. */
DWORD WINAPI DeleteNtmsMediaType(HANDLE hSession, LPNTMS_GUID lpMediaTypeId, LPNTMS_GUID lpLibId)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpMediaTypeId, lpLibId);
    return ask_two(hSession, RSM_DELETE_MEDIA_TYPE, lpMediaTypeId, lpLibId, ERROR_INVALID_PARAMETER);
}

/*
 * ChangeNtmsMediaType (nf-ntmsapi-changentmsmediatype): moves a physical medium to a pool and gives it the pool's media
 * type. ERROR_INVALID_HANDLE, ERROR_INVALID_MEDIA_POOL, ERROR_INVALID_PARAMETER, ERROR_ACCESS_DENIED,
 * ERROR_DATABASE_FAILURE, ERROR_DATABASE_FULL, ERROR_NOT_ENOUGH_MEMORY. Any thread.
 */
DWORD WINAPI ChangeNtmsMediaType(HANDLE hSession, LPNTMS_GUID lpMediaId, LPNTMS_GUID lpPoolId)
{
    CORK_TRACE("%p, %p, %p\n", hSession, lpMediaId, lpPoolId);
    return ask_two(hSession, RSM_CHANGE_MEDIA_TYPE, lpMediaId, lpPoolId, ERROR_INVALID_PARAMETER);
}
