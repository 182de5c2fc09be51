# The interop tests: Cork's DLLs against net-snmp's own programs and native helpers, on loopback, in the throw-away prefix.
# Each test runs once for every architecture that the machine's Wine runs.

INTEROP_HELPERS := responder udp_relay malform free_port
INTEROP_SHARED := tests/interop/net_helper.c tests/interop/malform_messages.c
$(foreach h,$(INTEROP_HELPERS),$(eval $(call native_program,interop/$(h),tests/interop/$(h).c $(INTEROP_SHARED),)))

$(eval $(call win_program,snmp_stress,tests/interop/snmp_stress.c tests/interop/stress_session.c,-lws2_32 -luser32 -lpsapi,libwsnmp32.a))

WINE_ARCHES ?= $(shell tools/wine-arches)
WSNMP32_INTEROP := walk set traps agent_role faults malformed stress unreachable
# What a test of tests/interop needs: the helpers, and the Windows programs of both architectures.
.PHONY: interop-programs interop-prefix
interop-programs: $(foreach h,$(INTEROP_HELPERS),$(B)/native/interop/$(h)) \
                  $(foreach a,$(ARCHES),$(B)/$(a)/snmp.exe $(B)/$(a)/snmp_stress.exe)
interop-prefix: build
	@[ -n "$(MATRIX_RELEASE)" ] || tools/prefix make

define interop_test
.PHONY: run-interop-$(1)-$(2)
run-interop-$(1)-$(2): interop-programs interop-prefix
	@$$(TAP_RUN) interop $(1)-$(2) tests/interop/$(1).sh $(2)
INTEROP_TESTS += run-interop-$(1)-$(2)
endef
$(foreach a,$(WINE_ARCHES),$(foreach t,$(WSNMP32_INTEROP),$(eval $(call interop_test,$(t),$(a)))))

# The long forms, with progress; hours of a machine are cheaper than a leak at a user's.
.PHONY: check-soak
check-soak: ## the fault tests in full: 1,000,000 malformed datagrams, 10,000 cycles (about ten minutes)
	@tools/setup build check
	@+$(MAKE) build interop-programs interop-prefix
	@rm -rf $(B)/results/soak
	@for a in $(WINE_ARCHES); do for t in malformed stress; do \
	    echo "soak: $$t, $$a ..."; \
	    CORK_TEST_TIMEOUT=3600 CORK_SOAK=1 $(TAP_RUN) soak $$t-$$a tests/interop/$$t.sh $$a; done; done
	@tools/tap-summary soak

# Further tests of it, each with its own programs.
include $(sort $(wildcard tests/interop/*.mk.inc))
