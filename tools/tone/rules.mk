# tone.exe: a tone through a media session, measured; for the demo.

$(eval $(call win_program,tone,$(sort $(wildcard tools/tone/*.c)),-lmfplat -lmfuuid -lole32 -loleaut32 -luuid,libmf.a))
demo-programs: $(foreach a,$(ARCHES),$(B)/$(a)/tone.exe)
