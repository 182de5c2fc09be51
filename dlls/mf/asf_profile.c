/*
 * IMFASFProfile: the streams of a file, which of them exclude each other, and which matter most; with attributes.
 *
 * Streams, exclusions and the prioritization are the objects that were handed in, as the pages say: "This method does
 * not create a copy".
 */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/attribute_methods.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct profile
{
    IMFASFProfile IMFASFProfile_iface;
    IMFAttributes *attributes;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of what follows */
    IMFASFStreamConfig *streams[ASF_MAX_STREAM];
    WORD numbers[ASF_MAX_STREAM]; /* theirs, when they were set */
    DWORD stream_count;
    IMFASFMutualExclusion **mutexes;
    DWORD mutex_count;
    IMFASFStreamPrioritization *prioritization;
};

static struct profile *impl(IMFASFProfile *iface)
{
    return CONTAINING_RECORD(iface, struct profile, IMFASFProfile_iface);
}

static HRESULT profile_query(struct profile *profile, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_profile_iid, 0}, {&IID_IMFAttributes, 0}};

    return com_query(profile, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG profile_addref(struct profile *profile)
{
    return (ULONG)InterlockedIncrement(&profile->references);
}

static ULONG profile_release(struct profile *profile)
{
    ULONG left = (ULONG)InterlockedDecrement(&profile->references);

    if (left) return left;
    for (DWORD i = 0; i < profile->stream_count; i++)
        IMFASFStreamConfig_Release(profile->streams[i]);
    for (DWORD i = 0; i < profile->mutex_count; i++)
        IMFASFMutualExclusion_Release(profile->mutexes[i]);
    if (profile->prioritization) IMFASFStreamPrioritization_Release(profile->prioritization);
    free(profile->mutexes);
    IMFAttributes_Release(profile->attributes);
    DeleteCriticalSection(&profile->lock);
    free(profile);
    return 0;
}

COM_UNKNOWN(profile, IMFASFProfile, profile, IMFASFProfile_iface)

/* ---- Streams ----------------------------------------------------------------------------------------------------- */

static IMFASFStreamConfig *hold(IMFASFStreamConfig *stream)
{
    IMFASFStreamConfig_AddRef(stream);
    return stream;
}

/* The index of a stream number; the count where there is none. With the lock. */
static DWORD index_of(const struct profile *profile, WORD number)
{
    DWORD i;

    for (i = 0; i < profile->stream_count && profile->numbers[i] != number; i++)
        ;
    return i;
}

static HRESULT STDMETHODCALLTYPE profile_GetStreamCount(IMFASFProfile *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->stream_count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE profile_GetStream(IMFASFProfile *iface, DWORD index, WORD *number,
                                                   IMFASFStreamConfig **stream)
{
    struct profile *profile = impl(iface);
    HRESULT result = MF_E_INVALIDINDEX;

    if (stream) *stream = NULL;
    EnterCriticalSection(&profile->lock);
    if (index < profile->stream_count)
    {
        if (number) *number = profile->numbers[index];
        if (stream) *stream = hold(profile->streams[index]);
        result = S_OK;
    }
    LeaveCriticalSection(&profile->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE profile_GetStreamByNumber(IMFASFProfile *iface, WORD number,
                                                           IMFASFStreamConfig **stream)
{
    struct profile *profile = impl(iface);
    HRESULT result = MF_E_INVALIDSTREAMNUMBER;
    DWORD index;

    if (!stream) return E_INVALIDARG;
    *stream = NULL;
    EnterCriticalSection(&profile->lock);
    if ((index = index_of(profile, number)) < profile->stream_count)
    {
        *stream = hold(profile->streams[index]);
        result = S_OK;
    }
    LeaveCriticalSection(&profile->lock);
    return result;
}

/* Whether an ASF stream can have the media type of a configuration. */
static HRESULT check_media_type(IMFASFStreamConfig *stream)
{
    struct asf_header *scratch;
    struct asf_stream described = {0};
    IMFMediaType *type;
    HRESULT result;

    if (FAILED(result = IMFASFStreamConfig_GetMediaType(stream, &type))) return result;
    if ((scratch = asf_header_new()))
        result = asf_media_type_describe(type, scratch, &described);
    else
        result = E_OUTOFMEMORY;
    asf_header_free(scratch);
    IMFMediaType_Release(type);
    return result;
}

static HRESULT STDMETHODCALLTYPE profile_SetStream(IMFASFProfile *iface, IMFASFStreamConfig *stream)
{
    struct profile *profile = impl(iface);
    IMFASFStreamConfig *old = NULL;
    HRESULT result;
    DWORD index;
    WORD number;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)stream);
    if (!stream) return E_INVALIDARG;
    number = IMFASFStreamConfig_GetStreamNumber(stream);
    if (!number || number > ASF_MAX_STREAM) return MF_E_INVALIDSTREAMNUMBER;
    if (FAILED(result = check_media_type(stream)))
    {
        CORK_WARN("no ASF stream has this media type: %#x\n", (unsigned)result);
        return result;
    }
    IMFASFStreamConfig_AddRef(stream);
    EnterCriticalSection(&profile->lock);
    index = index_of(profile, number);
    if (index < profile->stream_count)
        old = profile->streams[index];
    else
        profile->stream_count++;
    profile->streams[index] = stream;
    profile->numbers[index] = number;
    LeaveCriticalSection(&profile->lock);
    if (old) IMFASFStreamConfig_Release(old);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE profile_RemoveStream(IMFASFProfile *iface, WORD number)
{
    struct profile *profile = impl(iface);
    IMFASFStreamConfig *old = NULL;
    DWORD index, behind;

    EnterCriticalSection(&profile->lock);
    if ((index = index_of(profile, number)) < profile->stream_count)
    {
        old = profile->streams[index];
        behind = --profile->stream_count - index;
        memmove(profile->streams + index, profile->streams + index + 1, behind * sizeof(*profile->streams));
        memmove(profile->numbers + index, profile->numbers + index + 1, behind * sizeof(*profile->numbers));
    }
    LeaveCriticalSection(&profile->lock);
    if (old) IMFASFStreamConfig_Release(old);
    return old ? S_OK : MF_E_INVALIDSTREAMNUMBER;
}

static HRESULT STDMETHODCALLTYPE profile_CreateStream(IMFASFProfile *iface, IMFMediaType *type,
                                                      IMFASFStreamConfig **stream)
{
    GUID major;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)type);
    if (!stream) return E_INVALIDARG;
    *stream = NULL;
    if (!type) return E_INVALIDARG;
    if (FAILED(IMFMediaType_GetMajorType(type, &major))) return MF_E_INVALIDMEDIATYPE;
    return asf_stream_config_create(type, stream);
}

/* ---- Mutual exclusions ------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE profile_GetMutualExclusionCount(IMFASFProfile *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->mutex_count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE profile_GetMutualExclusion(IMFASFProfile *iface, DWORD index,
                                                            IMFASFMutualExclusion **mutex)
{
    struct profile *profile = impl(iface);

    if (!mutex) return E_INVALIDARG;
    *mutex = NULL;
    EnterCriticalSection(&profile->lock);
    if (index < profile->mutex_count) *mutex = profile->mutexes[index];
    if (*mutex) IMFASFMutualExclusion_AddRef(*mutex);
    LeaveCriticalSection(&profile->lock);
    return *mutex ? S_OK : MF_E_INVALIDINDEX;
}

static HRESULT STDMETHODCALLTYPE profile_AddMutualExclusion(IMFASFProfile *iface, IMFASFMutualExclusion *mutex)
{
    struct profile *profile = impl(iface);
    IMFASFMutualExclusion **mutexes;

    if (!mutex) return E_INVALIDARG;
    EnterCriticalSection(&profile->lock);
    if ((mutexes = realloc(profile->mutexes, (profile->mutex_count + 1) * sizeof(*mutexes))))
    {
        profile->mutexes = mutexes;
        mutexes[profile->mutex_count++] = mutex;
        IMFASFMutualExclusion_AddRef(mutex);
    }
    LeaveCriticalSection(&profile->lock);
    return mutexes ? S_OK : E_OUTOFMEMORY;
}

static HRESULT STDMETHODCALLTYPE profile_RemoveMutualExclusion(IMFASFProfile *iface, DWORD index)
{
    struct profile *profile = impl(iface);
    IMFASFMutualExclusion *old = NULL;

    EnterCriticalSection(&profile->lock);
    if (index < profile->mutex_count)
    {
        old = profile->mutexes[index];
        profile->mutex_count--;
        memmove(profile->mutexes + index, profile->mutexes + index + 1,
                (profile->mutex_count - index) * sizeof(*profile->mutexes));
    }
    LeaveCriticalSection(&profile->lock);
    if (old) IMFASFMutualExclusion_Release(old);
    return old ? S_OK : MF_E_INVALIDINDEX;
}

static HRESULT STDMETHODCALLTYPE profile_CreateMutualExclusion(IMFASFProfile *iface, IMFASFMutualExclusion **mutex)
{
    (void)iface;
    return mutex ? asf_mutual_exclusion_create(mutex) : E_INVALIDARG;
}

/* ---- Prioritization ---------------------------------------------------------------------------------------------- */

/* MF_E_NOT_FOUND: the profile has none. */
static HRESULT STDMETHODCALLTYPE profile_GetStreamPrioritization(IMFASFProfile *iface,
                                                                 IMFASFStreamPrioritization **prioritization)
{
    struct profile *profile = impl(iface);

    if (!prioritization) return E_INVALIDARG;
    EnterCriticalSection(&profile->lock);
    if ((*prioritization = profile->prioritization)) IMFASFStreamPrioritization_AddRef(*prioritization);
    LeaveCriticalSection(&profile->lock);
    return *prioritization ? S_OK : MF_E_NOT_FOUND;
}

static HRESULT replace_prioritization(struct profile *profile, IMFASFStreamPrioritization *prioritization)
{
    IMFASFStreamPrioritization *old;

    if (prioritization) IMFASFStreamPrioritization_AddRef(prioritization);
    EnterCriticalSection(&profile->lock);
    old = profile->prioritization;
    profile->prioritization = prioritization;
    LeaveCriticalSection(&profile->lock);
    if (old) IMFASFStreamPrioritization_Release(old);
    return old ? S_OK : MF_E_NOT_FOUND;
}

/* A profile has one: another takes its place. */
static HRESULT STDMETHODCALLTYPE profile_AddStreamPrioritization(IMFASFProfile *iface,
                                                                 IMFASFStreamPrioritization *prioritization)
{
    if (!prioritization) return E_INVALIDARG;
    replace_prioritization(impl(iface), prioritization);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE profile_RemoveStreamPrioritization(IMFASFProfile *iface)
{
    return replace_prioritization(impl(iface), NULL);
}

static HRESULT STDMETHODCALLTYPE profile_CreateStreamPrioritization(IMFASFProfile *iface,
                                                                    IMFASFStreamPrioritization **prioritization)
{
    (void)iface;
    return prioritization ? asf_prioritization_create(prioritization) : E_INVALIDARG;
}

/* ---- The profile ------------------------------------------------------------------------------------------------- */

static HRESULT clone_streams(struct profile *profile, IMFASFProfile *clone)
{
    IMFASFStreamConfig *copy;
    HRESULT result = S_OK;

    for (DWORD i = 0; i < profile->stream_count && SUCCEEDED(result); i++)
    {
        if (FAILED(result = IMFASFStreamConfig_Clone(profile->streams[i], &copy))) break;
        result = IMFASFProfile_SetStream(clone, copy);
        IMFASFStreamConfig_Release(copy);
    }
    return result;
}

static HRESULT clone_mutexes(struct profile *profile, IMFASFProfile *clone)
{
    IMFASFMutualExclusion *copy;
    HRESULT result = S_OK;

    for (DWORD i = 0; i < profile->mutex_count && SUCCEEDED(result); i++)
    {
        if (FAILED(result = IMFASFMutualExclusion_Clone(profile->mutexes[i], &copy))) break;
        result = IMFASFProfile_AddMutualExclusion(clone, copy);
        IMFASFMutualExclusion_Release(copy);
    }
    return result;
}

static HRESULT clone_prioritization(struct profile *profile, IMFASFProfile *clone)
{
    IMFASFStreamPrioritization *copy;
    HRESULT result;

    if (!profile->prioritization) return S_OK;
    if (FAILED(result = IMFASFStreamPrioritization_Clone(profile->prioritization, &copy))) return result;
    result = IMFASFProfile_AddStreamPrioritization(clone, copy);
    IMFASFStreamPrioritization_Release(copy);
    return result;
}

/* Everything in the clone is a clone. */
static HRESULT STDMETHODCALLTYPE profile_Clone(IMFASFProfile *iface, IMFASFProfile **clone)
{
    struct profile *profile = impl(iface);
    HRESULT result;

    if (!clone) return E_INVALIDARG;
    if (FAILED(result = MFCreateASFProfile(clone))) return result;
    EnterCriticalSection(&profile->lock);
    result = IMFAttributes_CopyAllItems(profile->attributes, (IMFAttributes *)*clone);
    if (SUCCEEDED(result)) result = clone_streams(profile, *clone);
    if (SUCCEEDED(result)) result = clone_mutexes(profile, *clone);
    if (SUCCEEDED(result)) result = clone_prioritization(profile, *clone);
    LeaveCriticalSection(&profile->lock);
    if (FAILED(result))
    {
        IMFASFProfile_Release(*clone);
        *clone = NULL;
    }
    return result;
}

static IMFASFProfileVtbl profile_vtbl = {
    .QueryInterface = profile_QueryInterface,
    .AddRef = profile_AddRef,
    .Release = profile_Release,
    ATTRIBUTE_METHODS(IMFASFProfile),
    .GetStreamCount = profile_GetStreamCount,
    .GetStream = profile_GetStream,
    .GetStreamByNumber = profile_GetStreamByNumber,
    .SetStream = profile_SetStream,
    .RemoveStream = profile_RemoveStream,
    .CreateStream = profile_CreateStream,
    .GetMutualExclusionCount = profile_GetMutualExclusionCount,
    .GetMutualExclusion = profile_GetMutualExclusion,
    .AddMutualExclusion = profile_AddMutualExclusion,
    .RemoveMutualExclusion = profile_RemoveMutualExclusion,
    .CreateMutualExclusion = profile_CreateMutualExclusion,
    .GetStreamPrioritization = profile_GetStreamPrioritization,
    .AddStreamPrioritization = profile_AddStreamPrioritization,
    .RemoveStreamPrioritization = profile_RemoveStreamPrioritization,
    .CreateStreamPrioritization = profile_CreateStreamPrioritization,
    .Clone = profile_Clone,
};

HRESULT WINAPI MFCreateASFProfile(IMFASFProfile **out)
{
    struct profile *profile;
    HRESULT result;

    CORK_TRACE("%p\n", (void *)out);
    if (!out) return E_INVALIDARG;
    *out = NULL;
    if (!(profile = calloc(1, sizeof(*profile)))) return E_OUTOFMEMORY;
    profile->IMFASFProfile_iface.lpVtbl = &profile_vtbl;
    profile->references = 1;
    if (FAILED(result = MFCreateAttributes(&profile->attributes, 2)))
    {
        free(profile);
        return result;
    }
    InitializeCriticalSection(&profile->lock);
    *out = &profile->IMFASFProfile_iface;
    return S_OK;
}
