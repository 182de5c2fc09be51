/* The requests' names, for the log. */
#include "rsm/request_names.h"

#include <stddef.h>

#include "rsm/rsm_service.h"

#define NAME(request, name) [RSM_##request - RSM_FIRST_REQUEST] = name

static const char *const names[RSM_END_OF_REQUESTS - RSM_FIRST_REQUEST] = {
    NAME(OPEN_SESSION, "open session"),
    NAME(CLOSE_SESSION, "close session"),
    NAME(ENUMERATE, "enumerate"),
    NAME(GET_INFORMATION, "get information"),
    NAME(SET_INFORMATION, "set information"),
    NAME(ENABLE, "enable"),
    NAME(DISABLE, "disable"),
    NAME(GET_ATTRIBUTE, "get attribute"),
    NAME(SET_ATTRIBUTE, "set attribute"),
    NAME(GET_SECURITY, "get security"),
    NAME(SET_SECURITY, "set security"),
    NAME(GET_UI_OPTIONS, "get UI options"),
    NAME(SET_UI_OPTIONS, "set UI options"),
    NAME(CREATE_POOL, "create media pool"),
    NAME(GET_POOL_NAME, "get media pool's name"),
    NAME(MOVE_TO_POOL, "move to media pool"),
    NAME(DELETE_POOL, "delete media pool"),
    NAME(ALLOCATE, "allocate"),
    NAME(DEALLOCATE, "deallocate"),
    NAME(SWAP_MEDIA, "swap media"),
    NAME(ADD_MEDIA_TYPE, "add media type"),
    NAME(DELETE_MEDIA_TYPE, "delete media type"),
    NAME(CHANGE_MEDIA_TYPE, "change media type"),
    NAME(DECOMMISSION, "decommission"),
    NAME(SET_COMPLETE, "set complete"),
    NAME(CREATE_MEDIA, "create media"),
    NAME(DELETE_MEDIA, "delete media"),
    NAME(UPDATE_OMID, "update label"),
    NAME(MOUNT, "mount"),
    NAME(DISMOUNT, "dismount"),
    NAME(DISMOUNT_DRIVE, "dismount drive"),
    NAME(INVENTORY, "inventory"),
    NAME(IDENTIFY_SLOT, "identify slot"),
    NAME(EJECT_MEDIA, "eject"),
    NAME(INJECT_MEDIA, "inject"),
    NAME(ACCESS_DOOR, "door"),
    NAME(CLEAN_DRIVE, "clean"),
    NAME(RESERVE_CLEANER, "reserve cleaner slot"),
    NAME(RELEASE_CLEANER, "release cleaner slot"),
    NAME(INJECT_CLEANER, "inject cleaner"),
    NAME(EJECT_CLEANER, "eject cleaner"),
    NAME(DELETE_LIBRARY, "delete library"),
    NAME(DELETE_DRIVE, "delete drive"),
    NAME(EJECT_FROM_DRIVE, "eject from drive"),
    NAME(VOLUMES_OF_DRIVE, "volumes of drive"),
    NAME(CANCEL_REQUEST, "cancel library request"),
    NAME(GET_REQUEST_ORDER, "get request's order"),
    NAME(SET_REQUEST_ORDER, "set request's order"),
    NAME(DELETE_REQUESTS, "delete requests"),
    NAME(SUBMIT_OPREQUEST, "submit operator request"),
    NAME(WAIT_OPREQUEST, "wait for operator request"),
    NAME(CANCEL_OPREQUEST, "refuse operator request"),
    NAME(SATISFY_OPREQUEST, "satisfy operator request"),
    NAME(OPEN_NOTIFICATION, "open notification"),
    NAME(WAIT_NOTIFICATION, "wait for notification"),
    NAME(CLOSE_NOTIFICATION, "close notification"),
    NAME(EXPORT_DATABASE, "export database"),
    NAME(IMPORT_DATABASE, "import database"),
    NAME(BEGIN_DETECTION, "begin change detection"),
    NAME(SET_DETECTION, "set change detection"),
    NAME(END_DETECTION, "end change detection"),
    NAME(ADD_LIBRARY, "add library"),
    NAME(DRIVE_PATH, "path of drive"),
    NAME(CHECK, "check database"),
    NAME(PLACE_DATABASE, "place database"),
};

const char *rsm_request_name(uint32_t method)
{
    const char *name =
        method >= RSM_FIRST_REQUEST && method < RSM_END_OF_REQUESTS ? names[method - RSM_FIRST_REQUEST] : NULL;

    return name ? name : "request";
}
