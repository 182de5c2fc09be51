# ntmsapi.dll: Removable Storage Manager, a client of the removable storage service in corkd.

$(eval $(call cork_dll,ntmsapi,$(sort $(wildcard dlls/ntmsapi/*.c)),-lws2_32 -ladvapi32 -luser32))
