# `make install`, a program compiled against what it installed, and `make uninstall`.

.PHONY: check-install run-install-tests
check-install: ## make install into a folder below build/, a program compiled and run against it, make uninstall
	@tools/setup build check
	@rm -rf $(B)/results/install
	@+$(MAKE) run-install-tests
	@tools/tap-summary install
run-install-tests: build
	@$(TAP_RUN) install install tests/install/install_test $(WINE_ARCHES)
	@$(TAP_RUN) install cork tests/install/cork_test

.PHONY: check-reproducible run-reproducible
check-reproducible: ## a copy of the tree, built in another folder, gives the same files byte for byte
	@tools/setup build
	@rm -rf $(B)/results/reproducible
	@+$(MAKE) run-reproducible
	@tools/tap-summary reproducible
run-reproducible: build
	@$(TAP_RUN) reproducible reproducible tests/install/reproducible_test
