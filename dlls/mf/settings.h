/* mf.dll's settings; the table is in settings.c. */
#ifndef CORK_MF_SETTINGS_H
#define CORK_MF_SETTINGS_H

#include "common/settings.h"

extern const struct cork_settings cork_settings_mf;

#endif
