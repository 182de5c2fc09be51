/*
 * A Windows program that uses ntmsapi.dll as its input tells it to: the removable storage tests' hands.
 *
 * It reads commands, one a line, and answers each with the lines that it has to say, each after two spaces, and a last
 * one, "= ERROR_BUSY": the name of the function's result ("= 0" for success), or its number.
 *
 *   start LABEL COMMAND...   performs the command on a thread of its own; answers at once
 *   finish LABEL             waits for that thread, up to a minute, and answers as the command would have
 *   open [APPLICATION]       a session for all that follows; close
 *   exit CODE, crash         ends the program, in order (without closing the session), or by TerminateProcess
 *
 * The others are in ntmsapi_objects.c, ntmsapi_media.c, ntmsapi_libraries.c and ntmsapi_service.c.
 */
#include "ntmsapi_driver.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREAD_TIME 60000

HANDLE session;

static CRITICAL_SECTION output_lock;

/* ---- Results ---- */

#define ERROR_NAME(name)                                                                                               \
    {                                                                                                                  \
        name, #name                                                                                                    \
    }
static const struct
{
    DWORD code;
    const char *name;
} error_names[] = {
    {0, "0"},
    ERROR_NAME(ERROR_FILE_NOT_FOUND),
    ERROR_NAME(ERROR_ACCESS_DENIED),
    ERROR_NAME(ERROR_INVALID_HANDLE),
    ERROR_NAME(ERROR_NOT_ENOUGH_MEMORY),
    ERROR_NAME(ERROR_WRITE_PROTECT),
    ERROR_NAME(ERROR_NOT_SUPPORTED),
    ERROR_NAME(ERROR_INVALID_PARAMETER),
    ERROR_NAME(ERROR_INSUFFICIENT_BUFFER),
    ERROR_NAME(ERROR_BUSY),
    ERROR_NAME(ERROR_ALREADY_EXISTS),
    ERROR_NAME(ERROR_NO_DATA),
    ERROR_NAME(ERROR_CANCELLED),
    ERROR_NAME(ERROR_CONNECTION_UNAVAIL),
    ERROR_NAME(ERROR_TIMEOUT),
    ERROR_NAME(ERROR_NOT_CONNECTED),
    ERROR_NAME(ERROR_DEVICE_NOT_CONNECTED),
    ERROR_NAME(ERROR_NO_SYSTEM_RESOURCES),
    ERROR_NAME(ERROR_INVALID_MEDIA),
    ERROR_NAME(ERROR_INVALID_LIBRARY),
    ERROR_NAME(ERROR_INVALID_MEDIA_POOL),
    ERROR_NAME(ERROR_DRIVE_MEDIA_MISMATCH),
    ERROR_NAME(ERROR_MEDIA_OFFLINE),
    ERROR_NAME(ERROR_LIBRARY_OFFLINE),
    ERROR_NAME(ERROR_EMPTY),
    ERROR_NAME(ERROR_NOT_EMPTY),
    ERROR_NAME(ERROR_MEDIA_UNAVAILABLE),
    ERROR_NAME(ERROR_RESOURCE_DISABLED),
    ERROR_NAME(ERROR_INVALID_CLEANER),
    ERROR_NAME(ERROR_UNABLE_TO_CLEAN),
    ERROR_NAME(ERROR_OBJECT_NOT_FOUND),
    ERROR_NAME(ERROR_DATABASE_FAILURE),
    ERROR_NAME(ERROR_DATABASE_FULL),
    ERROR_NAME(ERROR_MEDIA_INCOMPATIBLE),
    ERROR_NAME(ERROR_RESOURCE_NOT_PRESENT),
    ERROR_NAME(ERROR_INVALID_OPERATION),
    ERROR_NAME(ERROR_MEDIA_NOT_AVAILABLE),
    ERROR_NAME(ERROR_DEVICE_NOT_AVAILABLE),
    ERROR_NAME(ERROR_REQUEST_REFUSED),
    ERROR_NAME(ERROR_INVALID_DRIVE_OBJECT),
    ERROR_NAME(ERROR_LIBRARY_FULL),
    ERROR_NAME(ERROR_MEDIUM_NOT_ACCESSIBLE),
    ERROR_NAME(ERROR_UNABLE_TO_LOAD_MEDIUM),
    ERROR_NAME(ERROR_UNABLE_TO_INVENTORY_DRIVE),
    ERROR_NAME(ERROR_UNABLE_TO_INVENTORY_SLOT),
    ERROR_NAME(ERROR_UNABLE_TO_INVENTORY_TRANSPORT),
    ERROR_NAME(ERROR_TRANSPORT_FULL),
    ERROR_NAME(ERROR_CONTROLLING_IEPORT),
    ERROR_NAME(ERROR_UNABLE_TO_EJECT_MOUNTED_MEDIA),
    ERROR_NAME(ERROR_CLEANER_SLOT_SET),
    ERROR_NAME(ERROR_CLEANER_SLOT_NOT_SET),
    ERROR_NAME(ERROR_CLEANER_CARTRIDGE_SPENT),
    ERROR_NAME(ERROR_UNEXPECTED_OMID),
    ERROR_NAME(ERROR_CANT_DELETE_LAST_ITEM),
    ERROR_NAME(ERROR_MESSAGE_EXCEEDS_MAX_SIZE),
    ERROR_NAME(ERROR_VOLUME_CONTAINS_SYS_FILES),
    ERROR_NAME(ERROR_INDIGENOUS_TYPE),
    ERROR_NAME(ERROR_NO_SUPPORTING_DRIVES),
    ERROR_NAME(ERROR_CLEANER_CARTRIDGE_INSTALLED),
    ERROR_NAME(ERROR_IEPORT_FULL),
    ERROR_NAME(ERROR_INVALID_STATE),
    ERROR_NAME(ERROR_INVALID_DRIVE),
};

void say(struct command *command, const char *format, ...)
{
    char text[1024];
    size_t length;
    char *output;
    va_list values;

    va_start(values, format);
    vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    length = strlen(text);
    output = realloc(command->output, command->size + length + 4);
    if (!output) return;
    command->output = output;
    command->size += (size_t)sprintf(output + command->size, "  %s\n", text);
}

static void answer(struct command *command)
{
    const char *name = NULL;

    for (size_t i = 0; i < sizeof(error_names) / sizeof(error_names[0]); i++)
        if (error_names[i].code == command->error) name = error_names[i].name;
    EnterCriticalSection(&output_lock);
    if (command->output) fputs(command->output, stdout);
    if (name)
        printf("= %s\n", name);
    else
        printf("= %lu\n", command->error);
    fflush(stdout);
    LeaveCriticalSection(&output_lock);
    free(command->output);
    command->output = NULL;
}

/* ---- Words ---- */

static void split(struct command *command)
{
    int count = 0;

    for (char *word = strtok(command->line, " \t\r\n"); word && count < WORDS_MAX; word = strtok(NULL, " \t\r\n"))
        command->words[count++] = word;
    command->words[count] = NULL;
}

DWORD number(const char *word)
{
    return word ? strtoul(word, NULL, 0) : 0;
}

const char *option(const struct command *command, const char *name)
{
    size_t length = strlen(name);

    for (int i = 1; command->words[i]; i++)
        if (!strncmp(command->words[i], name, length) && command->words[i][length] == '=')
            return command->words[i] + length + 1;
    return NULL;
}

DWORD option_number(const struct command *command, const char *name, DWORD otherwise)
{
    const char *value = option(command, name);

    return value ? number(value) : otherwise;
}

/* ---- The program's own commands ---- */

static DWORD open_session(struct command *command)
{
    session = OpenNtmsSessionA(NULL, command->words[1] ? command->words[1] : "ntmsapi_driver", 0);
    return session == INVALID_HANDLE_VALUE ? GetLastError() : 0;
}

static DWORD close_session(struct command *command)
{
    (void)command;
    return CloseNtmsSession(session);
}

static DWORD exit_program(struct command *command)
{
    ExitProcess(number(command->words[1]));
}

static DWORD crash(struct command *command)
{
    (void)command;
    TerminateProcess(GetCurrentProcess(), 9);
    return 0;
}

static const struct verb own_verbs[] = {
    {"open", open_session}, {"close", close_session}, {"exit", exit_program}, {"crash", crash}, {NULL, NULL}};

static void run(struct command *command)
{
    static const struct verb *const all[] = {own_verbs, object_verbs, media_verbs, library_verbs, service_verbs};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        for (const struct verb *verb = all[i]; verb->name; verb++)
            if (!strcmp(verb->name, command->words[0]))
            {
                command->error = verb->run(command);
                return;
            }
    say(command, "no such command: %s", command->words[0]);
    command->error = ERROR_CALL_NOT_IMPLEMENTED;
}

/* ---- Threads ---- */

struct thread
{
    struct thread *next;
    char label[32];
    struct command command;
    HANDLE handle;
};

static struct thread *threads;

static DWORD WINAPI thread_main(void *context)
{
    run(&((struct thread *)context)->command);
    return 0;
}

static DWORD start_thread(struct command *command)
{
    struct thread *thread;

    if (!command->words[1] || !command->words[2]) return ERROR_INVALID_PARAMETER;
    thread = calloc(1, sizeof(*thread));
    if (!thread) return ERROR_NOT_ENOUGH_MEMORY;
    snprintf(thread->label, sizeof(thread->label), "%s", command->words[1]);
    memcpy(thread->command.line, command->line, sizeof(command->line));
    for (int i = 2; command->words[i]; i++)
        thread->command.words[i - 2] = thread->command.line + (command->words[i] - command->line);
    thread->handle = CreateThread(NULL, 0, thread_main, thread, 0, NULL);
    if (!thread->handle)
    {
        free(thread);
        return ERROR_NOT_ENOUGH_MEMORY;
    }
    thread->next = threads;
    threads = thread;
    return 0;
}

static DWORD finish_thread(struct command *command)
{
    struct thread **link = &threads, *thread;
    DWORD error;

    while (*link && command->words[1] && strcmp((*link)->label, command->words[1]))
        link = &(*link)->next;
    thread = *link;
    if (!thread || WaitForSingleObject(thread->handle, THREAD_TIME)) return ERROR_NOT_READY;
    CloseHandle(thread->handle);
    *link = thread->next;
    command->output = thread->command.output;
    error = thread->command.error;
    free(thread);
    return error;
}

int main(void)
{
    struct command command;

    InitializeCriticalSection(&output_lock);
    memset(&command, 0, sizeof(command));
    while (fgets(command.line, sizeof(command.line), stdin))
    {
        split(&command);
        if (!command.words[0]) continue;
        command.error = 0;
        command.size = 0;
        if (!strcmp(command.words[0], "start"))
            command.error = start_thread(&command);
        else if (!strcmp(command.words[0], "finish"))
            command.error = finish_thread(&command);
        else
            run(&command);
        answer(&command);
    }
    return 0;
}
