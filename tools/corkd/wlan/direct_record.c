/*
 * Wi-Fi Direct: what wpa_supplicant was told to do, written down, so that the next corkd ends what one that was killed
 * has left: groups, attempts to form one, searches.
 *
 * The file "direct-connections" in corkd's folder has a line for each connection: its state, the P2P device, the peer,
 * the number of the group's interface in the kernel, its name, the network and the mask of a legacy device's (-1 and
 * 0). Before there is a group the number is the highest one of then, and the name "-": an interface of a group with a
 * higher one has come since. There is no file where there is nothing to end. It need not outlive the machine:
 * wpa_supplicant's groups do not either.
 */
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "corkd/wlan/direct_connection.h"
#include "corkd/wlan/direct_device.h"

#define PATH_SIZE 4096

static bool record_path(const struct wlan *wlan, char *path)
{
    return snprintf(path, PATH_SIZE, "%s/direct-connections", wlan->place->folder) < PATH_SIZE;
}

/* ---- Writing ---- */

static bool is_recorded(const struct direct_connection *connection)
{
    return connection->state != DIRECT_WAITING && connection->state != DIRECT_ENDED;
}

static void write_connection(FILE *file, const struct direct_connection *connection)
{
    char peer[18];

    fprintf(file, "%s %s %s %u %s %d %llx\n", direct_state_name(connection->state), connection->device,
            direct_address_text(connection->peer, peer), (unsigned)connection->index,
            connection->group[0] ? connection->group : "-", connection->network,
            (unsigned long long)connection->enabled);
}

/* Over what is there, by one write: replacing a file waits for the disk on some file systems, at every step of a
 * session. What an older, longer text leaves stands behind the line "end". */
static void write_text(const char *path, const char *text, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = fd >= 0 && write(fd, text, size) == (ssize_t)size;

    if (fd >= 0) close(fd);
    if (!good) host_log("%s cannot be written", path);
}

void direct_record(struct wlan *wlan)
{
    char path[PATH_SIZE], *text = NULL;
    unsigned count = 0;
    size_t size = 0;
    FILE *memory;

    if (!record_path(wlan, path) || !(memory = open_memstream(&text, &size))) return;
    for (const struct direct_connection *connection = wlan->connections; connection; connection = connection->next)
        if (is_recorded(connection)) write_connection(memory, connection), count++;
    fputs("end\n", memory);
    if (fclose(memory)) count = 0;
    if (count)
        write_text(path, text, size);
    else
        unlink(path);
    free(text);
}

/* ---- Reading ---- */

/* The interface of a group that has come since `index` was the highest number there was: wpa_supplicant forms one at a
 * time. */
static bool find_newer_group(struct wlan *wlan, uint32_t index, char *group)
{
    char names[16][CONTROL_IFNAME_SIZE];
    size_t count = supplicant_names(wlan->supplicant, names, 16);

    for (size_t i = 0; i < count; i++)
    {
        if (strncmp(names[i], "p2p-", 4) != 0 || !strncmp(names[i], "p2p-dev-", 8)) continue;
        if (if_nametoindex(names[i]) <= index) continue;
        strcpy(group, names[i]);
        return true;
    }
    return false;
}

/* Has the connection be as it was when it was written. False: nothing is left of it. */
static bool restore(struct wlan *wlan, struct direct_connection *connection, const char *state)
{
    connection->is_legacy = connection->network >= 0;
    if (connection->is_legacy)
    {
        connection->state = DIRECT_OPEN;
        return true;
    }
    if (strcmp(connection->group, "-") != 0)
    {
        connection->state = DIRECT_OPEN;
        return if_nametoindex(connection->group) == connection->index;
    }
    connection->group[0] = 0;
    if (!strcmp(state, direct_state_name(DIRECT_FINDING)))
        connection->state = DIRECT_FINDING;
    else if (find_newer_group(wlan, connection->index, connection->group))
        connection->state = DIRECT_OPEN;
    else
        connection->state = DIRECT_NEGOTIATING;
    return true;
}

static void end_line(struct wlan *wlan, const char *line)
{
    struct direct_connection *connection = calloc(1, sizeof(*connection));
    char state[16], peer[18];
    unsigned long long enabled;
    unsigned index;

    if (!connection) return;
    connection->persistent = -1;
    /* The sizes are CONTROL_IFNAME_SIZE and those of the texts. */
    if (sscanf(line, "%15s %15s %17s %u %15s %d %llx", state, connection->device, peer, &index, connection->group,
               &connection->network, &enabled) != 7 ||
        !control_parse_address(peer, connection->peer))
    {
        free(connection);
        return;
    }
    connection->index = index;
    connection->enabled = enabled;
    if (!restore(wlan, connection, state))
    {
        free(connection);
        return;
    }
    host_log("ending what is left of a Wi-Fi Direct connection with %s (%s)", peer, state);
    connection->next = wlan->connections;
    wlan->connections = connection;
    direct_leave(wlan, connection);
}

void wlan_direct_end_recorded(struct wlan *wlan)
{
    char path[PATH_SIZE], line[128];
    FILE *file;

    if (!record_path(wlan, path)) return;
    file = fopen(path, "re");
    if (!file) return;
    pthread_mutex_lock(&wlan->direct_lock);
    while (fgets(line, sizeof(line), file) && strcmp(line, "end\n") != 0)
        end_line(wlan, line);
    fclose(file);
    direct_record(wlan);
    direct_advance(wlan);
    pthread_mutex_unlock(&wlan->direct_lock);
}

bool wlan_direct_has_record(const struct host_place *place)
{
    char path[PATH_SIZE];

    return snprintf(path, sizeof(path), "%s/direct-connections", place->folder) < PATH_SIZE && !access(path, F_OK);
}
