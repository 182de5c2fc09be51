/*
 * The services of the media session: rates, the editor of node attributes, local MFTs, what its components offer
 * (nf-mfidl-imfratecontrol-setrate, nn-mfidl-imfratesupport, nf-mfidl-imftopologynodeattributeeditor-...,
 * nf-mfidl-imflocalmftregistration-registermfts).
 */
#include "mf_session_play.h"

/* A session on a source and sink that go from -8 to 8. */
static int play_with_rates(struct play *play)
{
    struct rig *rig = play_rig();

    return play_on(play, rig,
                   rig_source(rig, &(struct rig_source_options){.rates = TRUE, .fastest = 8, .reverse = TRUE}),
                   rig_sink(rig, &(struct rig_sink_options){.clocked = TRUE, .rates = TRUE, .fastest = 4}), TRUE);
}

static HRESULT set_rate(struct play *play, BOOL thin, float rate)
{
    HRESULT hr = rig_set_rate(play->player, thin, rate);

    return FAILED(hr) ? hr : rig_wait_long(play->player, MESessionRateChanged, RIG_PATIENCE);
}

static float current_rate(struct play *play)
{
    IMFRateControl *control = NULL;
    float rate = -1000;
    BOOL thin;

    if (FAILED(
            pMFGetService((IUnknown *)play->session, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateControl, (void **)&control)))
        return rate;
    IMFRateControl_GetRate(control, &thin, &rate);
    IMFRateControl_Release(control);
    return rate;
}

static void rates(void)
{
    IMFRateSupport *support = NULL;
    float rate = 0, nearest = 0;
    struct play play;

    if (!play_with_rates(&play)) return;
    if (FAILED(
            pMFGetService((IUnknown *)play.session, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateSupport, (void **)&support)))
        return;
    CHECK(IMFRateSupport_GetFastestRate, S_OK,
          "Gets the fastest playback rate supported by the object. (the slowest of "
          "its components)",
          OK(IMFRateSupport_GetFastestRate(support, MFRATE_FORWARD, FALSE, &rate)) && rate == 4.0f);
    CHECK(IMFRateSupport_IsRateSupported, MF_E_UNSUPPORTED_RATE, "The object does not support the specified rate.",
          FAILED(IMFRateSupport_IsRateSupported(support, FALSE, 6.0f, &nearest)));
    CHECK(IMFRateSupport_IsRateSupported, S_OK, "The object supports the specified rate.",
          OK(IMFRateSupport_IsRateSupported(support, FALSE, 2.0f, &nearest)) && nearest == 2.0f);
    drop(&support);
    CHECK(IMFRateControl_SetRate, S_OK,
          "When the Media Session completes a call to SetRate, it sends the "
          "MESessionRateChanged event.",
          OK(set_rate(&play, FALSE, 2.0f)) && current_rate(&play) == 2.0f);
    CHECK(IMFRateControl_SetRate, MF_E_UNSUPPORTED_RATE, "The object does not support the requested playback rate.",
          FAILED(set_rate(&play, FALSE, 6.0f)) && current_rate(&play) == 2.0f);
    OK(play_start(&play));
    CHECK(IMFRateControl_SetRate, running, "(a forward rate into another while running)",
          OK(set_rate(&play, FALSE, 1.0f)) && current_rate(&play) == 1.0f);
    CHECK(IMFRateControl_SetRate, MF_E_UNSUPPORTED_RATE_TRANSITION, "Running: Forward/Reverse No, Forward/Zero No",
          GIVES(MF_E_UNSUPPORTED_RATE_TRANSITION, set_rate(&play, FALSE, 0.0f)) &&
              GIVES(MF_E_UNSUPPORTED_RATE_TRANSITION, set_rate(&play, FALSE, -1.0f)));
    CHECK(IMFMediaSession_Close, rates, "Closes the Media Session", play_end(&play, S_OK));
}

/* What IMFRateSupport says of a presentation that plays at 1 only. */
static void rate_support_of_one(struct play *play)
{
    IMFRateSupport *support = NULL;
    float rate = 0;

    if (FAILED(
            pMFGetService((IUnknown *)play->session, &MF_RATE_CONTROL_SERVICE, &IID_IMFRateSupport, (void **)&support)))
        return;
    CHECK(IMFRateSupport_GetSlowestRate, S_OK, "Retrieves the slowest playback rate supported by the object.",
          OK(IMFRateSupport_GetSlowestRate(support, MFRATE_FORWARD, FALSE, &rate)) && rate == 1.0f);
    CHECK(IMFRateSupport_GetSlowestRate, MF_E_REVERSE_UNSUPPORTED, "The object does not support reverse playback.",
          GIVES(MF_E_REVERSE_UNSUPPORTED, IMFRateSupport_GetSlowestRate(support, MFRATE_REVERSE, FALSE, &rate)));
    CHECK(IMFRateSupport_GetSlowestRate, MF_E_THINNING_UNSUPPORTED, "The object does not support thinning.",
          GIVES(MF_E_THINNING_UNSUPPORTED, IMFRateSupport_GetSlowestRate(support, MFRATE_FORWARD, TRUE, &rate)));
    CHECK(IMFRateSupport_GetFastestRate, MF_E_REVERSE_UNSUPPORTED, "The object does not support reverse playback.",
          GIVES(MF_E_REVERSE_UNSUPPORTED, IMFRateSupport_GetFastestRate(support, MFRATE_REVERSE, FALSE, &rate)));
    CHECK(IMFRateSupport_GetFastestRate, MF_E_THINNING_UNSUPPORTED, "The object does not support thinning.",
          GIVES(MF_E_THINNING_UNSUPPORTED, IMFRateSupport_GetFastestRate(support, MFRATE_FORWARD, TRUE, &rate)));
    CHECK(IMFRateSupport_IsRateSupported, MF_E_REVERSE_UNSUPPORTED, "The object does not support reverse playback.",
          GIVES(MF_E_REVERSE_UNSUPPORTED, IMFRateSupport_IsRateSupported(support, FALSE, -1.0f, &rate)) &&
              rate == 1.0f);
    CHECK(IMFRateSupport_IsRateSupported, MF_E_THINNING_UNSUPPORTED,
          "The object does not support thinning. (pflNearestSupportedRate can be NULL.)",
          GIVES(MF_E_THINNING_UNSUPPORTED, IMFRateSupport_IsRateSupported(support, TRUE, 1.0f, NULL)));
    drop(&support);
}

/* A source without rates plays at 1 only. */
static void one_rate(void)
{
    struct play play;
    DWORD caps = 0;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    CHECK(IMFMediaSession_GetSessionCapabilities, no_rates,
          "The Media Session supports forward playback at rates faster than 1.0.",
          OK(IMFMediaSession_GetSessionCapabilities(play.session, &caps)) &&
              !(caps & (MFSESSIONCAP_RATE_FORWARD | MFSESSIONCAP_RATE_REVERSE)));
    rate_support_of_one(&play);
    CHECK(IMFRateControl_SetRate, MF_E_REVERSE_UNSUPPORTED, "The object does not support reverse playback.",
          GIVES(MF_E_REVERSE_UNSUPPORTED, set_rate(&play, FALSE, -1.0f)));
    CHECK(IMFRateControl_SetRate, MF_E_THINNING_UNSUPPORTED, "The object does not support thinning.",
          GIVES(MF_E_THINNING_UNSUPPORTED, set_rate(&play, TRUE, 1.0f)));
    play_end(&play, S_OK);
}

static void editor(void)
{
    IMFTopologyNodeAttributeEditor *editor = NULL;
    MFTOPONODE_ATTRIBUTE_UPDATE update = {0};
    IMFTopologyNode *node = NULL;
    IMFTopology *topology = NULL;
    IMFCollection *nodes = NULL;
    struct play play;

    if (!play_new(&play, 0, TRUE, TRUE)) return;
    CHECK(MFGetService, editor, "MF_TOPONODE_ATTRIBUTE_EDITOR_SERVICE",
          OK(pMFGetService((IUnknown *)play.session, &MF_TOPONODE_ATTRIBUTE_EDITOR_SERVICE,
                           &IID_IMFTopologyNodeAttributeEditor, (void **)&editor)));
    if (!editor) return;
    IMFMediaSession_GetFullTopology(play.session, MFSESSION_GETFULLTOPOLOGY_CURRENT, 0, &topology);
    IMFTopology_GetSourceNodeCollection(topology, &nodes);
    IMFCollection_GetElement(nodes, 0, (IUnknown **)&node);
    IMFTopologyNode_GetTopoNodeID(node, &update.NodeId);
    update.guidAttributeKey = MF_TOPONODE_MEDIASTOP;
    update.attrType = MF_ATTRIBUTE_UINT64;
    update.u64 = RIG_SECOND / 10;
    play_start(&play);
    CHECK(IMFTopologyNodeAttributeEditor_UpdateNodeAttributes, S_OK,
          "Currently the only attribute that can be updated is the MF_TOPONODE_MEDIASTOP attribute.",
          OK(IMFTopologyNodeAttributeEditor_UpdateNodeAttributes(editor, 0, 1, &update)) &&
              OK(rig_wait(play.player, MESessionEnded)));
    drop(&node);
    drop(&nodes);
    drop(&topology);
    drop(&editor);
    CHECK(IMFMediaSession_Close, editor, "Closes the Media Session", play_end(&play, S_OK));
}

static void registration(void)
{
    IMFLocalMFTRegistration *registration = NULL;
    MFT_REGISTRATION_INFO info = {.clsid = {0x1b2c3d4e, 1, 2, {3, 4, 5, 6, 7, 8, 9, 0}}, .pszName = L"Cork's test"};
    struct play play;

    if (!play_new(&play, 0, TRUE, FALSE)) return;
    info.guidCategory = MFT_CATEGORY_AUDIO_EFFECT;
    CHECK(IMFLocalMFTRegistration_RegisterMFTs, S_OK,
          "Registers one or more Media Foundation transforms (MFTs) in the caller's process.",
          OK(pMFGetService((IUnknown *)play.session, &MF_LOCAL_MFT_REGISTRATION_SERVICE, &IID_IMFLocalMFTRegistration,
                           (void **)&registration)) &&
              OK(IMFLocalMFTRegistration_RegisterMFTs(registration, &info, 1)) &&
              OK(MFTUnregisterLocalByCLSID(info.clsid)));
    drop(&registration);
    play_end(&play, S_OK);
}

static const struct test_case cases[] = {
    {"rates", rates}, {"one rate", one_rate}, {"attribute editor", editor}, {"local MFTs", registration}, {NULL, NULL},
};
const struct group session_service_group = {"session_service", __FILE__, cases};
