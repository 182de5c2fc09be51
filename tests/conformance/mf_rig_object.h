/*
 * What the components of the rig (mf_rig.h) have in common: a place in the list of the living, references, and the
 * beginning of every call.
 */
#ifndef CORK_TESTS_CONFORMANCE_MF_RIG_OBJECT_H
#define CORK_TESTS_CONFORMANCE_MF_RIG_OBJECT_H

#include "mf_rig.h"

/* First member of every object. */
struct rig_object
{
    struct rig_object *next, **link; /* the living */
    struct rig *rig;
    char name[RIG_NAME];
    volatile LONG references;
    /* The interface of this id, without a reference, or NULL. */
    void *(*query)(struct rig_object *object, REFIID iid);
    /* Lets go of what the object has; the object itself is freed by the caller. */
    void (*destroy)(struct rig_object *object);
};

/* Makes an object of `size` bytes, zeroed, with one reference. Ends the process where there is no memory. */
void *rig_object_new(struct rig *rig, size_t size, const char *name, void *(*query)(struct rig_object *, REFIID),
                     void (*destroy)(struct rig_object *));
ULONG rig_object_addref(struct rig_object *object);
ULONG rig_object_release(struct rig_object *object);
HRESULT rig_object_query(struct rig_object *object, REFIID iid, void **out);

/* How a call is to answer. */
struct rig_answer
{
    BOOL met; /* a fault: */
    enum rig_manner manner;
    HRESULT code;
};

/* Begins a call: records it under the object's name, or `part`'s (a stream's) if that is not NULL. Waits where a fault
 * says so. Returns S_OK, or what the call has to return at once. `answer` of a call that answers later is filled in;
 * NULL: the call has no answer. */
HRESULT rig_enter(struct rig_object *object, const char *part, const char *method, LONGLONG argument,
                  struct rig_answer *answer);

/* Answers a call by an event in the queue, with the value (may be NULL): at once, later or never, with the fault's
 * code as status if it is told to fail; `error_type` is the event's type then (MEError, or `type` again). */
void rig_answer(struct rig *rig, const struct rig_answer *answer, IMFMediaEventQueue *queue, MediaEventType type,
                MediaEventType error_type, const PROPVARIANT *value);
/* Sends an event of the caller's at once, later or never, whatever it says. */
void rig_answer_event(struct rig *rig, const struct rig_answer *answer, IMFMediaEventQueue *queue,
                      IMFMediaEvent *event);
/* Answers by an asynchronous result: at once, later or never. */
void rig_answer_result(struct rig *rig, const struct rig_answer *answer, IMFAsyncResult *result);
/* Queues an event with an IUnknown as value. */
void rig_queue_unknown(IMFMediaEventQueue *queue, MediaEventType type, IUnknown *value);

/* A sample of `size` bytes that begins with a rig_sample_header, in a buffer that is one of the rig's objects. */
IMFSample *rig_sample(struct rig *rig, const struct rig_sample_header *header, DWORD size, LONGLONG time,
                      LONGLONG duration);
/* Copies data, times and attributes of a sample into another, whose first buffer has to have room. */
HRESULT rig_copy_sample(IMFSample *from, IMFSample *to);

/* Counts signals of "something was consumed" and the like: whoever waits for a condition looks again after each. */
void rig_signal(struct rig *rig);
/* Waits for `met` of the context, at most `patience` ms, looking again at each signal. Returns whether it was met. */
BOOL rig_wait_for(struct rig *rig, BOOL (*met)(void *context), void *context, DWORD patience);
/* Turns recording off or back on and returns what it was. */
BOOL rig_set_recording(struct rig *rig, BOOL on);

/* ---- Interfaces of an object ------------------------------------------------------------------------------------ */

/* NOLINTBEGIN(bugprone-macro-parentheses): types and names */
/* struct `type`, with the rig_object as `object` and the interface `iface` as member `field`: its IUnknown part, and
 * the function `type`_of_`field`. */
#define RIG_UNKNOWN(iface, type, field)                                                                                \
    static struct type *type##_of_##field(iface *self)                                                                 \
    {                                                                                                                  \
        return CONTAINING_RECORD(self, struct type, field);                                                            \
    }                                                                                                                  \
    static HRESULT WINAPI type##_##field##_QueryInterface(iface *self, REFIID iid, void **out)                         \
    {                                                                                                                  \
        return rig_object_query(&type##_of_##field(self)->object, iid, out);                                           \
    }                                                                                                                  \
    static ULONG WINAPI type##_##field##_AddRef(iface *self)                                                           \
    {                                                                                                                  \
        return rig_object_addref(&type##_of_##field(self)->object);                                                    \
    }                                                                                                                  \
    static ULONG WINAPI type##_##field##_Release(iface *self)                                                          \
    {                                                                                                                  \
        return rig_object_release(&type##_of_##field(self)->object);                                                   \
    }

#define RIG_UNKNOWN_METHODS(type, field)                                                                               \
    type##_##field##_QueryInterface, type##_##field##_AddRef, type##_##field##_Release

/* The same for a stream that is part of struct `owner` (member `owner` of struct `type`) and counts its references
 * there; rig_part_query(part, iid, out) is its QueryInterface. */
#define RIG_PART_UNKNOWN(iface, type, field)                                                                           \
    static struct type *type##_of_##field(iface *self)                                                                 \
    {                                                                                                                  \
        return CONTAINING_RECORD(self, struct type, field);                                                            \
    }                                                                                                                  \
    static HRESULT WINAPI type##_##field##_QueryInterface(iface *self, REFIID iid, void **out)                         \
    {                                                                                                                  \
        struct type *part = type##_of_##field(self);                                                                   \
                                                                                                                       \
        if (!out) return E_POINTER;                                                                                    \
        *out = type##_query(part, iid);                                                                                \
        if (!*out) return E_NOINTERFACE;                                                                               \
        rig_object_addref(&part->owner->object);                                                                       \
        return S_OK;                                                                                                   \
    }                                                                                                                  \
    static ULONG WINAPI type##_##field##_AddRef(iface *self)                                                           \
    {                                                                                                                  \
        return rig_object_addref(&type##_of_##field(self)->owner->object);                                             \
    }                                                                                                                  \
    static ULONG WINAPI type##_##field##_Release(iface *self)                                                          \
    {                                                                                                                  \
        return rig_object_release(&type##_of_##field(self)->owner->object);                                            \
    }

/* IMFMediaEventGenerator's part of an interface, on the member `events`; `whole` and `part` are rig_enter's. */
#define RIG_EVENTS(iface, type, field, whole, part)                                                                    \
    static HRESULT WINAPI type##_##field##_GetEvent(iface *self, DWORD flags, IMFMediaEvent **event)                   \
    {                                                                                                                  \
        struct type *this = type##_of_##field(self);                                                                   \
        HRESULT hr = rig_enter(whole, part, "GetEvent", flags, NULL);                                                  \
                                                                                                                       \
        return FAILED(hr) ? hr : IMFMediaEventQueue_GetEvent(this->events, flags, event);                              \
    }                                                                                                                  \
    static HRESULT WINAPI type##_##field##_BeginGetEvent(iface *self, IMFAsyncCallback *callback, IUnknown *state)     \
    {                                                                                                                  \
        struct type *this = type##_of_##field(self);                                                                   \
        HRESULT hr = rig_enter(whole, part, "BeginGetEvent", 0, NULL);                                                 \
                                                                                                                       \
        return FAILED(hr) ? hr : IMFMediaEventQueue_BeginGetEvent(this->events, callback, state);                      \
    }                                                                                                                  \
    static HRESULT WINAPI type##_##field##_EndGetEvent(iface *self, IMFAsyncResult *result, IMFMediaEvent **event)     \
    {                                                                                                                  \
        struct type *this = type##_of_##field(self);                                                                   \
        HRESULT hr = rig_enter(whole, part, "EndGetEvent", 0, NULL);                                                   \
                                                                                                                       \
        return FAILED(hr) ? hr : IMFMediaEventQueue_EndGetEvent(this->events, result, event);                          \
    }                                                                                                                  \
    static HRESULT WINAPI type##_##field##_QueueEvent(iface *self, MediaEventType event, REFGUID extended,             \
                                                      HRESULT status, const PROPVARIANT *value)                        \
    {                                                                                                                  \
        struct type *this = type##_of_##field(self);                                                                   \
        HRESULT hr = rig_enter(whole, part, "QueueEvent", event, NULL);                                                \
                                                                                                                       \
        if (FAILED(hr)) return hr;                                                                                     \
        return IMFMediaEventQueue_QueueEventParamVar(this->events, event, extended, status, value);                    \
    }

#define RIG_EVENTS_METHODS(type, field)                                                                                \
    type##_##field##_GetEvent, type##_##field##_BeginGetEvent, type##_##field##_EndGetEvent, type##_##field##_QueueEvent

/* NOLINTEND(bugprone-macro-parentheses) */

#endif
