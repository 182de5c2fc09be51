# mf.dll: Media Foundation's media session and what it needs; what is not here is passed on to the next mf.dll.

$(eval $(call cork_dll,mf,$(sort $(wildcard dlls/mf/*.c)),-lmfplat -lmfuuid -lwmcodecdspuuid -lpropsys -lole32 -loleaut32 -luuid))
