/*
 * The peer of the bare loopback round trip: sends back what comes, one connection at a time.
 *
 * tcp_echo PORTFILE    writes its port there
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int write_port(const char *path, int listener)
{
    struct sockaddr_in address = {0};
    socklen_t size = sizeof(address);
    FILE *file = fopen(path, "w");

    if (!file || getsockname(listener, (struct sockaddr *)&address, &size)) return -1;
    fprintf(file, "%u\n", (unsigned)ntohs(address.sin_port));
    return fclose(file);
}

static void serve(int fd)
{
    char bytes[4096] = {0};
    ssize_t size;
    int one = 1;

    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    while ((size = recv(fd, bytes, sizeof(bytes), 0)) > 0)
        if (send(fd, bytes, (size_t)size, MSG_NOSIGNAL) != size) break;
    close(fd);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM, 0), fd;

    if (argc != 2 || listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) ||
        listen(listener, 4) || write_port(argv[1], listener))
        return 1;
    while ((fd = accept(listener, NULL, NULL)) >= 0)
        serve(fd);
    return 1;
}
