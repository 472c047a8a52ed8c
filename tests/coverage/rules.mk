# Which branches the tests take, as clang counts them in the source;
# tests/coverage/report is the manual. The tools that let calls fail are not
# counted, so they are built aside.
DEPS_COVERAGE = clang libclang-rt-14-dev llvm python3
COVERAGE      = $(BUILD)/coverage
COUNTS        = $(abspath $(COVERAGE))/raw
COVERED       = $(TESTS:%=$(COVERAGE)/%) $(E2E:%="% $(COVERAGE)/proposals") \
                "tests/fault/run $(COVERAGE) calls:"

coverage: deps ## which branches of store, change, domain, parsers no test takes
	@tests/deps $(DEPS_COVERAGE)
	@rm -rf $(COVERAGE)/raw && mkdir -p -m 1777 $(COVERAGE)/raw
	@clang -std=c17 -D_GNU_SOURCE -DCOUNTS='"$(COUNTS)"' $(WARN) -c \
	    -o $(COVERAGE)/counts.o tests/coverage/counts.c
	@$(MAKE) --no-print-directory -s BUILD=$(COVERAGE) CC=clang LINK=dynamic \
	    CFLAGS='-O1 -g -fprofile-instr-generate -fcoverage-mapping' \
	    LDFLAGS='-Wl,--wrap=crash_restore,--wrap=_exit $(COUNTS)/../counts.o' \
	    programs
	@$(MAKE) --no-print-directory -s BUILD=$(COVERAGE)/plain \
	    $(FAULT_ALL:$(BUILD)/%=$(COVERAGE)/plain/%)
	@ln -sfn plain/fault $(COVERAGE)/fault
	@tests/run $(COVERED); \
	    status=$$?; tests/coverage/report $(COVERAGE) && exit $$status

.PHONY: coverage
