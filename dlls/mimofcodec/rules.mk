# mimofcodec.dll: where programs look for MOF's serializer and deserializer, which are mi.dll's.

$(eval $(call cork_dll,mimofcodec,$(sort $(wildcard dlls/mimofcodec/*.c)),))
