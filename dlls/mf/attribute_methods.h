/*
 * The methods of IMFAttributes for objects whose interface inherits it (topology, topology node, activation object
 * ...): each hands the call to the object's own store, which mfplat made (MFCreateAttributes).
 *
 * The object begins with its interface, then the store:
 *
 *   struct topology_node
 *   {
 *       IMFTopologyNode IMFTopologyNode_iface;
 *       IMFAttributes *attributes;
 *       ...
 *   };
 *   static IMFTopologyNodeVtbl vtbl = {..., ATTRIBUTE_METHODS(IMFTopologyNode), .AddNode = ...};
 *
 * Arguments, results and threads are mfplat's.
 */
#ifndef CORK_MF_ATTRIBUTE_METHODS_H
#define CORK_MF_ATTRIBUTE_METHODS_H

#define COBJMACROS
#include <windows.h>
#include <mfobjects.h>

HRESULT WINAPI attribute_methods_GetItem(IMFAttributes *iface, REFGUID key, PROPVARIANT *value);
HRESULT WINAPI attribute_methods_GetItemType(IMFAttributes *iface, REFGUID key, MF_ATTRIBUTE_TYPE *type);
HRESULT WINAPI attribute_methods_CompareItem(IMFAttributes *iface, REFGUID key, REFPROPVARIANT value, BOOL *result);
HRESULT WINAPI attribute_methods_Compare(IMFAttributes *iface, IMFAttributes *theirs, MF_ATTRIBUTES_MATCH_TYPE match,
                                         BOOL *result);
HRESULT WINAPI attribute_methods_GetUINT32(IMFAttributes *iface, REFGUID key, UINT32 *value);
HRESULT WINAPI attribute_methods_GetUINT64(IMFAttributes *iface, REFGUID key, UINT64 *value);
HRESULT WINAPI attribute_methods_GetDouble(IMFAttributes *iface, REFGUID key, double *value);
HRESULT WINAPI attribute_methods_GetGUID(IMFAttributes *iface, REFGUID key, GUID *value);
HRESULT WINAPI attribute_methods_GetStringLength(IMFAttributes *iface, REFGUID key, UINT32 *length);
HRESULT WINAPI attribute_methods_GetString(IMFAttributes *iface, REFGUID key, LPWSTR value, UINT32 size,
                                           UINT32 *length);
HRESULT WINAPI attribute_methods_GetAllocatedString(IMFAttributes *iface, REFGUID key, LPWSTR *value, UINT32 *length);
HRESULT WINAPI attribute_methods_GetBlobSize(IMFAttributes *iface, REFGUID key, UINT32 *size);
HRESULT WINAPI attribute_methods_GetBlob(IMFAttributes *iface, REFGUID key, UINT8 *buffer, UINT32 capacity,
                                         UINT32 *size);
HRESULT WINAPI attribute_methods_GetAllocatedBlob(IMFAttributes *iface, REFGUID key, UINT8 **buffer, UINT32 *size);
HRESULT WINAPI attribute_methods_GetUnknown(IMFAttributes *iface, REFGUID key, REFIID iid, LPVOID *object);
HRESULT WINAPI attribute_methods_SetItem(IMFAttributes *iface, REFGUID key, REFPROPVARIANT value);
HRESULT WINAPI attribute_methods_DeleteItem(IMFAttributes *iface, REFGUID key);
HRESULT WINAPI attribute_methods_DeleteAllItems(IMFAttributes *iface);
HRESULT WINAPI attribute_methods_SetUINT32(IMFAttributes *iface, REFGUID key, UINT32 value);
HRESULT WINAPI attribute_methods_SetUINT64(IMFAttributes *iface, REFGUID key, UINT64 value);
HRESULT WINAPI attribute_methods_SetDouble(IMFAttributes *iface, REFGUID key, double value);
HRESULT WINAPI attribute_methods_SetGUID(IMFAttributes *iface, REFGUID key, REFGUID value);
HRESULT WINAPI attribute_methods_SetString(IMFAttributes *iface, REFGUID key, LPCWSTR value);
HRESULT WINAPI attribute_methods_SetBlob(IMFAttributes *iface, REFGUID key, const UINT8 *buffer, UINT32 size);
HRESULT WINAPI attribute_methods_SetUnknown(IMFAttributes *iface, REFGUID key, IUnknown *object);
HRESULT WINAPI attribute_methods_LockStore(IMFAttributes *iface);
HRESULT WINAPI attribute_methods_UnlockStore(IMFAttributes *iface);
HRESULT WINAPI attribute_methods_GetCount(IMFAttributes *iface, UINT32 *count);
HRESULT WINAPI attribute_methods_GetItemByIndex(IMFAttributes *iface, UINT32 index, GUID *key, PROPVARIANT *value);
HRESULT WINAPI attribute_methods_CopyAllItems(IMFAttributes *iface, IMFAttributes *destination);

/* Their entries in the table of the interface `type`. */
/* NOLINTBEGIN(bugprone-macro-parentheses): types, in declarations */
#define ATTRIBUTE_METHODS(type)                                                                                        \
    .GetItem = (HRESULT(WINAPI *)(type *, REFGUID, PROPVARIANT *))attribute_methods_GetItem,                           \
    .GetItemType = (HRESULT(WINAPI *)(type *, REFGUID, MF_ATTRIBUTE_TYPE *))attribute_methods_GetItemType,             \
    .CompareItem = (HRESULT(WINAPI *)(type *, REFGUID, REFPROPVARIANT, BOOL *))attribute_methods_CompareItem,          \
    .Compare =                                                                                                         \
        (HRESULT(WINAPI *)(type *, IMFAttributes *, MF_ATTRIBUTES_MATCH_TYPE, BOOL *))attribute_methods_Compare,       \
    .GetUINT32 = (HRESULT(WINAPI *)(type *, REFGUID, UINT32 *))attribute_methods_GetUINT32,                            \
    .GetUINT64 = (HRESULT(WINAPI *)(type *, REFGUID, UINT64 *))attribute_methods_GetUINT64,                            \
    .GetDouble = (HRESULT(WINAPI *)(type *, REFGUID, double *))attribute_methods_GetDouble,                            \
    .GetGUID = (HRESULT(WINAPI *)(type *, REFGUID, GUID *))attribute_methods_GetGUID,                                  \
    .GetStringLength = (HRESULT(WINAPI *)(type *, REFGUID, UINT32 *))attribute_methods_GetStringLength,                \
    .GetString = (HRESULT(WINAPI *)(type *, REFGUID, LPWSTR, UINT32, UINT32 *))attribute_methods_GetString,            \
    .GetAllocatedString =                                                                                              \
        (HRESULT(WINAPI *)(type *, REFGUID, LPWSTR *, UINT32 *))attribute_methods_GetAllocatedString,                  \
    .GetBlobSize = (HRESULT(WINAPI *)(type *, REFGUID, UINT32 *))attribute_methods_GetBlobSize,                        \
    .GetBlob = (HRESULT(WINAPI *)(type *, REFGUID, UINT8 *, UINT32, UINT32 *))attribute_methods_GetBlob,               \
    .GetAllocatedBlob = (HRESULT(WINAPI *)(type *, REFGUID, UINT8 **, UINT32 *))attribute_methods_GetAllocatedBlob,    \
    .GetUnknown = (HRESULT(WINAPI *)(type *, REFGUID, REFIID, LPVOID *))attribute_methods_GetUnknown,                  \
    .SetItem = (HRESULT(WINAPI *)(type *, REFGUID, REFPROPVARIANT))attribute_methods_SetItem,                          \
    .DeleteItem = (HRESULT(WINAPI *)(type *, REFGUID))attribute_methods_DeleteItem,                                    \
    .DeleteAllItems = (HRESULT(WINAPI *)(type *))attribute_methods_DeleteAllItems,                                     \
    .SetUINT32 = (HRESULT(WINAPI *)(type *, REFGUID, UINT32))attribute_methods_SetUINT32,                              \
    .SetUINT64 = (HRESULT(WINAPI *)(type *, REFGUID, UINT64))attribute_methods_SetUINT64,                              \
    .SetDouble = (HRESULT(WINAPI *)(type *, REFGUID, double))attribute_methods_SetDouble,                              \
    .SetGUID = (HRESULT(WINAPI *)(type *, REFGUID, REFGUID))attribute_methods_SetGUID,                                 \
    .SetString = (HRESULT(WINAPI *)(type *, REFGUID, LPCWSTR))attribute_methods_SetString,                             \
    .SetBlob = (HRESULT(WINAPI *)(type *, REFGUID, const UINT8 *, UINT32))attribute_methods_SetBlob,                   \
    .SetUnknown = (HRESULT(WINAPI *)(type *, REFGUID, IUnknown *))attribute_methods_SetUnknown,                        \
    .LockStore = (HRESULT(WINAPI *)(type *))attribute_methods_LockStore,                                               \
    .UnlockStore = (HRESULT(WINAPI *)(type *))attribute_methods_UnlockStore,                                           \
    .GetCount = (HRESULT(WINAPI *)(type *, UINT32 *))attribute_methods_GetCount,                                       \
    .GetItemByIndex = (HRESULT(WINAPI *)(type *, UINT32, GUID *, PROPVARIANT *))attribute_methods_GetItemByIndex,      \
    .CopyAllItems = (HRESULT(WINAPI *)(type *, IMFAttributes *))attribute_methods_CopyAllItems
/* NOLINTEND(bugprone-macro-parentheses) */

#endif
