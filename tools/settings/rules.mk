# The table of the settings of all DLLs that are installed, printed by a program that is made of their own tables.

SETTINGS_TABLES := $(sort $(filter-out dlls/common/% $(NOT_INSTALLED_DLLS:%=dlls/%/settings.c),$(wildcard dlls/*/settings.c)))
SETTINGS_DLLS := $(patsubst dlls/%/settings.c,%,$(SETTINGS_TABLES))

$(B)/native/list_settings: tools/settings/list_settings.c $(SETTINGS_TABLES) dlls/common/settings.h
	@mkdir -p $(@D)
	@echo "  LINK    $@"
	@$(CC_native) $(CFLAGS_native) -DCORK_SETTINGS_TABLES='$(foreach d,$(SETTINGS_DLLS),TABLE($(d)))' -o $@ $(filter %.c,$^)
	@$(call write_deps,$@,$(filter %.c,$^))

.PHONY: list-settings
list-settings: $(B)/native/list_settings ## the settings of all DLLs: registry value, environment variable, default, meaning
	@$(B)/native/list_settings

.PHONY: update-readme
update-readme: $(B)/native/list_settings ## put the table of settings into README.md
	@tools/settings/update_readme
