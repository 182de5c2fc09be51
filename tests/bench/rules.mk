# Benchmarks: each .mk.inc adds its target to BENCHES; they run one after another, since each wants the machine.

BENCHES :=
include $(sort $(wildcard tests/bench/*.mk.inc))

.PHONY: run-bench run-benches
run-bench:
	@+$(MAKE) -j1 run-benches
run-benches: $(BENCHES)
