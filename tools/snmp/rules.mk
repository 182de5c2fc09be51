# snmp.exe: an SNMP manager, trap listener and agent for the command line; the demo and the interop tests run it.

SNMP_SOURCES := $(addprefix tools/snmp/,snmp.c manager.c trap.c agent.c session.c value.c print.c)
$(eval $(call win_program,snmp,$(SNMP_SOURCES),-lws2_32 -luser32,libwsnmp32.a))

.PHONY: demo-programs
demo-programs: $(foreach a,$(ARCHES),$(B)/$(a)/snmp.exe $(B)/$(a)/mgmtapi.exe) $(B)/native/interop/free_port
