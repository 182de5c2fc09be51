/* rsm requests. */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>

#include "table.h"

static void time_text(const SYSTEMTIME *utc, char *text, size_t size)
{
    SYSTEMTIME local;

    text[0] = 0;
    if (!utc->wYear || !SystemTimeToTzSpecificLocalTime(NULL, utc, &local)) return;
    snprintf(text, size, "%04u-%02u-%02u %02u:%02u:%02u", local.wYear, local.wMonth, local.wDay, local.wHour,
             local.wMinute, local.wSecond);
}

static void add_operator_request(HANDLE session, struct table *table, const object_information *object)
{
    const NTMS_OPREQUESTINFORMATIONW *request = &object->Info.OpRequest;
    char message[TEXT_SIZE], medium[TEXT_SIZE], application[TEXT_SIZE], submitted[32];
    const char *const row[] = {id_text(&object->ObjectGuid),
                               operator_request(request->Request),
                               operator_request_state(request->State),
                               submitted,
                               to_utf8(request->szApplication, application, sizeof(application)),
                               name_of(session, &request->Arg1, medium),
                               to_utf8(request->szMessage, message, sizeof(message))};

    time_text(&request->Submitted, submitted, sizeof(submitted));
    table_add(table, row);
}

static void add_library_request(HANDLE session, struct table *table, const object_information *object)
{
    const NTMS_LIBREQUESTINFORMATIONW *request = &object->Info.LibRequest;
    char library[TEXT_SIZE], medium[TEXT_SIZE], drive[TEXT_SIZE], application[TEXT_SIZE], queued[32], error[16] = "";
    const char *const row[] = {id_text(&object->ObjectGuid),
                               library_operation(request->OperationCode),
                               library_request_state(request->State),
                               queued,
                               to_utf8(request->szApplication, application, sizeof(application)),
                               name_of(session, &request->Library, library),
                               name_of(session, &request->PhysMediaId, medium),
                               name_of(session, &request->DriveId, drive),
                               error};

    time_text(&request->TimeQueued, queued, sizeof(queued));
    if (request->dwErrorCode) snprintf(error, sizeof(error), "%lu", request->dwErrorCode);
    table_add(table, row);
}

struct kind
{
    DWORD type;
    const char *title;
    unsigned columns;
    const char *head[9];
    void (*add)(HANDLE session, struct table *table, const object_information *object);
};

static BOOL has_ended(const object_information *object)
{
    return object->dwType == NTMS_OPREQUEST ? operator_request_has_ended(object->Info.OpRequest.State)
                                            : library_request_has_ended(object->Info.LibRequest.State);
}

static DWORD print_kind(HANDLE session, const struct command_line *line, const struct kind *kind)
{
    const BOOL bare = line_switch(line, "b")->given, all = line_switch(line, "all")->given;
    object_information object;
    struct table table;
    NTMS_GUID *ids;
    DWORD count, shown = 0, error = list_objects(session, NULL, kind->type, &ids, &count);
    char *text;

    if (error) return fail(error, "%s", kind->title);
    table_begin(&table, kind->columns, kind->head);
    for (DWORD i = 0; i < count; i++)
    {
        if (read_object(session, &ids[i], kind->type, &object) || (has_ended(&object) && !all)) continue;
        shown++;
        if (bare)
            say("%s\n", id_text(&ids[i]));
        else
            kind->add(session, &table, &object);
    }
    text = table_text(&table);
    if (!bare) say("%s: %s\n%s", kind->title, shown ? "" : "none", shown && text ? text : "");
    free(text);
    table_free(&table);
    free(ids);
    return 0;
}

DWORD verb_requests(HANDLE session, const struct command_line *line)
{
    static const struct kind kinds[] = {
        {NTMS_OPREQUEST,
         "Operator requests",
         7,
         {"GUID", "Kind", "State", "Submitted", "Application", "About", "Message"},
         add_operator_request},
        {NTMS_LIBREQUEST,
         "Library requests",
         9,
         {"GUID", "Operation", "State", "Queued", "Application", "Library", "Medium", "Drive", "Error"},
         add_library_request},
    };
    DWORD error = print_kind(session, line, &kinds[0]);

    return error ? error : print_kind(session, line, &kinds[1]);
}
