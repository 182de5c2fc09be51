/* corkd's folder in the prefix: the lock that makes it the only one, and the file by which clients find it. */
#ifndef CORKD_ENDPOINT_H
#define CORKD_ENDPOINT_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "common/host_protocol.h"

struct endpoint
{
    char prefix[PATH_MAX]; /* absolute, without symbolic links */
    char folder[PATH_MAX]; /* prefix/cork */
    char path[PATH_MAX];   /* of the endpoint file */
    int lock_fd;
    ino_t inode; /* of the published file */
    dev_t device;
    struct host_endpoint content;
};

enum endpoint_lock
{
    ENDPOINT_LOCKED,
    ENDPOINT_TAKEN, /* another corkd serves this prefix; endpoint->content.pid is its process, where it is known */
    ENDPOINT_FAILED,
};

/* Each function writes what went wrong as a sentence to `error` of `size` bytes. */

/* Resolves `prefix`, which has to be a folder of this user, and makes corkd's folder (mode 0700) in it. -1 on error. */
int endpoint_init(struct endpoint *endpoint, const char *prefix, char *error, size_t size);
/* Becomes the prefix's only corkd. Waits a moment for one that is just starting or ending. */
enum endpoint_lock endpoint_lock(struct endpoint *endpoint, char *error, size_t size);
/* Makes a token and puts the file (mode 0600) in its place in one step. -1 on error. */
int endpoint_publish(struct endpoint *endpoint, uint16_t port, char *error, size_t size);
/* Whether the published file is still there, this user's and readable for nobody else: NULL, or what is wrong. */
const char *endpoint_problem(const struct endpoint *endpoint);
/* Whether the published file is gone, or another one lies in its place. */
bool endpoint_is_gone(const struct endpoint *endpoint);
/* Removes the file if it is the published one. */
void endpoint_withdraw(struct endpoint *endpoint);
/* Gives the lock up. */
void endpoint_unlock(struct endpoint *endpoint);

#endif
