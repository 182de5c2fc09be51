# wsnmp32.dll

$(eval $(call cork_dll,wsnmp32,$(wildcard dlls/wsnmp32/*.c),-lws2_32 -luser32 -ladvapi32))
