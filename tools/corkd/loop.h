/* The loop's descriptors: what epoll gives back for each. */
#ifndef CORKD_LOOP_H
#define CORKD_LOOP_H

#include "corkd/daemon.h"

/* The two top bits of epoll's 64 say what it is, the rest is its number: that of a descriptor which has gone meanwhile
 * is found nowhere. */
#define LOOP_CONNECTION 0ull
#define LOOP_WATCH      (1ull << 62)
#define LOOP_LISTENER   (2ull << 62)
#define LOOP_SIGNAL     (3ull << 62)
#define LOOP_KIND       (3ull << 62)

/* Any thread. False: no memory, or nothing that epoll takes. */
bool loop_add(int fd, uint64_t id);
void loop_remove(int fd);

/* Calls what waits for that descriptor. */
void watch_readable(uint64_t id);

#endif
