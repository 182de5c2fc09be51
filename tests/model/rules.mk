# Models of what runs concurrently, checked exhaustively by spin.

.PHONY: check-model run-model-handle_table
check-model: ## check the handle table's model over every interleaving (spin)
	@tools/setup build model
	@rm -rf $(B)/results/model
	@+$(MAKE) run-model-handle_table
	@tools/tap-summary model

run-model-handle_table: tests/model/handle_table.pml
	@$(TAP_RUN) model handle_table tests/model/run $< $(B)/model/handle_table
