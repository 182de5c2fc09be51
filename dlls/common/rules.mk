# libcork: the static library that every DLL links, and its native build for tests.

COMMON_SOURCES := $(sort $(wildcard dlls/common/*.c))

define common_library
$(B)/$(1)/libcork.a: $(call cork_objects,$(1),$(COMMON_SOURCES))
	@echo "  AR      $$@"
	@rm -f $$@
	@$(2) rcsD $$@ $$^
endef
$(foreach a,$(ARCHES),$(eval $(call common_library,$(a),$(AR_$(a)))))
$(eval $(call common_library,native,ar))

build: $(foreach a,$(ARCHES),$(B)/$(a)/libcork.a)
