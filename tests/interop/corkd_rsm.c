/*
 * What corkd with removable storage has to survive, done to it by a native client.
 *
 * corkd_rsm PREFIX CASE    exit code 0 if corkd did as it should, else 1 with the reason on standard error
 *
 * The case "set-up" makes a folder library PREFIX/library with media in a pool; the others need it.
 */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rsm_client.h"

#define MEDIA 3

#define REQUIRE(condition)                                                                                             \
    do                                                                                                                 \
        if (!(condition))                                                                                              \
        {                                                                                                              \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            return false;                                                                                              \
        }                                                                                                              \
    while (0)

static const char *prefix;
static struct host_endpoint endpoint;

static struct guid the_pool(struct rsm_client *client)
{
    return rsm_named(client, NULL, NTMS_MEDIA_POOL, "Application");
}

static bool case_set_up(void)
{
    struct guid library, type, top, pool, medium, free_pool;
    struct rsm_client client;
    char path[400], name[16];
    uint32_t count;

    REQUIRE(rsm_connect(&client, prefix));
    snprintf(path, sizeof(path), "%s/library", prefix);
    REQUIRE(!rsm_add_folder_library(&client, path, 1, 6, &library) && rsm_settles(&client));
    for (int i = 1; i <= MEDIA; i++)
    {
        snprintf(path, sizeof(path), "%s/library/slots/%04d/M%03d", prefix, i, i);
        REQUIRE(!mkdir(path, 0700));
    }
    REQUIRE(!rsm_id_number(&client, RSM_INVENTORY, &library, NTMS_INVENTORY_FAST) && rsm_settles(&client));
    REQUIRE(!rsm_enumerate(&client, &library, NTMS_MEDIA_TYPE, &type, 1, &count) && count == 1);
    REQUIRE(!rsm_create_pool(&client, "Application", &type, &pool));
    top = rsm_named(&client, NULL, NTMS_MEDIA_POOL, "Free");
    REQUIRE(!rsm_enumerate(&client, &top, NTMS_MEDIA_POOL, &free_pool, 1, &count) && count == 1);
    for (int i = 1; i <= MEDIA; i++)
    {
        snprintf(name, sizeof(name), "M%03d", i);
        medium = rsm_named(&client, &library, NTMS_PHYSICAL_MEDIA, name);
        REQUIRE(!rsm_ids(&client, RSM_MOVE_TO_POOL, &medium, &free_pool) && rsm_settles(&client));
        REQUIRE(!rsm_ids(&client, RSM_MOVE_TO_POOL, &medium, &pool));
    }
    rsm_disconnect(&client);
    return true;
}

/* Whether removable storage is in order: a medium can be allocated, mounted, dismounted, deallocated. */
static bool case_works(void)
{
    struct rsm_client client;
    struct guid pool, media;

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    REQUIRE(!rsm_allocate(&client, &pool, NTMS_ALLOCATE_NEW, 60000, &media));
    REQUIRE(!rsm_mount(&client, &media, NTMS_MOUNT_WRITE, 60000));
    REQUIRE(!rsm_dismount(&client, &media, NTMS_DISMOUNT_IMMEDIATE));
    REQUIRE(!rsm_id_number(&client, RSM_DEALLOCATE, &media, 0));
    REQUIRE(rsm_settles(&client) && !rsm_faults(&client));
    rsm_disconnect(&client);
    return true;
}

/* ---- Clients that go ---- */

/* A stream of an allocation, a mount of it and what follows, cut off behind each of its bytes. */
static bool case_every_byte(void)
{
    struct rsm_client client = {0};
    struct host_encoder stream;
    struct guid pool;
    size_t size;

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    rsm_disconnect(&client);
    host_encoder_init(&stream);
    host_frame_begin(&stream, HOST_REQUEST, RSM_SERVICE, 1, RSM_OPEN_SESSION);
    for (int i = 0; i < 3; i++)
        rsm_put_text(&stream, "name");
    host_put_u32(&stream, 0);
    REQUIRE(host_frame_end(&stream) == HOST_OK);
    size = stream.size;
    for (size_t cut = 0; cut <= size; cut++)
    {
        struct client raw;

        REQUIRE(client_open(&raw, &endpoint));
        REQUIRE(client_send(raw.fd, stream.data, cut));
        client_close(&raw);
    }
    host_encoder_free(&stream);
    for (size_t cut = 0; cut < 100; cut++)
    {
        struct host_encoder *request;

        REQUIRE(rsm_connect(&client, prefix));
        request = rsm_begin_request(&client);
        host_put_guid(request, &pool);
        host_put_guid(request, NULL);
        host_put_guid(request, NULL);
        host_put_u32(request, NTMS_ALLOCATE_NEW | NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE);
        host_put_u32(request, 0xffffffff);
        host_encoder_init(&stream);
        host_frame_begin(&stream, HOST_REQUEST, RSM_SERVICE, 100, RSM_MOUNT);
        host_put_raw(&stream, request->data, request->size);
        REQUIRE(host_frame_end(&stream) == HOST_OK);
        REQUIRE(client_send(client.client.fd, stream.data, cut < stream.size ? cut : stream.size));
        host_encoder_free(&stream);
        rsm_disconnect(&client);
    }
    return case_works();
}

/* Requests that wait, cancelled while they are about to be done: either is right, and each is answered once. */
static bool case_cancel(void)
{
    struct rsm_client client;
    struct guid pool, media;

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    REQUIRE(!rsm_allocate(&client, &pool, NTMS_ALLOCATE_NEW, 60000, &media));
    for (int i = 0; i < 300; i++)
    {
        struct host_encoder *request = rsm_begin_request(&client);
        uint64_t number = 0;
        uint32_t result;

        host_put_list(request, 1);
        host_put_guid(request, &media);
        host_put_list(request, 1);
        host_put_guid(request, NULL);
        host_put_u32(request, NTMS_MOUNT_READ);
        host_put_i32(request, 0);
        host_put_u32(request, 60000);
        REQUIRE(rsm_send(&client, RSM_MOUNT));
        usleep((useconds_t)(i % 30) * 100);
        REQUIRE(client_cancel(&client.client, client.number));
        result = rsm_receive(&client, &number);
        REQUIRE(number == client.number);
        REQUIRE(!result || result == ERROR_CANCELLED || client.refusal == HOST_REFUSED_CANCELLED);
        if (!result) REQUIRE(!rsm_dismount(&client, &media, NTMS_DISMOUNT_DEFERRED));
    }
    REQUIRE(!rsm_id_number(&client, RSM_DEALLOCATE, &media, 0));
    rsm_disconnect(&client);
    return case_works();
}

/* A thousand clients, each with a session and a request that waits; then they go at once. */
static bool case_many(void)
{
    enum
    {
        CLIENTS = 1000
    };
    static struct rsm_client clients[CLIENTS];

    for (int i = 0; i < CLIENTS; i++)
    {
        struct host_encoder *request;
        uint32_t notification;

        REQUIRE(rsm_connect(&clients[i], prefix));
        request = rsm_begin_request(&clients[i]);
        host_put_u32(request, NTMS_DRIVE);
        REQUIRE(!rsm_run(&clients[i], RSM_OPEN_NOTIFICATION));
        notification = host_get_u32(&clients[i].values);
        request = rsm_begin_request(&clients[i]);
        host_put_u32(request, notification);
        host_put_u32(request, 0xffffffff);
        REQUIRE(rsm_send(&clients[i], RSM_WAIT_NOTIFICATION));
    }
    REQUIRE(case_works()); /* which changes the drive */
    for (int i = 0; i < CLIENTS; i++)
    {
        uint64_t number;

        REQUIRE(!rsm_receive(&clients[i], &number));
    }
    for (int i = 0; i < CLIENTS; i++)
        rsm_disconnect(&clients[i]);
    return case_works();
}

/* ---- Growth ---- */

struct size
{
    long memory, threads, descriptors; /* kB, and how many */
};

static struct size size_of_corkd(void)
{
    struct size size = {0};
    char path[64], line[256];
    FILE *file;
    DIR *folder;

    snprintf(path, sizeof(path), "/proc/%u/status", endpoint.pid);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof(line), file))
    {
        sscanf(line, "VmRSS: %ld", &size.memory);
        sscanf(line, "Threads: %ld", &size.threads);
    }
    if (file) fclose(file);
    snprintf(path, sizeof(path), "/proc/%u/fd", endpoint.pid);
    folder = opendir(path);
    while (folder && readdir(folder))
        size.descriptors++;
    if (folder) closedir(folder);
    return size;
}

/* Connections, sessions and notifications; at each tenth a medium is mounted and dismounted. */
static bool live(int cycles)
{
    struct rsm_client client, other;
    struct guid pool, media;

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    REQUIRE(!rsm_allocate(&client, &pool, NTMS_ALLOCATE_NEW, 60000, &media));
    for (int i = 0; i < cycles; i++)
    {
        uint32_t own = client.session, session, notification;
        struct host_encoder *request;

        REQUIRE(!rsm_open_session(&client, &session));
        client.session = session;
        request = rsm_begin_request(&client);
        host_put_u32(request, NTMS_OBJECT);
        REQUIRE(!rsm_run(&client, RSM_OPEN_NOTIFICATION));
        notification = host_get_u32(&client.values);
        if (i % 10 == 0)
        {
            REQUIRE(!rsm_mount(&client, &media, NTMS_MOUNT_READ, 60000));
            REQUIRE(!rsm_dismount(&client, &media, NTMS_DISMOUNT_DEFERRED));
            request = rsm_begin_request(&client);
            host_put_u32(request, notification);
            host_put_u32(request, 60000);
            REQUIRE(!rsm_run(&client, RSM_WAIT_NOTIFICATION));
            REQUIRE(rsm_connect(&other, prefix));
            rsm_disconnect(&other);
        }
        rsm_begin_request(&client);
        REQUIRE(!rsm_run(&client, RSM_CLOSE_SESSION));
        client.session = own;
    }
    REQUIRE(!rsm_id_number(&client, RSM_DEALLOCATE, &media, 0));
    rsm_disconnect(&client);
    return true;
}

static bool case_growth(void)
{
    struct size before, after;

    REQUIRE(live(2000)); /* until its caches are full */
    before = size_of_corkd();
    REQUIRE(before.memory && before.threads && before.descriptors);
    REQUIRE(live(10000));
    after = size_of_corkd();
    fprintf(stderr, "before: %ld kB, %ld threads, %ld descriptors; after 10000 cycles: %ld kB, %ld, %ld\n",
            before.memory, before.threads, before.descriptors, after.memory, after.threads, after.descriptors);
    REQUIRE(after.descriptors <= before.descriptors + 2); /* a connection that is just going */
    REQUIRE(after.threads <= before.threads + 2);
    REQUIRE((double)after.memory <= 1.25 * (double)before.memory);
    return true;
}

/* ---- For the shell ---- */

/* Leaves a medium mounted and goes. */
static bool case_mount(void)
{
    struct rsm_client client;
    struct guid pool, media;

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    REQUIRE(!rsm_allocate(&client, &pool, NTMS_ALLOCATE_NEW, 60000, &media));
    REQUIRE(!rsm_mount(&client, &media, NTMS_MOUNT_WRITE, 60000));
    rsm_disconnect(&client);
    return true;
}

/* Dismounts and deallocates what is mounted. */
static bool case_dismount(void)
{
    struct guid pool, media[8], side[8];
    struct rsm_client client;
    uint32_t count, sides;

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    REQUIRE(!rsm_enumerate(&client, &pool, NTMS_LOGICAL_MEDIA, media, 8, &count) && count == 1);
    REQUIRE(!rsm_enumerate(&client, &media[0], NTMS_PARTITION, side, 8, &sides) && sides == 1);
    rsm_dismount(&client, &media[0], NTMS_DISMOUNT_IMMEDIATE); /* it may be dismounted already */
    REQUIRE(rsm_settles(&client));
    REQUIRE(!rsm_id_number(&client, RSM_DEALLOCATE, &media[0], 0) && !rsm_faults(&client));
    rsm_disconnect(&client);
    return true;
}

/* Mounts that go on until corkd ends. The folder PREFIX/busy says that they go on. */
static bool case_busy(void)
{
    struct rsm_client client;
    struct guid pool, media;
    uint32_t result = 0;
    char path[400];

    REQUIRE(rsm_connect(&client, prefix));
    pool = the_pool(&client);
    REQUIRE(!rsm_allocate(&client, &pool, NTMS_ALLOCATE_NEW, 60000, &media));
    snprintf(path, sizeof(path), "%s/busy", prefix);
    while (!result)
    {
        result = rsm_mount(&client, &media, NTMS_MOUNT_READ, 60000);
        if (!result) result = rsm_dismount(&client, &media, NTMS_DISMOUNT_IMMEDIATE);
        mkdir(path, 0700);
    }
    /* It is told, or its connection ends. */
    REQUIRE(result == RSM_GONE || result == ERROR_CANCELLED);
    rsm_disconnect(&client);
    return true;
}

int main(int argc, char **argv)
{
    static const struct
    {
        const char *name;
        bool (*run)(void);
    } cases[] = {
        {"set-up", case_set_up}, {"works", case_works},       {"every-byte", case_every_byte},
        {"cancel", case_cancel}, {"many", case_many},         {"growth", case_growth},
        {"mount", case_mount},   {"dismount", case_dismount}, {"busy", case_busy},
    };

    if (argc != 3) return 2;
    prefix = argv[1];
    client_read_endpoint(prefix, &endpoint);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (!strcmp(argv[2], cases[i].name)) return !cases[i].run();
    return 2;
}
