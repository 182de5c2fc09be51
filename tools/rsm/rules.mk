# rsm.exe: removable storage from the command line, as Windows had it, and what Windows had in a snap-in.

RSM_SOURCES := $(sort $(wildcard tools/rsm/*.c)) tools/console/output.c tools/console/program.c
$(eval $(call win_program,rsm,$(RSM_SOURCES),-lws2_32 -ladvapi32 -lshell32 -lntdll,libntmsapi.a libcork.a))
