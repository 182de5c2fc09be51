# Allocation failures of whole DLLs: their own object files linked with a program that replaces the allocator.
WINE_ARCHES ?= $(shell tools/wine-arches)
comma := ,
ALLOCATION_SNMP := tests/allocation/each_allocation.c tests/allocation/snmp_peer.c

$(eval $(call win_program,tests/wsnmp32_allocation,tests/allocation/wsnmp32.c $(ALLOCATION_SNMP) $(wildcard dlls/wsnmp32/*.c),-lws2_32 -luser32 -ladvapi32,libcork.a))
$(eval $(call win_program,tests/mgmtapi_allocation,tests/allocation/mgmtapi.c $(ALLOCATION_SNMP) $(wildcard dlls/mgmtapi/*.c) $(wildcard dlls/wsnmp32/*.c),-lws2_32 -luser32 -ladvapi32,libcork.a))
# These allocate by malloc itself, so the linker puts the test's allocator in its place.
ALLOCATION_WRAPPED := tests/allocation/each_allocation.c tests/allocation/wrapped_malloc.c
ALLOCATION_WRAP := $(foreach f,malloc calloc realloc free,-Wl$(comma)--wrap=$(f))
$(eval $(call win_program,tests/ntmsapi_allocation,tests/allocation/ntmsapi.c $(ALLOCATION_WRAPPED) $(wildcard dlls/ntmsapi/*.c),$(ALLOCATION_WRAP) -lws2_32 -luser32 -ladvapi32,libcork.a))
$(eval $(call win_program,tests/wlanapi_allocation,tests/allocation/wlanapi.c $(ALLOCATION_WRAPPED) $(wildcard dlls/wlanapi/*.c),$(ALLOCATION_WRAP) $(foreach f,WlanAllocateMemory WlanFreeMemory WlanAllocateMemory@4 WlanFreeMemory@4 call_send call_end,-Wl$(comma)--wrap=$(f)) $(WLANAPI_LIBS),libcork.a))
$(eval $(call win_program,tests/mi_allocation,$(wildcard tests/allocation/mi*.c) $(ALLOCATION_WRAPPED) $(wildcard dlls/mi/*.c),$(ALLOCATION_WRAP) -lole32 -loleaut32 -lwbemuuid,libcork.a))
# The rig has memory of its own: the linker's __real_malloc is the one that is not counted.
define uncounted_rig
$(B)/$(1)/mf_rig_uncounted.o: $(call cork_objects,$(1),$(filter-out %mf_rig_test.c,$(sort $(wildcard tests/conformance/mf_rig*.c))))
	@mkdir -p $$(@D)
	@$(1)-w64-mingw32-ld -r -o $$@.counted $$^
	@$(1)-w64-mingw32-objcopy $(foreach f,malloc calloc realloc free,--redefine-sym $(2)$(f)=$(2)__real_$(f)) $$@.counted $$@
	@rm $$@.counted
endef
$(foreach a,$(ARCHES),$(eval $(call uncounted_rig,$(a),$(if $(filter i686,$(a)),_))))
$(eval $(call win_program,tests/mf_allocation,$(wildcard tests/allocation/mf*.c) $(ALLOCATION_WRAPPED) $(wildcard dlls/mf/*.c),$(ALLOCATION_WRAP) -lmfplat -lmfuuid -lwmcodecdspuuid -lpropsys -lole32 -loleaut32 -luuid -ladvapi32,mf_rig_uncounted.o libcork.a))

define allocation_test
.PHONY: run-allocation-$(1)-$(2)
run-allocation-$(1)-$(2): $(B)/$(2)/tests/$(1)_allocation.exe
	@$(TAP_RUN) conformance $(1)-allocation-$(2) tools/wine-run $$<
CONFORMANCE_TESTS += run-allocation-$(1)-$(2)
endef
.PHONY: $(foreach a,$(WINE_ARCHES),run-allocation-ntmsapi-$(a))
$(foreach a,$(WINE_ARCHES),run-allocation-ntmsapi-$(a)): run-allocation-ntmsapi-%: $(B)/%/tests/ntmsapi_allocation.exe $(B)/native/tests/add_library $(B)/native/corkd conformance-prefix
	@$(TAP_RUN) conformance ntmsapi-allocation-$* tests/conformance/with_corkd --libraries $<
CONFORMANCE_TESTS += $(foreach a,$(WINE_ARCHES),run-allocation-ntmsapi-$(a))
.PHONY: $(foreach a,$(WINE_ARCHES),run-allocation-wlanapi-$(a))
$(foreach a,$(WINE_ARCHES),run-allocation-wlanapi-$(a)): run-allocation-wlanapi-%: $(B)/%/tests/wlanapi_allocation.exe $(B)/native/tests/fake_supplicant $(B)/native/corkd conformance-prefix
	@$(TAP_RUN) conformance wlanapi-allocation-$* tests/conformance/with_supplicant tests/conformance/with_corkd $<
CONFORMANCE_TESTS += $(foreach a,$(WINE_ARCHES),run-allocation-wlanapi-$(a))
$(foreach d,wsnmp32 mgmtapi mi mf,$(foreach a,$(WINE_ARCHES),$(eval $(call allocation_test,$(d),$(a)))))
