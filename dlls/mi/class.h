/*
 * Classes: the objects behind MI_Class, qualifier sets and parameter sets.
 *
 * A class's declaration is copied whole, its super-classes included, into one block of data that all clones, parents
 * and instances of the class share and that goes with the last of them. Everything in it is read-only, so any number of
 * threads may use it.
 */
#ifndef CORK_MI_CLASS_H
#define CORK_MI_CLASS_H

#include <mi.h>

struct mi_class_data;

/* A longer chain of super-classes is taken for a circle. */
#define MI_MAX_SUPERCLASSES 128

/* Copies a declaration.
 * Returns MI_RESULT_OK; MI_RESULT_INVALID_CLASS (a name, array or type in it is missing or wrong);
 * MI_RESULT_INVALID_SUPERCLASS (a chain of more than MI_MAX_SUPERCLASSES);
 * MI_RESULT_SERVER_LIMITS_EXCEEDED (no memory). The caller has a reference to `data`. */
MI_Result mi_class_data_new(const MI_ClassDecl *decl, struct mi_class_data **data);
void mi_class_data_add_reference(struct mi_class_data *data);
/* NULL is allowed. */
void mi_class_data_release(struct mi_class_data *data);
const MI_ClassDecl *mi_class_data_decl(const struct mi_class_data *data);
/* Bytes that it has allocated. */
size_t mi_class_data_bytes(const struct mi_class_data *data);

/* Makes a class object on a declaration that lies in `data`, and takes a reference to it. The names may be NULL; they
 * are copied. The caller deletes it with MI_Class_Delete. */
MI_Result mi_class_new(struct mi_class_data *data, const MI_ClassDecl *decl, const MI_Char *name_space,
                       const MI_Char *server_name, MI_Class **object);

/* As mi_class_data_new and mi_class_new in one. */
MI_Result mi_class_from_decl(const MI_ClassDecl *decl, const MI_Char *name_space, const MI_Char *server_name,
                             MI_Class **object);

/* The data of a class object that is ours, else NULL. */
struct mi_class_data *mi_class_get_data(const MI_Class *object);

extern const MI_ClassFT mi_class_table;

/* Sets on what lies in a class, or in a declaration that outlives them. */
void mi_qualifier_set_init(MI_QualifierSet *set, MI_Qualifier MI_CONST *MI_CONST *qualifiers, MI_Uint32 count);
void mi_parameter_set_init(MI_ParameterSet *set, const MI_MethodDecl *method);

#endif
