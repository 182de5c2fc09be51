/* IMFASFMutualExclusion: records of streams, of which those of one record may be read at a time. */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct record
{
    WORD streams[ASF_MAX_STREAM]; /* each once */
    DWORD count;
};

struct mutual_exclusion
{
    IMFASFMutualExclusion IMFASFMutualExclusion_iface;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of what follows */
    GUID type;
    struct record *records;
    DWORD count;
};

static struct mutual_exclusion *impl(IMFASFMutualExclusion *iface)
{
    return CONTAINING_RECORD(iface, struct mutual_exclusion, IMFASFMutualExclusion_iface);
}

static HRESULT mutual_exclusion_query(struct mutual_exclusion *mutex, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_mutual_exclusion_iid, 0}};

    return com_query(mutex, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG mutual_exclusion_addref(struct mutual_exclusion *mutex)
{
    return (ULONG)InterlockedIncrement(&mutex->references);
}

static ULONG mutual_exclusion_release(struct mutual_exclusion *mutex)
{
    ULONG left = (ULONG)InterlockedDecrement(&mutex->references);

    if (left) return left;
    free(mutex->records);
    DeleteCriticalSection(&mutex->lock);
    free(mutex);
    return 0;
}

COM_UNKNOWN(mutual_exclusion, IMFASFMutualExclusion, mutual_exclusion, IMFASFMutualExclusion_iface)

static HRESULT STDMETHODCALLTYPE mutual_exclusion_GetType(IMFASFMutualExclusion *iface, GUID *type)
{
    struct mutual_exclusion *mutex = impl(iface);

    if (!type) return E_INVALIDARG;
    EnterCriticalSection(&mutex->lock);
    *type = mutex->type;
    LeaveCriticalSection(&mutex->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE mutual_exclusion_SetType(IMFASFMutualExclusion *iface, REFGUID type)
{
    struct mutual_exclusion *mutex = impl(iface);

    EnterCriticalSection(&mutex->lock);
    mutex->type = *type;
    LeaveCriticalSection(&mutex->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE mutual_exclusion_GetRecordCount(IMFASFMutualExclusion *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->count;
    return S_OK;
}

/* Copies as many as there is room for, and says how many there are. */
static HRESULT STDMETHODCALLTYPE mutual_exclusion_GetStreamsForRecord(IMFASFMutualExclusion *iface, DWORD number,
                                                                      WORD *streams, DWORD *count)
{
    struct mutual_exclusion *mutex = impl(iface);
    HRESULT result = E_INVALIDARG;

    if (!count) return E_INVALIDARG;
    EnterCriticalSection(&mutex->lock);
    if (number < mutex->count)
    {
        const struct record *record = &mutex->records[number];

        for (DWORD i = 0; streams && i < *count && i < record->count; i++)
            streams[i] = record->streams[i];
        *count = record->count;
        result = S_OK;
    }
    LeaveCriticalSection(&mutex->lock);
    return result;
}

/* The place of a stream in a record; its count where it is not in it. */
static DWORD find(const struct record *record, WORD stream)
{
    DWORD i;

    for (i = 0; i < record->count && record->streams[i] != stream; i++)
        ;
    return i;
}

static HRESULT STDMETHODCALLTYPE mutual_exclusion_AddStreamForRecord(IMFASFMutualExclusion *iface, DWORD number,
                                                                     WORD stream)
{
    struct mutual_exclusion *mutex = impl(iface);
    struct record *record;
    HRESULT result = S_OK;

    if (!stream || stream > ASF_MAX_STREAM) return MF_E_INVALIDSTREAMNUMBER;
    EnterCriticalSection(&mutex->lock);
    record = number < mutex->count ? &mutex->records[number] : NULL;
    if (!record)
        result = E_INVALIDARG;
    else if (find(record, stream) < record->count)
        result = MF_E_INVALIDREQUEST;
    else
        record->streams[record->count++] = stream;
    LeaveCriticalSection(&mutex->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE mutual_exclusion_RemoveStreamFromRecord(IMFASFMutualExclusion *iface, DWORD number,
                                                                         WORD stream)
{
    struct mutual_exclusion *mutex = impl(iface);
    HRESULT result = S_OK;
    struct record *record;
    DWORD place;

    EnterCriticalSection(&mutex->lock);
    record = number < mutex->count ? &mutex->records[number] : NULL;
    if (!record)
        result = E_INVALIDARG;
    else if ((place = find(record, stream)) == record->count)
        result = MF_E_INVALIDREQUEST;
    else
    {
        record->count--;
        memmove(record->streams + place, record->streams + place + 1, (record->count - place) * sizeof(WORD));
    }
    LeaveCriticalSection(&mutex->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE mutual_exclusion_RemoveRecord(IMFASFMutualExclusion *iface, DWORD number)
{
    struct mutual_exclusion *mutex = impl(iface);
    HRESULT result = E_INVALIDARG;

    EnterCriticalSection(&mutex->lock);
    if (number < mutex->count)
    {
        mutex->count--;
        memmove(mutex->records + number, mutex->records + number + 1,
                (mutex->count - number) * sizeof(*mutex->records));
        result = S_OK;
    }
    LeaveCriticalSection(&mutex->lock);
    return result;
}

/* An exclusion has at most as many records as there can be streams: MF_E_INVALIDREQUEST for one more. */
static HRESULT STDMETHODCALLTYPE mutual_exclusion_AddRecord(IMFASFMutualExclusion *iface, DWORD *number)
{
    struct mutual_exclusion *mutex = impl(iface);
    struct record *records;
    HRESULT result = S_OK;

    if (!number) return E_INVALIDARG;
    EnterCriticalSection(&mutex->lock);
    if (mutex->count == ASF_MAX_STREAM)
        result = MF_E_INVALIDREQUEST;
    else if (!(records = realloc(mutex->records, (mutex->count + 1) * sizeof(*records))))
        result = E_OUTOFMEMORY;
    else
    {
        mutex->records = records;
        records[mutex->count].count = 0;
        *number = mutex->count++;
    }
    LeaveCriticalSection(&mutex->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE mutual_exclusion_Clone(IMFASFMutualExclusion *iface, IMFASFMutualExclusion **out)
{
    struct mutual_exclusion *mutex = impl(iface), *clone;
    HRESULT result;

    if (!out) return E_INVALIDARG;
    if (FAILED(result = asf_mutual_exclusion_create(out))) return result;
    clone = impl(*out);
    EnterCriticalSection(&mutex->lock);
    clone->type = mutex->type;
    if (mutex->count && !(clone->records = malloc(mutex->count * sizeof(*clone->records))))
        result = E_OUTOFMEMORY;
    else if (mutex->count)
    {
        memcpy(clone->records, mutex->records, mutex->count * sizeof(*clone->records));
        clone->count = mutex->count;
    }
    LeaveCriticalSection(&mutex->lock);
    if (FAILED(result))
    {
        IMFASFMutualExclusion_Release(*out);
        *out = NULL;
    }
    return result;
}

static IMFASFMutualExclusionVtbl mutual_exclusion_vtbl = {
    mutual_exclusion_QueryInterface,
    mutual_exclusion_AddRef,
    mutual_exclusion_Release,
    mutual_exclusion_GetType,
    mutual_exclusion_SetType,
    mutual_exclusion_GetRecordCount,
    mutual_exclusion_GetStreamsForRecord,
    mutual_exclusion_AddStreamForRecord,
    mutual_exclusion_RemoveStreamFromRecord,
    mutual_exclusion_RemoveRecord,
    mutual_exclusion_AddRecord,
    mutual_exclusion_Clone,
};

HRESULT asf_mutual_exclusion_create(IMFASFMutualExclusion **out)
{
    struct mutual_exclusion *mutex = calloc(1, sizeof(*mutex));

    *out = NULL;
    if (!mutex) return E_OUTOFMEMORY;
    mutex->IMFASFMutualExclusion_iface.lpVtbl = &mutual_exclusion_vtbl;
    mutex->references = 1;
    mutex->type = MFASFMutexType_Unknown;
    InitializeCriticalSection(&mutex->lock);
    *out = &mutex->IMFASFMutualExclusion_iface;
    return S_OK;
}
