/* Connecting: what programs are told. */
#include "corkd/wlan/connect.h"
#include "corkd/wlan/radio.h"

static const struct connect_target nothing = {.mode = MODE_AUTO, .bss_type = BSS_INFRASTRUCTURE};

static const struct connect_target *target_of(const struct wlan_link *link)
{
    return link->target ? link->target : &nothing;
}

/* A WLAN_CONNECTION_NOTIFICATION_DATA. */
static void tell_acm(struct wlan *wlan, const struct wlan_link *link, uint32_t code, uint32_t reason)
{
    const struct connect_target *target = target_of(link);
    bool discovery = target->mode == MODE_DISCOVERY_SECURE || target->mode == MODE_DISCOVERY_UNSECURE;
    struct host_encoder data;

    host_encoder_init(&data);
    host_put_u32(&data, target->mode);
    wlan_put_text(&data, target->profile);
    host_put_bytes(&data, target->ssid, target->ssid_length);
    host_put_u32(&data, target->bss_type);
    host_put_bool(&data, target->secure);
    host_put_u32(&data, reason);
    host_put_u32(&data, target->wanted && target->wanted->flags & PROFILE_USER ? CONNECTION_OF_USER_PROFILE : 0);
    /* "This field contains the XML presentation of the profile used for discovery, if the connection succeeds." */
    wlan_put_text(&data, discovery && code == ACM_CONNECTION_COMPLETE && !reason && target->xml ? target->xml : "");
    pthread_mutex_lock(&wlan->lock);
    wlan_notify(wlan, SOURCE_ACM, code, link->index, WLAN_DATA_CONNECTION, &data);
    pthread_mutex_unlock(&wlan->lock);
    host_encoder_free(&data);
}

/* A WLAN_MSM_NOTIFICATION_DATA. */
static void tell_msm(struct wlan *wlan, const struct wlan_link *link, uint32_t code, uint32_t reason)
{
    const struct connect_target *target = target_of(link);
    struct host_encoder data;

    host_encoder_init(&data);
    host_put_u32(&data, target->mode);
    wlan_put_text(&data, target->profile);
    host_put_bytes(&data, target->ssid, target->ssid_length);
    host_put_u32(&data, target->bss_type);
    host_put_raw(&data, link->address, 6);
    host_put_bool(&data, target->secure);
    host_put_bool(&data, false); /* first and last peer: of an ad hoc network that this side made */
    host_put_bool(&data, false);
    host_put_u32(&data, reason);
    pthread_mutex_lock(&wlan->lock);
    wlan_notify(wlan, SOURCE_MSM, code, link->index, WLAN_DATA_MSM, &data);
    pthread_mutex_unlock(&wlan->lock);
    host_encoder_free(&data);
}

void connect_tell(struct wlan *wlan, const struct wlan_link *link, enum connection_action what)
{
    static const struct
    {
        enum connection_action what;
        uint32_t source, code;
        bool has_reason;
    } notifications[] = {
        {TELL_DISCONNECTING, SOURCE_ACM, ACM_DISCONNECTING, false},
        {TELL_DISASSOCIATING, SOURCE_MSM, MSM_DISASSOCIATING, false},
        {TELL_LEFT, SOURCE_MSM, MSM_DISCONNECTED, true},
        {TELL_ATTEMPT_FAILED, SOURCE_ACM, ACM_CONNECTION_ATTEMPT_FAIL, true},
        {TELL_FAILED, SOURCE_ACM, ACM_CONNECTION_COMPLETE, true},
        {TELL_DISCONNECTED, SOURCE_ACM, ACM_DISCONNECTED, false},
        {TELL_STARTED, SOURCE_ACM, ACM_CONNECTION_START, false},
        {TELL_ASSOCIATING, SOURCE_MSM, MSM_ASSOCIATING, false},
        {TELL_ASSOCIATED, SOURCE_MSM, MSM_ASSOCIATED, false},
        {TELL_AUTHENTICATING, SOURCE_MSM, MSM_AUTHENTICATING, false},
        {TELL_ROAMING, SOURCE_MSM, MSM_ROAMING_START, false},
        {TELL_ROAMED, SOURCE_MSM, MSM_ROAMING_END, false},
        {TELL_CONNECTED, SOURCE_MSM, MSM_CONNECTED, false},
        {TELL_COMPLETE, SOURCE_ACM, ACM_CONNECTION_COMPLETE, false},
    };

    for (size_t i = 0; i < sizeof(notifications) / sizeof(notifications[0]); i++)
    {
        uint32_t reason = notifications[i].has_reason ? link->reason : REASON_SUCCESS;

        if (notifications[i].what != what) continue;
        (notifications[i].source == SOURCE_ACM ? tell_acm : tell_msm)(wlan, link, notifications[i].code, reason);
        return;
    }
}

/* WLAN_PHY_RADIO_STATE of the first physical layer: a radio here has one switch for all of them. */
void connect_tell_radio(struct wlan *wlan, const struct wlan_link *link)
{
    struct host_encoder data;
    struct radio radio;
    uint32_t state[3];

    radio_look(link->name, &radio);
    /* What has no switch of the kernel's was switched off as an interface. */
    state[0] = 0;
    state[1] = radio.soft_off || (link->radio_off && !radio.hard_off) ? RADIO_OFF : RADIO_ON;
    state[2] = radio.hard_off ? RADIO_OFF : RADIO_ON;
    host_encoder_init(&data);
    host_put_bytes(&data, state, sizeof(state));
    pthread_mutex_lock(&wlan->lock);
    wlan_notify(wlan, SOURCE_MSM, MSM_RADIO_STATE_CHANGE, link->index, WLAN_DATA_BYTES, &data);
    pthread_mutex_unlock(&wlan->lock);
    host_encoder_free(&data);
}

/* "A wireless adapter has been removed from the local computer." */
void connect_tell_removal(struct wlan *wlan, const struct wlan_link *link)
{
    tell_msm(wlan, link, MSM_ADAPTER_REMOVAL, REASON_SUCCESS);
}
