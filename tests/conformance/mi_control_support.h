/*
 * What the tests of operations' limits and of destinations share: how things end, and destination options.
 */
#ifndef CORK_TESTS_MI_CONTROL_SUPPORT_H
#define CORK_TESTS_MI_CONTROL_SUPPORT_H

#include "mi_test.h"

/* What an operation, or the opening of a session, ends with. */
struct ending
{
    MI_Result result;
    MI_Uint32 category, code;
    int has_error, results, empty_results;
    WCHAR message[200];
};

/* Reads the error instance, which may be NULL, into what is about it in `ending`. */
void read_error(const MI_Instance *error, struct ending *ending);

/* Destination options without any option; the caller deletes them. */
MI_DestinationOptions destination_options(void);

#endif
