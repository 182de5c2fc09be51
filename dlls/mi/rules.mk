# mi.dll: Windows Management Infrastructure, the client API.

$(eval $(call cork_dll,mi,$(sort $(wildcard dlls/mi/*.c)),-lole32 -loleaut32 -lwbemuuid))
# Not a part of `make install` yet: most operations are not there. Nor are its headers.
NOT_INSTALLED_DLLS += mi
NOT_INSTALLED_HEADERS += include/mi.h include/mi_types.h include/mi_functions.h
