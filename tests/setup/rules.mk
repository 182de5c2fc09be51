# The helpers that install packages and make the matrix' roots, with every program that they call replaced by one of the test's own.

SETUP_TESTS := setup_test matrix_root_test

define setup_test
.PHONY: run-setup-$(1)
run-setup-$(1):
	@$$(TAP_RUN) install $(1) tests/setup/$(1)
run-install-tests: run-setup-$(1)
endef
$(foreach t,$(SETUP_TESTS),$(eval $(call setup_test,$(t))))
