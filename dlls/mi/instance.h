/*
 * Instances: the objects behind MI_Instance. A dynamic one has the elements that are added to it; one of a class has
 * those of its class, from the beginning.
 *
 * An instance may be read by any number of threads at once; who changes it must be alone. What its functions hand out
 * belongs to it, and is good until the element is set or cleared, or the instance deleted.
 */
#ifndef CORK_MI_INSTANCE_H
#define CORK_MI_INSTANCE_H

#include <mi.h>

struct mi_class_data;

/* Makes a dynamic instance. Returns MI_RESULT_OK, MI_RESULT_INVALID_PARAMETER (no name, an empty one),
 * MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory). The caller deletes it with MI_Instance_Delete. */
MI_Result mi_instance_new(const MI_Char *class_name, MI_Instance **instance);

/* Makes an instance with the elements of `decl`, their values the defaults or NULL, all marked MI_FLAG_NOT_MODIFIED.
 * `class_name`: NULL for the declaration's own.
 * `data`: the class's data that the declaration lies in, which the instance keeps; or NULL: the declaration is the
 *   caller's and outlives the instance.
 * Returns as mi_instance_new; MI_RESULT_INVALID_CLASS where the declaration is not whole. */
MI_Result mi_instance_of(const MI_Char *class_name, const MI_ClassDecl *decl, struct mi_class_data *data,
                         MI_Instance **instance);

/* Bytes that the instance has allocated, without those of embedded instances and of its class. 0 for one that is none
 * of ours. */
size_t mi_instance_bytes(const MI_Instance *instance);

extern const MI_InstanceFT mi_instance_table;

#endif
