/* See segment_offset.h. */
#define COBJMACROS
#include "mf/segment_offset.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* The object in the PROPVARIANT (VT_UNKNOWN, as on Windows), whose layout is nobody else's business. */
struct segment_offset
{
    IUnknown iface;
    LONG refs;
    MFSequencerElementId id;
    MFTIME offset;
};

static HRESULT segment_offset_query(struct segment_offset *object, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IUnknown, offsetof(struct segment_offset, iface)}};

    return com_query(object, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG segment_offset_addref(struct segment_offset *object)
{
    return InterlockedIncrement(&object->refs);
}

static ULONG segment_offset_release(struct segment_offset *object)
{
    ULONG refs = InterlockedDecrement(&object->refs);

    if (!refs) free(object);
    return refs;
}

COM_UNKNOWN(offset, IUnknown, segment_offset, iface)

static IUnknownVtbl offset_vtbl = {offset_QueryInterface, offset_AddRef, offset_Release};

/* Makes a position to start a session at that has a sequencer source: segment `id`, `offset` (100 ns) after its start.
 * *value is overwritten; the caller clears it with PropVariantClear. Returns E_POINTER without `value`.
 * (nf-mfidl-mfcreatesequencersegmentoffset) */
HRESULT WINAPI MFCreateSequencerSegmentOffset(MFSequencerElementId id, MFTIME offset, PROPVARIANT *value)
{
    struct segment_offset *object;

    CORK_TRACE("id %lu, offset %lld\n", (unsigned long)id, (long long)offset);
    if (!value) return E_POINTER;

    object = calloc(1, sizeof(*object));
    if (!object) return E_OUTOFMEMORY;
    object->iface.lpVtbl = &offset_vtbl;
    object->refs = 1;
    object->id = id;
    object->offset = offset;

    value->vt = VT_UNKNOWN;
    value->punkVal = &object->iface;
    return S_OK;
}

HRESULT segment_offset_read(const PROPVARIANT *value, MFSequencerElementId *id, MFTIME *offset)
{
    const struct segment_offset *object;

    if (value->vt != VT_UNKNOWN || !value->punkVal || value->punkVal->lpVtbl != &offset_vtbl)
        return MF_E_INVALID_POSITION;
    object = COM_OBJECT(value->punkVal, segment_offset, iface);
    *id = object->id;
    *offset = object->offset;
    return S_OK;
}
