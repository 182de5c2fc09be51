/* Prints a UDP port that is free on loopback, for IPv4 and (where it is there) IPv6. Another program may take it in
 * between; whoever starts a server on it tries again then. */

#include <stdio.h>
#include <unistd.h>

#include "net_helper.h"

int main(void)
{
    for (int i = 0; i < 100; i++)
    {
        struct sockaddr_storage address;
        int fd = helper_udp(AF_INET, 0), fd6 = socket(AF_INET6, SOCK_DGRAM, 0);
        uint16_t port = helper_port(fd);
        int free = fd6 < 0 || !bind(fd6, (struct sockaddr *)&address, helper_loopback(AF_INET6, port, &address));

        close(fd);
        if (fd6 >= 0) close(fd6);
        /* Without ::1 the bind fails with every port; then IPv4 alone decides. */
        if (free || i == 99)
        {
            printf("%u\n", port);
            return 0;
        }
    }
    return 1;
}
