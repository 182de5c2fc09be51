# Rules that make programs.
#
# $(call win_program,NAME,SOURCES,LIBS[,EXTRA]): build/ARCH/NAME.exe for both bitnesses. LIBS are linker flags; EXTRA are
#   files below build/ARCH that it is linked with too (libwsnmp32.a, libcork.a ...).
# $(call native_program,NAME,SOURCES,LIBS): build/native/NAME.

define win_program
$(foreach a,$(ARCHES),$(eval $(call win_program_arch,$(1),$(2),$(3),$(a),$(4))))
endef

define win_program_arch
$(B)/$(4)/$(1).exe: $(call cork_objects,$(4),$(2)) $(addprefix $(B)/$(4)/,$(5))
	@mkdir -p $$(@D)
	@echo "  LINK    $$@"
	@$(CC_$(4)) -o $$@ $$^ -static-libgcc -Wl,--no-insert-timestamp $(3) -lsynchronization
endef

define native_program
$(B)/native/$(1): $(call cork_objects,native,$(2))
	@mkdir -p $$(@D)
	@echo "  LINK    $$@"
	@$(CC_native) -o $$@ $$^ $(3)
endef
