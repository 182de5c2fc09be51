# The conformance programs: one .exe a DLL, that also runs by itself on Windows; and what reads their results.

CONFORMANCE_HARNESS := $(addprefix tests/conformance/,harness.c api_loader.c)

$(eval $(call win_program,tests/wsnmp32_conformance,$(CONFORMANCE_HARNESS) $(addprefix tests/conformance/,ber_bytes.c \
    responder.c wsnmp32_test.c wsnmp32_main.c wsnmp32_not_initialized.c wsnmp32_application.c wsnmp32_session.c \
    wsnmp32_entity.c wsnmp32_vbl.c wsnmp32_pdu.c wsnmp32_oid.c wsnmp32_message.c wsnmp32_send.c wsnmp32_retransmit.c \
    wsnmp32_register.c wsnmp32_listen.c wsnmp32_close.c wsnmp32_stress.c wsnmp32_unreachable.c),-lws2_32 -luser32))

$(eval $(call win_program,tests/mgmtapi_conformance,$(CONFORMANCE_HARNESS) $(addprefix tests/conformance/,ber_bytes.c \
    responder.c mgmtapi_test.c mgmtapi_main.c mgmtapi_session.c mgmtapi_request.c mgmtapi_oid.c \
    mgmtapi_trap.c),-lsnmpapi -lws2_32))

$(eval $(call win_program,tests/ntmsapi_conformance,$(CONFORMANCE_HARNESS) $(addprefix tests/conformance/,ntmsapi_test.c \
    ntmsapi_main.c ntmsapi_no_service.c ntmsapi_session.c ntmsapi_arguments.c ntmsapi_objects.c \
    ntmsapi_pools.c ntmsapi_media.c ntmsapi_create.c ntmsapi_notification.c ntmsapi_operator.c ntmsapi_attributes.c \
    ntmsapi_mount.c ntmsapi_library.c ntmsapi_security.c ntmsapi_stand_alone.c ntmsapi_close.c ntmsapi_database.c \
    ntmsapi_service_gone.c ntmsapi_library_gone.c ntmsapi_unreachable.c),-ladvapi32 -luser32))
$(eval $(call native_program,tests/add_library,tests/conformance/add_library.c tests/interop/corkd_client.c \
    dlls/common/host_protocol.c dlls/common/host_values.c,))

# The headers and exports beside the facts about the real DLLs, for both bitnesses whatever this machine runs.
$(eval $(call win_program,tests/abi_layout,$(addprefix tests/conformance/,abi_layout.c abi_layout_ntmsapi.c abi_layout_mi.c abi_layout_mf.c abi_layout_wlanapi.c),,libwsnmp32.a libmgmtapi.a libntmsapi.a libmf.a libwlanapi.a))
$(eval $(call native_program,tests/abi_check,tests/conformance/abi_check.c tests/conformance/pe_file.c,))

define abi_test
.PHONY: run-conformance-abi-$(1)
run-conformance-abi-$(1): build $(B)/native/tests/abi_check $(B)/$(1)/tests/abi_layout.exe
	@$$(TAP_RUN) conformance abi-$(1) $(B)/native/tests/abi_check $(1)
CONFORMANCE_TESTS += run-conformance-abi-$(1)
endef
$(foreach a,$(ARCHES),$(eval $(call abi_test,$(a))))

# The programs in the throw-away prefix with Cork's DLLs, for every architecture that the machine's Wine runs. Their trap port is one that no
# other test uses.
WINE_ARCHES ?= $(shell tools/wine-arches)
CONFORMANCE_DLLS := wsnmp32 mgmtapi
CONFORMANCE_ENV := env CORK_WSNMP32_TRAPPORT=$(or $(CONFORMANCE_TRAPPORT),10162)

.PHONY: conformance-programs conformance-prefix
conformance-programs: $(foreach a,$(ARCHES),$(patsubst %,$(B)/$(a)/tests/%_conformance.exe,$(CONFORMANCE_DLLS) ntmsapi mi)) \
    $(B)/native/tests/add_library
conformance-prefix: build
	@[ -n "$(MATRIX_RELEASE)" ] || tools/prefix make

define conformance_test
.PHONY: run-conformance-$(1)-$(2)
run-conformance-$(1)-$(2): conformance-programs conformance-prefix
	@$$(TAP_RUN) conformance $(1)-$(2) $(CONFORMANCE_ENV) tools/wine-run $(B)/$(2)/tests/$(1)_conformance.exe
CONFORMANCE_TESTS += run-conformance-$(1)-$(2)
endef
$(foreach a,$(WINE_ARCHES),$(foreach d,$(CONFORMANCE_DLLS),$(eval $(call conformance_test,$(d),$(a)))))

# ntmsapi with its service and two libraries, and without a service.
define ntmsapi_test
.PHONY: run-conformance-ntmsapi-$(1) run-conformance-ntmsapi-no-service-$(1)
run-conformance-ntmsapi-$(1): $(B)/$(1)/tests/ntmsapi_conformance.exe $(B)/native/tests/add_library conformance-prefix
	@$$(TAP_RUN) conformance ntmsapi-$(1) tests/conformance/with_corkd --libraries $(B)/$(1)/tests/ntmsapi_conformance.exe
run-conformance-ntmsapi-no-service-$(1): $(B)/$(1)/tests/ntmsapi_conformance.exe conformance-prefix
	@$$(TAP_RUN) conformance ntmsapi-no-service-$(1) env CORK_CORKD=/nowhere/corkd tools/wine-run $(B)/$(1)/tests/ntmsapi_conformance.exe
CONFORMANCE_TESTS += run-conformance-ntmsapi-$(1) run-conformance-ntmsapi-no-service-$(1)
endef
$(foreach a,$(WINE_ARCHES),$(eval $(call ntmsapi_test,$(a))))

$(eval $(call win_program,tests/mi_conformance,tests/conformance/harness.c $(addprefix tests/conformance/,mi_test.c mi_operate.c mi_main.c \
    mi_application.c mi_instance.c mi_class.c mi_options.c mi_session.c mi_subscription.c mi_subscribe.c mi_subscribe_callbacks.c \
    mi_schema.c mi_invoke.c mi_change.c mi_closing.c mi_close.c mi_close_stress.c mi_control_support.c mi_control.c \
    mi_destination.c mi_serializer.c mi_mof.c mi_provider.c mi_named_options.c mi_fake_wmi.c \
    mi_own_object.c mi_own_wmi.c mi_values.c mi_notify.c),-ladvapi32 -lole32 -loleaut32 -lwbemuuid))

# mi: by a rule of its own, as it needs no trap port.
define mi_test
.PHONY: run-conformance-mi-$(1)
run-conformance-mi-$(1): $(B)/$(1)/tests/mi_conformance.exe conformance-prefix
	@$$(TAP_RUN) conformance mi-$(1) tools/wine-run $(B)/$(1)/tests/mi_conformance.exe
CONFORMANCE_TESTS += run-conformance-mi-$(1)
endef
$(foreach a,$(WINE_ARCHES),$(eval $(call mi_test,$(a))))

include tests/conformance/mf.mk.inc tests/conformance/wlanapi.mk.inc

define documented_test
.PHONY: run-conformance-documented-$(1)-$(2)
run-conformance-documented-$(1)-$(2): conformance-programs conformance-prefix
	@$$(TAP_RUN) conformance documented-$(1)-$(2) tests/conformance/documented.sh $(1) $(2)
CONFORMANCE_TESTS += run-conformance-documented-$(1)-$(2)
endef
$(foreach d,$(CONFORMANCE_DLLS) ntmsapi mi mf wlanapi,$(eval $(call documented_test,$(d),$(firstword $(WINE_ARCHES)))))

.PHONY: conformance-report support-table check-readme
conformance-report: ## what is documented, what is tested, what Cork and Wine's own DLLs do; also as build/conformance.md
	@tools/setup build check
	@+$(MAKE) build conformance-programs
	@tools/conformance-report
support-table: conformance-report ## the same into the README's support table
	@tools/support-table update
check-readme: conformance-report ## fails when the README's support table is stale
	@tools/support-table check
