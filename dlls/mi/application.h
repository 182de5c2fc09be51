/*
 * Applications: what sessions and objects are made from.
 */
#ifndef CORK_MI_APPLICATION_H
#define CORK_MI_APPLICATION_H

#include <mi.h>

extern const MI_ApplicationFT mi_application_table;
extern const MI_HostedProviderFT mi_hosted_provider_table;

/* The callbacks of an application in the handle table. */
void mi_application_cancel(void *object);
void mi_application_destroy(void *object);

/* An error instance in the place that the caller has for it, if any; returns `result`. `message`: NULL for the result's
 * text. */
MI_Result mi_fail(MI_Instance **extended_error, MI_Result result, const MI_Char *message);

#endif
