#include "net_helper.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

volatile sig_atomic_t helper_stop;

static void on_signal(int number)
{
    (void)number;
    helper_stop = 1;
}

void helper_start(void)
{
    struct sigaction action = {.sa_handler = on_signal};

    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGTERM)) perror("prctl");
    setvbuf(stdout, NULL, _IOLBF, 0);
}

socklen_t helper_loopback(int family, uint16_t port, struct sockaddr_storage *address)
{
    memset(address, 0, sizeof(*address));
    if (family == AF_INET6)
    {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)address;
        in6->sin6_family = AF_INET6;
        in6->sin6_addr = in6addr_loopback;
        in6->sin6_port = htons(port);
        return sizeof(*in6);
    }
    struct sockaddr_in *in = (struct sockaddr_in *)address;
    in->sin_family = AF_INET;
    in->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in->sin_port = htons(port);
    return sizeof(*in);
}

int helper_udp(int family, uint16_t port)
{
    struct sockaddr_storage address;
    socklen_t length = helper_loopback(family, port, &address);
    int size = 4 << 20;
    /* A receive that ends now and then sees a signal that came just before it. */
    struct timeval tick = {0, 200000};
    int fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length))
    {
        fprintf(stderr, "cannot bind UDP port %u on loopback: %s\n", port, strerror(errno));
        exit(1);
    }
    /* Only a wish: a smaller buffer loses datagrams sooner, which the protocol allows. */
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof(tick));
    return fd;
}

uint16_t helper_port(int fd)
{
    union
    {
        struct sockaddr any;
        struct sockaddr_in in4;
        struct sockaddr_in6 in6;
    } address;
    socklen_t length = sizeof(address);

    memset(&address, 0, sizeof(address));
    if (getsockname(fd, &address.any, &length)) return 0;
    return ntohs(address.any.sa_family == AF_INET6 ? address.in6.sin6_port : address.in4.sin_port);
}

void helper_announce(const char *path, uint16_t port)
{
    char temporary[4096];
    FILE *file;

    if (!path)
    {
        printf("%u\n", port);
        return;
    }
    snprintf(temporary, sizeof(temporary), "%s.part", path);
    file = fopen(temporary, "w");
    if (!file || fprintf(file, "%u\n", port) < 0 || fclose(file) || rename(temporary, path))
    {
        fprintf(stderr, "cannot write %s: %s\n", path, strerror(errno));
        exit(1);
    }
}

void helper_seed(helper_random *r, uint64_t seed)
{
    r->state = seed * 0x9e3779b97f4a7c15u + 0x2545f4914f6cdd1du;
    if (!r->state) r->state = 1;
}

uint64_t helper_next(helper_random *r)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * 0x2545f4914f6cdd1du;
}

uint32_t helper_below(helper_random *r, uint32_t limit)
{
    return (uint32_t)((helper_next(r) >> 32) * limit >> 32);
}

int helper_chance(helper_random *r, double probability)
{
    return (double)(helper_next(r) >> 11) * 0x1p-53 < probability;
}

int64_t helper_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

long helper_number(const char *option, const char *text, long low, long high)
{
    char *end;
    long value = strtol(text ? text : "", &end, 0);

    if (!text || !*text || *end || value < low || value > high)
    {
        fprintf(stderr, "%s needs a number from %ld to %ld\n", option, low, high);
        exit(2);
    }
    return value;
}
