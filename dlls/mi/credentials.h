/*
 * Credentials of a set of options: a list in the order in which they were added.
 */
#ifndef CORK_MI_CREDENTIALS_H
#define CORK_MI_CREDENTIALS_H

#include <mi.h>

#include <stdbool.h>

struct mi_credentials;

/* Wipes and frees the whole list; NULL is allowed. */
void mi_credentials_delete(struct mi_credentials *list);
/* Copies the whole list. Returns false for lack of memory; `copy` is what was copied until then. */
bool mi_credentials_clone(const struct mi_credentials *list, struct mi_credentials **copy);

#endif
