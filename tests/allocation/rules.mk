# Allocation failures of whole DLLs: their own object files linked with a program that replaces the allocator.

$(eval $(call win_program,tests/wsnmp32_allocation,tests/allocation/wsnmp32.c $(wildcard dlls/wsnmp32/*.c),-lws2_32 -luser32 -ladvapi32,libcork.a))

define allocation_test
.PHONY: run-allocation-$(1)
run-allocation-$(1): $(B)/$(1)/tests/wsnmp32_allocation.exe
	@$(TAP_RUN) conformance wsnmp32-allocation-$(1) tools/wine-run $$<
CONFORMANCE_TESTS += run-allocation-$(1)
endef
$(foreach a,$(WINE_ARCHES),$(eval $(call allocation_test,$(a))))
