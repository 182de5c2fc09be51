# Wi-Fi, in a guest with simulated radios (see boot): what a station, a peer and an access point have of each other.

WIFI_TESTS := profile_network station direct direct_ends connect hosted
$(eval $(call native_program,tests/profile_network,tests/wifi/profile_network.c tools/corkd/wlan/profile_network.c,-lwpa_client))
$(B)/native/obj/tests/wifi/profile_network.o: tests/wifi/profile_network.c
	@mkdir -p $(@D)
	@echo "  CC      $@"
	@$(CC_native) $(CFLAGS_native) -Itools -Itools/corkd -c -o $@ $<
$(eval $(call win_program,tests/station,tests/wifi/station.c,-liphlpapi,libwlanapi.a))
$(eval $(call win_program,tests/hosted,tests/wifi/hosted.c,,libwlanapi.a))
$(eval $(call win_program,tests/direct,tests/wifi/direct.c,-liphlpapi -lws2_32,libwlanapi.a))
$(eval $(call win_program,tests/connect,tests/wifi/connect.c,,libwlanapi.a))

.PHONY: check-wifi run-wifi wifi-programs
check-wifi: ## Wi-Fi in a guest with simulated radios (QEMU, a minute a test)
	@tools/setup build check wifi
	@+$(MAKE) run-wifi
wifi-programs: build $(B)/native/tests/profile_network $(B)/x86_64/tests/station.exe $(B)/x86_64/tests/direct.exe $(B)/x86_64/tests/hosted.exe \
    $(B)/x86_64/tests/connect.exe
	@tools/prefix make
run-wifi: wifi-programs
	@rm -rf $(B)/results/wifi
	@for t in $(WIFI_TESTS); do CORK_TEST_TIMEOUT=900 $(TAP_RUN) wifi $$t tests/wifi/$$t.sh; done
	@tools/tap-summary wifi
.PHONY: bench-wifi
bench-wifi: wifi-programs ## how long a Wi-Fi Direct session takes to open, in the guest
	@tests/wifi/direct_time.sh
