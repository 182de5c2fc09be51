/*
 * The decoders and converters that the topology loader may put in: those that MFTEnumEx knows, local registrations
 * (MFTRegisterLocal, IMFLocalMFTRegistration) first. One finder serves one resolution of a topology: what it found once
 * for a category and format it keeps, as every search reads the registry.
 *
 * One thread at a time.
 */
#ifndef CORK_MF_TRANSFORM_FINDER_H
#define CORK_MF_TRANSFORM_FINDER_H

#define COBJMACROS
#include <windows.h>
#include <mfapi.h>
#include <mfidl.h>
#include <mftransform.h>

struct transform_set;

struct transform_finder
{
    BOOL hardware; /* whether hardware's transforms count, MF_TOPOLOGY_HARDWARE_MODE */
    struct transform_set *sets;
};

void transform_finder_init(struct transform_finder *finder, BOOL hardware);
void transform_finder_free(struct transform_finder *finder);

/* How many transforms of the category take this format. Returns S_OK and *set, which is the finder's; E_OUTOFMEMORY;
 * MFTEnumEx' errors. */
HRESULT transform_finder_find(struct transform_finder *finder, const GUID *category,
                              const MFT_REGISTER_TYPE_INFO *format, struct transform_set **set, UINT32 *count);

/*
 * Makes a new transform, number `index` of the set, and a topology node that has it as its object, with
 * MF_TOPONODE_TRANSFORM_OBJECTID, and MFT_ENUM_HARDWARE_URL_Attribute for one of hardware.
 *
 * Returns S_OK, *transform and *node with a reference each; the error of the transform's class.
 */
HRESULT transform_finder_make(struct transform_finder *finder, struct transform_set *set, UINT32 index,
                              IMFTransform **transform, IMFTopologyNode **node);

/* The same for a known class. */
HRESULT transform_finder_make_class(const CLSID *class_id, IMFTransform **transform, IMFTopologyNode **node);

#endif
