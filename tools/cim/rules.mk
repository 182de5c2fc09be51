# cim.exe: management information (WMI) from the command line, on mi.dll.

CIM_SOURCES := $(sort $(wildcard tools/cim/*.c)) tools/console/output.c dlls/mi/datetime.c
$(eval $(call win_program,cim,$(CIM_SOURCES),-lshell32 -lntdll,libmi.a))
