/*
 * Subscriptions. WMI's own notification queries carry them out where there are any. Where there are none (Wine), events
 * about instances are found as WMI finds them for classes without an event provider: by polling ("WMI uses polling to
 * detect the changes", "Determining the Type of Event to Receive"). Each interval, the instances of the class are read
 * and compared with those of the last time; what was there when the subscription began is no event.
 *
 * In memory are the instances of the last time, those that are read, and a few events, whatever the consumer does with
 * its events: while it does not take them, nothing more is read. Events are posted when WMI is others' to use again, so
 * that the subscription need not hurry (wmi_turn.h).
 */
#define COBJMACROS
#include "mi/wmi_call.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/event_check.h"
#include "mi/event_filter.h"
#include "mi/event_group.h"
#include "mi/event_query.h"
#include "mi/event_snapshot.h"
#include "mi/text.h"
#include "mi/wmi_lineage.h"
#include "mi/wmi_object.h"
#include "mi/wmi_turn.h"

#include <string.h>

CORK_TRACE_CHANNEL(mi);

/* A subscription whose events are found by polling. */
struct watch
{
    struct mi_wmi_call call; /* first, because callbacks get it */
    const struct mi_event_query *query;
    struct mi_event_targets targets;
    struct mi_event_snapshot *snapshots[MI_EVENT_TARGET_LIMIT]; /* one a target */
    struct mi_event_groups *groups;                             /* NULL without GROUP */
    struct mi_wmi_lineage *lineage;
    MI_Uint32 target;   /* which one is being read */
    MI_Instance **read; /* its instances, now */
    MI_Uint32 read_count, read_room;
    bool first;     /* round: there are no events yet */
    MI_Uint64 time; /* of the last event */
};

/* Says why a query is refused. */
static HRESULT refuse(const struct mi_wmi_call *call, const struct mi_event_error *error)
{
    CORK_WARN("%s: %s\n", cork_debugstr_w(call->request->query), cork_debugstr_w(error->text));
    mi_operation_fail(call->operation, MI_RESULT_TYPE_HRESULT, error->code, error->text);
    return S_OK;
}

/* Posts an event, with the name of the machine that it is of. Takes the instance. Returns S_FALSE where the operation
 * was cancelled. */
static HRESULT post(const struct mi_wmi_call *call, MI_Instance *instance)
{
    struct mi_result result = {.instance = instance};
    MI_Char name[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD length = MI_COUNT(name);

    if (GetComputerNameW(name, &length) && !(result.machine = mi_text_copy(name)))
    {
        MI_Instance_Delete(instance);
        return E_OUTOFMEMORY;
    }
    return mi_operation_post_result(call->operation, &result) ? S_OK : S_FALSE;
}

/* ---- Events ----------------------------------------------------------------------------------------------------- */

/* "Unique value that indicates the time at which the event was generated" */
static MI_Uint64 next_time(struct watch *watch)
{
    FILETIME now;
    MI_Uint64 time;

    GetSystemTimeAsFileTime(&now);
    time = ((MI_Uint64)now.dwHighDateTime << 32) | now.dwLowDateTime;
    watch->time = time > watch->time ? time : watch->time + 1;
    return watch->time;
}

/* Whether a class is another or derived from it. Whatever is read for a target is of that class. */
static bool is_a(void *context, const MI_Char *class_name, const MI_Char *base)
{
    const struct watch *watch = context;

    return mi_name_equal(base, watch->targets.names[watch->target]) ||
           mi_wmi_is_derived(watch->lineage, class_name, base);
}

/* Posts an event, if it is one that the query asks for. Returns S_FALSE where the operation was cancelled. */
static HRESULT raise_event(struct watch *watch, const MI_Char *class_name, const MI_Instance *target,
                           const MI_Instance *previous)
{
    struct mi_event event = {class_name, target, previous, 0};
    struct mi_event_classes classes = {is_a, watch};
    MI_Instance *instance;

    if (watch->first || !mi_event_is_of_class(class_name, watch->query->class_name)) return S_OK;
    event.time = next_time(watch);
    if (mi_event_filter(watch->query, &event, &classes) != MI_TRUTH_YES) return S_OK;
    if (watch->groups)
        return mi_event_groups_add(watch->groups, &event, GetTickCount64()) == MI_RESULT_OK ? S_OK
                                                                                            : WBEM_E_QUOTA_VIOLATION;
    if (mi_event_instance(watch->query, &event, &instance) != MI_RESULT_OK) return E_OUTOFMEMORY;
    return post(&watch->call, instance);
}

/* ---- Polling ---------------------------------------------------------------------------------------------------- */

/* Keeps an instance. */
static HRESULT keep(const struct mi_wmi_call *call, IWbemClassObject *object)
{
    struct watch *watch = (struct watch *)call;
    MI_Instance *instance;
    HRESULT result;

    if (watch->read_count == watch->read_room)
    {
        MI_Uint32 room = 2 * watch->read_room + 64;
        MI_Instance **larger = mi_alloc(room * sizeof(MI_Instance *));

        if (!larger) return E_OUTOFMEMORY;
        if (watch->read_count) memcpy(larger, watch->read, watch->read_count * sizeof(MI_Instance *));
        mi_free(watch->read);
        watch->read = larger;
        watch->read_room = room;
    }
    result = mi_instance_from_wmi(object, call->request->name_space, &instance);
    if (FAILED(result)) return result;
    watch->read[watch->read_count++] = instance;
    return S_OK;
}

/* Asks what the classes of the instances are derived from. */
static bool learn_classes(struct watch *watch)
{
    for (MI_Uint32 i = 0; i < watch->read_count; i++)
    {
        const MI_Char *name = NULL;

        MI_Instance_GetClassName(watch->read[i], &name);
        if (!mi_wmi_learn(watch->lineage, watch->call.services, name)) return false;
    }
    return true;
}

/* The instance stays in the snapshot while its event is posted. */
static HRESULT see(struct watch *watch, MI_Instance *instance)
{
    MI_Instance *previous = NULL;
    enum mi_event_change change;
    HRESULT result = S_OK;

    if (mi_event_snapshot_see(watch->snapshots[watch->target], instance, &change, &previous) != MI_RESULT_OK)
        return E_OUTOFMEMORY;
    if (change == MI_CHANGE_CREATED) result = raise_event(watch, MI_EVENT_CREATION, instance, NULL);
    if (change == MI_CHANGE_MODIFIED) result = raise_event(watch, MI_EVENT_MODIFICATION, instance, previous);
    if (previous) MI_Instance_Delete(previous);
    return result;
}

/* Compares what was read with the last time; those that were there then only are gone. Nothing of it stays. */
static HRESULT compare(struct watch *watch)
{
    struct mi_event_snapshot *snapshot = watch->snapshots[watch->target];
    HRESULT result = S_OK;

    mi_event_snapshot_begin(snapshot);
    for (MI_Uint32 i = 0; i < watch->read_count; i++)
    {
        if (result == S_OK)
            result = see(watch, watch->read[i]);
        else
            MI_Instance_Delete(watch->read[i]);
    }
    watch->read_count = 0;
    while (result == S_OK)
    {
        MI_Instance *gone = mi_event_snapshot_take_gone(snapshot);

        if (!gone) break;
        result = raise_event(watch, MI_EVENT_DELETION, gone, NULL);
        MI_Instance_Delete(gone);
    }
    return result;
}

/* Reads the instances of the target, and tells of what has become of them. */
static HRESULT poll_target(struct watch *watch)
{
    HRESULT result;

    mi_wmi_turn_take(watch->call.operation);
    result = mi_wmi_each_instance(&watch->call, watch->targets.names[watch->target], keep);
    if (result == S_OK && !learn_classes(watch)) result = E_OUTOFMEMORY;
    mi_wmi_turn_give(watch->call.operation);
    if (result == S_OK && !mi_operation_stopped(watch->call.operation)) return compare(watch);
    while (watch->read_count)
        MI_Instance_Delete(watch->read[--watch->read_count]);
    return FAILED(result) ? result : S_FALSE;
}

/* Posts the groups that are complete. */
static HRESULT post_groups(struct watch *watch)
{
    MI_Instance *aggregate = NULL;
    HRESULT result = S_OK;

    while (watch->groups && result == S_OK)
    {
        if (mi_event_groups_take(watch->groups, GetTickCount64(), &aggregate) != MI_RESULT_OK) return E_OUTOFMEMORY;
        if (!aggregate) break;
        result = post(&watch->call, aggregate);
    }
    return result;
}

static MI_Uint64 earlier(MI_Uint64 left, MI_Uint64 right)
{
    return left < right ? left : right;
}

/* The next round begins an interval after the last one, or as soon as the consumer has taken the events of that. Groups
 * that are complete meanwhile are posted. Returns S_FALSE where the subscription is over. */
static HRESULT wait_for_round(struct watch *watch, MI_Uint64 begin)
{
    MI_Uint64 now = GetTickCount64(), due = begin + watch->query->interval, expires = watch->call.request->expires;

    if (due < now + MI_EVENT_LEAST_INTERVAL) due = now + MI_EVENT_LEAST_INTERVAL;
    for (; now < due; now = GetTickCount64())
    {
        MI_Uint64 until = watch->groups ? earlier(due, mi_event_groups_due(watch->groups)) : due;
        HRESULT result;

        if (expires && now >= expires) return S_FALSE;
        if (expires) until = earlier(until, expires);
        if (until > now && !mi_operation_pause(watch->call.operation, until - now)) return S_FALSE;
        result = post_groups(watch);
        if (result != S_OK) return result;
    }
    return S_OK;
}

static HRESULT poll(struct watch *watch)
{
    HRESULT result = S_OK;
    MI_Uint64 begin;

    watch->first = true;
    do
    {
        begin = GetTickCount64();
        for (watch->target = 0; watch->target < watch->targets.count && result == S_OK; watch->target++)
            result = poll_target(watch);
        watch->first = false;
        if (result == S_OK) result = post_groups(watch);
        if (result == S_OK) result = wait_for_round(watch, begin);
    }
    while (result == S_OK);
    return result;
}

/* A class that is derived from another of the targets is read with that one. */
static HRESULT drop_derived_targets(struct watch *watch)
{
    struct mi_event_targets *targets = &watch->targets;
    MI_Uint32 kept = 0;

    for (MI_Uint32 i = 0; i < targets->count; i++)
    {
        bool derived = false;

        if (!mi_wmi_learn(watch->lineage, watch->call.services, targets->names[i])) return E_OUTOFMEMORY;
        for (MI_Uint32 j = 0; j < targets->count && !derived; j++)
            derived = mi_wmi_is_derived(watch->lineage, targets->names[i], targets->names[j]);
        if (!derived) targets->names[kept++] = targets->names[i];
    }
    if (kept) targets->count = kept;
    return S_OK;
}

/* An instance with the properties of a class. A class that there is not is said to be invalid, whatever WMI says of the
 * object ("WBEM_E_INVALID_CLASS: The query specifies a class that does not exist"). */
static HRESULT make_prototype(const struct mi_wmi_call *call, const MI_Char *class_name, MI_Instance **prototype)
{
    BSTR path = SysAllocString(class_name);
    IWbemClassObject *object = NULL;
    HRESULT result =
        path ? IWbemServices_GetObject(call->services, path, call->flags, call->context, &object, NULL) : E_OUTOFMEMORY;

    SysFreeString(path);
    if (result == (HRESULT)WBEM_E_NOT_FOUND) return WBEM_E_INVALID_CLASS;
    if (FAILED(result)) return result;
    result = mi_instance_from_wmi(object, call->request->name_space, prototype);
    IWbemClassObject_Release(object);
    return result;
}

/* Checks the WHERE by the classes themselves. */
static HRESULT check_types(struct watch *watch, struct mi_event_error *error)
{
    MI_Instance *prototypes[MI_EVENT_TARGET_LIMIT];
    MI_Uint32 count = 0;
    HRESULT result = S_OK;

    while (count < watch->targets.count && SUCCEEDED(result))
    {
        result = make_prototype(&watch->call, watch->targets.names[count], &prototypes[count]);
        if (SUCCEEDED(result)) count++;
    }
    if (FAILED(result))
        mi_event_error_set(error, (MI_Uint32)result, 0, MI_T("Class "), watch->targets.names[count],
                           MI_T(" cannot be read."));
    else if (!mi_event_check_types(watch->query, prototypes, count, error))
        result = E_FAIL;
    while (count)
        MI_Instance_Delete(prototypes[--count]);
    return result;
}

static HRESULT prepare(struct watch *watch)
{
    watch->lineage = mi_wmi_lineage_new();
    if (!watch->lineage || FAILED(drop_derived_targets(watch))) return E_OUTOFMEMORY;
    if (watch->query->grouped)
    {
        watch->groups = mi_event_groups_new(watch->query);
        if (!watch->groups) return E_OUTOFMEMORY;
    }
    for (MI_Uint32 i = 0; i < watch->targets.count; i++)
    {
        watch->snapshots[i] = mi_event_snapshot_new();
        if (!watch->snapshots[i]) return E_OUTOFMEMORY;
    }
    return S_OK;
}

/* Makes what polling needs, and polls. */
static HRESULT watch_targets(struct watch *watch)
{
    struct mi_event_error error;
    HRESULT result;

    if (FAILED(check_types(watch, &error))) return refuse(&watch->call, &error);
    result = prepare(watch);
    mi_wmi_turn_give(watch->call.operation);
    if (SUCCEEDED(result)) result = poll(watch);
    for (MI_Uint32 i = 0; i < watch->targets.count; i++)
        mi_event_snapshot_delete(watch->snapshots[i]);
    mi_event_groups_delete(watch->groups);
    mi_wmi_lineage_delete(watch->lineage);
    mi_free(watch->read);
    return FAILED(result) ? result : S_OK;
}

/* ---- Subscriptions ---------------------------------------------------------------------------------------------- */

/* Whether the result means that there are no notification queries, and nothing about this one. */
static bool is_not_there(HRESULT result)
{
    return result == (HRESULT)WBEM_E_FAILED || result == E_NOTIMPL || result == (HRESULT)WBEM_E_NOT_SUPPORTED ||
           result == (HRESULT)WBEM_E_METHOD_NOT_IMPLEMENTED || result == (HRESULT)WBEM_E_PROVIDER_NOT_CAPABLE;
}

/* Posts what WMI notifies of. */
static HRESULT pass_on(const struct mi_wmi_call *call, IEnumWbemClassObject *events)
{
    HRESULT result = S_OK;

    while (result == S_OK && !mi_operation_stopped(call->operation))
    {
        IWbemClassObject *event = NULL;
        MI_Instance *instance;
        ULONG count = 0;

        if (call->request->expires && GetTickCount64() >= call->request->expires) break;
        mi_wmi_turn_give(call->operation);
        result = IEnumWbemClassObject_Next(events, MI_WMI_PATIENCE, 1, &event, &count);
        mi_wmi_turn_take(call->operation);
        if (result == (HRESULT)WBEM_S_TIMEDOUT) result = S_OK;
        if (!count || !event) continue;
        result = mi_instance_from_wmi(event, call->request->name_space, &instance);
        IWbemClassObject_Release(event);
        if (SUCCEEDED(result)) result = post(call, instance);
    }
    return FAILED(result) ? result : S_OK;
}

static HRESULT notify(const struct mi_wmi_call *call, IEnumWbemClassObject **events)
{
    BSTR language = SysAllocString(L"WQL"), text = SysAllocString(call->request->query);
    HRESULT result = language && text ? S_OK : E_OUTOFMEMORY;

    if (SUCCEEDED(result))
        result = IWbemServices_ExecNotificationQuery(
            call->services, language, text, WBEM_FLAG_RETURN_IMMEDIATELY | WBEM_FLAG_FORWARD_ONLY, NULL, events);
    SysFreeString(language);
    SysFreeString(text);
    return result;
}

/* `result`: what WMI said of its notification queries. */
static HRESULT subscribe_by_polling(const struct mi_wmi_call *call, const struct mi_event_query *query, HRESULT result)
{
    struct mi_event_error error;
    struct watch watch;

    memset(&watch, 0, sizeof(watch));
    watch.call = *call;
    watch.query = query;
    if (!mi_event_can_be_polled(query->class_name))
    {
        mi_event_error_set(&error, (MI_Uint32)result, query->class_position, MI_T("WMI does not notify of events of "),
                           query->class_name, MI_T(", and they cannot be polled."));
        return refuse(call, &error);
    }
    if (!mi_event_check(query, &watch.targets, &error)) return refuse(call, &error);
    return watch_targets(&watch);
}

/* The query is parsed before WMI sees it, so that what is wrong with it is said in the same words everywhere. */
HRESULT mi_wmi_subscribe(const struct mi_wmi_call *call)
{
    const struct mi_request *request = call->request;
    IEnumWbemClassObject *events = NULL;
    struct mi_event_query *query;
    struct mi_event_error error;
    HRESULT result;

    if (request->dialect && !mi_name_equal(request->dialect, MI_QUERY_DIALECT_WQL)) return WBEM_E_INVALID_QUERY_TYPE;
    query = mi_event_query_parse(request->query, &error);
    if (!query) return refuse(call, &error);
    result = notify(call, &events);
    if (SUCCEEDED(result))
    {
        result = pass_on(call, events);
        IEnumWbemClassObject_Release(events);
    }
    else if (is_not_there(result))
        result = subscribe_by_polling(call, query, result);
    mi_event_query_free(query);
    return result;
}
