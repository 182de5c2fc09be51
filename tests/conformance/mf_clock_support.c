/* See mf_clock_support.h. */
#include "mf_clock_support.h"

#include <stdarg.h>

void journal_init(struct journal *journal)
{
    memset(journal, 0, sizeof(*journal));
    InitializeCriticalSection(&journal->lock);
    journal->changed = CreateEventA(NULL, FALSE, FALSE, NULL);
}

void journal_end(struct journal *journal)
{
    CloseHandle(journal->changed);
    DeleteCriticalSection(&journal->lock);
}

void journal_add(struct journal *journal, const char *format, ...)
{
    va_list arguments;
    size_t length;

    va_start(arguments, format);
    EnterCriticalSection(&journal->lock);
    length = strlen(journal->text);
    vsnprintf(journal->text + length, sizeof(journal->text) - length, format, arguments);
    length = strlen(journal->text);
    snprintf(journal->text + length, sizeof(journal->text) - length, ";");
    LeaveCriticalSection(&journal->lock);
    va_end(arguments);
    SetEvent(journal->changed);
}

void journal_clear(struct journal *journal)
{
    EnterCriticalSection(&journal->lock);
    journal->text[0] = 0;
    LeaveCriticalSection(&journal->lock);
}

int journal_is(struct journal *journal, const char *text)
{
    int same;

    EnterCriticalSection(&journal->lock);
    same = !strcmp(journal->text, text);
    note("the calls were '%s'", journal->text);
    LeaveCriticalSection(&journal->lock);
    return same;
}

int journal_has(struct journal *journal, const char *part)
{
    int has;

    EnterCriticalSection(&journal->lock);
    has = strstr(journal->text, part) != NULL;
    note("the calls were '%s'", journal->text);
    LeaveCriticalSection(&journal->lock);
    return has;
}

int journal_becomes(struct journal *journal, const char *text)
{
    while (!journal_is(journal, text))
        if (WaitForSingleObject(journal->changed, PATIENCE)) return 0;
    return 1;
}

static struct listener *listener_of(IMFClockStateSink *iface)
{
    return CONTAINING_RECORD(iface, struct listener, iface);
}

static HRESULT STDMETHODCALLTYPE listener_QueryInterface(IMFClockStateSink *iface, REFIID iid, void **object)
{
    int has = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFClockStateSink);

    *object = has ? iface : NULL;
    return has ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE listener_AddRef(IMFClockStateSink *iface)
{
    (void)iface;
    return 2;
}

static HRESULT answer(struct listener *listener)
{
    if (listener->hold) WaitForSingleObject(listener->hold, PATIENCE);
    return listener->result;
}

static HRESULT STDMETHODCALLTYPE listener_OnClockStart(IMFClockStateSink *iface, MFTIME system_time, LONGLONG offset)
{
    struct listener *listener = listener_of(iface);

    (void)system_time;
    if (offset == PRESENTATION_CURRENT_POSITION)
        journal_add(listener->journal, "%sstart here", listener->name);
    else
        journal_add(listener->journal, "%sstart %lld", listener->name, offset);
    return answer(listener);
}

static HRESULT STDMETHODCALLTYPE listener_OnClockStop(IMFClockStateSink *iface, MFTIME system_time)
{
    (void)system_time;
    journal_add(listener_of(iface)->journal, "%sstop", listener_of(iface)->name);
    return answer(listener_of(iface));
}

static HRESULT STDMETHODCALLTYPE listener_OnClockPause(IMFClockStateSink *iface, MFTIME system_time)
{
    (void)system_time;
    journal_add(listener_of(iface)->journal, "%spause", listener_of(iface)->name);
    return answer(listener_of(iface));
}

static HRESULT STDMETHODCALLTYPE listener_OnClockRestart(IMFClockStateSink *iface, MFTIME system_time)
{
    (void)system_time;
    journal_add(listener_of(iface)->journal, "%srestart", listener_of(iface)->name);
    return answer(listener_of(iface));
}

static HRESULT STDMETHODCALLTYPE listener_OnClockSetRate(IMFClockStateSink *iface, MFTIME system_time, float rate)
{
    (void)system_time;
    journal_add(listener_of(iface)->journal, "%srate %g", listener_of(iface)->name, (double)rate);
    return answer(listener_of(iface));
}

static IMFClockStateSinkVtbl listener_vtbl = {
    listener_QueryInterface, listener_AddRef,       listener_AddRef,         listener_OnClockStart,
    listener_OnClockStop,    listener_OnClockPause, listener_OnClockRestart, listener_OnClockSetRate,
};

void listener_init(struct listener *listener, struct journal *journal, const char *name)
{
    memset(listener, 0, sizeof(*listener));
    listener->iface.lpVtbl = &listener_vtbl;
    listener->journal = journal;
    listener->name = name;
}

static struct source *source_of(IMFPresentationTimeSource *iface)
{
    return CONTAINING_RECORD(iface, struct source, iface);
}

static HRESULT STDMETHODCALLTYPE source_QueryInterface(IMFPresentationTimeSource *iface, REFIID iid, void **object)
{
    if (IsEqualIID(iid, &IID_IMFClockStateSink))
    {
        *object = &source_of(iface)->listener.iface;
        return S_OK;
    }
    *object = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFPresentationTimeSource) ? iface : NULL;
    return *object ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE source_AddRef(IMFPresentationTimeSource *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE source_GetClockCharacteristics(IMFPresentationTimeSource *iface, DWORD *flags)
{
    *flags = source_of(iface)->flags;
    return source_of(iface)->flags_result;
}

static HRESULT STDMETHODCALLTYPE source_GetCorrelatedTime(IMFPresentationTimeSource *iface, DWORD reserved,
                                                          LONGLONG *time, MFTIME *system_time)
{
    (void)reserved;
    *time = source_of(iface)->time;
    *system_time = MFGetSystemTime();
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE source_GetContinuityKey(IMFPresentationTimeSource *iface, DWORD *key)
{
    (void)iface;
    *key = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE source_GetState(IMFPresentationTimeSource *iface, DWORD reserved, MFCLOCK_STATE *state)
{
    (void)iface;
    (void)reserved;
    *state = MFCLOCK_STATE_INVALID;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE source_GetProperties(IMFPresentationTimeSource *iface, MFCLOCK_PROPERTIES *properties)
{
    memset(properties, 0, sizeof(*properties));
    properties->qwClockFrequency = source_of(iface)->frequency;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE source_GetUnderlyingClock(IMFPresentationTimeSource *iface, IMFClock **clock)
{
    (void)iface;
    *clock = NULL;
    return MF_E_NO_CLOCK;
}

static IMFPresentationTimeSourceVtbl source_vtbl = {
    source_QueryInterface,     source_AddRef,           source_AddRef,   source_GetClockCharacteristics,
    source_GetCorrelatedTime,  source_GetContinuityKey, source_GetState, source_GetProperties,
    source_GetUnderlyingClock,
};

void source_init(struct source *source, struct journal *journal)
{
    memset(source, 0, sizeof(*source));
    source->iface.lpVtbl = &source_vtbl;
    listener_init(&source->listener, journal, "source ");
    source->flags = MFCLOCK_CHARACTERISTICS_FLAG_FREQUENCY_10MHZ;
    source->frequency = 10000000;
}

static struct callback *callback_of(IMFAsyncCallback *iface)
{
    return CONTAINING_RECORD(iface, struct callback, iface);
}

static HRESULT STDMETHODCALLTYPE callback_QueryInterface(IMFAsyncCallback *iface, REFIID iid, void **object)
{
    *object = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFAsyncCallback) ? iface : NULL;
    return *object ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE callback_AddRef(IMFAsyncCallback *iface)
{
    (void)iface;
    return 2;
}

static HRESULT STDMETHODCALLTYPE callback_GetParameters(IMFAsyncCallback *iface, DWORD *flags, DWORD *queue)
{
    (void)iface;
    (void)flags;
    (void)queue;
    return E_NOTIMPL;
}

static HRESULT STDMETHODCALLTYPE callback_Invoke(IMFAsyncCallback *iface, IMFAsyncResult *result)
{
    struct callback *callback = callback_of(iface);

    callback->status = IMFAsyncResult_GetStatus(result);
    callback->state = IMFAsyncResult_GetStateNoAddRef(result);
    InterlockedIncrement(&callback->calls);
    SetEvent(callback->called);
    if (callback->hold) WaitForSingleObject(callback->hold, PATIENCE);
    return S_OK;
}

static IMFAsyncCallbackVtbl callback_vtbl = {callback_QueryInterface, callback_AddRef, callback_AddRef,
                                             callback_GetParameters, callback_Invoke};

void callback_init(struct callback *callback)
{
    memset(callback, 0, sizeof(*callback));
    callback->iface.lpVtbl = &callback_vtbl;
    callback->called = CreateEventA(NULL, FALSE, FALSE, NULL);
    callback->status = E_PENDING;
}

void callback_end(struct callback *callback)
{
    CloseHandle(callback->called);
}

int callback_comes(struct callback *callback)
{
    return !WaitForSingleObject(callback->called, PATIENCE);
}

int callback_stays(struct callback *callback, LONG calls)
{
    Sleep(MOMENT);
    note("called %ld times", callback->calls);
    return callback->calls == calls;
}

IMFPresentationClock *clock_with(struct source *source)
{
    IMFPresentationTimeSource *time_source = source ? &source->iface : NULL;
    IMFPresentationClock *clock = NULL;

    if (!source) MFCreateSystemTimeSource(&time_source);
    pMFCreatePresentationClock(&clock);
    IMFPresentationClock_SetTimeSource(clock, time_source);
    IMFPresentationTimeSource_Release(time_source);
    return clock;
}

int clock_end(IMFPresentationClock **clock)
{
    IMFShutdown *shutdown;

    if (SUCCEEDED(IMFPresentationClock_QueryInterface(*clock, &IID_IMFShutdown, (void **)&shutdown)))
    {
        IMFShutdown_Shutdown(shutdown);
        IMFShutdown_Release(shutdown);
    }
    return gone(clock);
}
