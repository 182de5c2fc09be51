/* How each kind of handle is cancelled and destroyed. See handles.h. */
#include "mi/handles.h"

#include "mi/application.h"
#include "mi/option_tables.h"
#include "mi/session.h"

const struct cork_handle_type mi_handle_types[MI_HANDLE_KINDS] = {
    {"application", mi_application_cancel, mi_application_destroy},
    {"session", mi_session_cancel, mi_session_destroy},
    {"operation", mi_operation_cancel, mi_operation_destroy},
    {"destination options", NULL, mi_option_handle_destroy},
    {"operation options", NULL, mi_option_handle_destroy},
    {"subscription delivery options", NULL, mi_option_handle_destroy},
};
