/* IMFASFStreamSelector: which streams of a profile to read, by exclusions and bandwidth. See asf_selection.h. */
#include "mf/asf_selection.h"
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct stream_selector
{
    IMFASFStreamSelector IMFASFStreamSelector_iface;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of what follows */
    IMFASFProfile *profile;
    IMFASFMutualExclusion **mutexes; /* of the exclusions, in their order */
    struct asf_selection selection;
};

static struct stream_selector *impl(IMFASFStreamSelector *iface)
{
    return CONTAINING_RECORD(iface, struct stream_selector, IMFASFStreamSelector_iface);
}

static HRESULT stream_selector_query(struct stream_selector *selector, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_stream_selector_iid, 0}};

    return com_query(selector, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG stream_selector_addref(struct stream_selector *selector)
{
    return (ULONG)InterlockedIncrement(&selector->references);
}

static ULONG stream_selector_release(struct stream_selector *selector)
{
    ULONG left = (ULONG)InterlockedDecrement(&selector->references);

    if (left) return left;
    for (unsigned i = 0; selector->mutexes && i < selector->selection.exclusion_count; i++)
        if (selector->mutexes[i]) IMFASFMutualExclusion_Release(selector->mutexes[i]);
    free(selector->mutexes);
    free(selector->selection.exclusions);
    IMFASFProfile_Release(selector->profile);
    DeleteCriticalSection(&selector->lock);
    free(selector);
    return 0;
}

COM_UNKNOWN(stream_selector, IMFASFStreamSelector, stream_selector, IMFASFStreamSelector_iface)

/* ---- What the profile says --------------------------------------------------------------------------------------- */

/* The peak bit rate of a stream, or its average; what of the two there is. */
static UINT32 stream_bitrate(IMFASFStreamConfig *config, BOOL average)
{
    const GUID *keys[2] = {&MF_ASFSTREAMCONFIG_LEAKYBUCKET2, &MF_ASFSTREAMCONFIG_LEAKYBUCKET1};
    IMFMediaType *type;
    UINT32 rate, size;
    DWORD values[3];

    for (int i = average; i < 2; i++)
        if (SUCCEEDED(IMFASFStreamConfig_GetBlob(config, keys[i], (UINT8 *)values, sizeof(values), &size)) &&
            size == sizeof(values) && values[0])
            return values[0];
    if (FAILED(IMFASFStreamConfig_GetMediaType(config, &type))) return 0;
    rate = asf_media_type_bitrate(type);
    IMFMediaType_Release(type);
    return rate;
}

static HRESULT read_stream(struct stream_selector *selector, DWORD index, BOOL average)
{
    struct asf_selectable *stream = &selector->selection.streams[index];
    IMFASFStreamConfig *config;
    GUID type;
    HRESULT result = IMFASFProfile_GetStream(selector->profile, index, &stream->number, &config);

    if (FAILED(result)) return result;
    stream->bitrate = stream_bitrate(config, average);
    stream->video =
        SUCCEEDED(IMFASFStreamConfig_GetStreamType(config, &type)) && IsEqualGUID(&type, &MFMediaType_Video);
    IMFASFStreamConfig_Release(config);
    return S_OK;
}

static HRESULT read_streams(struct stream_selector *selector, BOOL average)
{
    DWORD count;
    HRESULT result = IMFASFProfile_GetStreamCount(selector->profile, &count);

    if (SUCCEEDED(result) && count > ASF_MAX_STREAM) result = E_INVALIDARG;
    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
        result = read_stream(selector, i, average);
    if (SUCCEEDED(result)) selector->selection.stream_count = count;
    return result;
}

static unsigned place_of(const struct asf_selection *selection, WORD number)
{
    unsigned i;

    for (i = 0; i < selection->stream_count && selection->streams[i].number != number; i++)
        ;
    return i;
}

/* A stream that is in several records counts as in the first. */
static HRESULT read_record(struct stream_selector *selector, IMFASFMutualExclusion *mutex, DWORD record,
                           struct asf_exclusion *exclusion)
{
    WORD streams[ASF_MAX_STREAM];
    DWORD count = ASF_MAX_STREAM;
    HRESULT result = IMFASFMutualExclusion_GetStreamsForRecord(mutex, record, streams, &count);

    for (DWORD i = 0; SUCCEEDED(result) && i < count && i < ASF_MAX_STREAM; i++)
    {
        unsigned place = place_of(&selector->selection, streams[i]);

        if (place < selector->selection.stream_count && exclusion->records[place] == ASF_NO_RECORD)
            exclusion->records[place] = (UINT16)record;
    }
    return result;
}

static HRESULT read_mutex(struct stream_selector *selector, DWORD index)
{
    struct asf_exclusion *exclusion = &selector->selection.exclusions[index];
    IMFASFMutualExclusion *mutex;
    DWORD records;
    HRESULT result;
    GUID type;

    if (FAILED(result = IMFASFProfile_GetMutualExclusion(selector->profile, index, &mutex))) return result;
    selector->mutexes[index] = mutex;
    memset(exclusion->records, 0xff, sizeof(exclusion->records));
    exclusion->selected = ASF_NO_RECORD;
    if (FAILED(result = IMFASFMutualExclusion_GetType(mutex, &type))) return result;
    exclusion->by_bitrate = IsEqualGUID(&type, &MFASFMutexType_Bitrate);
    result = IMFASFMutualExclusion_GetRecordCount(mutex, &records);
    for (DWORD i = 0; SUCCEEDED(result) && i < records; i++)
        result = read_record(selector, mutex, i, exclusion);
    return result;
}

static HRESULT read_mutexes(struct stream_selector *selector)
{
    DWORD count;
    HRESULT result = IMFASFProfile_GetMutualExclusionCount(selector->profile, &count);

    if (FAILED(result) || !count) return result;
    if (count > ASF_MAX_EXCLUSIONS) return E_INVALIDARG;
    selector->mutexes = calloc(count, sizeof(*selector->mutexes));
    selector->selection.exclusions = calloc(count, sizeof(*selector->selection.exclusions));
    if (!selector->mutexes || !selector->selection.exclusions) return E_OUTOFMEMORY;
    selector->selection.exclusion_count = count;
    for (DWORD i = 0; SUCCEEDED(result) && i < count; i++)
        result = read_mutex(selector, i);
    return result;
}

/* ---- Outputs ----------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE stream_selector_GetStreamCount(IMFASFStreamSelector *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->selection.stream_count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputCount(IMFASFStreamSelector *iface, DWORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->selection.output_count;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputStreamCount(IMFASFStreamSelector *iface, DWORD output,
                                                                      DWORD *count)
{
    const struct asf_selection *selection = &impl(iface)->selection;

    if (!count) return E_INVALIDARG;
    if (output >= selection->output_count) return MF_E_INVALIDREQUEST;
    *count = 0;
    for (unsigned i = 0; i < selection->stream_count; i++)
        *count += selection->streams[i].output == output;
    return S_OK;
}

/* The array has room for as many as GetOutputStreamCount says. */
static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputStreamNumbers(IMFASFStreamSelector *iface, DWORD output,
                                                                        WORD *numbers)
{
    const struct asf_selection *selection = &impl(iface)->selection;

    if (!numbers) return E_INVALIDARG;
    if (output >= selection->output_count) return MF_E_INVALIDREQUEST;
    for (unsigned i = 0; i < selection->stream_count; i++)
        if (selection->streams[i].output == output) *numbers++ = selection->streams[i].number;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputFromStream(IMFASFStreamSelector *iface, WORD stream,
                                                                     DWORD *output)
{
    const struct asf_selection *selection = &impl(iface)->selection;
    unsigned place = place_of(selection, stream);

    if (!output) return E_INVALIDARG;
    if (place == selection->stream_count) return MF_E_INVALIDREQUEST;
    *output = selection->streams[place].output;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputOverride(IMFASFStreamSelector *iface, DWORD output,
                                                                   ASF_SELECTION_STATUS *status)
{
    struct stream_selector *selector = impl(iface);

    if (!status) return E_INVALIDARG;
    if (output >= selector->selection.output_count) return MF_E_INVALIDREQUEST;
    EnterCriticalSection(&selector->lock);
    *status = (ASF_SELECTION_STATUS)selector->selection.overrides[output];
    LeaveCriticalSection(&selector->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_selector_SetOutputOverride(IMFASFStreamSelector *iface, DWORD output,
                                                                   ASF_SELECTION_STATUS status)
{
    struct stream_selector *selector = impl(iface);

    if (output >= selector->selection.output_count) return MF_E_INVALIDREQUEST;
    if ((unsigned)status > ASF_STATUS_ALLDATAUNITS) return E_INVALIDARG;
    EnterCriticalSection(&selector->lock);
    selector->selection.overrides[output] = (UINT8)status;
    asf_selection_make_steps(&selector->selection);
    LeaveCriticalSection(&selector->lock);
    return S_OK;
}

/* ---- Exclusions of an output ------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputMutexCount(IMFASFStreamSelector *iface, DWORD output,
                                                                     DWORD *count)
{
    const struct asf_selection *selection = &impl(iface)->selection;

    if (!count) return E_INVALIDARG;
    if (output >= selection->output_count) return MF_E_INVALIDREQUEST;
    *count = 0;
    for (unsigned i = 0; i < selection->exclusion_count; i++)
        *count += asf_selection_concerns(selection, i, output);
    return S_OK;
}

/* The place of an output's exclusion among all; their number where it has none of that index. */
static unsigned mutex_place(const struct asf_selection *selection, DWORD output, DWORD index)
{
    unsigned i;

    for (i = 0; i < selection->exclusion_count; i++)
        if (asf_selection_concerns(selection, i, output) && !index--) break;
    return i;
}

static HRESULT STDMETHODCALLTYPE stream_selector_GetOutputMutex(IMFASFStreamSelector *iface, DWORD output, DWORD index,
                                                                IUnknown **mutex)
{
    struct stream_selector *selector = impl(iface);
    unsigned place = mutex_place(&selector->selection, output, index);

    if (!mutex) return E_INVALIDARG;
    *mutex = NULL;
    if (output >= selector->selection.output_count || place == selector->selection.exclusion_count)
        return MF_E_INVALIDREQUEST;
    return IMFASFMutualExclusion_QueryInterface(selector->mutexes[place], &IID_IUnknown, (void **)mutex);
}

static HRESULT STDMETHODCALLTYPE stream_selector_SetOutputMutexSelection(IMFASFStreamSelector *iface, DWORD output,
                                                                         DWORD index, WORD record)
{
    struct stream_selector *selector = impl(iface);
    unsigned place = mutex_place(&selector->selection, output, index);
    HRESULT result;
    DWORD records;

    if (output >= selector->selection.output_count || place == selector->selection.exclusion_count)
        return MF_E_INVALIDREQUEST;
    if (FAILED(result = IMFASFMutualExclusion_GetRecordCount(selector->mutexes[place], &records))) return result;
    if (record >= records) return MF_E_INVALIDREQUEST;
    EnterCriticalSection(&selector->lock);
    selector->selection.exclusions[place].selected = record;
    asf_selection_make_steps(&selector->selection);
    LeaveCriticalSection(&selector->lock);
    return S_OK;
}

/* ---- Bandwidth --------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE stream_selector_GetBandwidthStepCount(IMFASFStreamSelector *iface, DWORD *count)
{
    struct stream_selector *selector = impl(iface);

    if (!count) return E_INVALIDARG;
    EnterCriticalSection(&selector->lock);
    *count = selector->selection.step_count;
    LeaveCriticalSection(&selector->lock);
    return S_OK;
}

/* The arrays have room for all streams, and get all of them. */
static HRESULT STDMETHODCALLTYPE stream_selector_GetBandwidthStep(IMFASFStreamSelector *iface, DWORD number,
                                                                  DWORD *bitrate, WORD *numbers,
                                                                  ASF_SELECTION_STATUS *statuses)
{
    struct stream_selector *selector = impl(iface);
    const struct asf_selection *selection = &selector->selection;
    HRESULT result = MF_E_INVALIDREQUEST;

    if (!bitrate || !numbers || !statuses) return E_INVALIDARG;
    EnterCriticalSection(&selector->lock);
    if (number < selection->step_count)
    {
        *bitrate = selection->steps[number].bitrate;
        for (unsigned i = 0; i < selection->stream_count; i++)
        {
            numbers[i] = selection->streams[i].number;
            statuses[i] = (ASF_SELECTION_STATUS)selection->steps[number].selected[i];
        }
        result = S_OK;
    }
    LeaveCriticalSection(&selector->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE stream_selector_BitrateToStepNumber(IMFASFStreamSelector *iface, DWORD bitrate,
                                                                     DWORD *number)
{
    struct stream_selector *selector = impl(iface);

    if (!number) return E_INVALIDARG;
    EnterCriticalSection(&selector->lock);
    *number = asf_selection_step(&selector->selection, bitrate);
    LeaveCriticalSection(&selector->lock);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_selector_SetStreamSelectorFlags(IMFASFStreamSelector *iface, DWORD flags)
{
    struct stream_selector *selector = impl(iface);
    HRESULT result = S_OK;

    if (flags & ~(DWORD)(MFASF_STREAMSELECTOR_DISABLE_THINNING | MFASF_STREAMSELECTOR_USE_AVERAGE_BITRATE))
        return E_INVALIDARG;
    EnterCriticalSection(&selector->lock);
    selector->selection.thinning = !(flags & MFASF_STREAMSELECTOR_DISABLE_THINNING);
    for (DWORD i = 0; SUCCEEDED(result) && i < selector->selection.stream_count; i++)
    {
        unsigned output = selector->selection.streams[i].output;

        result = read_stream(selector, i, (flags & MFASF_STREAMSELECTOR_USE_AVERAGE_BITRATE) != 0);
        selector->selection.streams[i].output = output;
    }
    asf_selection_make_steps(&selector->selection);
    LeaveCriticalSection(&selector->lock);
    return result;
}

static IMFASFStreamSelectorVtbl stream_selector_vtbl = {
    stream_selector_QueryInterface,
    stream_selector_AddRef,
    stream_selector_Release,
    stream_selector_GetStreamCount,
    stream_selector_GetOutputCount,
    stream_selector_GetOutputStreamCount,
    stream_selector_GetOutputStreamNumbers,
    stream_selector_GetOutputFromStream,
    stream_selector_GetOutputOverride,
    stream_selector_SetOutputOverride,
    stream_selector_GetOutputMutexCount,
    stream_selector_GetOutputMutex,
    stream_selector_SetOutputMutexSelection,
    stream_selector_GetBandwidthStepCount,
    stream_selector_GetBandwidthStep,
    stream_selector_BitrateToStepNumber,
    stream_selector_SetStreamSelectorFlags,
};

/* The selector has a copy of the profile as it is now. */
HRESULT WINAPI MFCreateASFStreamSelector(IMFASFProfile *profile, IMFASFStreamSelector **out)
{
    struct stream_selector *selector;
    HRESULT result;

    CORK_TRACE("%p, %p\n", (void *)profile, (void *)out);
    if (!profile || !out) return E_INVALIDARG;
    *out = NULL;
    if (!(selector = calloc(1, sizeof(*selector)))) return E_OUTOFMEMORY;
    if (FAILED(result = IMFASFProfile_Clone(profile, &selector->profile)))
    {
        free(selector);
        return result;
    }
    selector->IMFASFStreamSelector_iface.lpVtbl = &stream_selector_vtbl;
    selector->references = 1;
    selector->selection.thinning = true;
    InitializeCriticalSection(&selector->lock);
    result = read_streams(selector, FALSE);
    if (SUCCEEDED(result)) result = read_mutexes(selector);
    if (FAILED(result))
    {
        stream_selector_release(selector);
        return result;
    }
    asf_selection_connect(&selector->selection);
    asf_selection_make_steps(&selector->selection);
    *out = &selector->IMFASFStreamSelector_iface;
    return S_OK;
}
