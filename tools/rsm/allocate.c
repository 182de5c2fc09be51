/* rsm allocate, rsm deallocate. */
#include "command.h"

#include <stdlib.h>

struct allocation
{
    NTMS_GUID pool, partition, medium;
    BOOL has_partition;
    DWORD options, timeout;
};

static DWORD allocate(HANDLE session, void *context)
{
    struct allocation *allocation = context;

    return AllocateNtmsMedia(session, &allocation->pool, allocation->has_partition ? &allocation->partition : NULL,
                             &allocation->medium, allocation->options, allocation->timeout, NULL);
}

static void describe(HANDLE session, void *context, char *text, size_t size)
{
    (void)context;
    describe_operator_requests(session, text, size);
}

static DWORD options_of(const struct command_line *line)
{
    static const DWORD options[] = {NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE, NTMS_ALLOCATE_NEW, NTMS_ALLOCATE_NEXT};
    DWORD wanted = 0;

    for (int i = 0; i < 3; i++)
        if (line_switch(line, "o")->number >> i & 1) wanted |= options[i];
    return wanted;
}

static DWORD read_allocation(HANDLE session, const struct command_line *line, struct allocation *allocation)
{
    const struct switch_value *logical = line_switch(line, "l"), *partition = line_switch(line, "p");
    const struct switch_value *timeout = line_switch(line, "t");
    DWORD error = find_pool(session, line_switch(line, "m")->text, &allocation->pool);

    allocation->options = options_of(line);
    allocation->timeout = timeout->given ? timeout->number : INFINITE;
    allocation->has_partition = partition->given;
    if (error) return error;
    if (!(allocation->options & NTMS_ALLOCATE_NEXT) != !logical->given)
        return fail_plainly(ERROR_INVALID_PARAMETER, "/onext takes the next side of the medium of /l: both are needed");
    if (logical->given) error = find_object(session, logical, NTMS_LOGICAL_MEDIA, NULL, &allocation->medium);
    if (!error && partition->given)
        error = find_object(session, partition, NTMS_PARTITION, NULL, &allocation->partition);
    return error;
}

static DWORD name_partition(HANDLE session, const NTMS_GUID *medium, const char *name, const char *description)
{
    NTMS_GUID *ids;
    DWORD count, error;

    if (!name && !description) return 0;
    error = list_objects(session, medium, NTMS_PARTITION, &ids, &count);
    if (error || !count) return fail(error ? error : ERROR_OBJECT_NOT_FOUND, "partition of %s", id_text(medium));
    error = rename_object(session, &ids[0], name, description);
    free(ids);
    return error;
}

static DWORD name_all(HANDLE session, const struct command_line *line, const NTMS_GUID *medium)
{
    const char *name = line_switch(line, "ln")->text, *description = line_switch(line, "ld")->text;
    DWORD error = 0;

    if (name || description) error = rename_object(session, medium, name, description);
    if (error) return error;
    return name_partition(session, medium, line_switch(line, "pn")->text, line_switch(line, "pd")->text);
}

DWORD verb_allocate(HANDLE session, const struct command_line *line)
{
    struct allocation allocation = {.options = 0};
    const struct long_call call = {allocate, describe, &allocation};
    char name[TEXT_SIZE];
    DWORD error = read_allocation(session, line, &allocation);

    if (error) return error;
    error = wait_for(session, &call);
    if (error) return fail(error, "allocate from %s", line_switch(line, "m")->text);
    error = name_all(session, line, &allocation.medium);
    if (line_switch(line, "b")->given)
        say("%s\n", id_text(&allocation.medium));
    else
        say("Allocated %s\nLogical medium %s\n", name_of(session, &allocation.medium, name),
            id_text(&allocation.medium));
    return error;
}

/* ---- Deallocating ---- */

/* The logical medium that a partition is allocated as. */
static DWORD logical_of(HANDLE session, const struct switch_value *partition, NTMS_GUID *id)
{
    object_information information;
    DWORD error = find_object(session, partition, NTMS_PARTITION, NULL, id);

    if (error) return error;
    error = read_object(session, id, NTMS_PARTITION, &information);
    if (error) return fail(error, "partition %s", partition->text);
    if (is_null_id(&information.Info.Partition.LogicalMedia))
        return fail_plainly(ERROR_INVALID_STATE, "the partition %s is not allocated", partition->text);
    *id = information.Info.Partition.LogicalMedia;
    return 0;
}

DWORD verb_deallocate(HANDLE session, const struct command_line *line)
{
    const struct switch_value *logical = line_switch(line, "l"), *partition = line_switch(line, "p");
    NTMS_GUID id;
    DWORD error = logical->given ? find_object(session, logical, NTMS_LOGICAL_MEDIA, NULL, &id)
                                 : logical_of(session, partition, &id);

    if (error) return error;
    error = DeallocateNtmsMedia(session, &id, 0);
    if (error) return fail(error, "deallocate %s", logical->given ? logical->text : partition->text);
    return 0;
}
