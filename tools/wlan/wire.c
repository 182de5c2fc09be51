/* What no function of the API asks for: the Wi-Fi Direct devices in reach. Asked of corkd's service itself. */
#include "command.h"

#include <stdlib.h>

#include "../corkd/wlan/wlan_service.h"
#include "common/host_channel.h"

/* Asks, and prints nothing. The reply is there to be freed whatever is returned. */
static DWORD ask(enum wlan_method method, struct host_encoder *arguments, struct host_reply *reply)
{
    struct host_call call;

    host_call_init(&call, WLAN_SERVICE, method, arguments, INFINITE);
    switch (host_call(&call, reply))
    {
    case HOST_CALL_OK:
        return reply->code;
    case HOST_CALL_NO_MEMORY:
        return ERROR_NOT_ENOUGH_MEMORY;
    default:
        return ERROR_SERVICE_NOT_ACTIVE;
    }
}

DWORD wire_find(DWORD seconds)
{
    struct host_encoder arguments;
    struct host_reply reply = {0};
    DWORD error;

    host_encoder_init(&arguments);
    host_put_u32(&arguments, seconds);
    error = ask(WLAN_DIRECT_FIND, &arguments, &reply);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}

static void get_text(struct host_decoder *values, WCHAR *text, int room)
{
    uint16_t *wide = host_get_utf16(values);

    lstrcpynW(text, wide ? (const WCHAR *)wide : L"", room);
    free(wide);
}

static void read_peer(struct host_decoder *values, struct direct_peer *peer)
{
    for (int i = 0; i < 6; i++)
        peer->address[i] = host_get_u8(values);
    get_text(values, peer->name, sizeof(peer->name) / sizeof(WCHAR));
    get_text(values, peer->type, sizeof(peer->type) / sizeof(WCHAR));
    peer->in_group = host_get_bool(values);
}

static DWORD read_peers(struct host_decoder *values, struct direct_peer **peers, DWORD *count)
{
    *count = host_get_list(values, 6);
    *peers = calloc(*count ? *count : 1, sizeof(**peers));
    if (!*peers) return ERROR_NOT_ENOUGH_MEMORY;
    for (DWORD i = 0; i < *count; i++)
        read_peer(values, &(*peers)[i]);
    if (!host_decoder_finish(values, true)) return ERROR_SUCCESS;
    free(*peers);
    *peers = NULL;
    return ERROR_GEN_FAILURE;
}

DWORD wire_peers(struct direct_peer **peers, DWORD *count)
{
    struct host_encoder arguments;
    struct host_reply reply = {0};
    DWORD error;

    host_encoder_init(&arguments);
    error = ask(WLAN_DIRECT_PEERS, &arguments, &reply);
    if (!error) error = read_peers(&reply.values, peers, count);
    host_reply_free(&reply);
    host_encoder_free(&arguments);
    return error;
}
