# Cork: documented Windows DLLs for Wine. `make help` lists the targets.
#
# The rules live beside what they build: tools/make/*.mk has the shared ones, and every folder
# under dlls/ and tests/ names its own files in a rules.mk.

.DEFAULT_GOAL := all
SHELL := /bin/bash
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SECONDEXPANSION:
.DELETE_ON_ERROR:

ifneq ($(words $(CURDIR)),1)
$(error Cork is built and tested in a folder whose path has no spaces; this one is '$(CURDIR)')
endif

VERSION := $(shell cat VERSION)
B := build
ARCHES := x86_64 i686

include tools/make/compilers.mk
include tools/make/dll.mk
include tools/make/program.mk
include tools/make/test.mk
include $(sort $(wildcard dlls/*/rules.mk tests/*/rules.mk tools/*/rules.mk))
include tools/make/install.mk

.PHONY: help all demo check bench clean distclean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST) | sort -u

all: ## build the DLLs, import libraries and tools for 32 and 64 bit
	@tools/setup build
	@+$(MAKE) build

demo: ## install what is missing, build, and show Windows programs doing real work in Wine
	@tools/setup build demo
	@+$(MAKE) build demo-programs
	@tools/demo

check: ## set up and run the unit, conformance and interop tests
	@tools/setup build check guest
	@+$(MAKE) run-check

bench: ## set up and run the benchmarks; each prints ratios
	@tools/setup build check bench
	@+$(MAKE) run-bench

clean: ## remove what the build made (test roots with a newer Wine stay)
	rm -rf $(filter-out $(B)/roots,$(wildcard $(B)/*))

distclean: ## remove build/ whole
	rm -rf $(B)
