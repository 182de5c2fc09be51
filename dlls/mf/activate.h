/*
 * Activation objects (IMFActivate): attributes, and an object that is made when it is first asked for.
 *
 * "ActivateObject ... Some Microsoft Media Foundation objects must be shut down before being released. If so, the
 * caller is responsible for shutting down the object": what ShutdownObject does is the kind's.
 */
#ifndef CORK_MF_ACTIVATE_H
#define CORK_MF_ACTIVATE_H

#define COBJMACROS
#include <windows.h>
#include <mfobjects.h>

/* A kind of activation object. */
struct activate_kind
{
    /* Makes the object, as the attributes say; called with no other call of this kind's for the same activation object
     * under way. */
    HRESULT (*create)(void *context, IMFAttributes *attributes, IUnknown **object);
    /* ShutdownObject: `object` (NULL: none was made yet) is released afterwards. */
    void (*shut_down)(void *context, IUnknown *object);
    /* With the last reference. */
    void (*free)(void *context);
    /* An interface that this kind has beside IMFActivate, with a reference to `activate`; NULL: none. */
    HRESULT (*query)(void *context, IMFActivate *activate, REFIID iid, void **out);
};

/* Makes an activation object of this kind without attributes. Where it fails (E_OUTOFMEMORY, or an error of mfplat) the
 * context is still the caller's; else it belongs to the object. */
HRESULT activate_create(const struct activate_kind *kind, void *context, IMFActivate **activate);

#endif
