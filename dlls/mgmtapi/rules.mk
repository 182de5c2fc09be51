# mgmtapi.dll: the older SNMP manager API, a client of wsnmp32.dll. The translation of traps and the parser of addresses are wsnmp32's, linked into both.

$(eval $(call cork_dll,mgmtapi,$(sort $(wildcard dlls/mgmtapi/*.c)) $(addprefix dlls/wsnmp32/,trap_translation.c address.c oid_text.c varbind.c allocation.c),-lsnmpapi -lws2_32,libwsnmp32.a))
