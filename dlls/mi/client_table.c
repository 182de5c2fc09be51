/* What mi.dll exports as data: the function tables of everything that has no object to begin with. */
#define MI_CLIENT_IMPORT
#include <mi.h>

#include "mi/application.h"
#include "mi/error.h"
#include "mi/option_tables.h"
#include "mi/serializer.h"
#include "mi/session.h"

static const MI_ClientFT_V1 client_table = {
    .applicationFT = &mi_application_table,
    .sessionFT = &mi_session_table,
    .operationFT = &mi_operation_table,
    .hostedProviderFT = &mi_hosted_provider_table,
    .serializerFT = &mi_serializer_table,
    .deserializerFT = &mi_deserializer_table,
    .subscribeDeliveryOptionsFT = &mi_subscription_options_table,
    .destinationOptionsFT = &mi_destination_options_table,
    .operationOptionsFT = &mi_operation_options_table,
    .utilitiesFT = &mi_utilities_table,
};

const MI_ClientFT_V1 *mi_clientFT_V1 = &client_table;
