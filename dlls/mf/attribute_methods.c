#include "mf/attribute_methods.h"

struct attribute_object
{
    IUnknown iface;
    IMFAttributes *attributes;
};

static IMFAttributes *store(IMFAttributes *iface)
{
    return ((struct attribute_object *)iface)->attributes;
}

HRESULT WINAPI attribute_methods_GetItem(IMFAttributes *iface, REFGUID key, PROPVARIANT *value)
{
    return IMFAttributes_GetItem(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_GetItemType(IMFAttributes *iface, REFGUID key, MF_ATTRIBUTE_TYPE *type)
{
    return IMFAttributes_GetItemType(store(iface), key, type);
}

HRESULT WINAPI attribute_methods_CompareItem(IMFAttributes *iface, REFGUID key, REFPROPVARIANT value, BOOL *result)
{
    return IMFAttributes_CompareItem(store(iface), key, value, result);
}

HRESULT WINAPI attribute_methods_Compare(IMFAttributes *iface, IMFAttributes *theirs, MF_ATTRIBUTES_MATCH_TYPE match,
                                         BOOL *result)
{
    return IMFAttributes_Compare(store(iface), theirs, match, result);
}

HRESULT WINAPI attribute_methods_GetUINT32(IMFAttributes *iface, REFGUID key, UINT32 *value)
{
    return IMFAttributes_GetUINT32(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_GetUINT64(IMFAttributes *iface, REFGUID key, UINT64 *value)
{
    return IMFAttributes_GetUINT64(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_GetDouble(IMFAttributes *iface, REFGUID key, double *value)
{
    return IMFAttributes_GetDouble(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_GetGUID(IMFAttributes *iface, REFGUID key, GUID *value)
{
    return IMFAttributes_GetGUID(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_GetStringLength(IMFAttributes *iface, REFGUID key, UINT32 *length)
{
    return IMFAttributes_GetStringLength(store(iface), key, length);
}

HRESULT WINAPI attribute_methods_GetString(IMFAttributes *iface, REFGUID key, LPWSTR value, UINT32 size, UINT32 *length)
{
    return IMFAttributes_GetString(store(iface), key, value, size, length);
}

HRESULT WINAPI attribute_methods_GetAllocatedString(IMFAttributes *iface, REFGUID key, LPWSTR *value, UINT32 *length)
{
    return IMFAttributes_GetAllocatedString(store(iface), key, value, length);
}

HRESULT WINAPI attribute_methods_GetBlobSize(IMFAttributes *iface, REFGUID key, UINT32 *size)
{
    return IMFAttributes_GetBlobSize(store(iface), key, size);
}

HRESULT WINAPI attribute_methods_GetBlob(IMFAttributes *iface, REFGUID key, UINT8 *buffer, UINT32 capacity,
                                         UINT32 *size)
{
    return IMFAttributes_GetBlob(store(iface), key, buffer, capacity, size);
}

HRESULT WINAPI attribute_methods_GetAllocatedBlob(IMFAttributes *iface, REFGUID key, UINT8 **buffer, UINT32 *size)
{
    return IMFAttributes_GetAllocatedBlob(store(iface), key, buffer, size);
}

HRESULT WINAPI attribute_methods_GetUnknown(IMFAttributes *iface, REFGUID key, REFIID iid, LPVOID *object)
{
    return IMFAttributes_GetUnknown(store(iface), key, iid, object);
}

HRESULT WINAPI attribute_methods_SetItem(IMFAttributes *iface, REFGUID key, REFPROPVARIANT value)
{
    return IMFAttributes_SetItem(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_DeleteItem(IMFAttributes *iface, REFGUID key)
{
    return IMFAttributes_DeleteItem(store(iface), key);
}

HRESULT WINAPI attribute_methods_DeleteAllItems(IMFAttributes *iface)
{
    return IMFAttributes_DeleteAllItems(store(iface));
}

HRESULT WINAPI attribute_methods_SetUINT32(IMFAttributes *iface, REFGUID key, UINT32 value)
{
    return IMFAttributes_SetUINT32(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_SetUINT64(IMFAttributes *iface, REFGUID key, UINT64 value)
{
    return IMFAttributes_SetUINT64(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_SetDouble(IMFAttributes *iface, REFGUID key, double value)
{
    return IMFAttributes_SetDouble(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_SetGUID(IMFAttributes *iface, REFGUID key, REFGUID value)
{
    return IMFAttributes_SetGUID(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_SetString(IMFAttributes *iface, REFGUID key, LPCWSTR value)
{
    return IMFAttributes_SetString(store(iface), key, value);
}

HRESULT WINAPI attribute_methods_SetBlob(IMFAttributes *iface, REFGUID key, const UINT8 *buffer, UINT32 size)
{
    return IMFAttributes_SetBlob(store(iface), key, buffer, size);
}

HRESULT WINAPI attribute_methods_SetUnknown(IMFAttributes *iface, REFGUID key, IUnknown *object)
{
    return IMFAttributes_SetUnknown(store(iface), key, object);
}

HRESULT WINAPI attribute_methods_LockStore(IMFAttributes *iface)
{
    return IMFAttributes_LockStore(store(iface));
}

HRESULT WINAPI attribute_methods_UnlockStore(IMFAttributes *iface)
{
    return IMFAttributes_UnlockStore(store(iface));
}

HRESULT WINAPI attribute_methods_GetCount(IMFAttributes *iface, UINT32 *count)
{
    return IMFAttributes_GetCount(store(iface), count);
}

HRESULT WINAPI attribute_methods_GetItemByIndex(IMFAttributes *iface, UINT32 index, GUID *key, PROPVARIANT *value)
{
    return IMFAttributes_GetItemByIndex(store(iface), index, key, value);
}

HRESULT WINAPI attribute_methods_CopyAllItems(IMFAttributes *iface, IMFAttributes *destination)
{
    return IMFAttributes_CopyAllItems(store(iface), destination);
}
