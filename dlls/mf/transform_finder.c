/* See transform_finder.h. */
#include "mf/transform_finder.h"

#include <mf_more.h>
#include <stdlib.h>

#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

struct transform_set
{
    struct transform_set *next;
    GUID category;
    MFT_REGISTER_TYPE_INFO format;
    IMFActivate **activates;
    UINT32 count;
    BOOL spent; /* an activation object has made its transform, and would give the same one again */
};

void transform_finder_init(struct transform_finder *finder, BOOL hardware)
{
    finder->hardware = hardware;
    finder->sets = NULL;
}

static void forget(struct transform_set *set)
{
    for (UINT32 i = 0; i < set->count; i++)
        IMFActivate_Release(set->activates[i]);
    CoTaskMemFree(set->activates);
    set->activates = NULL;
    set->count = 0;
    set->spent = FALSE;
}

void transform_finder_free(struct transform_finder *finder)
{
    struct transform_set *next;

    for (struct transform_set *set = finder->sets; set; set = next)
    {
        next = set->next;
        forget(set);
        free(set);
    }
    finder->sets = NULL;
}

static HRESULT enumerate(const struct transform_finder *finder, struct transform_set *set)
{
    UINT32 flags = MFT_ENUM_FLAG_SYNCMFT | MFT_ENUM_FLAG_LOCALMFT | MFT_ENUM_FLAG_SORTANDFILTER;
    HRESULT hr;

    if (finder->hardware) flags |= MFT_ENUM_FLAG_HARDWARE | MFT_ENUM_FLAG_ASYNCMFT;
    forget(set);
    if (FAILED(hr = MFTEnumEx(set->category, flags, &set->format, NULL, &set->activates, &set->count))) set->count = 0;
    return hr;
}

static struct transform_set *known_set(const struct transform_finder *finder, const GUID *category,
                                       const MFT_REGISTER_TYPE_INFO *format)
{
    for (struct transform_set *set = finder->sets; set; set = set->next)
        if (IsEqualGUID(&set->category, category) && IsEqualGUID(&set->format.guidSubtype, &format->guidSubtype) &&
            IsEqualGUID(&set->format.guidMajorType, &format->guidMajorType))
            return set;
    return NULL;
}

HRESULT transform_finder_find(struct transform_finder *finder, const GUID *category,
                              const MFT_REGISTER_TYPE_INFO *format, struct transform_set **set, UINT32 *count)
{
    struct transform_set *found = known_set(finder, category, format);
    HRESULT hr;

    if (!found)
    {
        if (!(found = calloc(1, sizeof(*found)))) return E_OUTOFMEMORY;
        found->category = *category;
        found->format = *format;
        if (FAILED(hr = enumerate(finder, found)))
        {
            free(found);
            return hr;
        }
        found->next = finder->sets;
        finder->sets = found;
    }
    *set = found;
    *count = found->count;
    return S_OK;
}

/* A node of a transform, whose attributes those of its activation object tell. */
static HRESULT make_node(IMFTransform *transform, const CLSID *class_id, IMFActivate *activate, IMFTopologyNode **node)
{
    WCHAR *url;
    UINT32 length;
    HRESULT hr;

    if (FAILED(hr = MFCreateTopologyNode(MF_TOPOLOGY_TRANSFORM_NODE, node))) return hr;
    if (class_id) hr = IMFTopologyNode_SetGUID(*node, &MF_TOPONODE_TRANSFORM_OBJECTID, class_id);
    if (SUCCEEDED(hr)) hr = IMFTopologyNode_SetObject(*node, (IUnknown *)transform);
    if (SUCCEEDED(hr) && activate &&
        SUCCEEDED(IMFActivate_GetAllocatedString(activate, &MFT_ENUM_HARDWARE_URL_Attribute, &url, &length)))
    {
        hr = IMFTopologyNode_SetString(*node, &MFT_ENUM_HARDWARE_URL_Attribute, url);
        CoTaskMemFree(url);
    }
    if (FAILED(hr)) IMFTopologyNode_Release(*node);
    return hr;
}

static HRESULT make_class(const CLSID *class_id, IMFActivate *activate, IMFTransform **transform,
                          IMFTopologyNode **node)
{
    HRESULT hr = CoCreateInstance(class_id, NULL, CLSCTX_INPROC_SERVER, &IID_IMFTransform, (void **)transform);

    if (FAILED(hr)) return hr;
    if (FAILED(hr = make_node(*transform, class_id, activate, node))) IMFTransform_Release(*transform);
    return hr;
}

HRESULT transform_finder_make_class(const CLSID *class_id, IMFTransform **transform, IMFTopologyNode **node)
{
    return make_class(class_id, NULL, transform, node);
}

HRESULT transform_finder_make(struct transform_finder *finder, struct transform_set *set, UINT32 index,
                              IMFTransform **transform, IMFTopologyNode **node)
{
    IMFActivate *activate;
    BOOL has_class;
    CLSID class_id;
    HRESULT hr;

    if (set->spent && FAILED(hr = enumerate(finder, set))) return hr;
    if (index >= set->count) return MF_E_NOT_FOUND;
    activate = set->activates[index];
    has_class = SUCCEEDED(IMFActivate_GetGUID(activate, &MFT_TRANSFORM_CLSID_Attribute, &class_id));
    if (has_class && FAILED(IMFActivate_GetItem(activate, &MFT_PROCESS_LOCAL_Attribute, NULL)) &&
        FAILED(IMFActivate_GetItem(activate, &MFT_ENUM_HARDWARE_URL_Attribute, NULL)))
        return make_class(&class_id, activate, transform, node);

    /* The class factory, or the hardware, is known to the activation object only. */
    set->spent = TRUE;
    if (FAILED(hr = IMFActivate_ActivateObject(activate, &IID_IMFTransform, (void **)transform))) return hr;
    if (FAILED(hr = make_node(*transform, has_class ? &class_id : NULL, activate, node)))
        IMFTransform_Release(*transform);
    return hr;
}
