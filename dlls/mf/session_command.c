/* The queue of commands: they end in the order in which they were given, each with one event. */
#include "mf/session.h"

#include <stdlib.h>
#include "common/trace.h"

CORK_TRACE_CHANNEL(mf);

static void command_free(struct session_command *command)
{
    struct session *session = command->session;

    if (command->topology) IMFTopology_Release(command->topology);
    PropVariantClear(&command->position);
    free(command);
    session_unuse(session);
}

/* Ends a command with its event. */
static void command_end(struct session_command *command, HRESULT status)
{
    struct session *session = command->session;

    CORK_TRACE("session %p: %s ends with %#lx\n", (void *)session, session_input_name(command->input),
               (unsigned long)status);
    if (command->event == MEUnknown)
    {
    } /* has been told */
    else if (command->event == MESessionStarted)
        session_tell_started(session, status);
    else if (command->event == MESessionRateChanged)
        session_tell_rate(session, status, command->rate);
    else if (command->event == MESessionTopologySet)
        session_tell_topology_set(session, NULL, status);
    else
        session_tell(session, command->event, status);
    serial_yield(session->serial, (unsigned int)InterlockedExchange(&session->told_since, 0));
    command_free(command);
}

void session_end_command(struct session *session, HRESULT status)
{
    struct session_command *command = session->command;

    if (!command) return;
    session->command = NULL;
    command_end(command, status);
}

void session_cancel_commands(struct session *session, bool stops)
{
    struct session_command **place = &session->first, *command;

    if (session->command && (stops || session->command->input != SESSION_DO_STOP))
        session_end_command(session, MF_E_OPERATION_CANCELLED);
    while ((command = *place))
    {
        if (!stops && command->input == SESSION_DO_STOP)
        {
            place = &command->next;
            continue;
        }
        *place = command->next;
        command_end(command, MF_E_OPERATION_CANCELLED);
    }
    session->last = place;
}

/* Does one command, as the table says for this state. It ends here or becomes the one under way. */
static void take(struct session *session, struct session_command *command)
{
    struct session_step step = session_state_step(session->state, command->input);

    session->command = command;
    switch (step.action)
    {
    case SESSION_REFUSE:
        session_end_command(session, MF_E_INVALIDREQUEST);
        break;
    case SESSION_REFUSE_STOPPED:
        session_end_command(session, MF_E_SESSION_PAUSEWHILESTOPPED);
        break;
    case SESSION_REFUSE_SHUTDOWN:
        session_end_command(session, MF_E_SHUTDOWN);
        break;
    case SESSION_SUCCEED:
        session_end_command(session, S_OK);
        break;
    default:
        session_do(session, command);
        break;
    }
}

void session_take_commands(struct session *session)
{
    struct session_command *command;

    if (session->taking) return; /* the one further up takes them, however many end at once */
    session->taking = true;
    for (;;)
    {
        session_deal_with_end(session);
        if (session->command || !session->first || !session_state_is_steady(session->state)) break;
        command = session->first;
        session->first = command->next;
        if (!session->first) session->last = &session->first;
        take(session, command);
    }
    session->taking = false;
}

static void command_arrives(struct serial_item *item)
{
    struct session_command *command = (struct session_command *)item;
    struct session *session = command->session;

    session_use(session);
    if (session->state == SESSION_SHUT_DOWN)
        command_end(command, MF_E_SHUTDOWN);
    else if (command->input == SESSION_DO_CLOSE)
    {
        command_free(command);
        session_happened(session, SESSION_DO_CLOSE, S_OK);
    }
    else
    {
        command->next = NULL;
        *session->last = command;
        session->last = &command->next;
        session_take_commands(session);
    }
    session_unuse(session);
}

HRESULT session_command_submit(struct session *session, const struct session_command *model)
{
    struct session_command *command = malloc(sizeof(*command));
    PROPVARIANT position = model->position;
    HRESULT hr = E_OUTOFMEMORY;

    if (command)
    {
        *command = *model;
        command->item.run = command_arrives;
        command->session = session;
        session_use(session);
        hr = session->shut_down ? MF_E_SHUTDOWN : serial_queue(session->serial, &command->item);
        if (FAILED(hr)) command_free(command);
        return hr;
    }
    if (model->topology) IMFTopology_Release(model->topology);
    PropVariantClear(&position);
    return hr;
}
