/*
 * What goes with a request to WMI's providers beside its arguments.
 */
#ifndef CORK_MI_WMI_CONTEXT_H
#define CORK_MI_WMI_CONTEXT_H

#include <windows.h>
#include <wbemcli.h>

#include "mi/request.h"

/* Makes a context of the request's options; NULL where it has none. The caller releases it.
 * Returns S_OK, E_OUTOFMEMORY, E_NOTIMPL for a value of a type that contexts do not take, or COM's own error. */
HRESULT mi_wmi_context(const struct mi_request *request, IWbemContext **context);

#endif
