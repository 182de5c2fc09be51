/* IMFTranscodeProfile: the settings of an output file's audio stream, video stream and container. */
#define COBJMACROS
#include <stdlib.h>
#include <windows.h>
#include "mf_transcode.h"

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

enum store
{
    AUDIO,
    VIDEO,
    CONTAINER,
    STORES
};

struct transcode_profile
{
    IMFTranscodeProfile iface;
    LONG refs;
    SRWLOCK lock;
    IMFAttributes *stores[STORES]; /* copies of the caller's, or NULL */
};

static HRESULT transcode_profile_query(struct transcode_profile *profile, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {
        {&IID_IMFTranscodeProfile, offsetof(struct transcode_profile, iface)},
    };

    return com_query(profile, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG transcode_profile_addref(struct transcode_profile *profile)
{
    return InterlockedIncrement(&profile->refs);
}

static ULONG transcode_profile_release(struct transcode_profile *profile)
{
    ULONG refs = InterlockedDecrement(&profile->refs);

    if (refs) return refs;
    for (int i = 0; i < STORES; i++)
        if (profile->stores[i]) IMFAttributes_Release(profile->stores[i]);
    free(profile);
    return 0;
}

COM_UNKNOWN(profile, IMFTranscodeProfile, transcode_profile, iface)

static HRESULT copy(IMFAttributes *attributes, IMFAttributes **out)
{
    HRESULT hr = MFCreateAttributes(out, 0);

    if (FAILED(hr)) return hr;
    hr = IMFAttributes_CopyAllItems(attributes, *out);
    if (FAILED(hr))
    {
        IMFAttributes_Release(*out);
        *out = NULL;
    }
    return hr;
}

/* Replaces a store by a copy of `attributes`; NULL empties it. A copy, so that a caller that goes on to change its own
 * store does not change the profile under a topology that is being built. */
static HRESULT set(IMFTranscodeProfile *iface, enum store store, IMFAttributes *attributes)
{
    struct transcode_profile *profile = COM_OBJECT(iface, transcode_profile, iface);
    IMFAttributes *replacement = NULL, *old;
    HRESULT hr = S_OK;

    CORK_TRACE("profile %p, store %d, attributes %p\n", (void *)profile, store, (void *)attributes);
    if (attributes) hr = copy(attributes, &replacement);
    if (FAILED(hr)) return hr;

    AcquireSRWLockExclusive(&profile->lock);
    old = profile->stores[store];
    profile->stores[store] = replacement;
    ReleaseSRWLockExclusive(&profile->lock);
    if (old) IMFAttributes_Release(old);
    return S_OK;
}

/* A store, with a reference; NULL and success where none was set. */
static HRESULT get(IMFTranscodeProfile *iface, enum store store, IMFAttributes **attributes)
{
    struct transcode_profile *profile = COM_OBJECT(iface, transcode_profile, iface);

    if (!attributes) return E_POINTER;
    AcquireSRWLockShared(&profile->lock);
    *attributes = profile->stores[store];
    if (*attributes) IMFAttributes_AddRef(*attributes);
    ReleaseSRWLockShared(&profile->lock);
    return S_OK;
}

static HRESULT WINAPI profile_SetAudioAttributes(IMFTranscodeProfile *iface, IMFAttributes *attributes)
{
    return set(iface, AUDIO, attributes);
}

static HRESULT WINAPI profile_GetAudioAttributes(IMFTranscodeProfile *iface, IMFAttributes **attributes)
{
    return get(iface, AUDIO, attributes);
}

static HRESULT WINAPI profile_SetVideoAttributes(IMFTranscodeProfile *iface, IMFAttributes *attributes)
{
    return set(iface, VIDEO, attributes);
}

static HRESULT WINAPI profile_GetVideoAttributes(IMFTranscodeProfile *iface, IMFAttributes **attributes)
{
    return get(iface, VIDEO, attributes);
}

static HRESULT WINAPI profile_SetContainerAttributes(IMFTranscodeProfile *iface, IMFAttributes *attributes)
{
    return set(iface, CONTAINER, attributes);
}

static HRESULT WINAPI profile_GetContainerAttributes(IMFTranscodeProfile *iface, IMFAttributes **attributes)
{
    return get(iface, CONTAINER, attributes);
}

static const IMFTranscodeProfileVtbl profile_vtbl = {
    profile_QueryInterface,
    profile_AddRef,
    profile_Release,
    profile_SetAudioAttributes,
    profile_GetAudioAttributes,
    profile_SetVideoAttributes,
    profile_GetVideoAttributes,
    profile_SetContainerAttributes,
    profile_GetContainerAttributes,
};

/* Makes an empty transcode profile. Returns E_POINTER without `out`. (nf-mfidl-mfcreatetranscodeprofile) */
HRESULT WINAPI MFCreateTranscodeProfile(IMFTranscodeProfile **out)
{
    struct transcode_profile *profile;

    CORK_TRACE("out %p\n", (void *)out);
    if (!out) return E_POINTER;
    *out = NULL;
    profile = calloc(1, sizeof(*profile));
    if (!profile) return E_OUTOFMEMORY;
    profile->iface.lpVtbl = &profile_vtbl;
    profile->refs = 1;
    InitializeSRWLock(&profile->lock);
    *out = &profile->iface;
    return S_OK;
}
