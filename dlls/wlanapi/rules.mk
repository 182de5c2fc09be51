# wlanapi.dll: Native Wifi and Wi-Fi Direct, a client of the service "wlan" in corkd.

WLANAPI_LIBS := -lws2_32 -ladvapi32 -liphlpapi -lbcrypt
$(eval $(call cork_dll,wlanapi,$(sort $(wildcard dlls/wlanapi/*.c)),$(WLANAPI_LIBS)))
