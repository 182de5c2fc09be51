# Rules that make a DLL, for both bitnesses.
#
# $(call cork_dll,NAME,SOURCES,LIBS[,EXTRA]): build/ARCH/NAME.dll and its import library build/ARCH/libNAME.a from
# dlls/NAME/NAME.spec and SOURCES (paths from the top), linked with libcork, LIBS (-lws2_32 ...) and EXTRA, files below
# build/ARCH (another DLL's import library).

DLLS :=

define cork_objects
$(foreach s,$(2),$(B)/$(1)/obj/$(s:.c=.o))
endef

define cork_dll
DLLS += $(1)
$(foreach a,$(ARCHES),$(eval $(call cork_dll_arch,$(1),$(2),$(3),$(a),$(4))))
endef

winebuild_bits_x86_64 := -m64
winebuild_bits_i686 := -m32

define cork_dll_arch
build: $(B)/$(4)/$(1).dll $(B)/$(4)/lib$(1).a
$(B)/$(4)/$(1).dll: $(call cork_objects,$(4),$(2)) $(B)/$(4)/obj/dlls/$(1)/$(1).spec.o $(B)/$(4)/libcork.a $(addprefix $(B)/$(4)/,$(5))
	@echo "  LINK    $$@"
	@$(CC_$(4)) -shared -o $$@ $$^ -static-libgcc -Wl,--exclude-all-symbols -Wl,--no-insert-timestamp $(3) -lsynchronization
$(B)/$(4)/obj/dlls/$(1)/$(1).spec.o: dlls/$(1)/$(1).spec
	@mkdir -p $$(@D)
	@$(WINEBUILD) --dll $(winebuild_bits_$(4)) -b $(4)-w64-mingw32 --export $$< -o $$(@:.o=.s)
	@$(CC_$(4)) -c -o $$@ $$(@:.o=.s)
$(B)/$(4)/lib$(1).a: dlls/$(1)/$(1).spec
	@mkdir -p $$(@D)
	@$(WINEBUILD) --implib $(winebuild_bits_$(4)) -b $(4)-w64-mingw32 --export $$< -o $$@
endef

.PHONY: build
build:

# Objects: build/ARCH/obj/PATH.o from PATH.c
define object_rule
$(B)/$(1)/obj/%.o: %.c VERSION tools/make/compilers.mk
	@mkdir -p $$(@D)
	@echo "  CC      $$@"
	@$(CC_$(1)) $(CFLAGS_$(1)) -c -o $$@ $$<
endef
$(foreach a,$(ARCHES) native,$(eval $(call object_rule,$(a))))

-include $(shell find $(addprefix $(B)/,$(ARCHES) native lint) -type f -name '*.d' 2>/dev/null)
