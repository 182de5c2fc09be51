/* IMFGetService of the session, and the services that it gives itself. */
#include "mf/session.h"

#include "common/trace.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

/* ---- IMFLocalMFTRegistration: no state, one for all ---------------------------------------------------------------
 */

static HRESULT WINAPI registration_QueryInterface(IMFLocalMFTRegistration *iface, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IMFLocalMFTRegistration, 0}};

    return com_query(iface, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG WINAPI registration_AddRef(IMFLocalMFTRegistration *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI registration_Release(IMFLocalMFTRegistration *iface)
{
    (void)iface;
    return 1;
}

/* In this process (nf-mfidl-imflocalmftregistration-registermfts); of several, all or none. */
static HRESULT WINAPI registration_RegisterMFTs(IMFLocalMFTRegistration *iface, MFT_REGISTRATION_INFO *mfts,
                                                DWORD count)
{
    HRESULT hr = S_OK;
    DWORD i;

    (void)iface;
    if (!mfts && count) return E_POINTER;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = MFTRegisterLocalByCLSID(&mfts[i].clsid, &mfts[i].guidCategory, mfts[i].pszName, mfts[i].uiFlags,
                                     mfts[i].cInTypes, mfts[i].pInTypes, mfts[i].cOutTypes, mfts[i].pOutTypes);
    if (SUCCEEDED(hr)) return hr;
    for (i--; i > 0; i--)
        MFTUnregisterLocalByCLSID(mfts[i - 1].clsid);
    return hr;
}

static const IMFLocalMFTRegistrationVtbl registration_vtbl = {
    registration_QueryInterface,
    registration_AddRef,
    registration_Release,
    registration_RegisterMFTs,
};

static IMFLocalMFTRegistration registration = {&registration_vtbl};

/* ---- IMFTopologyNodeAttributeEditor -------------------------------------------------------------------------------
 */

static HRESULT WINAPI editor_QueryInterface(IMFTopologyNodeAttributeEditor *iface, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&IID_IMFTopologyNodeAttributeEditor, 0}};

    return com_query(iface, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG WINAPI editor_AddRef(IMFTopologyNodeAttributeEditor *iface)
{
    return session_addref(COM_OBJECT(iface, session, attribute_editor));
}

static ULONG WINAPI editor_Release(IMFTopologyNodeAttributeEditor *iface)
{
    return session_release(COM_OBJECT(iface, session, attribute_editor));
}

/* A change on its way to the pipeline, which is the serial's. */
struct edit
{
    struct serial_item item;
    struct session *session; /* one use */
    TOPOID node;
    UINT64 media_stop;
};

static void edit_done(struct serial_item *item)
{
    struct edit *edit = CONTAINING_RECORD(item, struct edit, item);
    struct presentation *current = edit->session->current;
    HRESULT hr = S_OK;

    if (current && current->pipeline) hr = pipeline_set_media_stop(current->pipeline, edit->node, edit->media_stop);
    if (FAILED(hr)) CORK_WARN("MF_TOPONODE_MEDIASTOP of a running node: %#lx\n", (unsigned long)hr);
    session_unuse(edit->session);
    CoTaskMemFree(edit);
}

/* Only MF_TOPONODE_MEDIASTOP can be updated, others are ignored (nf-mfidl-imftopologynodeattributeeditor-...). */
static HRESULT update_node(struct session *session, IMFTopology *topology, const MFTOPONODE_ATTRIBUTE_UPDATE *update)
{
    IMFTopologyNode *node;
    struct edit *edit;
    HRESULT hr;

    if (!IsEqualGUID(&update->guidAttributeKey, &MF_TOPONODE_MEDIASTOP)) return S_OK;
    if (update->attrType != MF_ATTRIBUTE_UINT64) return MF_E_INVALIDTYPE;
    if (FAILED(hr = IMFTopology_GetNodeByID(topology, update->NodeId, &node))) return hr;
    hr = IMFTopologyNode_SetUINT64(node, &MF_TOPONODE_MEDIASTOP, update->u64);
    IMFTopologyNode_Release(node);
    if (FAILED(hr)) return hr;
    if (!(edit = CoTaskMemAlloc(sizeof(*edit)))) return E_OUTOFMEMORY;
    edit->item.run = edit_done;
    session_use(session);
    edit->session = session;
    edit->node = update->NodeId;
    edit->media_stop = update->u64;
    hr = serial_queue(session->serial, &edit->item);
    if (FAILED(hr))
    {
        session_unuse(session);
        CoTaskMemFree(edit);
    }
    return hr;
}

static HRESULT WINAPI editor_UpdateNodeAttributes(IMFTopologyNodeAttributeEditor *iface, TOPOID id, DWORD count,
                                                  MFTOPONODE_ATTRIBUTE_UPDATE *updates)
{
    struct session *session = COM_OBJECT(iface, session, attribute_editor);
    IMFTopology *topology;
    HRESULT hr;
    DWORD i;

    (void)id; /* reserved */
    if (!updates && count) return E_POINTER;
    if (session->closed && !session->shut_down) return MF_E_INVALIDREQUEST;
    hr = IMFMediaSession_GetFullTopology(&session->media_session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &topology);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = update_node(session, topology, &updates[i]);
    IMFTopology_Release(topology);
    return hr;
}

const IMFTopologyNodeAttributeEditorVtbl session_attribute_editor_vtbl = {
    editor_QueryInterface,
    editor_AddRef,
    editor_Release,
    editor_UpdateNodeAttributes,
};

/* ---- IMFGetService ------------------------------------------------------------------------------------------------
 */

COM_UNKNOWN(get_service, IMFGetService, session, get_service)

/* What the first sink, or else source, of the current topology that has the service gives. */
static HRESULT service_of_component(struct session *session, REFGUID service, REFIID iid, void **out)
{
    IMFTopology *topology;
    IMFTopologyNode *node;
    IMFMediaSink *sink;
    IUnknown *source;
    WORD index = 0;
    HRESULT hr;

    hr = IMFMediaSession_GetFullTopology(&session->media_session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &topology);
    if (FAILED(hr)) return MF_E_UNSUPPORTED_SERVICE;
    hr = MF_E_UNSUPPORTED_SERVICE;
    while (FAILED(hr) && (node = session_next_node(topology, MF_TOPOLOGY_OUTPUT_NODE, &index)))
    {
        if ((sink = session_node_sink(node)))
        {
            hr = MFGetService((IUnknown *)sink, service, iid, out);
            IMFMediaSink_Release(sink);
        }
        IMFTopologyNode_Release(node);
    }
    for (index = 0; FAILED(hr) && (node = session_next_node(topology, MF_TOPOLOGY_SOURCESTREAM_NODE, &index));)
    {
        if (SUCCEEDED(IMFTopologyNode_GetUnknown(node, &MF_TOPONODE_SOURCE, &IID_IUnknown, (void **)&source)))
        {
            hr = MFGetService(source, service, iid, out);
            IUnknown_Release(source);
        }
        IMFTopologyNode_Release(node);
    }
    IMFTopology_Release(topology);
    return hr;
}

static HRESULT WINAPI get_service_GetService(IMFGetService *iface, REFGUID service, REFIID iid, void **out)
{
    struct session *session = COM_OBJECT(iface, session, get_service);

    if (!out) return E_POINTER;
    *out = NULL;
    if (session->shut_down) return MF_E_SHUTDOWN;
    if (session->closed) return MF_E_INVALIDREQUEST;
    if (IsEqualGUID(service, &MF_RATE_CONTROL_SERVICE))
    {
        if (!IsEqualIID(iid, &IID_IMFRateControl) && !IsEqualIID(iid, &IID_IMFRateSupport)) return E_NOINTERFACE;
        return session_query(session, iid, out);
    }
    if (IsEqualGUID(service, &MF_TOPONODE_ATTRIBUTE_EDITOR_SERVICE))
        return IMFTopologyNodeAttributeEditor_QueryInterface(&session->attribute_editor, iid, out);
    if (IsEqualGUID(service, &MF_LOCAL_MFT_REGISTRATION_SERVICE))
        return IMFLocalMFTRegistration_QueryInterface(&registration, iid, out);
    return service_of_component(session, service, iid, out);
}

const IMFGetServiceVtbl session_get_service_vtbl = {
    get_service_QueryInterface,
    get_service_AddRef,
    get_service_Release,
    get_service_GetService,
};
