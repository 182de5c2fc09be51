/* What is associated with an instance: by WQL's ASSOCIATORS OF and REFERENCES OF. See wmi_call.h. */
#define COBJMACROS
#include "mi/wmi_call.h"

#include "common/trace.h"
#include "mi/allocation.h"
#include "mi/object_path.h"
#include "mi/text.h"
#include "mi/wmi_lineage.h"
#include "mi/text_builder.h"
#include "mi/wmi_schema.h"

#include <stdbool.h>

CORK_TRACE_CHANNEL(mi);

/* Names are put into a query, so they may be nothing but names (DSP0004: letters, digits, underscores, and what is
 * beyond ASCII). */
static bool is_name(const MI_Char *name)
{
    if (!*name || (*name >= '0' && *name <= '9')) return false;
    for (; *name; name++)
    {
        MI_Char c = *name;

        if (c != '_' && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && c < 128)
            return false;
    }
    return true;
}

/* A restriction, where there is one. Returns whether it is a name or none. */
static bool put_restriction(struct mi_text_builder *query, bool *any, const MI_Char *what, const MI_Char *name)
{
    if (!name) return true;
    mi_text_put(query, *any ? MI_T(" ") : MI_T(" WHERE "));
    mi_text_put(query, what);
    mi_text_put(query, MI_T(" = "));
    mi_text_put(query, name);
    *any = true;
    return is_name(name);
}

/* The query; NULL on failure. `role`: in the place of the request's, if not NULL. */
static HRESULT make_query(const struct mi_request *request, const MI_Char *relation, const MI_Char *role,
                          MI_Char **text)
{
    struct mi_text_builder query = {NULL, 0, 0, false};
    bool any = false, good;
    MI_Char *path;
    MI_Result made = mi_object_path(request->instance, false, &path);

    *text = NULL;
    if (made != MI_RESULT_OK) return made == MI_RESULT_SERVER_LIMITS_EXCEEDED ? E_OUTOFMEMORY : WBEM_E_INVALID_OBJECT;
    mi_text_put(&query, relation);
    mi_text_put(&query, MI_T(" OF {"));
    mi_text_put(&query, path);
    mi_text_put(&query, MI_T("}"));
    mi_free(path);
    good = put_restriction(&query, &any, MI_T("AssocClass"), request->association) &&
           put_restriction(&query, &any, MI_T("ResultClass"), request->class_name) &&
           put_restriction(&query, &any, MI_T("Role"), role ? role : request->role) &&
           put_restriction(&query, &any, MI_T("ResultRole"), request->result_role);
    if (good && !query.failed)
    {
        *text = query.at;
        return S_OK;
    }
    mi_free(query.at);
    return good ? E_OUTOFMEMORY : (HRESULT)WBEM_E_INVALID_PARAMETER;
}

/* Whether the object is of the class, or one derived from it. */
static bool is_of_class(IWbemClassObject *object, const MI_Char *name)
{
    BSTR own = mi_wmi_class_name(object);
    bool is = own && mi_name_equal(own, name);
    VARIANT derivation;

    SysFreeString(own);
    VariantInit(&derivation);
    if (!is && SUCCEEDED(IWbemClassObject_Get(object, L"__DERIVATION", 0, &derivation, NULL, NULL)))
        is = mi_wmi_is_among(&derivation, name);
    VariantClear(&derivation);
    return is;
}

/* Wine gives what is of other classes, too. */
static HRESULT post_of_class(const struct mi_wmi_call *call, IWbemClassObject *object)
{
    const MI_Char *name = call->request->class_name;

    return !name || is_of_class(object, name) ? mi_wmi_post_object(call, object) : S_OK;
}

static HRESULT refuse(const struct mi_wmi_call *call, IWbemClassObject *object)
{
    (void)object;
    CORK_FIXME("%s: WMI does not look at roles and association classes\n", cork_debugstr_w(call->request->name));
    return WBEM_E_NOT_SUPPORTED;
}

/* Wine does not look at what is wanted, and gives everything. What it gives of a role that no association has tells
 * it. */
static HRESULT check_restrictions(const struct mi_wmi_call *call, const MI_Char *relation)
{
    const struct mi_request *request = call->request;
    MI_Char *query;
    HRESULT result;

    if (!request->association && !request->role && !request->result_role) return S_OK;
    result = make_query(request, relation, MI_T("Cork_NoSuchRole"), &query);
    if (FAILED(result)) return result;
    result = mi_wmi_each_of_query(call, query, refuse);
    mi_free(query);
    return result == (HRESULT)WBEM_E_NOT_SUPPORTED ? result : S_OK;
}

static HRESULT post_related(const struct mi_wmi_call *call, const MI_Char *relation)
{
    MI_Char *query = NULL;
    HRESULT result = make_query(call->request, relation, NULL, &query);

    if (SUCCEEDED(result)) result = check_restrictions(call, relation);
    if (SUCCEEDED(result)) result = mi_wmi_each_of_query(call, query, post_of_class);
    mi_free(query);
    return result;
}

HRESULT mi_wmi_associator_instances(const struct mi_wmi_call *call)
{
    return post_related(call, MI_T("ASSOCIATORS"));
}

HRESULT mi_wmi_reference_instances(const struct mi_wmi_call *call)
{
    return post_related(call, MI_T("REFERENCES"));
}
