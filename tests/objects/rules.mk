# What wsnmp32 does with its data objects beyond the documentation: Cork's own database of names, its decisions, threads.

$(eval $(call win_program,tests/wsnmp32_objects,$(addprefix tests/objects/,main.c database.c descriptor.c message.c threads.c),-ladvapi32,libwsnmp32.a))

define objects_test
.PHONY: run-objects-$(1)
run-objects-$(1): build $(B)/$(1)/tests/wsnmp32_objects.exe
	@$$(TAP_RUN) conformance wsnmp32-objects-$(1) tools/wine-run $(B)/$(1)/tests/wsnmp32_objects.exe
CONFORMANCE_TESTS += run-objects-$(1)
endef
$(foreach a,$(WINE_ARCHES),$(eval $(call objects_test,$(a))))
