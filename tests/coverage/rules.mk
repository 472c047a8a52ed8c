# Which branches the tests take, as clang counts them in the source;
# tests/coverage/report is the manual. The tools that let calls fail are not
# counted, so they are built aside.
DEPS_COVERAGE = clang libclang-rt-14-dev llvm
COVERAGE      = $(BUILD)/coverage
COUNTS        = $(abspath $(COVERAGE))/raw

coverage: deps ## which branches of store, change, domain, parsers no test takes
	@tests/deps $(DEPS_COVERAGE)
	@rm -rf $(COUNTS) && mkdir -p -m 1777 $(COUNTS)
	@clang -std=c17 -D_GNU_SOURCE -DCOUNTS='"$(COUNTS)"' $(WARN) -c \
	    -o $(COUNTS)/../counts.o tests/coverage/counts.c
	@$(MAKE) --no-print-directory -s BUILD=$(COVERAGE)/plain fault-programs
	@ln -sfn plain/fault $(COVERAGE)/fault
	@$(MAKE) --no-print-directory -s BUILD=$(COVERAGE) CC=clang LINK=dynamic \
	    CFLAGS='-O1 -g -fprofile-instr-generate -fcoverage-mapping' \
	    LDFLAGS='-Wl,--wrap=crash_restore,--wrap=_exit $(COUNTS)/../counts.o' \
	    counted

# What is built on the way, as the installation of its own is, is built alike.
counted: programs
	@tests/run -j $(JOBS) $(UNIT) $(E2E:%="% $(BUILD)/proposals") \
	    "$(SYSTEM_TESTS) $(BUILD)" "tests/fault/run $(BUILD) calls: disk:"; \
	    status=$$?; tests/coverage/report $(BUILD) && exit $$status

.PHONY: coverage counted
