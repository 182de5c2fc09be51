/*
 * The rig's topology loader and quality manager, and how a session comes by them: it makes them by their CLSIDs.
 */
#include "mf_rig_object.h"

#include <mf_more.h>

struct loader
{
    struct rig_object object;
    IMFTopoLoader loader;
    IMFTopoLoader *inner; /* NULL: hands back what it gets */
};

RIG_UNKNOWN(IMFTopoLoader, loader, loader)

static HRESULT WINAPI loader_Load(IMFTopoLoader *self, IMFTopology *input, IMFTopology **output, IMFTopology *current)
{
    struct loader *loader = loader_of_loader(self);
    HRESULT hr = rig_enter(&loader->object, NULL, "Load", 0, NULL);

    if (FAILED(hr)) return hr;
    if (loader->inner) return IMFTopoLoader_Load(loader->inner, input, output, current);
    *output = input;
    IMFTopology_AddRef(input);
    return S_OK;
}

static IMFTopoLoaderVtbl loader_table = {RIG_UNKNOWN_METHODS(loader, loader), loader_Load};

static void *loader_query(struct rig_object *object, REFIID iid)
{
    struct loader *loader = (struct loader *)object;

    return IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFTopoLoader) ? &loader->loader : NULL;
}

static void loader_destroy(struct rig_object *object)
{
    struct loader *loader = (struct loader *)object;

    if (loader->inner) IMFTopoLoader_Release(loader->inner);
}

IMFTopoLoader *rig_loader(struct rig *rig, const char *name, BOOL resolve)
{
    struct loader *loader = rig_object_new(rig, sizeof(*loader), name ? name : "loader", loader_query, loader_destroy);

    loader->loader.lpVtbl = &loader_table;
    if (resolve && FAILED(rig_get_api(rig)->create_loader(&loader->inner))) loader->inner = NULL;
    return &loader->loader;
}

struct quality
{
    struct rig_object object;
    IMFQualityManager manager;
    IMFPresentationClock *clock;
};

RIG_UNKNOWN(IMFQualityManager, quality, manager)

static HRESULT WINAPI quality_NotifyTopology(IMFQualityManager *self, IMFTopology *topology)
{
    return rig_enter(&quality_of_manager(self)->object, NULL, "NotifyTopology", topology != NULL, NULL);
}

static HRESULT WINAPI quality_NotifyPresentationClock(IMFQualityManager *self, IMFPresentationClock *clock)
{
    struct quality *quality = quality_of_manager(self);
    HRESULT hr = rig_enter(&quality->object, NULL, "NotifyPresentationClock", clock != NULL, NULL);

    if (FAILED(hr)) return hr;
    if (clock) IMFPresentationClock_AddRef(clock);
    if (quality->clock) IMFPresentationClock_Release(quality->clock);
    quality->clock = clock;
    return S_OK;
}

static HRESULT WINAPI quality_NotifyProcessInput(IMFQualityManager *self, IMFTopologyNode *node, LONG index,
                                                 IMFSample *sample)
{
    (void)node;
    (void)sample;
    return rig_enter(&quality_of_manager(self)->object, NULL, "NotifyProcessInput", index, NULL);
}

static HRESULT WINAPI quality_NotifyProcessOutput(IMFQualityManager *self, IMFTopologyNode *node, LONG index,
                                                  IMFSample *sample)
{
    (void)node;
    (void)sample;
    return rig_enter(&quality_of_manager(self)->object, NULL, "NotifyProcessOutput", index, NULL);
}

static HRESULT WINAPI quality_NotifyQualityEvent(IMFQualityManager *self, IUnknown *object, IMFMediaEvent *event)
{
    MediaEventType type = MEUnknown;

    (void)object;
    if (event) IMFMediaEvent_GetType(event, &type);
    return rig_enter(&quality_of_manager(self)->object, NULL, "NotifyQualityEvent", type, NULL);
}

static HRESULT WINAPI quality_Shutdown(IMFQualityManager *self)
{
    struct quality *quality = quality_of_manager(self);
    HRESULT hr = rig_enter(&quality->object, NULL, "Shutdown", 0, NULL);

    if (FAILED(hr)) return hr;
    if (quality->clock) IMFPresentationClock_Release(quality->clock);
    quality->clock = NULL;
    return S_OK;
}

static IMFQualityManagerVtbl quality_table = {RIG_UNKNOWN_METHODS(quality, manager),
                                              quality_NotifyTopology,
                                              quality_NotifyPresentationClock,
                                              quality_NotifyProcessInput,
                                              quality_NotifyProcessOutput,
                                              quality_NotifyQualityEvent,
                                              quality_Shutdown};

static void *quality_query(struct rig_object *object, REFIID iid)
{
    struct quality *quality = (struct quality *)object;

    return IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMFQualityManager) ? &quality->manager : NULL;
}

static void quality_destroy(struct rig_object *object)
{
    struct quality *quality = (struct quality *)object;

    if (quality->clock) IMFPresentationClock_Release(quality->clock);
}

IMFQualityManager *rig_quality_manager(struct rig *rig, const char *name)
{
    struct quality *quality =
        rig_object_new(rig, sizeof(*quality), name ? name : "quality", quality_query, quality_destroy);

    quality->manager.lpVtbl = &quality_table;
    return &quality->manager;
}

/* ---- Class objects ---------------------------------------------------------------------------------------------- */

struct factory
{
    struct rig_object object;
    IClassFactory factory;
    IUnknown *made;
};

RIG_UNKNOWN(IClassFactory, factory, factory)

static HRESULT WINAPI factory_CreateInstance(IClassFactory *self, IUnknown *outer, REFIID iid, void **out)
{
    if (outer) return CLASS_E_NOAGGREGATION;
    return IUnknown_QueryInterface(factory_of_factory(self)->made, iid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *self, BOOL lock)
{
    (void)self;
    (void)lock;
    return S_OK;
}

static IClassFactoryVtbl factory_table = {RIG_UNKNOWN_METHODS(factory, factory), factory_CreateInstance,
                                          factory_LockServer};

static void *factory_query(struct rig_object *object, REFIID iid)
{
    struct factory *factory = (struct factory *)object;

    return IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? &factory->factory : NULL;
}

static void factory_destroy(struct rig_object *object)
{
    IUnknown_Release(((struct factory *)object)->made);
}

DWORD rig_offer(struct rig *rig, REFCLSID id, IUnknown *object)
{
    struct factory *factory = rig_object_new(rig, sizeof(*factory), "class object", factory_query, factory_destroy);
    DWORD cookie = 0;

    factory->factory.lpVtbl = &factory_table;
    factory->made = object;
    IUnknown_AddRef(object);
    if (FAILED(CoRegisterClassObject(id, (IUnknown *)&factory->factory, CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE,
                                     &cookie)))
        cookie = 0;
    IClassFactory_Release(&factory->factory);
    return cookie;
}
