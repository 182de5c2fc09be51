/* A Windows program that uses ntmsapi.dll as its input tells it to. See ntmsapi_driver.c. */
#ifndef NTMSAPI_DRIVER_H
#define NTMSAPI_DRIVER_H

#include <windows.h>
#include <ntmsapi.h>

#define WORDS_MAX 24
#define FOUND_MAX 8192

/* A line of input and what comes of it. */
struct command
{
    char line[1024];
    char *words[WORDS_MAX + 1]; /* ended by NULL; words[0] is the command */
    char *output;               /* to be freed with free(); NULL: none */
    size_t size;
    DWORD error; /* the result */
};

/* The session of the commands: closed and opened by commands only. */
extern HANDLE session;

/* Adds a line to the command's output; `format` ends with no newline. */
void say(struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The number in a word; 0 where there is none. */
DWORD number(const char *word);
/* The value of "name=value" among the command's words; NULL: it is not there. */
const char *option(const struct command *command, const char *name);
DWORD option_number(const struct command *command, const char *name, DWORD otherwise);

/* ---- ntmsapi_objects.c ---- */

/* Lists the objects of a type in a container (NULL: everywhere). */
DWORD list_objects(const NTMS_GUID *container, DWORD type, NTMS_GUID found[FOUND_MAX], DWORD *count);
DWORD get_object(const NTMS_GUID *id, DWORD type, NTMS_OBJECTINFORMATIONA *object);
/* By name; a medium by its bar code, "" finds nothing. ERROR_OBJECT_NOT_FOUND. */
DWORD find_library(const char *name, NTMS_GUID *id);
DWORD find_medium(const char *barcode, NTMS_GUID *id);
/* The first side, with what it holds. */
DWORD find_side(const char *barcode, NTMS_GUID *side, NTMS_OBJECTINFORMATIONA *object);
/* By number within a library, from 1. */
DWORD find_element(const char *library, DWORD type, DWORD position, NTMS_GUID *id);
/* The pool of the medium's type below one of the system's three (NTMS_POOLTYPE_SCRATCH ...). */
DWORD find_system_pool(DWORD pool_type, const NTMS_GUID *media_type, NTMS_GUID *id);
DWORD find_pool(const char *name, NTMS_GUID *id);

/* The commands of each file, ended by NULL: a command's name and its function. */
struct verb
{
    const char *name;
    DWORD (*run)(struct command *command);
};
extern const struct verb object_verbs[], media_verbs[], library_verbs[], service_verbs[];

#endif
