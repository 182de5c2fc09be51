# The conformance and interop tests in Debian systems with another Wine (tools/matrix/run).
# They are the targets of the ordinary tiers, with TAP_RUN set so that the test itself runs inside the root.

MATRIX_RELEASES ?= bookworm trixie

.PHONY: check-matrix run-matrix
check-matrix: ## the conformance and interop tests under Wine 8.0 and 10.0, 32 and 64 bit, in debootstrapped roots (needs root)
	@tools/setup build check matrix
	@+$(MAKE) run-matrix
run-matrix: build
	@rm -rf $(B)/results/matrix
	@+tools/matrix/run $(MATRIX_RELEASES)
	@tools/tap-summary matrix
