# Allocation failures of whole DLLs: their own object files linked with a program that replaces the allocator.

$(eval $(call win_program,tests/wsnmp32_allocation,tests/allocation/wsnmp32.c tests/allocation/each_allocation.c $(wildcard dlls/wsnmp32/*.c),-lws2_32 -luser32 -ladvapi32,libcork.a))
$(eval $(call win_program,tests/mgmtapi_allocation,tests/allocation/mgmtapi.c tests/allocation/each_allocation.c $(wildcard dlls/mgmtapi/*.c) $(wildcard dlls/wsnmp32/*.c),-lws2_32 -luser32 -ladvapi32,libcork.a))

define allocation_test
.PHONY: run-allocation-$(1)-$(2)
run-allocation-$(1)-$(2): $(B)/$(2)/tests/$(1)_allocation.exe
	@$(TAP_RUN) conformance $(1)-allocation-$(2) tools/wine-run $$<
CONFORMANCE_TESTS += run-allocation-$(1)-$(2)
endef
$(foreach d,wsnmp32 mgmtapi,$(foreach a,$(shell tools/wine-arches),$(eval $(call allocation_test,$(d),$(a)))))
