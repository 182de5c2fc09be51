/* Notifications: which program wants which, and their sending. */
#include <stdlib.h>

#include "corkd/wlan/wlan.h"

static struct wlan_client *find_client(struct wlan *wlan, host_client id)
{
    struct wlan_client *client = wlan->clients;

    while (client && client->id != id)
        client = client->next;
    return client;
}

uint32_t wlan_attach(struct wlan *wlan, host_client id, struct host_decoder *arguments, struct host_encoder *values)
{
    uint32_t sources = host_get_u32(arguments);
    struct wlan_client *client;

    (void)values;
    if (!wlan_arguments_end(arguments)) return WLAN_MALFORMED;
    pthread_mutex_lock(&wlan->lock);
    client = find_client(wlan, id);
    if (!client && (client = calloc(1, sizeof(*client))))
    {
        client->id = id;
        client->next = wlan->clients;
        wlan->clients = client;
    }
    if (client) client->sources = sources;
    pthread_mutex_unlock(&wlan->lock);
    return client ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

void wlan_client_gone(struct wlan *wlan, host_client id)
{
    struct wlan_client **at, *client;

    pthread_mutex_lock(&wlan->lock);
    for (at = &wlan->clients; *at && (*at)->id != id; at = &(*at)->next)
        ;
    client = *at;
    if (client) *at = client->next;
    pthread_mutex_unlock(&wlan->lock);
    free(client);
    wlan_psd_client_gone(wlan, id);
    wlan_opcodes_client_gone(wlan, id);
    wlan_hosted_client_gone(wlan, id);
    wlan_direct_client_gone(wlan, id);
}

void wlan_notify(struct wlan *wlan, uint32_t source, uint32_t code, uint32_t index, enum wlan_notification_data kind,
                 const struct host_encoder *data)
{
    struct host_encoder values;

    host_encoder_init(&values);
    host_put_u32(&values, source);
    host_put_u32(&values, code);
    host_put_u32(&values, index);
    host_put_u8(&values, (uint8_t)kind);
    if (data) host_put_raw(&values, data->data, data->size);
    for (const struct wlan_client *client = wlan->clients; client; client = client->next)
        if (client->sources & source && !host_client_event(client->id, WLAN_SERVICE, WLAN_NOTIFICATION, &values))
            host_log("client %llu missed a notification of a wireless interface", (unsigned long long)client->id);
    host_encoder_free(&values);
}

void wlan_notify_number(struct wlan *wlan, uint32_t source, uint32_t code, uint32_t index, uint32_t number)
{
    struct host_encoder data;

    host_encoder_init(&data);
    host_put_u32(&data, number);
    wlan_notify(wlan, source, code, index, WLAN_DATA_NUMBER, &data);
    host_encoder_free(&data);
}
