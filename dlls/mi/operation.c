/* Operations: how they begin and end. See operation.h and operation_state.h. */
#include "mi/operation_state.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/error.h"
#include "mi/handles.h"
#include "mi/session.h"
#include "mi/text.h"
#include "mi/wmi.h"
#include "mi/wmi_turn.h"

#include <stdint.h>
#include <string.h>

CORK_TRACE_CHANNEL(mi);

#define CALL_CANCELLED 0x80041032u /* WBEM_E_CALL_CANCELLED */
#define TIMED_OUT      0x80041069u /* WBEM_E_TIMED_OUT */

/* How many threads may still be in WMI for operations that have ended. Further operations wait until one comes back,
 * for so many milliseconds; then there are too many. */
enum
{
    MOST_ABANDONED = 100,
    PATIENCE_WITH_ABANDONED = 30000
};

/* ---- Threads that come back from WMI after their operation's end ---------------------------------------------------
 */

static volatile LONG abandoned;

static bool wait_for_abandoned(void)
{
    ULONGLONG give_up = GetTickCount64() + PATIENCE_WITH_ABANDONED;
    LONG seen;

    while ((seen = __atomic_load_n(&abandoned, __ATOMIC_ACQUIRE)) >= MOST_ABANDONED)
    {
        ULONGLONG now = GetTickCount64();

        if (now >= give_up) return false;
        WaitOnAddress(&abandoned, &seen, sizeof(seen), (DWORD)(give_up - now));
    }
    return true;
}

static void abandon(struct mi_operation *operation)
{
    operation->abandoned = true;
    InterlockedIncrement(&abandoned);
}

static void one_came_back(void)
{
    InterlockedDecrement(&abandoned);
    WakeByAddressAll((void *)&abandoned);
}

/* ---- The end ---------------------------------------------------------------------------------------------------- */

/* The session goes with the later of the final result and the handle's close. Called without the lock, when either has
 * happened. */
static void release_session(struct mi_operation *operation)
{
    struct cork_reference session;
    bool now;

    cork_mutex_lock(&operation->lock);
    now = operation->closed && operation->ended && (operation->delivered || !operation->asynchronous) &&
          operation->session.object;
    session = operation->session;
    if (now) memset(&operation->session, 0, sizeof(operation->session));
    cork_mutex_unlock(&operation->lock);
    if (now) cork_reference_release(&session);
}

static void set_outcome(struct mi_operation *operation, MI_Result result, MI_Instance *error)
{
    MI_Value text = {0};

    operation->result = result;
    operation->error = error;
    operation->message = mi_result_text(result);
    if (error) MI_Instance_GetElement(error, MI_T("Message"), &text, NULL, NULL, NULL);
    if (text.string) operation->message = text.string;
}

void mi_operation_fail(struct mi_operation *operation, const MI_Char *type, MI_Uint32 code, const MI_Char *message)
{
    MI_Instance *error = NULL;
    MI_Result result = mi_error_result(type, code);
    bool counts;

    if (result == MI_RESULT_OK) return;
    mi_error_new(code, type, message, &error);
    cork_mutex_lock(&operation->lock);
    counts = !operation->ended && operation->result == MI_RESULT_OK;
    if (counts) set_outcome(operation, result, error);
    cork_mutex_unlock(&operation->lock);
    if (!counts && error) MI_Instance_Delete(error);
}

/* The error of an operation that was stopped. */
static void set_stopped(struct mi_operation *operation)
{
    static const MI_Char *const texts[] = {
        [MI_REASON_NONE] = MI_T("The operation was cancelled."),
        [MI_REASON_TIMEOUT] = MI_T("The operation took too long."),
        [MI_REASON_SHUTDOWN] = MI_T("The operation was cancelled, because its session is closed."),
        [MI_REASON_SERVICESTOP] = MI_T("The operation was cancelled, because the service stops."),
    };
    MI_Uint32 code = operation->reason == MI_REASON_TIMEOUT ? TIMED_OUT : CALL_CANCELLED;
    MI_Instance *error = NULL;

    mi_error_new(code, MI_RESULT_TYPE_HRESULT, texts[operation->reason], &error);
    set_outcome(operation, mi_error_result(MI_RESULT_TYPE_HRESULT, code), error);
}

/* Ends it, with the lock held: nobody touches the outcome from then on. */
static void set_ended(struct mi_operation *operation)
{
    if (operation->ended) return;
    if (operation->stopped && operation->result == MI_RESULT_OK) set_stopped(operation);
    operation->ended = true;
    cork_condition_wake_all(&operation->changed);
}

/* A worker goes; the last one lets the operation go. */
static void leave(struct mi_operation *operation)
{
    struct cork_reference own = operation->own;
    bool last;

    cork_mutex_lock(&operation->lock);
    last = !--operation->workers;
    cork_mutex_unlock(&operation->lock);
    if (last) cork_reference_release(&own);
}

/* ---- Stopping --------------------------------------------------------------------------------------------------- */

/* What nobody has taken yet, with the lock held. Because results are fetched ahead, the operation's thread may be done
 * long before: for the caller it runs until he was told of the end. */
static void drop_results(struct mi_operation *operation)
{
    unsigned kept = operation->handed_out ? 1 : 0;

    if (operation->count <= kept) return;
    while (operation->count > kept)
        mi_result_clear(&operation->results[(operation->first + --operation->count) % operation->room]);
}

void mi_operation_stop(struct mi_operation *operation, MI_CancellationReason reason)
{
    cork_mutex_lock(&operation->lock);
    if (!operation->stopped)
    {
        operation->reason = reason;
        operation->stopped = true;
        drop_results(operation);
        if (!operation->ended && operation->in_wmi) abandon(operation);
        if (operation->ended && !operation->told && operation->result == MI_RESULT_OK) set_stopped(operation);
        set_ended(operation);
        cork_condition_wake_all(&operation->changed);
    }
    cork_mutex_unlock(&operation->lock);
    release_session(operation);
}

void mi_operation_hurry(struct mi_operation *operation, bool hurried)
{
    cork_mutex_lock(&operation->lock);
    operation->hurried = hurried;
    cork_condition_wake_all(&operation->changed);
    cork_mutex_unlock(&operation->lock);
}

bool mi_operation_stopped(struct mi_operation *operation)
{
    bool stopped;

    cork_mutex_lock(&operation->lock);
    stopped = operation->stopped;
    cork_mutex_unlock(&operation->lock);
    return stopped;
}

/* An hour at a time, because a wait of the system's is of 32 bits. */
bool mi_operation_pause(struct mi_operation *operation, MI_Uint64 milliseconds)
{
    MI_Uint64 now = GetTickCount64(), end = now + milliseconds;
    bool stopped, turn = mi_wmi_turn_give(operation);

    cork_mutex_lock(&operation->lock);
    for (; !operation->stopped && now < end; now = GetTickCount64())
        cork_condition_wait_for(&operation->changed, &operation->lock,
                                end - now < 3600000 ? (unsigned)(end - now) : 3600000);
    stopped = operation->stopped;
    cork_mutex_unlock(&operation->lock);
    if (turn) mi_wmi_turn_take(operation);
    return !stopped;
}

/* ---- Time-outs -------------------------------------------------------------------------------------------------- */

static void set_timer(struct mi_operation *operation, MI_Uint64 milliseconds)
{
    ULARGE_INTEGER due;
    FILETIME relative;

    due.QuadPart = ~(milliseconds * 10000) + 1;
    relative.dwLowDateTime = due.LowPart;
    relative.dwHighDateTime = due.HighPart;
    SetThreadpoolTimer(operation->timer, &relative, 0, 0);
}

/* The deadline moves with every result, the timer does not: it looks again. */
static void CALLBACK look_at_clock(PTP_CALLBACK_INSTANCE instance, void *context, PTP_TIMER timer)
{
    struct mi_operation *operation = context;
    MI_Uint64 now = GetTickCount64(), due;
    bool ended;

    (void)instance;
    (void)timer;
    cork_mutex_lock(&operation->lock);
    due = operation->in_wmi ? operation->deadline : now + operation->request.timeout;
    ended = operation->ended;
    cork_mutex_unlock(&operation->lock);
    if (ended) return;
    if (now >= due)
        mi_operation_stop(operation, MI_REASON_TIMEOUT);
    else
        set_timer(operation, due - now);
}

/* With `ended` set. Twice, because a callback that was under way the first time may have set it again. */
static void end_timer(struct mi_operation *operation)
{
    if (!operation->timer) return;
    for (int i = 0; i < 2; i++)
    {
        SetThreadpoolTimer(operation->timer, NULL, 0, 0);
        WaitForThreadpoolTimerCallbacks(operation->timer, TRUE);
    }
    CloseThreadpoolTimer(operation->timer);
}

static bool start_timer(struct mi_operation *operation)
{
    if (!operation->request.timeout) return true;
    operation->timer = CreateThreadpoolTimer(look_at_clock, operation, NULL);
    if (!operation->timer) return false;
    set_timer(operation, operation->request.timeout);
    return true;
}

/* ---- The operation's thread ---------------------------------------------------------------------------------------
 */

static void carry_out(struct mi_operation *operation)
{
    const struct mi_request *request = &operation->request;

    if (mi_operation_stopped(operation)) return;
    if (request->kind == MI_REQUEST_NOT_THERE)
    {
        CORK_FIXME("%s: not implemented\n", cork_debugstr_w(request->name));
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, MI_RESULT_NOT_SUPPORTED,
                          MI_T("The operation is not implemented."));
    }
    else if (request->bad)
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, MI_RESULT_INVALID_PARAMETER, NULL);
    else if (request->refused != MI_RESULT_OK)
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, (MI_Uint32)request->refused, request->refusal);
    else
        mi_wmi_run(operation, request);
}

/* What the thread does after all else. */
static void end_work(struct mi_operation *operation)
{
    bool came_back;

    cork_mutex_lock(&operation->lock);
    operation->in_wmi = false;
    came_back = operation->abandoned;
    set_ended(operation);
    cork_mutex_unlock(&operation->lock);
    if (came_back) one_came_back();
    end_timer(operation);
    release_session(operation);
    leave(operation);
}

static void deliver(struct mi_operation *operation)
{
    mi_operation_deliver(operation);
    release_session(operation);
    leave(operation);
}

/* A thread has a reference to the DLL: it may still be on its way out when the application frees it. */
static HMODULE own_module(DWORD flags)
{
    HMODULE module = NULL;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | flags, (const WCHAR *)(void *)own_module, &module);
    return module;
}

static void end_thread(void)
{
    FreeLibraryAndExitThread(own_module(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT), 0);
}

static DWORD WINAPI work_on_thread(void *context)
{
    carry_out(context);
    end_work(context);
    end_thread();
    return 0;
}

static DWORD WINAPI deliver_on_thread(void *context)
{
    deliver(context);
    end_thread();
    return 0;
}

static bool start_thread(struct mi_operation *operation, LPTHREAD_START_ROUTINE run)
{
    HMODULE module = own_module(0);
    HANDLE thread = module ? CreateThread(NULL, 0, run, operation, 0, NULL) : NULL;

    if (thread)
        CloseHandle(thread);
    else if (module)
        FreeLibrary(module);
    return thread != NULL;
}

/* What cannot be started ends here, on the caller's thread. */
static void start_threads(struct mi_operation *operation)
{
    bool delivers = operation->asynchronous && start_thread(operation, deliver_on_thread);

    if ((operation->asynchronous && !delivers) || !wait_for_abandoned() || !start_timer(operation) ||
        !start_thread(operation, work_on_thread))
    {
        mi_operation_fail(operation, MI_RESULT_TYPE_MI, MI_RESULT_SERVER_LIMITS_EXCEEDED, NULL);
        end_work(operation);
    }
    if (operation->asynchronous && !delivers) deliver(operation);
}

/* ---- Beginning and end of the object ------------------------------------------------------------------------------
 */

/* The handle is closed: nobody asks for results any more. */
void mi_operation_cancel(void *object)
{
    struct mi_operation *operation = object;

    cork_mutex_lock(&operation->lock);
    operation->closed = true;
    cork_mutex_unlock(&operation->lock);
    mi_operation_stop(operation, MI_REASON_NONE);
    release_session(operation);
}

void mi_operation_destroy(void *object)
{
    struct mi_operation *operation = object;

    for (unsigned i = 0; i < operation->count; i++)
        mi_result_clear(&operation->results[(operation->first + i) % operation->room]);
    if (operation->results != operation->few) mi_free(operation->results);
    if (operation->error) MI_Instance_Delete(operation->error);
    mi_request_free(&operation->request);
    mi_free(operation);
}

const void *mi_operation_session(const struct mi_operation *operation)
{
    return operation->session.object;
}

/* The handle is in the caller's place before the thread runs, and so before any callback. Where there is no thread, the
 * operation ends here. */
static MI_Result open_operation(struct cork_pin *session_pin, struct mi_operation *operation, MI_Operation *out)
{
    struct cork_pin pin;
    MI_Result result;

    cork_pin_reference(session_pin, &operation->session);
    result = mi_handle_open(MI_HANDLE_OPERATION, operation, &operation->handle.reserved1, &pin);
    if (result != MI_RESULT_OK)
    {
        cork_reference_release(&operation->session);
        mi_operation_destroy(operation);
        return result;
    }
    *out = operation->handle;
    cork_pin_reference(&pin, &operation->own);
    operation->deadline = GetTickCount64() + operation->request.timeout;
    operation->in_wmi = true;
    operation->workers = operation->asynchronous ? 2 : 1;
    if (mi_session_is_closing(session_pin->object)) mi_operation_stop(operation, MI_REASON_SHUTDOWN);
    start_threads(operation);
    cork_pin_release(&pin);
    return MI_RESULT_OK;
}

void mi_operation_start(struct cork_pin *session_pin, const MI_Session *session, struct mi_request *request,
                        enum mi_result_kind kind, MI_Uint32 flags, const MI_OperationCallbacks *callbacks,
                        MI_Operation *out)
{
    struct mi_operation *operation = out ? mi_alloc(sizeof(*operation)) : NULL;
    MI_Result result = out ? MI_RESULT_SERVER_LIMITS_EXCEEDED : MI_RESULT_INVALID_PARAMETER;

    if (out) memset(out, 0, sizeof(*out));
    if (!operation)
        mi_request_free(request);
    else
    {
        memset(operation, 0, sizeof(*operation));
        operation->handle.ft = &mi_operation_table;
        operation->session_handle = *session;
        operation->request = *request;
        operation->results = operation->few;
        operation->room = MI_RESULT_ROOM;
        operation->kind = kind;
        operation->flags = flags;
        operation->asynchronous = mi_has_callback(kind, callbacks);
        if (callbacks) operation->callbacks = *callbacks;
        result = open_operation(session_pin, operation, out);
    }
    if (result != MI_RESULT_OK) mi_operation_refuse(kind, callbacks, result);
}
