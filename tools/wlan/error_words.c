/* Errors in words, where the system's say little here. */
#include "command.h"

#define RADIO_IS_OFF 0x80342002 /* ERROR_NDIS_DOT11_POWER_STATE_INVALID, which winerror.h may lack */

static const struct
{
    DWORD error;
    const char *words;
} all_words[] = {
    {ERROR_ACCESS_DENIED, "that is not allowed"},
    {ERROR_ALREADY_EXISTS, "it is there already"},
    {ERROR_BAD_PROFILE, "that is no profile that can be used"},
    {ERROR_CALL_NOT_IMPLEMENTED, "that is not there yet"},
    {ERROR_CANCELLED, "cancelled"},
    {ERROR_CONNECTION_REFUSED, "the other side refused"},
    {ERROR_GEN_FAILURE, "it failed"},
    {ERROR_INVALID_PARAMETER, "that is not allowed here"},
    {ERROR_INVALID_STATE, "it cannot be done now, or the settings forbid it"},
    {RADIO_IS_OFF, "the radio is off"},
    {ERROR_NOT_FOUND, "there is no such thing"},
    {ERROR_NOT_READY, "the radio is not ready"},
    {ERROR_NOT_SUPPORTED, "there is no radio that can do that"},
    {ERROR_SERVICE_NOT_ACTIVE,
     "the wireless service (corkd) does not run and could not be started, or its radio has gone"},
    {ERROR_TIMEOUT, "the time is over"},
};

const char *error_words(DWORD error)
{
    for (size_t i = 0; i < sizeof(all_words) / sizeof(*all_words); i++)
        if (all_words[i].error == error) return all_words[i].words;
    return NULL;
}
