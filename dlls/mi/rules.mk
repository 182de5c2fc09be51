# mi.dll: Windows Management Infrastructure, the client API.

$(eval $(call cork_dll,mi,$(sort $(wildcard dlls/mi/*.c)),-lole32 -loleaut32 -lwbemuuid))
