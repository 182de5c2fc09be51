# wlan.exe: wireless networks from the command line, as netsh wlan has them, and Wi-Fi Direct.

WLAN_SOURCES := $(sort $(wildcard tools/wlan/*.c)) tools/console/output.c tools/console/program.c
$(eval $(call win_program,wlan,$(WLAN_SOURCES),-lws2_32 -ladvapi32 -lshell32 -lntdll -liphlpapi,libwlanapi.a libcork.a))
