# wlanapi.dll: Native Wifi and Wi-Fi Direct, a client of the service "wlan" in corkd. Not whole yet, so not installed.

NOT_INSTALLED_DLLS += wlanapi
NOT_INSTALLED_HEADERS += include/wlanapi.h include/wlan_onex.h include/wlan_reasons.h
WLANAPI_LIBS := -lws2_32 -ladvapi32 -liphlpapi -lbcrypt
$(eval $(call cork_dll,wlanapi,$(sort $(wildcard dlls/wlanapi/*.c)),$(WLANAPI_LIBS)))
