# The conformance programs: one .exe a DLL, that also runs by itself on Windows; and what reads their results.

CONFORMANCE_HARNESS := $(addprefix tests/conformance/,harness.c api_loader.c)

$(eval $(call win_program,tests/wsnmp32_conformance,$(CONFORMANCE_HARNESS) $(addprefix tests/conformance/,ber_bytes.c \
    responder.c wsnmp32_test.c wsnmp32_main.c wsnmp32_not_initialized.c wsnmp32_application.c wsnmp32_session.c \
    wsnmp32_entity.c wsnmp32_vbl.c wsnmp32_pdu.c wsnmp32_oid.c wsnmp32_message.c wsnmp32_send.c wsnmp32_retransmit.c \
    wsnmp32_register.c wsnmp32_listen.c wsnmp32_close.c wsnmp32_stress.c wsnmp32_unreachable.c),-lws2_32 -luser32))

$(eval $(call win_program,tests/mgmtapi_conformance,$(CONFORMANCE_HARNESS) $(addprefix tests/conformance/,ber_bytes.c \
    responder.c mgmtapi_test.c mgmtapi_main.c mgmtapi_session.c mgmtapi_request.c mgmtapi_oid.c \
    mgmtapi_trap.c),-lsnmpapi -lws2_32))
