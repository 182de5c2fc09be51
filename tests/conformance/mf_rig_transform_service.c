/*
 * What the rig's transform offers beside IMFTransform and its events. What it holds to: IMFShutdown as documented for
 * asynchronous transforms ("Asynchronous MFTs"), and IMFClockConsumer.
 */
#include "mf_rig_transform.h"

RIG_UNKNOWN(IMFShutdown, transform, shutdown)
RIG_UNKNOWN(IMFClockConsumer, transform, consumer)

/* ---- IMFShutdown ------------------------------------------------------------------------------------------------ */

static HRESULT WINAPI transform_Shutdown(IMFShutdown *self)
{
    struct transform *transform = transform_of_shutdown(self);
    HRESULT hr = rig_enter(&transform->object, NULL, "Shutdown", 0, NULL);

    if (FAILED(hr)) return hr;
    EnterCriticalSection(&transform->lock);
    transform->shut_down = TRUE;
    rig_transform_drop_samples(transform);
    IMFMediaEventQueue_Shutdown(transform->events);
    LeaveCriticalSection(&transform->lock);
    return S_OK;
}

static HRESULT WINAPI transform_GetShutdownStatus(IMFShutdown *self, MFSHUTDOWN_STATUS *status)
{
    struct transform *transform = transform_of_shutdown(self);

    if (!transform->shut_down) return MF_E_INVALIDREQUEST;
    *status = MFSHUTDOWN_COMPLETED;
    return S_OK;
}

IMFShutdownVtbl rig_transform_shutdown_table = {RIG_UNKNOWN_METHODS(transform, shutdown), transform_Shutdown,
                                                transform_GetShutdownStatus};

/* ---- IMFClockConsumer ------------------------------------------------------------------------------------------- */

static HRESULT WINAPI transform_SetPresentationClock(IMFClockConsumer *self, IMFPresentationClock *clock)
{
    return rig_enter(&transform_of_consumer(self)->object, NULL, "SetPresentationClock", clock != NULL, NULL);
}

static HRESULT WINAPI transform_GetPresentationClock(IMFClockConsumer *self, IMFPresentationClock **clock)
{
    HRESULT hr = rig_enter(&transform_of_consumer(self)->object, NULL, "GetPresentationClock", 0, NULL);

    *clock = NULL;
    return FAILED(hr) ? hr : MF_E_NO_CLOCK;
}

const IMFClockConsumerVtbl rig_transform_consumer_table = {
    RIG_UNKNOWN_METHODS(transform, consumer), transform_SetPresentationClock, transform_GetPresentationClock};
