/* What the native helper programs of the interop tests share: sockets on loopback, an orderly end, a seeded generator.
 */

#ifndef CORK_NET_HELPER_H
#define CORK_NET_HELPER_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#define MAX_DATAGRAM 65536

/* Set once SIGTERM or SIGINT came; a helper's loop ends at it. */
extern volatile sig_atomic_t helper_stop;

/* Ends the process with its parent (so that an interrupted test leaves nothing running) and turns SIGTERM and SIGINT
 * into helper_stop. The signals interrupt a blocked system call. Call once, first. */
void helper_start(void);

/* A UDP socket bound to loopback. family: AF_INET or AF_INET6; port: 0 for one that is free. Exits with a message where
 * it cannot. */
int helper_udp(int family, uint16_t port);

/* The port, in host order, that a bound socket has. */
uint16_t helper_port(int fd);

/* Writes the port and a line feed to the file by renaming, so that a reader never sees half of it; to standard output
 * where path is NULL. */
void helper_announce(const char *path, uint16_t port);

/* The loopback address of a family with a port. Returns its length. */
socklen_t helper_loopback(int family, uint16_t port, struct sockaddr_storage *address);

/* A generator with a seed (xorshift64*): the same seed gives the same test. A state is never 0. */
typedef struct
{
    uint64_t state;
} helper_random;

void helper_seed(helper_random *r, uint64_t seed);
uint64_t helper_next(helper_random *r);
/* A number below limit; limit is above 0. */
uint32_t helper_below(helper_random *r, uint32_t limit);
/* Whether an event of this probability (0 to 1) happens. */
int helper_chance(helper_random *r, double probability);

/* Milliseconds of the monotonic clock. */
int64_t helper_now_ms(void);

/* A decimal number from a command line, or an exit with a message that names the option. */
long helper_number(const char *option, const char *text, long low, long high);

#endif
