/* IMFASFStreamConfig: the configuration of one stream: number, media type, payload extensions, attributes. */
#include "mf/asf_objects.h"

#include <stdlib.h>

#include "common/trace.h"
#include "mf/attribute_methods.h"
#include "mf/com.h"

CORK_TRACE_CHANNEL(mf);

struct extension
{
    GUID system;
    WORD size;
    BYTE *info;
    DWORD info_size;
};

struct stream_config
{
    IMFASFStreamConfig IMFASFStreamConfig_iface;
    IMFAttributes *attributes;
    volatile LONG references;
    CRITICAL_SECTION lock; /* of what follows */
    WORD number;
    IMFMediaType *type;
    struct extension *extensions;
    WORD extension_count;
};

static struct stream_config *impl(IMFASFStreamConfig *iface)
{
    return CONTAINING_RECORD(iface, struct stream_config, IMFASFStreamConfig_iface);
}

static void free_extensions(struct stream_config *config)
{
    for (WORD i = 0; i < config->extension_count; i++)
        free(config->extensions[i].info);
    free(config->extensions);
    config->extensions = NULL;
    config->extension_count = 0;
}

static HRESULT stream_config_query(struct stream_config *config, REFIID iid, void **out)
{
    static const struct com_interface interfaces[] = {{&asf_stream_config_iid, 0}, {&IID_IMFAttributes, 0}};

    return com_query(config, interfaces, ARRAYSIZE(interfaces), iid, out);
}

static ULONG stream_config_addref(struct stream_config *config)
{
    return (ULONG)InterlockedIncrement(&config->references);
}

static ULONG stream_config_release(struct stream_config *config)
{
    ULONG left = (ULONG)InterlockedDecrement(&config->references);

    if (left) return left;
    free_extensions(config);
    if (config->type) IMFMediaType_Release(config->type);
    IMFAttributes_Release(config->attributes);
    DeleteCriticalSection(&config->lock);
    free(config);
    return 0;
}

COM_UNKNOWN(stream_config, IMFASFStreamConfig, stream_config, IMFASFStreamConfig_iface)

/* "Gets the major media type of the stream." MF_E_NOT_INITIALIZED: no media type has been set. */
static HRESULT STDMETHODCALLTYPE stream_config_GetStreamType(IMFASFStreamConfig *iface, GUID *type)
{
    struct stream_config *config = impl(iface);
    HRESULT result;

    if (!type) return E_INVALIDARG;
    EnterCriticalSection(&config->lock);
    result = config->type ? IMFMediaType_GetMajorType(config->type, type) : MF_E_NOT_INITIALIZED;
    LeaveCriticalSection(&config->lock);
    return result;
}

/* 0: none has been set. */
static WORD STDMETHODCALLTYPE stream_config_GetStreamNumber(IMFASFStreamConfig *iface)
{
    return impl(iface)->number;
}

static HRESULT STDMETHODCALLTYPE stream_config_SetStreamNumber(IMFASFStreamConfig *iface, WORD number)
{
    if (!number || number > ASF_MAX_STREAM) return MF_E_INVALIDSTREAMNUMBER;
    impl(iface)->number = number;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_config_GetMediaType(IMFASFStreamConfig *iface, IMFMediaType **type)
{
    struct stream_config *config = impl(iface);

    if (!type) return E_INVALIDARG;
    EnterCriticalSection(&config->lock);
    if ((*type = config->type)) IMFMediaType_AddRef(*type);
    LeaveCriticalSection(&config->lock);
    return *type ? S_OK : MF_E_NOT_INITIALIZED;
}

static HRESULT STDMETHODCALLTYPE stream_config_SetMediaType(IMFASFStreamConfig *iface, IMFMediaType *type)
{
    struct stream_config *config = impl(iface);
    IMFMediaType *old;
    GUID major;

    CORK_TRACE("%p, %p\n", (void *)iface, (void *)type);
    if (!type) return E_INVALIDARG;
    if (FAILED(IMFMediaType_GetMajorType(type, &major))) return MF_E_INVALIDMEDIATYPE;
    IMFMediaType_AddRef(type);
    EnterCriticalSection(&config->lock);
    old = config->type;
    config->type = type;
    LeaveCriticalSection(&config->lock);
    if (old) IMFMediaType_Release(old);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_config_GetPayloadExtensionCount(IMFASFStreamConfig *iface, WORD *count)
{
    if (!count) return E_INVALIDARG;
    *count = impl(iface)->extension_count;
    return S_OK;
}

static HRESULT get_extension(const struct extension *extension, GUID *system, WORD *size, BYTE *info, DWORD *info_size)
{
    DWORD room = info_size ? *info_size : 0;

    if (system) *system = extension->system;
    if (size) *size = extension->size;
    if (info_size) *info_size = extension->info_size;
    if (!info) return S_OK;
    if (!info_size) return E_INVALIDARG;
    if (room < extension->info_size) return MF_E_BUFFERTOOSMALL;
    if (extension->info_size) memcpy(info, extension->info, extension->info_size);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_config_GetPayloadExtension(IMFASFStreamConfig *iface, WORD index, GUID *system,
                                                                   WORD *size, BYTE *info, DWORD *info_size)
{
    struct stream_config *config = impl(iface);
    HRESULT result;

    EnterCriticalSection(&config->lock);
    result = index < config->extension_count ? get_extension(&config->extensions[index], system, size, info, info_size)
                                             : MF_E_INVALIDINDEX;
    LeaveCriticalSection(&config->lock);
    return result;
}

static HRESULT add_extension(struct stream_config *config, const GUID *system, WORD size, const BYTE *info,
                             DWORD info_size)
{
    struct extension *extensions, *extension;

    if (config->extension_count == 0xff) return E_INVALIDARG;
    extensions = realloc(config->extensions, (config->extension_count + 1u) * sizeof(*extensions));
    if (!extensions) return E_OUTOFMEMORY;
    config->extensions = extensions;
    extension = &extensions[config->extension_count];
    if (!(extension->info = malloc(info_size ? info_size : 1))) return E_OUTOFMEMORY;
    extension->system = *system;
    extension->size = size;
    extension->info_size = info_size;
    if (info_size) memcpy(extension->info, info, info_size);
    config->extension_count++;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_config_AddPayloadExtension(IMFASFStreamConfig *iface, GUID system, WORD size,
                                                                   BYTE *info, DWORD info_size)
{
    struct stream_config *config = impl(iface);
    HRESULT result;

    if (!info && info_size) return E_INVALIDARG;
    if (size > MFASF_PAYLOADEXTENSION_MAX_SIZE && size != MFASF_PAYLOADEXTENSION_VARIABLE_SIZE) return E_INVALIDARG;
    EnterCriticalSection(&config->lock);
    result = add_extension(config, &system, size, info, info_size);
    LeaveCriticalSection(&config->lock);
    return result;
}

static HRESULT STDMETHODCALLTYPE stream_config_RemoveAllPayloadExtensions(IMFASFStreamConfig *iface)
{
    struct stream_config *config = impl(iface);

    EnterCriticalSection(&config->lock);
    free_extensions(config);
    LeaveCriticalSection(&config->lock);
    return S_OK;
}

static HRESULT copy_type(IMFMediaType *from, IMFMediaType **to)
{
    HRESULT result;

    *to = NULL;
    if (!from || FAILED(result = MFCreateMediaType(to))) return from ? result : S_OK;
    return IMFMediaType_CopyAllItems(from, (IMFAttributes *)*to);
}

/* "The cloned object is completely independent of the original": it has a copy of the media type, too. */
static HRESULT STDMETHODCALLTYPE stream_config_Clone(IMFASFStreamConfig *iface, IMFASFStreamConfig **out)
{
    struct stream_config *config = impl(iface), *clone;
    HRESULT result;

    if (!out) return E_INVALIDARG;
    *out = NULL;
    if (FAILED(result = asf_stream_config_create(NULL, out))) return result;
    clone = impl(*out);
    EnterCriticalSection(&config->lock);
    clone->number = config->number;
    result = copy_type(config->type, &clone->type);
    if (SUCCEEDED(result)) result = IMFAttributes_CopyAllItems(config->attributes, clone->attributes);
    for (WORD i = 0; i < config->extension_count && SUCCEEDED(result); i++)
        result = add_extension(clone, &config->extensions[i].system, config->extensions[i].size,
                               config->extensions[i].info, config->extensions[i].info_size);
    LeaveCriticalSection(&config->lock);
    if (FAILED(result))
    {
        IMFASFStreamConfig_Release(*out);
        *out = NULL;
    }
    return result;
}

static IMFASFStreamConfigVtbl stream_config_vtbl = {
    .QueryInterface = stream_config_QueryInterface,
    .AddRef = stream_config_AddRef,
    .Release = stream_config_Release,
    ATTRIBUTE_METHODS(IMFASFStreamConfig),
    .GetStreamType = stream_config_GetStreamType,
    .GetStreamNumber = stream_config_GetStreamNumber,
    .SetStreamNumber = stream_config_SetStreamNumber,
    .GetMediaType = stream_config_GetMediaType,
    .SetMediaType = stream_config_SetMediaType,
    .GetPayloadExtensionCount = stream_config_GetPayloadExtensionCount,
    .GetPayloadExtension = stream_config_GetPayloadExtension,
    .AddPayloadExtension = stream_config_AddPayloadExtension,
    .RemoveAllPayloadExtensions = stream_config_RemoveAllPayloadExtensions,
    .Clone = stream_config_Clone,
};

HRESULT asf_stream_config_create(IMFMediaType *type, IMFASFStreamConfig **out)
{
    struct stream_config *config = calloc(1, sizeof(*config));
    HRESULT result;

    *out = NULL;
    if (!config) return E_OUTOFMEMORY;
    config->IMFASFStreamConfig_iface.lpVtbl = &stream_config_vtbl;
    config->references = 1;
    if (FAILED(result = MFCreateAttributes(&config->attributes, 2)))
    {
        free(config);
        return result;
    }
    InitializeCriticalSection(&config->lock);
    config->type = type;
    if (type) IMFMediaType_AddRef(type);
    *out = &config->IMFASFStreamConfig_iface;
    return S_OK;
}
