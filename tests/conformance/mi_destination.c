/*
 * What a session is opened with: protocol, destination, destination options, and the callbacks of its opening.
 */
#include "mi_control_support.h"

struct heard
{
    int messages, errors;
    MI_Uint32 channel;
    struct ending error;
};

static void MI_CALL on_message(MI_Application *app, void *context, MI_Uint32 channel, const MI_Char *message)
{
    struct heard *heard = context;

    if (app && message && *message) heard->messages++;
    heard->channel = channel;
}

static void MI_CALL on_error(MI_Application *app, void *context, MI_Instance *instance)
{
    struct heard *heard = context;

    if (app && instance) heard->errors++;
    read_error(instance, &heard->error);
}

/* What opening a session comes to; one that is opened is closed. */
static MI_Result try_session(const MI_Char *protocol, const MI_Char *destination, MI_DestinationOptions *options,
                             struct heard *heard, struct ending *ending)
{
    MI_SessionCallbacks callbacks = {heard, on_message, on_error};
    MI_Session session = MI_SESSION_NULL;
    MI_Instance *error = NULL;
    MI_Result result = MI_Application_NewSession(application(), protocol, destination, options,
                                                 heard ? &callbacks : NULL, &error, &session);

    memset(ending, 0, sizeof(*ending));
    read_error(error, ending);
    if (error) MI_Instance_Delete(error);
    if (session.ft) MI_Session_Close(&session, NULL, NULL);
    note("result %d, code %#x", (int)result, ending->code);
    return result;
}

static void destinations(void)
{
    WCHAR name[MAX_COMPUTERNAME_LENGTH + 1];
    DWORD length = COUNT_OF(name);
    struct ending ending;
    struct heard heard = {0};

    GetComputerNameW(name, &length);
    CHECK(MI_Application_NewSession, computer_name,
          "the destination can be the computer name of the local machine or a remote machine",
          OK(try_session(MI_T("WMIDCOM"), name, NULL, NULL, &ending)) &&
              OK(try_session(MI_T("wmidcom"), MI_T("localhost"), NULL, NULL, &ending)) &&
              OK(try_session(MI_T("WMIDCOM"), NULL, NULL, NULL, &ending)));
    CHECK(MI_Application_NewSession, winrm_default,
          "If no protocol is specified and destination is not NULL, the WINRM protocol is used.",
          GIVES(MI_RESULT_NOT_SUPPORTED, try_session(NULL, MI_T("localhost"), NULL, NULL, &ending)) &&
              ending.has_error && wcsstr(ending.message, L"WINRM"));
    CHECK(MI_Application_NewSession, winrm,
          "Currently supported protocols are L\"WMIDCOM\" and L\"WINRM\". (The latter says that it is not there)",
          GIVES(MI_RESULT_NOT_SUPPORTED, try_session(MI_T("WINRM"), NULL, NULL, &heard, &ending)) && ending.has_error &&
              wcsstr(ending.message, L"WINRM"));
    CHECK(
        MI_SessionCallbacks, writeError,
        "The CIM extension callback for errors. The session version of this function is informative only. The session "
        "will fail to create and will return an error.",
        heard.errors == 1 && heard.error.has_error && !wcscmp(heard.error.message, ending.message));
    CHECK(MI_Application_NewSession, remote, "(another machine)",
          GIVES(MI_RESULT_NOT_SUPPORTED,
                try_session(MI_T("WMIDCOM"), MI_T("no.such.machine.invalid"), NULL, NULL, &ending)) &&
              ending.has_error);
}

static void destination_refused(void)
{
    MI_DestinationOptions options = destination_options();
    MI_UserCredentials credentials = {0};
    struct ending ending;

    credentials.authenticationType = MI_AUTH_TYPE_DEFAULT;
    MI_DestinationOptions_AddDestinationCredentials(&options, &credentials);
    CHECK(
        MI_DestinationOptions_AddDestinationCredentials, default,
        "The default credentials will vary depending on the protocol and transport selected. (They are the process's)",
        OK(try_session(NULL, NULL, &options, NULL, &ending)));
    credentials.authenticationType = MI_AUTH_TYPE_BASIC;
    credentials.credentials.usernamePassword = (MI_UsernamePasswordCreds){NULL, MI_T("user"), MI_T("secret")};
    MI_DestinationOptions_AddDestinationCredentials(&options, &credentials);
    CHECK(MI_DestinationOptions_AddDestinationCredentials, local,
          "The credentials supported will vary depending on the destination, the protocol and the transport. (WMI has "
          "none for the local machine: WBEM_E_LOCAL_CREDENTIALS)",
          GIVES(MI_RESULT_NOT_SUPPORTED, try_session(NULL, NULL, &options, NULL, &ending)) &&
              ending.code == 0x80041064);
    MI_DestinationOptions_Delete(&options);
    CHECK(MI_DestinationOptions_Delete, used, "(deleted options are a bad parameter)",
          GIVES(MI_RESULT_INVALID_PARAMETER, try_session(NULL, NULL, &options, NULL, &ending)) && ending.has_error);
    options = destination_options();
    MI_DestinationOptions_SetDestinationPort(&options, 5985);
    CHECK(MI_DestinationOptions_SetDestinationPort, local, "(the local machine has no port)",
          GIVES(MI_RESULT_NOT_SUPPORTED, try_session(NULL, NULL, &options, NULL, &ending)) && ending.has_error);
    MI_DestinationOptions_Delete(&options);
    options = destination_options();
    MI_DestinationOptions_SetProxyType(&options, MI_DESTINATIONOPTIONS_PROXY_TYPE_WINHTTP);
    CHECK(MI_DestinationOptions_SetProxyType, local, "(nor a proxy)",
          GIVES(MI_RESULT_NOT_SUPPORTED, try_session(NULL, NULL, &options, NULL, &ending)) && ending.has_error);
    MI_DestinationOptions_Delete(&options);
}

static void destination_taken(void)
{
    MI_DestinationOptions options = destination_options();
    struct heard heard = {0};
    struct ending ending;

    MI_DestinationOptions_SetPacketPrivacy(&options, MI_TRUE);
    MI_DestinationOptions_SetPacketIntegrity(&options, MI_TRUE);
    MI_DestinationOptions_SetImpersonationType(&options, MI_DestinationOptions_ImpersonationType_Impersonate);
    MI_DestinationOptions_SetDataLocale(&options, MI_T("de-de"));
    CHECK(MI_DestinationOptions_SetPacketPrivacy, local, "(what protects packets holds where there are none)",
          OK(try_session(NULL, NULL, &options, &heard, &ending)));
    CHECK(MI_SessionCallbacks, writeMessage,
          "The CIM extension callback for receiving logging from the session creation. (That the data locale changes "
          "nothing)",
          heard.messages == 1 && heard.channel == MI_WRITEMESSAGE_CHANNEL_WARNING && !heard.errors);
    MI_DestinationOptions_SetDataLocale(&options, MI_T("no such locale"));
    CHECK(MI_DestinationOptions_SetDataLocale, none, "(a locale that there is not)",
          GIVES(MI_RESULT_INVALID_PARAMETER, try_session(NULL, NULL, &options, NULL, &ending)) && ending.has_error);
    MI_DestinationOptions_Delete(&options);
    options = destination_options();
    MI_DestinationOptions_SetUILocale(&options, MI_T("no such locale"));
    CHECK(MI_DestinationOptions_SetUILocale, none, "(a locale that there is not)",
          GIVES(MI_RESULT_INVALID_PARAMETER, try_session(NULL, NULL, &options, NULL, &ending)) && ending.has_error);
    MI_DestinationOptions_Delete(&options);
}

static const struct test_case cases[] = {{"destinations", destinations},
                                         {"destination options refused", destination_refused},
                                         {"destination options taken", destination_taken},
                                         {NULL, NULL}};
const struct group destination_group = {"destination", __FILE__, cases};
