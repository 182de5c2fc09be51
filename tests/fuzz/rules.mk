# libFuzzer targets under ASan and UBSan. `make check-fuzz` runs each for FUZZ_SECONDS from its seed inputs in
# tests/fuzz/corpus/NAME; what it finds beyond them stays in build/fuzz/NAME and is built upon the next time.
#
# $(call fuzz_target,NAME,SOURCES[,FLAGS[,LIBRARIES]]): tests/fuzz/fuzz_NAME.c with SOURCES; FLAGS go to libFuzzer,
# LIBRARIES to the linker.

FUZZ_SECONDS ?= 10
FUZZ_TARGETS :=

define fuzz_target
FUZZ_TARGETS += run-fuzz-$(1)
$(B)/native/fuzz/fuzz_$(1): tests/fuzz/fuzz_$(1).c $(2)
	@mkdir -p $$(@D)
	@echo "  CC      $$@"
	@$(CC_clang) $(CFLAGS_ALL) -D_GNU_SOURCE -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -o $$@ $$(filter %.c,$$^) $(4)
	@$$(call write_deps,$$@,$$(filter %.c,$$^),$(filter -I% -idirafter%,$(4)))
.PHONY: run-fuzz-$(1)
run-fuzz-$(1): $(B)/native/fuzz/fuzz_$(1)
	@$(TAP_RUN) fuzz $(1) tests/fuzz/run-fuzz $(1) $(B)/native/fuzz/fuzz_$(1) $(FUZZ_SECONDS) $(3)
endef

fuzz_wsnmp32 := $(addprefix dlls/wsnmp32/,allocation.c varbind.c oid_text.c ber.c message_codec.c trap_translation.c \
    value.h allocation.h varbind.h oid_text.h ber.h message_codec.h trap_translation.h)
$(eval $(call fuzz_target,message,$(fuzz_wsnmp32)))
$(eval $(call fuzz_target,oid_text,dlls/wsnmp32/oid_text.c dlls/wsnmp32/oid_text.h))
$(eval $(call fuzz_target,address,dlls/wsnmp32/address.c dlls/wsnmp32/address.h))
$(eval $(call fuzz_target,mib_names,dlls/mgmtapi/mib_names.c dlls/mgmtapi/mib_tree.c))
$(eval $(call fuzz_target,varbind_list,$(fuzz_wsnmp32),-max_len=512))
$(eval $(call fuzz_target,pending,dlls/wsnmp32/allocation.c dlls/wsnmp32/pending.c dlls/wsnmp32/pending.h,-max_len=1024))

$(eval $(call fuzz_target,rsm_command,$(addprefix tools/rsm/,command_line.c verbs.c command_line.h),-max_len=512))

$(eval $(call fuzz_target,host_protocol,$(addprefix dlls/common/,host_protocol.c host_values.c host_protocol.h)))

# ntmsapi.dll's sources themselves, on as much of Windows as they need. Formats are for Windows' DWORD, a long.
fuzz_ntmsapi := $(sort $(wildcard dlls/ntmsapi/*.[ch])) tests/fuzz/windows/windows.c tests/fuzz/windows/windows.h \
    $(addprefix dlls/common/,allocator.c handle_slots.c handle_table.c thread_pins.c host_protocol.c host_values.c trace.c \
    trace_native.c trace_plain.c trace_text.c)
$(eval $(call fuzz_target,ntmsapi_replies,$(fuzz_ntmsapi),-max_len=4096,-fshort-wchar -Wno-format -Itests/fuzz/windows \
    -idirafter/usr/share/mingw-w64/include -pthread))

fuzz_rsm_label := $(sort $(wildcard tools/corkd/rsm/label_*.[ch])) $(addprefix tools/corkd/rsm/,media_label.c media_label.h utf8.c)
$(eval $(call fuzz_target,media_label,$(fuzz_rsm_label),-max_len=4096,-Itools/corkd -lmd))

$(eval $(call fuzz_target,rsm_requests,$$$$(rsm_sources) $$$$(rsm_common) $$$$(rsm_headers),-max_len=1024 -len_control=0,-Itools/corkd $$(rsm_libs)))

$(eval $(call fuzz_target,element_status,$(addprefix tools/corkd/rsm/,element_status.c scsi_inquiry.c element_status.h scsi_inquiry.h),,-Itools/corkd))
$(eval $(call fuzz_target,scsi_data,$(addprefix tools/corkd/rsm/,changer_location.c scsi_inquiry.c scsi_sense.c \
    changer_location.h scsi_inquiry.h scsi_sense.h) tools/corkd/win_error.h,,-Itools/corkd))

$(eval $(call fuzz_target,scsi_changer,$$$$(rsm_media_changer) $$$$(rsm_headers),-max_len=4096,-Itools/corkd -lmd -liscsi -lsgutils2))

# Characters of 16 bits, as MI_Char has.
$(eval $(call fuzz_target,event_query,$$$$(mi_portable) $$$$(mi_events),-max_len=2048,-fshort-wchar))

$(eval $(call fuzz_target,object_path,$$$$(mi_portable) $(addprefix dlls/mi/,object_path.c object_path.h text_builder.c text_builder.h),-max_len=512,-fshort-wchar))

fuzz_mi := tests/fuzz/fuzz_mi_codec.c tests/fuzz/fuzz_mi_codec.h $$$$(mi_codec) $$$$(mi_portable)
$(eval $(call fuzz_target,mi_xml,$(fuzz_mi),-max_len=4096,-fshort-wchar -lm))
$(eval $(call fuzz_target,mi_mof,$(fuzz_mi),-max_len=4096,-fshort-wchar -lm))

$(eval $(call fuzz_target,mf_asf_header,$$$$(mf_asf_portable),-max_len=4096))
$(eval $(call fuzz_target,mf_asf_data,$$$$(mf_asf_portable),-max_len=2048))

.PHONY: check-fuzz run-fuzz
check-fuzz: ## libFuzzer targets, each for FUZZ_SECONDS (10)
	@tools/setup build check
	@rm -rf $(B)/results/fuzz
	@+$(MAKE) run-fuzz
	@tools/tap-summary fuzz
run-fuzz: $$(FUZZ_TARGETS)

$(eval $(call fuzz_target,wlan_parsers,$$$$(wlan_parsers) $$$$(wlan_networks),-max_len=2048,-Itools))
$(eval $(call fuzz_target,wlan_profile,$$$$(wlan_profile) tools/corkd/wlan/profile_network.c,-max_len=8192,-Itools -Itools/corkd $$(wlan_profile_libs)))
fuzz_wlan_direct := $(addprefix tools/corkd/wlan/,control_event.c control_reply.c text.c) $(sort $(wildcard tools/corkd/wlan/direct*.[ch])) \
    tools/corkd/wlan/wlan.h dlls/common/host_protocol.c dlls/common/host_values.c
$(eval $(call fuzz_target,wlan_direct,$(fuzz_wlan_direct),-max_len=2048,-Itools -pthread))

# wlanapi.dll's sources themselves that decode what corkd answers, as ntmsapi.dll's above.
fuzz_wlanapi := $(addprefix dlls/wlanapi/,auto_config.c available_network.c call.c direct.c filter.c handle.c hosted.c hosted_settings.c interface.c memory.c network.c notification.c \
    opcode.c profile.c profile_data.c profile_list.c) $(wildcard dlls/wlanapi/*.h tests/fuzz/windows_wlan/*.h) \
    tests/fuzz/windows/windows.c tests/fuzz/windows_wlan/windows.c $(addprefix dlls/common/,allocator.c handle_slots.c handle_table.c thread_pins.c \
    host_protocol.c host_values.c trace.c trace_native.c trace_plain.c trace_text.c)
$(eval $(call fuzz_target,wlanapi_replies,$(fuzz_wlanapi),-max_len=4096,-fshort-wchar -Wno-format -Itools -Itests/fuzz/windows_wlan \
    -idirafter/usr/share/mingw-w64/include -pthread))
