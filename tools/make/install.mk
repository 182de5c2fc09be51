# make install and uninstall, below $(DESTDIR)$(PREFIX):
#   lib/cork/x86_64-windows, lib/cork/i386-windows   DLLs, their import libraries, Windows tools (Wine's names for these folders)
#   libexec/cork      the host service, where Cork's DLLs look for it
#   share/man/man8    its manual page; man1: the tools' that have one
#   bin/cork          puts the DLLs into a prefix; its parts are in lib/cork/command, its completion in share/bash-completion
#   lib/pkgconfig     cork-NAME.pc for x86_64-w64-mingw32, cork-NAME-i686.pc for i686-w64-mingw32
#   lib/cmake/Cork    for find_package(Cork): a target Cork::NAME for each DLL
#   include/cork      headers that mingw-w64 lacks (a folder of their own: the host's are no use to a cross-compiler)
#   share/doc/cork    README.md, COPYING
# The DLLs' debug information stays in build/.

PREFIX ?= /usr/local
DESTDIR ?=
INSTALL_TOOLS := snmp rsm cim wlan
INSTALL_DLLS = $(filter-out $(NOT_INSTALLED_DLLS),$(DLLS))
INSTALL_HEADERS = $(filter-out $(NOT_INSTALLED_HEADERS),$(wildcard include/*.h))
INSTALL_PAGES := $(foreach t,cork $(INSTALL_TOOLS),$(wildcard tools/$(t)/$(t).1))
INSTALL_COMMAND := $(sort $(wildcard tools/cork/*.sh))
INSTALL_SERVICES := $(if $(CORKD_SOURCES),corkd)
build: $(foreach a,$(ARCHES),$(INSTALL_TOOLS:%=$(B)/$(a)/%.exe))

# They write the time into what they strip, unless SOURCE_DATE_EPOCH is set.
STRIP_x86_64 := x86_64-w64-mingw32-strip
STRIP_i686 := i686-w64-mingw32-strip
STRIP_native := strip
wine_folder_x86_64 := x86_64-windows
wine_folder_i686 := i386-windows
pc_suffix_i686 := -i686

install_to := $(DESTDIR)$(PREFIX)
install_folder = $(install_to)/lib/cork/$(wine_folder_$(1))
install_pc = $(install_to)/lib/pkgconfig/cork-$(2)$(pc_suffix_$(1)).pc

.PHONY: install uninstall
install: all ## install below $(DESTDIR)$(PREFIX): DLLs, import libraries, headers, pkg-config files, tools, host service
	@echo "  INSTALL $(install_to)"
	@install -d "$(install_to)/lib/pkgconfig" "$(install_to)/include/cork" "$(install_to)/share/doc/cork"
	@install -m 644 README.md COPYING "$(install_to)/share/doc/cork/"
	@install -d "$(install_to)/lib/cmake/Cork"
	@for f in CorkConfig CorkConfigVersion; do sed -e 's/@VERSION@/$(VERSION)/g' -e 's/@DLLS@/$(INSTALL_DLLS)/' \
		tools/make/$$f.cmake.in >"$(install_to)/lib/cmake/Cork/$$f.cmake" || exit 1; done
	@$(foreach h,$(INSTALL_HEADERS),install -m 644 $(h) "$(install_to)/include/cork/" &&) true
	@$(foreach a,$(ARCHES),install -d "$(call install_folder,$(a))" &&) true
	@$(foreach a,$(ARCHES),$(foreach d,$(INSTALL_DLLS),$(call install_dll,$(a),$(d)) &&)) true
	@$(foreach a,$(ARCHES),$(foreach t,$(INSTALL_TOOLS),$(call install_stripped,$(a),$(t).exe) &&)) true
	@install -d "$(install_to)/bin" "$(install_to)/lib/cork/command" "$(install_to)/share/bash-completion/completions"
	@install -m 755 tools/cork/cork "$(install_to)/bin/cork"
	@install -m 644 $(INSTALL_COMMAND) VERSION "$(install_to)/lib/cork/command/"
	@install -m 644 tools/cork/cork.bash-completion "$(install_to)/share/bash-completion/completions/cork"
	@install -d "$(install_to)/share/man/man1"
	@$(foreach p,$(INSTALL_PAGES),install -m 644 $(p) "$(install_to)/share/man/man1/" &&) true
	@$(foreach p,$(INSTALL_SERVICES),install -d "$(install_to)/libexec/cork" && \
		install -s --strip-program=$(STRIP_native) -m 755 $(B)/native/$(p) "$(install_to)/libexec/cork/" && \
		install -d "$(install_to)/share/man/man8" && install -m 644 tools/$(p)/$(p).8 "$(install_to)/share/man/man8/" &&) true

define install_dll
$(call install_stripped,$(1),$(2).dll) && \
install -m 644 $(B)/$(1)/lib$(2).a "$(call install_folder,$(1))/" && \
sed -e 's/@NAME@/$(2)/g' -e 's/@FOLDER@/$(wine_folder_$(1))/' -e 's/@TARGET@/$(1)-w64-mingw32/' -e 's/@VERSION@/$(VERSION)/' \
	tools/make/cork.pc.in >"$(call install_pc,$(1),$(2))"
endef

define install_stripped
install -m 755 $(B)/$(1)/$(2) "$(call install_folder,$(1))/$(2)" && SOURCE_DATE_EPOCH=0 $(STRIP_$(1)) --strip-debug "$(call install_folder,$(1))/$(2)"
endef

uninstall: ## remove what `make install` with the same DESTDIR and PREFIX put there
	@echo "  REMOVE  $(install_to)"
	@rm -rf "$(install_to)/lib/cork" "$(install_to)/lib/cmake/Cork" "$(install_to)/libexec/cork" "$(install_to)/include/cork" "$(install_to)/share/doc/cork"
	@rm -f "$(install_to)/bin/cork" "$(install_to)/share/bash-completion/completions/cork"
	@rm -f $(foreach a,$(ARCHES),$(foreach d,$(DLLS),"$(call install_pc,$(a),$(d))"))
	@rm -f $(foreach p,$(INSTALL_SERVICES),"$(install_to)/share/man/man8/$(p).8") \
		$(foreach p,$(INSTALL_PAGES),"$(install_to)/share/man/man1/$(notdir $(p))")
