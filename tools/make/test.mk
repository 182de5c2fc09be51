# The test tiers. Every test prints TAP; tools/tap-run runs one, keeps its log under build/results/TIER/ and counts;
# tools/tap-summary adds them up, so that one failure does not hide the others.
#
# $(call unit_test,NAME,SOURCES,SANITIZERS[,LIBS[,CFLAGS]]): a native Check program of tests/unit, built once for each of
#   SANITIZERS (asan tsan none), run by `make check-unit`.
# TIER_TESTS: each tier's phony targets, which a rules.mk adds to: UNIT_TESTS, CONFORMANCE_TESTS, INTEROP_TESTS.

UNIT_TESTS :=
CONFORMANCE_TESTS :=
INTEROP_TESTS :=
COVERAGE_TESTS :=
CHECK_TIERS := unit conformance interop install
TAP_RUN := tools/tap-run
# The bitnesses that this machine's Wine runs: a test that starts Windows programs makes a target for each of these.
WINE_ARCHES := $(shell tools/wine-arches)

define unit_test
$(foreach s,$(3) gcov,$(eval $(call unit_test_san,$(1),$(2),$(s),$(4),$(5))))
endef

define unit_test_san
$(B)/native/$(3)/$(1): $(2)
	@mkdir -p $$(@D)
	@echo "  CC      $$@"
	@$(CC_native) $(CFLAGS_ALL) -D_GNU_SOURCE -DCORK_SAN_$(3) $(SAN_$(3)) $(5) -o $$@ $$(filter %.c,$$^) $(4) $$$$(pkg-config --cflags --libs check)
	@$$(call write_deps,$$@,$$(filter %.c,$$^),$(5) -DCORK_SAN_$(3))
.PHONY: run-unit-$(1)-$(3)
run-unit-$(1)-$(3): $(B)/native/$(3)/$(1)
	@$(TAP_RUN) $(if $(filter gcov,$(3)),coverage,unit) $(1)-$(3) $(B)/native/$(3)/$(1)
$(if $(filter gcov,$(3)),COVERAGE_TESTS,UNIT_TESTS) += run-unit-$(1)-$(3)
endef

# Of the portable parts and corkd: what of their lines and branches the unit tests run, file by file in build/coverage.txt.
.PHONY: coverage run-coverage
coverage: ## how much of the portable parts and of corkd the unit tests reach: lines and branches (gcov)
	@tools/setup build check coverage
	@rm -rf $(B)/results/coverage
	@find $(B)/native/gcov -name '*.gcda' -delete 2>/dev/null || true
	@+$(MAKE) run-coverage
	@gcovr --root . --filter 'dlls/' --filter 'tools/' --print-summary --output $(B)/coverage.txt $(B)/native/gcov
	@tools/tap-summary coverage
run-coverage: $$(COVERAGE_TESTS)

.PHONY: check-unit check-conformance check-interop run-check
check-unit: ## native Check programs under ASan+UBSan and TSan
	@tools/setup build check
	@rm -rf $(B)/results/unit
	@+$(MAKE) run-unit
	@tools/tap-summary unit
check-conformance: ## the Windows test programs on Cork's DLLs in a throw-away prefix
	@tools/setup build check
	@rm -rf $(B)/results/conformance
	@+$(MAKE) run-conformance
	@tools/tap-summary conformance
check-interop: ## Cork against real peers on loopback
	@tools/setup build check guest
	@rm -rf $(B)/results/interop
	@+$(MAKE) run-interop
	@tools/tap-summary interop
run-check:
	@rm -rf $(CHECK_TIERS:%=$(B)/results/%)
	@+$(MAKE) build
	@+$(MAKE) run-unit
	@+$(MAKE) run-conformance
	@+$(MAKE) run-interop
	@+$(MAKE) run-install-tests
	@tools/tap-summary $(CHECK_TIERS)

.PHONY: run-unit run-conformance run-interop
run-unit: $$(UNIT_TESTS)
# One prefix and one server set: these run one after another, and nothing of them goes on afterwards.
run-conformance: build
	@+trap 'tools/prefix stop' EXIT; tools/prefix make && $(MAKE) -j1 run-conformance-tests
run-interop: build
	@+trap 'tools/prefix stop' EXIT; tools/prefix make && $(MAKE) -j1 run-interop-tests
.PHONY: run-conformance-tests run-interop-tests
run-conformance-tests: $$(CONFORMANCE_TESTS)
run-interop-tests: $$(INTEROP_TESTS)
