# corkd, the host service: a native program.

CORKD_SOURCES := $(wildcard tools/corkd/*.c)
CORKD_COMMON := dlls/common/host_protocol.c dlls/common/host_values.c
CORKD_FLAGS := -Itools -Itools/corkd -pthread
CORKD_LIBS := -pthread
# Removable storage, with the libraries that it stands on; sgutils2 comes without a file for pkg-config.
CORKD_RSM_PACKAGES := sqlite3 libiscsi libmd

ifneq ($(wildcard tools/corkd/rsm/rsm_service.c),)
CORKD_SOURCES += $(wildcard tools/corkd/rsm/*.c)
CORKD_FLAGS += -DCORKD_RSM
CORKD_LIBS += $(shell pkg-config --silence-errors --libs $(CORKD_RSM_PACKAGES)) -lsgutils2
endif

# Wi-Fi, on wpa_supplicant's own client library; libxml2 for profiles, and libcrypto, which wpa_supplicant itself stands
# on, for their keys.
ifneq ($(wildcard tools/corkd/wlan/wlan_service.c),)
CORKD_SOURCES += $(wildcard tools/corkd/wlan/*.c)
CORKD_WLAN_PACKAGES := libxml-2.0 libcrypto
CORKD_FLAGS += -DCORKD_WLAN $(shell pkg-config --silence-errors --cflags $(CORKD_WLAN_PACKAGES))
CORKD_LIBS += -lwpa_client $(shell pkg-config --silence-errors --libs $(CORKD_WLAN_PACKAGES))
endif

$(B)/native/obj/tools/corkd/%.o: tools/corkd/%.c VERSION tools/make/compilers.mk tools/corkd/rules.mk
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@$(CC_native) $(CFLAGS_native) $(CORKD_FLAGS) -c -o $@ $<
$(eval $(call native_program,corkd,$(CORKD_SOURCES) $(CORKD_COMMON),$(CORKD_LIBS)))
build: $(B)/native/corkd
