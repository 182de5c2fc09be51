/*
 * Media types that leave something open, and what they get from the type of the data that they are made of.
 */
#ifndef CORK_MF_MEDIA_TYPE_FILL_H
#define CORK_MF_MEDIA_TYPE_FILL_H

#define COBJMACROS
#include <windows.h>
#include <mfobjects.h>

/*
 * Makes a copy of `type` in which what `source` says of the pictures or the sound, whatever their encoding, stands
 * where `type` says nothing: frame size and rate, pixel aspect ratio, apertures, colour; channels and sampling rate,
 * and for uncompressed sound the sizes that follow from them.
 *
 * Returns S_OK and *filled with one reference; E_OUTOFMEMORY and mfplat's errors. Any thread.
 */
HRESULT media_type_fill(IMFMediaType *type, IMFMediaType *source, IMFMediaType **filled);

/* Whether everything that `type` says is also said by `other`. */
BOOL media_type_is_within(IMFMediaType *type, IMFMediaType *other);

#endif
