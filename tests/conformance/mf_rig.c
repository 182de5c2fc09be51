/*
 * The rig itself: the living objects, the record of calls, and the faults.
 */
#include "mf_rig_object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
    FAULTS = 32,
    METHOD_NAME = 64
};

struct fault
{
    char component[RIG_NAME]; /* "*": any */
    char method[METHOD_NAME]; /* "": whichever call it is */
    unsigned number;          /* 0: every one */
    struct rig_answer answer;
};

/* An answer that waits for rig_release. */
struct held
{
    struct held *next;
    IMFMediaEventQueue *queue;
    IMFMediaEvent *event;
    IMFAsyncResult *result; /* or this */
};

/* How many calls a component and method had. */
struct counter
{
    char component[RIG_NAME];
    const char *method;
    unsigned calls;
};

struct rig
{
    const struct rig_api *api;
    CRITICAL_SECTION lock;
    CONDITION_VARIABLE changed;
    struct rig_object *living;
    unsigned living_count;
    volatile LONG recording;
    struct rig_call *calls;
    unsigned call_count, call_room;
    struct counter *counters;
    unsigned counter_count, counter_room;
    struct fault faults[FAULTS];
    unsigned fault_count, faults_met, blocked;
    BOOL released;
    struct held *held;
};

/* Memory, or the end of the process: a test has nothing to say without it. */
static void *memory(void *block, size_t size)
{
    void *grown = realloc(block, size);

    if (grown) return grown;
    printf("Bail out! No memory for the test's own components\n");
    exit(1);
}

BOOL rig_load_api(struct rig_api *api, const WCHAR *dll)
{
    *api = (struct rig_api){.module = LoadLibraryW(dll)};
    if (!api->module) return FALSE;
    api->create_session = (void *)GetProcAddress(api->module, "MFCreateMediaSession");
    api->create_topology = (void *)GetProcAddress(api->module, "MFCreateTopology");
    api->create_node = (void *)GetProcAddress(api->module, "MFCreateTopologyNode");
    api->create_loader = (void *)GetProcAddress(api->module, "MFCreateTopoLoader");
    return api->create_session && api->create_topology && api->create_node && api->create_loader;
}

struct rig *rig_new(const struct rig_api *api)
{
    struct rig *rig = memory(NULL, sizeof(*rig));

    *rig = (struct rig){.api = api, .recording = TRUE};
    InitializeCriticalSection(&rig->lock);
    InitializeConditionVariable(&rig->changed);
    return rig;
}

const struct rig_api *rig_get_api(const struct rig *rig)
{
    return rig->api;
}

/* ---- Waiting ---------------------------------------------------------------------------------------------------- */

void rig_signal(struct rig *rig)
{
    EnterCriticalSection(&rig->lock);
    LeaveCriticalSection(&rig->lock);
    WakeAllConditionVariable(&rig->changed);
}

BOOL rig_wait_for(struct rig *rig, BOOL (*met)(void *context), void *context, DWORD patience)
{
    ULONGLONG end = GetTickCount64() + patience;
    BOOL done;

    EnterCriticalSection(&rig->lock);
    while (!(done = met(context)))
    {
        ULONGLONG now = GetTickCount64();

        if (now >= end) break;
        SleepConditionVariableCS(&rig->changed, &rig->lock, (DWORD)(end - now));
    }
    LeaveCriticalSection(&rig->lock);
    return done;
}

/* ---- The living ------------------------------------------------------------------------------------------------- */

void *rig_object_new(struct rig *rig, size_t size, const char *name, void *(*query)(struct rig_object *, REFIID),
                     void (*destroy)(struct rig_object *))
{
    struct rig_object *object = memory(NULL, size);

    memset(object, 0, size);
    object->rig = rig;
    object->references = 1;
    object->query = query;
    object->destroy = destroy;
    snprintf(object->name, sizeof(object->name), "%s", name);
    EnterCriticalSection(&rig->lock);
    object->next = rig->living;
    object->link = &rig->living;
    if (rig->living) rig->living->link = &object->next;
    rig->living = object;
    rig->living_count++;
    LeaveCriticalSection(&rig->lock);
    return object;
}

ULONG rig_object_addref(struct rig_object *object)
{
    return InterlockedIncrement(&object->references);
}

ULONG rig_object_release(struct rig_object *object)
{
    LONG references = InterlockedDecrement(&object->references);
    struct rig *rig = object->rig;

    if (references) return references;
    if (object->destroy) object->destroy(object);
    /* The rig may be gone as soon as it is unlocked with nothing living: whoever waits is woken under the lock. */
    EnterCriticalSection(&rig->lock);
    *object->link = object->next;
    if (object->next) object->next->link = object->link;
    if (!--rig->living_count) WakeAllConditionVariable(&rig->changed);
    LeaveCriticalSection(&rig->lock);
    free(object);
    return 0;
}

HRESULT rig_object_query(struct rig_object *object, REFIID iid, void **out)
{
    if (!out) return E_POINTER;
    *out = object->query(object, iid);
    if (!*out) return E_NOINTERFACE;
    rig_object_addref(object);
    return S_OK;
}

unsigned rig_living(struct rig *rig)
{
    unsigned count;

    EnterCriticalSection(&rig->lock);
    count = rig->living_count;
    LeaveCriticalSection(&rig->lock);
    return count;
}

static BOOL none_lives(void *context)
{
    struct rig *rig = context;

    return !rig->living_count && !rig->blocked;
}

/* The names of what lives, as many as there is room for. */
static void name_living(struct rig *rig, char *leaked, size_t size)
{
    size_t used = 0;

    EnterCriticalSection(&rig->lock);
    for (const struct rig_object *object = rig->living; object && used < size; object = object->next)
        used += snprintf(leaked + used, size - used, "%s%s (%ld)", used ? ", " : "", object->name, object->references);
    LeaveCriticalSection(&rig->lock);
}

unsigned rig_end(struct rig *rig, char *leaked, size_t size)
{
    rig_no_faults(rig);
    rig_release(rig);
    if (!rig_wait_for(rig, none_lives, rig, RIG_PATIENCE / 4))
    {
        if (leaked && size) name_living(rig, leaked, size);
        return rig_living(rig) + rig->blocked;
    }
    DeleteCriticalSection(&rig->lock);
    free(rig->calls);
    free(rig->counters);
    free(rig);
    return 0;
}

/* ---- The record ------------------------------------------------------------------------------------------------- */

BOOL rig_set_recording(struct rig *rig, BOOL on)
{
    return InterlockedExchange(&rig->recording, on);
}

void rig_record(struct rig *rig, BOOL on)
{
    rig_set_recording(rig, on);
}

/* The counter of a component's method, made if there is none. Locked. */
static struct counter *counter_of(struct rig *rig, const char *component, const char *method)
{
    for (unsigned i = 0; i < rig->counter_count; i++)
    {
        struct counter *counter = &rig->counters[i];

        if (!strcmp(counter->method, method) && !strcmp(counter->component, component)) return counter;
    }
    if (rig->counter_count == rig->counter_room)
    {
        rig->counter_room = rig->counter_room * 2 + 64;
        rig->counters = memory(rig->counters, rig->counter_room * sizeof(*rig->counters));
    }
    rig->counters[rig->counter_count] = (struct counter){.method = method};
    snprintf(rig->counters[rig->counter_count].component, RIG_NAME, "%s", component);
    return &rig->counters[rig->counter_count++];
}

/* Splits "component.Method"; FALSE: it is not one. */
static BOOL split_name(const char *name, char *component, const char **method)
{
    const char *dot = strchr(name, '.');

    if (!dot || dot - name >= RIG_NAME) return FALSE;
    memcpy(component, name, dot - name);
    component[dot - name] = 0;
    *method = dot + 1;
    return TRUE;
}

static BOOL is_component(const char *pattern, const char *component)
{
    return !strcmp(pattern, "*") || !strcmp(pattern, component);
}

unsigned rig_calls(struct rig *rig)
{
    unsigned count;

    EnterCriticalSection(&rig->lock);
    count = rig->call_count;
    LeaveCriticalSection(&rig->lock);
    return count;
}

BOOL rig_call(struct rig *rig, unsigned index, struct rig_call *call)
{
    BOOL there;

    EnterCriticalSection(&rig->lock);
    there = index < rig->call_count;
    if (there) *call = rig->calls[index];
    LeaveCriticalSection(&rig->lock);
    return there;
}

struct counting
{
    struct rig *rig;
    const char *name;
    unsigned number;
};

/* Whether there were that many calls; locked. */
static BOOL enough_calls(void *context)
{
    const struct counting *counting = context;
    char component[RIG_NAME];
    const char *method;
    unsigned count = 0;

    if (!split_name(counting->name, component, &method)) return FALSE;
    for (unsigned i = 0; i < counting->rig->counter_count; i++)
    {
        const struct counter *counter = &counting->rig->counters[i];

        if (!strcmp(counter->method, method) && is_component(component, counter->component)) count += counter->calls;
    }
    return count >= counting->number;
}

BOOL rig_wait_call(struct rig *rig, const char *name, unsigned number)
{
    struct counting counting = {rig, name, number};

    return rig_wait_for(rig, enough_calls, &counting, RIG_PATIENCE);
}

int rig_find(struct rig *rig, const char *name, unsigned number)
{
    char component[RIG_NAME];
    const char *method;
    int found = -1;

    if (!split_name(name, component, &method)) return -1;
    EnterCriticalSection(&rig->lock);
    for (unsigned i = 0; found < 0 && i < rig->call_count; i++)
        if (!strcmp(rig->calls[i].method, method) && is_component(component, rig->calls[i].component) && !--number)
            found = i;
    LeaveCriticalSection(&rig->lock);
    return found;
}

unsigned rig_count(struct rig *rig, const char *name)
{
    char component[RIG_NAME];
    const char *method;
    unsigned count = 0;

    if (!split_name(name, component, &method)) return 0;
    EnterCriticalSection(&rig->lock);
    for (unsigned i = 0; i < rig->call_count; i++)
        count += !strcmp(rig->calls[i].method, method) && is_component(component, rig->calls[i].component);
    LeaveCriticalSection(&rig->lock);
    return count;
}

BOOL rig_before(struct rig *rig, const char *first, const char *second)
{
    int first_index = rig_find(rig, first, 1), second_index = rig_find(rig, second, 1);

    return first_index >= 0 && second_index >= 0 && first_index < second_index;
}

void rig_forget(struct rig *rig)
{
    EnterCriticalSection(&rig->lock);
    rig->call_count = rig->counter_count = 0;
    LeaveCriticalSection(&rig->lock);
}

void rig_print(struct rig *rig)
{
    struct rig_call call;

    for (unsigned i = 0; rig_call(rig, i, &call); i++)
        printf("#   %3u %04lx %s.%s %lld%s\n", i, call.thread, call.component, call.method, (long long)call.argument,
               FAILED(call.result) ? " (told to fail)" : "");
    fflush(stdout);
}

/* ---- Faults ----------------------------------------------------------------------------------------------------- */

static void add_fault(struct rig *rig, const struct fault *fault)
{
    EnterCriticalSection(&rig->lock);
    if (rig->fault_count < FAULTS) rig->faults[rig->fault_count++] = *fault;
    rig->released = FALSE;
    LeaveCriticalSection(&rig->lock);
}

void rig_fault(struct rig *rig, const char *name, unsigned number, enum rig_manner manner, HRESULT code)
{
    struct fault fault = {.number = number, .answer = {TRUE, manner, code}};
    const char *method;

    if (!split_name(name, fault.component, &method)) return;
    snprintf(fault.method, sizeof(fault.method), "%s", method);
    add_fault(rig, &fault);
}

void rig_fault_any(struct rig *rig, unsigned number, enum rig_manner manner, HRESULT code)
{
    add_fault(rig, &(struct fault){.number = number, .answer = {TRUE, manner, code}});
}

void rig_no_faults(struct rig *rig)
{
    EnterCriticalSection(&rig->lock);
    rig->fault_count = 0;
    LeaveCriticalSection(&rig->lock);
}

unsigned rig_faults_met(struct rig *rig)
{
    unsigned met;

    EnterCriticalSection(&rig->lock);
    met = rig->faults_met;
    LeaveCriticalSection(&rig->lock);
    return met;
}

/* The fault that this call meets, or NULL. Locked. */
static const struct fault *fault_of(const struct rig *rig, const struct rig_call *call)
{
    for (unsigned i = 0; i < rig->fault_count; i++)
    {
        const struct fault *fault = &rig->faults[i];
        unsigned number = fault->method[0] ? call->of_method : rig->call_count;

        if (fault->number && fault->number != number) continue;
        if (fault->method[0] && strcmp(fault->method, call->method)) continue;
        if (fault->method[0] && !is_component(fault->component, call->component)) continue;
        return fault;
    }
    return NULL;
}

/* Keeps the call's entry; returns what is to be done about it. Locked. */
static struct rig_answer record_call(struct rig *rig, const char *component, const char *method, LONGLONG argument)
{
    struct counter *counter = counter_of(rig, component, method);
    const struct fault *fault;
    struct rig_call *call;

    if (rig->call_count == rig->call_room)
    {
        rig->call_room = rig->call_room * 2 + 256;
        rig->calls = memory(rig->calls, rig->call_room * sizeof(*rig->calls));
    }
    call = &rig->calls[rig->call_count++];
    *call = (struct rig_call){"", method, GetCurrentThreadId(), S_OK, argument, ++counter->calls};
    snprintf(call->component, sizeof(call->component), "%s", component);
    fault = fault_of(rig, call);
    if (!fault) return (struct rig_answer){0};
    rig->faults_met++;
    if (fault->answer.manner == RIG_FAIL) call->result = fault->answer.code;
    return fault->answer;
}

/* Waits for rig_release. Locked. */
static void block(struct rig *rig)
{
    rig->blocked++;
    while (!rig->released)
        SleepConditionVariableCS(&rig->changed, &rig->lock, INFINITE);
    rig->blocked--;
    WakeAllConditionVariable(&rig->changed);
}

HRESULT rig_enter(struct rig_object *object, const char *part, const char *method, LONGLONG argument,
                  struct rig_answer *answer)
{
    struct rig *rig = object->rig;
    struct rig_answer told;
    HRESULT hr = S_OK;

    if (answer) *answer = (struct rig_answer){0};
    if (!rig->recording) return S_OK;
    EnterCriticalSection(&rig->lock);
    told = record_call(rig, part ? part : object->name, method, argument);
    WakeAllConditionVariable(&rig->changed); /* now: who waits for a call that is to block is not to wait for its end */
    if (told.met)
    {
        if (told.manner == RIG_FAIL || (told.manner == RIG_FAIL_ANSWER && !answer))
            hr = told.code;
        else if (told.manner == RIG_BLOCK || (!answer && told.manner != RIG_FAIL_ANSWER))
            block(rig);
        else if (answer)
            *answer = told;
    }
    LeaveCriticalSection(&rig->lock);
    WakeAllConditionVariable(&rig->changed);
    return hr;
}

/* Keeps an answer back; FALSE: it is to be sent at once, since late answers have been released already. */
static BOOL hold(struct rig *rig, const struct held *late)
{
    struct held *held = memory(NULL, sizeof(*held));
    BOOL kept;

    *held = *late;
    EnterCriticalSection(&rig->lock);
    kept = !rig->released;
    if (kept)
    {
        held->next = rig->held;
        rig->held = held;
    }
    LeaveCriticalSection(&rig->lock);
    if (!kept) free(held);
    return kept;
}

void rig_answer_event(struct rig *rig, const struct rig_answer *answer, IMFMediaEventQueue *queue, IMFMediaEvent *event)
{
    if (answer->met && answer->manner == RIG_NEVER) return;
    if (answer->met && answer->manner == RIG_LATE)
    {
        IMFMediaEventQueue_AddRef(queue);
        IMFMediaEvent_AddRef(event);
        if (hold(rig, &(struct held){.queue = queue, .event = event})) return;
        IMFMediaEvent_Release(event);
        IMFMediaEventQueue_Release(queue);
    }
    IMFMediaEventQueue_QueueEvent(queue, event);
}

void rig_answer(struct rig *rig, const struct rig_answer *answer, IMFMediaEventQueue *queue, MediaEventType type,
                MediaEventType error_type, const PROPVARIANT *value)
{
    BOOL fails = answer->met && answer->manner == RIG_FAIL_ANSWER;
    IMFMediaEvent *event;

    if (fails) value = NULL;
    if (FAILED(MFCreateMediaEvent(fails ? error_type : type, &GUID_NULL, fails ? answer->code : S_OK, value, &event)))
        return;
    rig_answer_event(rig, answer, queue, event);
    IMFMediaEvent_Release(event);
}

void rig_answer_result(struct rig *rig, const struct rig_answer *answer, IMFAsyncResult *result)
{
    if (answer->met && answer->manner == RIG_NEVER) return;
    if (answer->met && answer->manner == RIG_FAIL_ANSWER) IMFAsyncResult_SetStatus(result, answer->code);
    if (answer->met && answer->manner == RIG_LATE)
    {
        IMFAsyncResult_AddRef(result);
        if (hold(rig, &(struct held){.result = result})) return;
        IMFAsyncResult_Release(result);
    }
    MFInvokeCallback(result);
}

void rig_queue_unknown(IMFMediaEventQueue *queue, MediaEventType type, IUnknown *value)
{
    IMFMediaEventQueue_QueueEventParamUnk(queue, type, &GUID_NULL, S_OK, value);
}

void rig_release(struct rig *rig)
{
    struct held *held, *next, *in_order = NULL;

    EnterCriticalSection(&rig->lock);
    rig->released = TRUE;
    held = rig->held;
    rig->held = NULL;
    LeaveCriticalSection(&rig->lock);
    WakeAllConditionVariable(&rig->changed);
    for (; held; held = next)
    {
        next = held->next;
        held->next = in_order;
        in_order = held;
    }
    for (; in_order; in_order = next)
    {
        next = in_order->next;
        if (in_order->result)
        {
            MFInvokeCallback(in_order->result);
            IMFAsyncResult_Release(in_order->result);
        }
        else
        {
            IMFMediaEventQueue_QueueEvent(in_order->queue, in_order->event);
            IMFMediaEvent_Release(in_order->event);
            IMFMediaEventQueue_Release(in_order->queue);
        }
        free(in_order);
    }
}
