/* Removable storage through corkd's protocol. */
#include "rsm_client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECONDS 120 /* for an answer */

/* ---- Requests ---- */

struct host_encoder *rsm_begin_request(struct rsm_client *client)
{
    host_encoder_free(&client->request);
    host_put_u32(&client->request, client->session);
    return &client->request;
}

bool rsm_send(struct rsm_client *client, uint32_t method)
{
    return client->is_open && client_request(&client->client, RSM_SERVICE, method, ++client->number, &client->request);
}

uint32_t rsm_receive(struct rsm_client *client, uint64_t *number)
{
    struct host_header header;
    const uint8_t *payload;
    uint32_t result;

    free(client->reply);
    client->reply = NULL;
    host_decoder_init(&client->values, NULL, 0);
    if (!client->is_open || !client_receive(&client->client, SECONDS, &header, &payload)) return RSM_GONE;
    client->refusal = header.kind == HOST_REFUSAL ? header.code : 0;
    result = header.kind == HOST_REPLY ? header.code : RSM_GONE;
    *number = header.number;
    client->reply = malloc(header.length + 1);
    if (client->reply)
    {
        memcpy(client->reply, payload, header.length);
        host_decoder_init(&client->values, client->reply, header.length);
    }
    client_drop(&client->client, &header);
    return result;
}

uint32_t rsm_run(struct rsm_client *client, uint32_t method)
{
    uint64_t number = 0;

    return rsm_send(client, method) ? rsm_receive(client, &number) : RSM_GONE;
}

void rsm_put_text(struct host_encoder *encoder, const char *text)
{
    uint16_t units[512];
    size_t length = strnlen(text, 511);

    for (size_t i = 0; i < length; i++)
        units[i] = (uint8_t)text[i];
    units[length] = 0;
    host_put_utf16(encoder, units);
}

/* ---- Connecting ---- */

uint32_t rsm_open_session(struct rsm_client *client, uint32_t *session)
{
    uint32_t result;

    host_encoder_free(&client->request);
    rsm_put_text(&client->request, "test");
    rsm_put_text(&client->request, "user");
    rsm_put_text(&client->request, "computer");
    host_put_u32(&client->request, 0);
    result = rsm_run(client, RSM_OPEN_SESSION);
    if (!result) *session = host_get_u32(&client->values);
    return result;
}

bool rsm_connect(struct rsm_client *client, const char *prefix)
{
    struct host_endpoint endpoint;

    memset(client, 0, sizeof(*client));
    host_encoder_init(&client->request);
    client_read_endpoint(prefix, &endpoint);
    client->is_open = client_open(&client->client, &endpoint);
    if (client->is_open && !rsm_open_session(client, &client->session)) return true;
    rsm_disconnect(client);
    return false;
}

void rsm_disconnect(struct rsm_client *client)
{
    if (client->is_open) client_close(&client->client);
    client->is_open = false;
    host_encoder_free(&client->request);
    free(client->reply);
    client->reply = NULL;
}

/* ---- One request each ---- */

uint32_t rsm_ids(struct rsm_client *client, uint32_t method, const struct guid *first, const struct guid *second)
{
    struct host_encoder *request = rsm_begin_request(client);

    if (first) host_put_guid(request, first);
    if (second) host_put_guid(request, second);
    return rsm_run(client, method);
}

uint32_t rsm_id_number(struct rsm_client *client, uint32_t method, const struct guid *id, uint32_t number)
{
    struct host_encoder *request = rsm_begin_request(client);

    host_put_guid(request, id);
    host_put_u32(request, number);
    return rsm_run(client, method);
}

uint32_t rsm_enumerate(struct rsm_client *client, const struct guid *container, uint32_t type, struct guid *ids,
                       uint32_t room, uint32_t *count)
{
    struct host_encoder *request = rsm_begin_request(client);
    uint32_t result, listed;

    host_put_guid(request, container);
    host_put_u32(request, type);
    host_put_u32(request, NTMS_ENUM_DEFAULT);
    host_put_u32(request, room);
    result = rsm_run(client, RSM_ENUMERATE);
    *count = 0;
    if (result && result != ERROR_INSUFFICIENT_BUFFER) return result;
    *count = host_get_u32(&client->values);
    listed = host_get_list(&client->values, sizeof(*ids));
    for (uint32_t i = 0; i < listed && i < room; i++)
        host_get_guid(&client->values, &ids[i]);
    return result;
}

uint32_t rsm_object(struct rsm_client *client, const struct guid *id, struct rsm_object *object)
{
    uint32_t result = rsm_id_number(client, RSM_GET_INFORMATION, id, 0);
    struct guid ignored;
    uint16_t text[128];

    memset(object, 0, sizeof(*object));
    if (result) return result;
    object->type = host_get_u32(&client->values);
    host_get_u64(&client->values);
    host_get_u64(&client->values);
    host_get_guid(&client->values, &ignored);
    object->enabled = host_get_bool(&client->values);
    host_get_u32(&client->values);
    host_get_utf16_into(&client->values, text, 128);
    for (size_t i = 0; i < sizeof(object->name) - 1 && text[i]; i++)
        object->name[i] = (char)text[i];
    host_get_utf16_into(&client->values, text, 128);
    return client->values.error ? RSM_GONE : 0;
}

uint32_t rsm_medium(struct rsm_client *client, const struct guid *id, struct rsm_medium *medium, char *name)
{
    struct host_decoder *values = &client->values;
    struct rsm_object object;
    uint32_t result = rsm_object(client, id, &object);
    struct guid ignored;
    uint16_t text[128];

    memset(medium, 0, sizeof(*medium));
    if (result) return result;
    if (name) strcpy(name, object.name);
    host_get_guid(values, &medium->library);
    host_get_guid(values, &medium->pool);
    host_get_guid(values, &medium->place);
    medium->place_type = host_get_u32(values);
    host_get_guid(values, &ignored);
    host_get_guid(values, &ignored);
    host_get_utf16_into(values, text, 128);
    host_get_u32(values);
    host_get_utf16_into(values, text, 128);
    medium->state = host_get_u32(values);
    return values->error ? RSM_GONE : 0;
}

struct guid rsm_named(struct rsm_client *client, const struct guid *container, uint32_t type, const char *name)
{
    struct guid ids[256], found = {{0}};
    struct rsm_object object;
    uint32_t count;

    rsm_enumerate(client, container, type, ids, 256, &count);
    for (uint32_t i = 0; i < count && i < 256; i++)
        if (!rsm_object(client, &ids[i], &object) && !strcmp(object.name, name)) found = ids[i];
    return found;
}

uint32_t rsm_add_folder_library(struct rsm_client *client, const char *path, uint32_t drives, uint32_t slots,
                                struct guid *library)
{
    struct host_encoder *request = rsm_begin_request(client);
    char location[400];
    uint32_t result;

    snprintf(location, sizeof(location), "folder:%s", path);
    rsm_put_text(request, location);
    rsm_put_text(request, "Library");
    host_put_u32(request, drives);
    host_put_u32(request, slots);
    host_put_u32(request, 1);
    host_put_u32(request, 1);
    result = rsm_run(client, RSM_ADD_LIBRARY);
    if (!result) host_get_guid(&client->values, library);
    return result;
}

uint32_t rsm_create_pool(struct rsm_client *client, const char *name, const struct guid *media_type, struct guid *pool)
{
    struct host_encoder *request = rsm_begin_request(client);
    uint32_t result;

    rsm_put_text(request, name);
    host_put_guid(request, media_type);
    host_put_u32(request, NTMS_CREATE_NEW);
    host_put_bytes(request, NULL, 0);
    result = rsm_run(client, RSM_CREATE_POOL);
    if (!result) host_get_guid(&client->values, pool);
    return result;
}

uint32_t rsm_allocate(struct rsm_client *client, const struct guid *pool, uint32_t options, uint32_t timeout,
                      struct guid *media)
{
    struct host_encoder *request = rsm_begin_request(client);
    uint32_t result;

    host_put_guid(request, pool);
    host_put_guid(request, NULL);
    host_put_guid(request, NULL);
    host_put_u32(request, options);
    host_put_u32(request, timeout);
    result = rsm_run(client, RSM_ALLOCATE);
    if (!result) host_get_guid(&client->values, media);
    return result;
}

uint32_t rsm_mount(struct rsm_client *client, const struct guid *media, uint32_t options, uint32_t timeout)
{
    struct host_encoder *request = rsm_begin_request(client);

    host_put_list(request, 1);
    host_put_guid(request, media);
    host_put_list(request, 1);
    host_put_guid(request, NULL);
    host_put_u32(request, options);
    host_put_i32(request, 0);
    host_put_u32(request, timeout);
    return rsm_run(client, RSM_MOUNT);
}

uint32_t rsm_dismount(struct rsm_client *client, const struct guid *media, uint32_t options)
{
    struct host_encoder *request = rsm_begin_request(client);

    host_put_list(request, 1);
    host_put_guid(request, media);
    host_put_u32(request, options);
    return rsm_run(client, RSM_DISMOUNT);
}

uint32_t rsm_port(struct rsm_client *client, uint32_t method, const struct guid *id, uint32_t action)
{
    struct host_encoder *request = rsm_begin_request(client);

    host_put_guid(request, id);
    host_put_guid(request, NULL);
    host_put_u32(request, action);
    return rsm_run(client, method);
}

uint32_t rsm_set_attribute(struct rsm_client *client, const struct guid *object, uint32_t type, const char *name,
                           uint32_t value)
{
    struct host_encoder *request = rsm_begin_request(client);

    host_put_guid(request, object);
    host_put_u32(request, type);
    rsm_put_text(request, name);
    host_put_bytes(request, &value, sizeof(value));
    return rsm_run(client, RSM_SET_ATTRIBUTE);
}

uint32_t rsm_get_attribute(struct rsm_client *client, const struct guid *object, uint32_t type, const char *name,
                           uint32_t *value)
{
    struct host_encoder *request = rsm_begin_request(client);
    const uint8_t *bytes;
    uint32_t result;
    size_t size;

    host_put_guid(request, object);
    host_put_u32(request, type);
    rsm_put_text(request, name);
    host_put_u32(request, sizeof(*value));
    result = rsm_run(client, RSM_GET_ATTRIBUTE);
    if (result) return result;
    host_get_u32(&client->values);
    bytes = host_get_bytes(&client->values, &size);
    if (!bytes || size != sizeof(*value)) return RSM_GONE;
    memcpy(value, bytes, size);
    return 0;
}

/* ---- The whole ---- */

uint32_t rsm_faults(struct rsm_client *client)
{
    uint32_t faults, listed;

    rsm_begin_request(client);
    if (rsm_run(client, RSM_CHECK)) return RSM_GONE;
    faults = host_get_u32(&client->values);
    listed = host_get_list(&client->values, 1);
    while (listed--)
    {
        uint16_t *text = host_get_utf16(&client->values);

        for (size_t i = 0; text && text[i]; i++)
            fputc((char)text[i], stderr);
        fputc('\n', stderr);
        free(text);
    }
    return faults;
}

/* What takes no person: an inject waits for one. */
static bool is_going_on(struct rsm_client *client, const struct guid *request)
{
    struct rsm_object object;
    uint32_t op, state;

    if (rsm_object(client, request, &object)) return false; /* it has been deleted */
    op = host_get_u32(&client->values);
    host_get_u32(&client->values);
    state = host_get_u32(&client->values);
    return op != NTMS_LM_INJECT && (state == NTMS_LM_QUEUED || state == NTMS_LM_INPROCESS);
}

bool rsm_settles(struct rsm_client *client)
{
    static struct guid ids[20000];
    uint32_t count, before = 0, result;
    bool going_on = true;

    for (int i = 0; i < 12000 && going_on; i++)
    {
        result = rsm_enumerate(client, NULL, NTMS_LIBREQUEST, ids, 20000, &count);
        if (result) return false;
        going_on = count != before; /* one that has ended may have left others */
        before = count;
        /* The newest are the last. */
        for (uint32_t k = count; k-- && count - k < 100 && !going_on;)
            going_on = is_going_on(client, &ids[k]);
        if (going_on) usleep(2000);
    }
    return !going_on;
}
