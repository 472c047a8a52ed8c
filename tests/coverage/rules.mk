# Branches that tests take, counted by clang in the source. Counts live in a
# file that is mapped (%c) and shared (%m), so that programs which are killed
# or lose everything else keep theirs.
DEPS_COVERAGE = clang libclang-rt-14-dev llvm python3
COVERAGE      = $(BUILD)/coverage
COVERED       = -fcoverage-mapping \
                -fprofile-instr-generate=$(abspath $(COVERAGE))/raw/%c%m.profraw

coverage: deps ## which branches of store, change, domain, parsers no test takes
	@tests/deps $(DEPS_COVERAGE)
	@$(MAKE) --no-print-directory -s BUILD=$(COVERAGE) CC=clang LINK=dynamic \
	    CPPFLAGS='$(CPPFLAGS) -mllvm -runtime-counter-relocation' \
	    CFLAGS='-O1 -g $(COVERED)' programs
	@rm -rf $(COVERAGE)/raw
	@tests/run $(TESTS:%=$(COVERAGE)/%) $(E2E:%="% $(COVERAGE)/proposals")
	@tests/coverage/report $(COVERAGE)

.PHONY: coverage
