/* Removable storage through corkd's protocol in native code, for tests. */
#ifndef RSM_CLIENT_H
#define RSM_CLIENT_H

#include "corkd_client.h"
#include "rsm/guid.h"
#include "rsm/ntms_constants.h"
#include "rsm/rsm_service.h"
#include "win_error.h"

#define RSM_GONE 0xffffffffu /* instead of a result: the connection has ended, or corkd has refused the request */

struct rsm_client
{
    struct client client;
    bool is_open;
    uint64_t number; /* of the last request */
    uint32_t session;
    uint32_t refusal;            /* the reason, when corkd has refused the last request */
    struct host_encoder request; /* arguments */
    uint8_t *reply;              /* of the last request */
    struct host_decoder values;
};

/* Connects, and opens a session. False: corkd is not there, or does not let in. */
bool rsm_connect(struct rsm_client *client, const char *prefix);
void rsm_disconnect(struct rsm_client *client);

/* A request: rsm_put the arguments behind the session's number, which rsm_begin_request puts; then rsm_run sends it and
 * waits for the result; client->values has the reply. rsm_send and rsm_receive are the two halves. */
struct host_encoder *rsm_begin_request(struct rsm_client *client);
uint32_t rsm_run(struct rsm_client *client, uint32_t method);
bool rsm_send(struct rsm_client *client, uint32_t method);
uint32_t rsm_receive(struct rsm_client *client, uint64_t *number);
void rsm_put_text(struct host_encoder *encoder, const char *text);

/* One request each; they return its result. */
uint32_t rsm_open_session(struct rsm_client *client, uint32_t *session);
uint32_t rsm_ids(struct rsm_client *client, uint32_t method, const struct guid *first, const struct guid *second);
uint32_t rsm_id_number(struct rsm_client *client, uint32_t method, const struct guid *id, uint32_t number);
uint32_t rsm_enumerate(struct rsm_client *client, const struct guid *container, uint32_t type, struct guid *ids,
                       uint32_t room, uint32_t *count);
/* The object's common fields; client->values is behind them then. */
struct rsm_object
{
    uint32_t type;
    bool enabled;
    char name[128];
};
uint32_t rsm_object(struct rsm_client *client, const struct guid *id, struct rsm_object *object);
struct rsm_medium
{
    struct guid library, pool, place;
    uint32_t place_type, state;
};
uint32_t rsm_medium(struct rsm_client *client, const struct guid *id, struct rsm_medium *medium, char *name);
/* The one of that name; null if there is none. */
struct guid rsm_named(struct rsm_client *client, const struct guid *container, uint32_t type, const char *name);
uint32_t rsm_add_folder_library(struct rsm_client *client, const char *path, uint32_t drives, uint32_t slots,
                                struct guid *library);
uint32_t rsm_create_pool(struct rsm_client *client, const char *name, const struct guid *media_type, struct guid *pool);
uint32_t rsm_allocate(struct rsm_client *client, const struct guid *pool, uint32_t options, uint32_t timeout,
                      struct guid *media);
uint32_t rsm_mount(struct rsm_client *client, const struct guid *media, uint32_t options, uint32_t timeout);
uint32_t rsm_dismount(struct rsm_client *client, const struct guid *media, uint32_t options);
/* Eject and inject: an operation is started, its identifier forgotten. */
uint32_t rsm_port(struct rsm_client *client, uint32_t method, const struct guid *id, uint32_t action);
uint32_t rsm_set_attribute(struct rsm_client *client, const struct guid *object, uint32_t type, const char *name,
                           uint32_t value);
uint32_t rsm_get_attribute(struct rsm_client *client, const struct guid *object, uint32_t type, const char *name,
                           uint32_t *value);
/* How many of the engine's rules do not hold, with their texts on standard error. */
uint32_t rsm_faults(struct rsm_client *client);
/* Waits until no library has anything queued or under way. False: the connection is gone, or it lasts minutes. */
bool rsm_settles(struct rsm_client *client);

#endif
