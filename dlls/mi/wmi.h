/*
 * The prefix's own WMI, through COM.
 */
#ifndef CORK_MI_WMI_H
#define CORK_MI_WMI_H

#include "mi/operation.h"
#include "mi/request.h"

/* Carries out a request, on a thread of its own: posts its results, and says how it failed if it did. */
void mi_wmi_run(struct mi_operation *operation, const struct mi_request *request);

#endif
