/* What the ASF objects share. See asf_objects.h. */
#include "mf/asf_objects.h"

const IID asf_content_info_iid = {0xb1dca5cd, 0xd5da, 0x4451, {0x8e, 0x9e, 0xdb, 0x5c, 0x59, 0x91, 0x4e, 0xad}};
const IID asf_mutual_exclusion_iid = {0x12558291, 0xe399, 0x11d5, {0xbc, 0x2a, 0x00, 0xb0, 0xd0, 0xf3, 0xf4, 0xab}};
const IID asf_prioritization_iid = {0x699bdc27, 0xbbaf, 0x49ff, {0x8e, 0x38, 0x9c, 0x39, 0xc9, 0xb5, 0xe0, 0x88}};
const IID asf_splitter_iid = {0x12558295, 0xe399, 0x11d5, {0xbc, 0x2a, 0x00, 0xb0, 0xd0, 0xf3, 0xf4, 0xab}};
const IID asf_multiplexer_iid = {0x57bdd80a, 0x9b38, 0x4838, {0xb7, 0x37, 0xc5, 0x8f, 0x67, 0x0d, 0x7d, 0x4f}};
const IID asf_indexer_iid = {0x53590f48, 0xdc3b, 0x4297, {0x81, 0x3f, 0x78, 0x77, 0x61, 0xad, 0x7b, 0x3e}};
const IID asf_stream_selector_iid = {0xd01bad4a, 0x4fa0, 0x4a60, {0x93, 0x49, 0xc2, 0x7e, 0x62, 0xda, 0x9d, 0x41}};
const IID asf_profile_iid = {0xd267bf6a, 0x028b, 0x4e0d, {0x90, 0x3d, 0x43, 0xf0, 0xef, 0x82, 0xd0, 0xd4}};
const IID asf_stream_config_iid = {0x9e8ae8d2, 0xdbbd, 0x4200, {0x9a, 0xca, 0x06, 0xe6, 0xdf, 0x48, 0x49, 0x13}};

HRESULT asf_hresult(enum asf_result result)
{
    switch (result)
    {
    case ASF_OK:
        return S_OK;
    case ASF_OPAQUE:
        return MF_E_ASF_OPAQUEPACKET;
    case ASF_NO_MEMORY:
        return E_OUTOFMEMORY;
    default:
        return MF_E_ASF_INVALIDDATA;
    }
}

GUID asf_to_guid(const struct asf_guid *guid)
{
    GUID result;

    memcpy(&result, guid->bytes, sizeof(result));
    return result;
}

struct asf_guid asf_from_guid(const GUID *guid)
{
    struct asf_guid result;

    memcpy(result.bytes, guid, sizeof(result.bytes));
    return result;
}

/* There is none in the specification for MFASFMutexType_Presentation: it goes to the file as it is. */
static const struct
{
    const GUID *mf;
    const struct asf_guid *file;
} mutex_types[] = {
    {&MFASFMutexType_Language, &asf_mutex_language},
    {&MFASFMutexType_Bitrate, &asf_mutex_bitrate},
    {&MFASFMutexType_Unknown, &asf_mutex_unknown},
};

GUID asf_mutex_type_to_mf(const struct asf_guid *type)
{
    for (size_t i = 0; i < ARRAYSIZE(mutex_types); i++)
        if (asf_guid_equal(type, mutex_types[i].file)) return *mutex_types[i].mf;
    return asf_to_guid(type);
}

struct asf_guid asf_mutex_type_from_mf(const GUID *type)
{
    for (size_t i = 0; i < ARRAYSIZE(mutex_types); i++)
        if (IsEqualGUID(type, mutex_types[i].mf)) return *mutex_types[i].file;
    return asf_from_guid(type);
}

HRESULT asf_lock(IMFMediaBuffer *buffer, struct asf_locked *locked)
{
    HRESULT result = IMFMediaBuffer_Lock(buffer, &locked->data, &locked->capacity, &locked->length);

    locked->buffer = SUCCEEDED(result) ? buffer : NULL;
    return result;
}

void asf_unlock(struct asf_locked *locked)
{
    if (locked->buffer) IMFMediaBuffer_Unlock(locked->buffer);
    locked->buffer = NULL;
}

HRESULT asf_buffer_create(const void *data, DWORD size, IMFMediaBuffer **buffer)
{
    struct asf_locked locked;
    HRESULT result = MFCreateMemoryBuffer(size, buffer);

    if (FAILED(result)) return result;
    if (SUCCEEDED(result = asf_lock(*buffer, &locked)))
    {
        if (size) memcpy(locked.data, data, size);
        asf_unlock(&locked);
        result = IMFMediaBuffer_SetCurrentLength(*buffer, size);
    }
    if (FAILED(result))
    {
        IMFMediaBuffer_Release(*buffer);
        *buffer = NULL;
    }
    return result;
}

/* Reads what is in a buffer that a content info object has filled. */
static HRESULT read_buffer(IMFMediaBuffer *buffer, struct asf_header **header)
{
    struct asf_locked locked;
    HRESULT result = asf_lock(buffer, &locked);

    if (FAILED(result)) return result;
    result = asf_hresult(asf_header_read(locked.data, locked.length, header));
    asf_unlock(&locked);
    return result;
}

HRESULT asf_content_header(IMFASFContentInfo *info, struct asf_header **header, UINT64 *size)
{
    IMFMediaBuffer *buffer;
    DWORD needed = 0;
    HRESULT result = IMFASFContentInfo_GenerateHeader(info, NULL, &needed);

    *header = NULL;
    if (FAILED(result)) return result;
    if (FAILED(result = MFCreateMemoryBuffer(needed, &buffer))) return result;
    result = IMFASFContentInfo_GenerateHeader(info, buffer, &needed);
    if (SUCCEEDED(result)) result = read_buffer(buffer, header);
    if (SUCCEEDED(result) && size) *size = needed;
    IMFMediaBuffer_Release(buffer);
    return result;
}
