# Static checks. What reads C as a compiler does is run again only for a source that changed, or its headers.

LINT_SOURCES = $(shell . tools/lint/lib.sh && project_files '*.c')
LINT_RESULTS = $(LINT_SOURCES:%.c=$(B)/lint/%.checked)

.PHONY: lint run-lint
lint: ## static checks: clang-format, clang-tidy, cppcheck, shellcheck, both compilers' warnings, forbidden text
	@tools/setup build static
	@+$(MAKE) run-lint
	@tools/tap-summary lint
run-lint: $$(LINT_RESULTS) $(B)/native/list_settings
	@rm -rf $(B)/results/lint
	@$(TAP_RUN) lint text tools/lint/text
	@$(TAP_RUN) lint readme tools/settings/update_readme check
	@$(TAP_RUN) lint shellcheck tools/lint/shell
	@$(TAP_RUN) lint clang-format tools/lint/format
	@$(TAP_RUN) lint cppcheck tools/lint/cppcheck
	@$(TAP_RUN) lint sources tools/lint/sources $(LINT_RESULTS)

$(B)/lint/%.checked: %.c .clang-tidy tools/lint/source
	@echo "  LINT    $<"
	@tools/lint/source $< $@ '$(WARN)'
